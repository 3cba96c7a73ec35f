"""The points of a sweep, each count's likelihood against public cost."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.language import Language
from sim.views import palette
from sim.views.axes import cost_axis, likelihood_axis
from sim.views.experiment import Estimated, Experiment, kicker, notes
from sim.views.page import Heading, sheet
from sim.views.panels import SCALE, SIZE, chart, slots, titles
from sim.views.sweep_source import Outcome, all_of
from sim.views.words import say


def sweep_scatter(experiment: Experiment, points: Sequence[Outcome], language: Language) -> Figure:
    """Draw every point's likelihood of every count, and of all together, against its cost.

    Args:
        experiment: what the figure rests on.
        points: any number.
        language: of all labels.
    """
    heading = Heading(
        kicker(experiment, language),
        say("sweep_scatter.title", language),
        say("sweep_scatter.subtitle", language, points=f"{len(points):,}"),
    )
    keys = ("sweep_scatter.interval", "sweep.cost_note")
    page = sheet(*SIZE, heading, notes(experiment, keys, language))
    places = slots(page)
    costs = [point.cost for point in points]
    named = [*titles(language), say("likelihood.joint", language)]
    for number, (slot, title) in enumerate(zip(places, named, strict=False)):
        axes = chart(page, slot, title)
        cost_axis(axes, costs, ticks=3)
        likelihood_axis(axes)
        _draw(axes, costs, [all_of(point)[number] for point in points])
    key = places[len(named)]
    mark = Line2D(
        [], [], color=palette.BANDS[2], marker="o", markersize=4, lw=0.8,
        markerfacecolor=palette.BLUE, markeredgewidth=0, label=say("sweep_scatter.point", language),
    )  # fmt: skip
    page.column([mark], key.left - SCALE, key.bottom + key.height)
    return page.figure


def _draw(axes: Axes, costs: Sequence[float], found: Sequence[Estimated]) -> None:
    low, high = [each.low for each in found], [each.high for each in found]
    axes.vlines(costs, low, high, color=palette.BANDS[2], linewidth=0.8, alpha=0.6, zorder=2)
    values = [each.value for each in found]
    axes.plot(
        costs, values, "o", color=palette.BLUE, markersize=3.5, markeredgewidth=0, alpha=0.8,
        zorder=3, clip_on=False,
    )  # fmt: skip
