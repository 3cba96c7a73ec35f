"""Thirteen small charts: each likelihood, given what was known at one date after another."""

from collections.abc import Iterator, Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.estimate import Interval
from sim.evidence.moved import Moved
from sim.language import Language, Text
from sim.scenario import Scenario
from sim.spec import palette
from sim.store.fill import Sample
from sim.text.catalogue import say, worded
from sim.text.joining import unquoted
from sim.views.axes import likelihood_axis
from sim.views.experiment import Experiment, kicker, notes
from sim.views.figures import Named
from sim.views.of_scenario import experiment
from sim.views.page import Heading, sheet
from sim.views.panels import SIZE, chart, slots, titles

NOTHING = "—"


def moved_figures(
    found: Sequence[Moved], base: Scenario, sample: Sample, language: Language
) -> Iterator[Named]:
    """Yield the figure of how likelihoods moved, undrawn."""
    rests = experiment(worded("experiment.moved", base=unquoted(base.name)), base, sample)
    yield Named("moved", partial(moved, rests, found, language))


def moved(rests: Experiment, found: Sequence[Moved], language: Language) -> Figure:
    """Draw each count's likelihood against the date up to which facts were known."""
    dates = [each.as_of or NOTHING for each in found]
    listed = Text(", ", "、").in_(language).join(date for date in dates if date != NOTHING)
    heading = Heading(
        kicker(rests, language), say("moved.title", language), say("moved.subtitle", language)
    )
    page = sheet(*SIZE, heading, notes(rests, ("moved.reading",), language, facts=listed))
    for number, (slot, title) in enumerate(zip(slots(page), titles(language), strict=False)):
        likelihoods = [each.summary.counts[number].likelihood for each in found]
        axes = chart(page, slot, title)
        likelihood_axis(axes)
        _draw(axes, dates, likelihoods)
    return page.figure


def _draw(axes: Axes, dates: Sequence[str], found: Sequence[Interval]) -> None:
    at = range(len(dates))
    axes.vlines(
        at, [each.low for each in found], [each.high for each in found],
        color=palette.BLUE, linewidth=2.0, zorder=3,
    )  # fmt: skip
    values = [each.value for each in found]
    axes.plot(at, values, color=palette.BANDS[2], linewidth=1.2, zorder=2)
    axes.plot(
        at, values, "o", color=palette.BLUE, markersize=5.0, markeredgecolor=palette.PAPER,
        markeredgewidth=0.8, zorder=4,
    )  # fmt: skip
    axes.set_xlim(-0.4, len(dates) - 0.6)
    axes.set_xticks(list(at), dates)
    axes.tick_params(axis="x", length=3, color=palette.PALE)
