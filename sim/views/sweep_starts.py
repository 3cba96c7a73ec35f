"""What a later start costs: every count's likelihood against the start date of each plan."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.calendar import decimal_year, month_index
from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.together import is_tie
from sim.views.axes import likelihood_axis
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.page import Heading, sheet
from sim.views.panels import SCALE, SIZE, chart, slots, titles
from sim.views.sweep_cells import intervals_of
from sim.views.sweep_source import Outcome, Varied, all_of

APART = 0.05
"""Years between the intervals of two plans that start in the same month."""
HOLLOW = 2.4
"""Size of the light middle of a mark, in points."""
MOST = 11
"""Factors that can be told apart."""


def sweep_starts(
    experiment: Experiment,
    factors: Sequence[Varied],
    points: Sequence[Outcome],
    language: Language,
) -> Figure:
    """Draw a line for each plan: likelihood against its start, the other plans as in the base.

    Args:
        experiment: what the figure rests on.
        factors: start dates of at most `MOST` plans or safeguards.
        points: one at a time; a point where nothing is changed is the base.
        language: of all labels.
    """
    heading = Heading(
        kicker(experiment, language),
        say("sweep_starts.title", language),
        say("sweep_starts.subtitle", language),
    )
    below = notes(experiment, ("sweep_starts.interval", "sweep_starts.paired"), language)
    page = sheet(*SIZE, heading, noted(below, intervals_of(points), language))
    places = slots(page)
    named = [*titles(language), say("likelihood.joint", language)]
    base = next((point for point in points if point.is_base), None)
    for number, (slot, title) in enumerate(zip(places, named, strict=False)):
        axes = chart(page, slot, title)
        likelihood_axis(axes)
        for factor in range(len(factors)):
            _draw(axes, points, (factor, len(factors)), number)
        if base is not None:
            level = all_of(base)[number].value
            axes.axhline(level, color=palette.GREY, lw=1.0, ls=(0, (3, 2)), zorder=2)
        _years(axes, points)
    key = places[len(named)]
    page.column(_handles(factors, language), key.left - SCALE, key.bottom + key.height + 0.3)
    return page.figure


def _draw(axes: Axes, points: Sequence[Outcome], which: tuple[int, int], number: int) -> None:
    """Draw one plan's line and intervals for one count."""
    factor, many = which
    told = sorted(
        (point for point in points if point.values[factor] is not None),
        key=lambda point: _year(point.values[factor]),
    )
    found = [all_of(point)[number] for point in told]
    shift = (factor - (many - 1) / 2) * APART
    at = [_year(point.values[factor]) + shift for point in told]
    colour = palette.LINES[factor % len(palette.LINES)]
    low, high = [each.low for each in found], [each.high for each in found]
    axes.vlines(at, low, high, color=colour, linewidth=1.0, alpha=0.45, zorder=3)
    values = [each.value for each in found]
    style = _style(factor)
    axes.plot(at, values, **style, zorder=4, clip_on=False)
    same = [place for place, point in enumerate(told) if is_tie(point.changes[number])]
    hollow = {**style, "linestyle": "none", "markersize": HOLLOW, "color": palette.PAPER}
    axes.plot([at[k] for k in same], [values[k] for k in same], **hollow, zorder=4.5)


def _style(factor: int) -> dict[str, Any]:
    """Return how a plan's line and marks look."""
    return {
        "color": palette.LINES[factor % len(palette.LINES)],
        "marker": palette.LINE_MARKERS[factor % len(palette.LINE_MARKERS)],
        "markersize": 4.0,
        "markeredgewidth": 0.0,
        "linewidth": 1.3,
    }


def _year(month: str) -> float:
    return decimal_year(month_index(month))


def _years(axes: Axes, points: Sequence[Outcome]) -> None:
    starts = [_year(value) for point in points for value in point.values if value is not None]
    first, last = min(starts), max(starts)
    edge = 0.06 * (last - first) + 0.1
    axes.set_xlim(first - edge, last + edge)
    turns = range(int(first), int(last) + 1)
    shown = turns[:: -(-len(turns) // 4)]
    axes.set_xticks([turn + 1 / 24 for turn in shown], [str(turn) for turn in shown])
    axes.tick_params(axis="x", length=3, color=palette.PALE)


def _handles(factors: Sequence[Varied], language: Language) -> list[Line2D]:
    lines = [
        Line2D([], [], label=factor.name.in_(language), **_style(number))
        for number, factor in enumerate(factors)
    ]
    hollow = Line2D(
        [], [], color=palette.GREY, marker="o", markersize=4.0, markerfacecolor=palette.PAPER, lw=0,
        label=say("sweep.tie", language),
    )  # fmt: skip
    base = say("sweep_starts.base", language)
    return [*lines, hollow, Line2D([], [], color=palette.GREY, lw=1.0, ls=(0, (3, 2)), label=base)]
