"""What more likelihood costs: the packages that a search found, and what they are worth anew."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.language import Language, Text
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent, percent_range, plain
from sim.text.together import Estimated
from sim.views.axes import beside, clean, cost_axis, likelihood_axis, spread
from sim.views.experiment import Experiment, kicker, named, notes
from sim.views.fonts import font
from sim.views.page import EDGE, POINTS, Heading, sheet
from sim.views.wrap import wrap

WIDTH = 13.2
CHART = 5.4
"""Width of the chart in inches."""
SCALE = 0.45
LIST_GAP = 0.35
"""Inches between the chart and the list of packages."""
COLUMNS = (0.85, 1.25)
"""Inches from the right edge of the packages' names to that of costs, and on to likelihoods."""
LEAST_HEIGHT = 6.2
LINE = 0.19
"""Inches for a line of the list."""
BETWEEN = 0.03
"""Inches between its entries."""
NUMBERS_AT = 0.14
"""Inches from the chart up to the numbers above it."""
NUMBER = 0.18
"""Inches between two of them."""
NAMES_AT = 0.28
"""Inches from a number in the list to its package's name."""
DASHES = (0, (2, 2))
SEEN: dict[str, Any] = {
    "color": palette.GREY,
    "marker": "o",
    "markersize": 4.5,
    "markerfacecolor": palette.PAPER,
    "markeredgewidth": 0.9,
}
"""How the search's own values are drawn: hollow."""
AGAIN: dict[str, Any] = {
    "color": palette.BLUE,
    "marker": "o",
    "markersize": 6.5,
    "markeredgecolor": palette.PAPER,
    "markeredgewidth": 0.8,
}


class Candidate(NamedTuple):
    """A package that the search found."""

    name: Text
    """What the package is."""
    cost: float
    """Public cost until counts are due, 亿元."""
    seen: float | None
    """Likelihood (a fraction) that made the search keep it; None if it was not searched for."""
    again: Estimated | None
    """The same when run anew; None if it was not."""
    on_front: bool
    """Whether, as the search saw it, no other candidate is as cheap and likelier."""


def front(
    experiment: Experiment, goal: Text, candidates: Sequence[Candidate], language: Language
) -> Figure:
    """Draw candidates by cost and likelihood, the front joined, and list those run anew.

    Args:
        experiment: what the figure rests on.
        goal: whose likelihood was sought.
        candidates: in any order; those run anew are numbered by cost.
        language: of all labels.
    """
    ordered = sorted(candidates, key=lambda each: each.cost)
    anew = [each for each in ordered if each.again is not None]
    goal_name = named(goal, language, palette.TITLE_SIZE, 0.5 * WIDTH)
    heading = Heading(
        kicker(experiment, language),
        say("front.title", language, goal=goal_name),
        say("front.subtitle", language),
    )
    names = _names(anew, language)
    size = max(LEAST_HEIGHT, 2.4 + LINE + sum(LINE * len(lines) + BETWEEN for lines in names))
    below = notes(experiment, ("front.interval", "sweep.cost_note"), language)
    page = sheet(WIDTH, size, heading, below)
    page.legend(_handles(language), EDGE, page.top - 0.2)
    foot, head = page.bottom + 0.3, page.top - 0.6
    axes = page.panel(EDGE + SCALE, foot, CHART, head - foot)
    clean(axes)
    likelihood_axis(axes)
    cost_axis(axes, [each.cost for each in candidates])
    _join([each for each in ordered if each.on_front], axes)
    for each in ordered:
        _draw(axes, each)
    _numbers(axes, anew, head - foot)
    _list(axes, anew, names, head - foot, language)
    return page.figure


def _join(best: Sequence[Candidate], axes: Axes) -> None:
    seen = [(each.cost, each.seen) for each in best if each.seen is not None]
    across, up = [cost for cost, _ in seen], [value for _, value in seen]
    axes.plot(across, up, color=palette.BANDS[2], lw=1.6, zorder=2)


def _draw(axes: Axes, found: Candidate) -> None:
    at = found.cost
    if found.seen is not None:
        axes.plot(at, found.seen, **SEEN, zorder=3, clip_on=False)
    if found.again is None:
        return
    if found.seen is not None:
        both = [found.seen, found.again.value]
        axes.plot([at] * 2, both, color=palette.GREY, lw=0.9, ls=DASHES, zorder=2)
    axes.plot([at] * 2, [found.again.low, found.again.high], color=palette.BLUE, lw=2.0, zorder=4)
    axes.plot(at, found.again.value, **AGAIN, zorder=5, clip_on=False)


def _numbers(axes: Axes, anew: Sequence[Candidate], height: float) -> None:
    """Number the candidates run anew above the chart, each led to its mark by a faint line."""
    low, high = axes.get_xlim()
    gap = min(NUMBER, CHART / max(1, len(anew))) * (high - low) / CHART
    places = spread([each.cost for each in anew], gap, high)
    along = axes.get_xaxis_transform()
    above = 1 + NUMBERS_AT / height
    bottom, top = axes.get_ylim()
    for number, (place, each) in enumerate(zip(places, anew, strict=True), start=1):
        peak = _peak(each)
        share = (peak - bottom) / (top - bottom)
        axes.plot(
            [place, each.cost], [above - 0.03 / height, share], transform=along, color=palette.PALE,
            lw=0.6, zorder=1, clip_on=False,
        )  # fmt: skip
        axes.text(
            place, above, str(number), transform=along,
            fontproperties=font(palette.LABEL_SIZE), color=palette.INK, ha="center", va="bottom",
        )  # fmt: skip


def _peak(found: Candidate) -> float:
    """Return the height of the highest thing drawn for a candidate."""
    heights = [0.0 if found.seen is None else found.seen]
    if found.again is not None:
        heights.append(found.again.high)
    return max(heights)


def _names(anew: Sequence[Candidate], language: Language) -> list[list[str]]:
    """Return each candidate's name in lines that fit the list."""
    room = WIDTH - 2 * EDGE - SCALE - CHART - LIST_GAP - NAMES_AT - sum(COLUMNS)
    found = []
    for each in anew:
        whole = named(each.name, language, palette.LABEL_SIZE)
        lines = wrap(whole, palette.LABEL_SIZE, room * POINTS)
        found.append(lines)
    return found


def _list(
    axes: Axes, anew: Sequence[Candidate], names: Sequence[Sequence[str]], height: float,
    language: Language,
) -> None:  # fmt: skip
    """Write the candidates run anew beside the chart: number, name, cost, likelihood."""
    low, high = axes.get_ylim()
    inch = (high - low) / height
    right = (WIDTH - 2 * EDGE - SCALE) / CHART
    left, cost = 1 + LIST_GAP / CHART, right - COLUMNS[1] / CHART
    start = left + NAMES_AT / CHART
    at = high - LINE * inch / 2
    beside(axes, start, at, say("front.package", language), palette.GREY, "left")
    beside(axes, cost, at, say("front.cost", language), palette.GREY, "right")
    beside(axes, right, at, say("front.likelihood", language), palette.GREY, "right")
    for number, (each, lines) in enumerate(zip(anew, names, strict=True), start=1):
        at -= (LINE + BETWEEN) * inch
        beside(axes, start - 0.08 / CHART, at, str(number), palette.INK, "right")
        beside(axes, cost, at, plain(each.cost), palette.GREY, "right")
        beside(axes, right, at, _figures(each.again), palette.BLUE, "right")
        for line in lines:
            beside(axes, start, at, line, palette.INK, "left")
            at -= LINE * inch
        at += LINE * inch


def _figures(found: Estimated | None) -> str:
    if found is None:
        return ""
    return f"{percent(found.value)} ({percent_range(found.low, found.high)})"


def _handles(language: Language) -> list[Line2D]:
    return [
        Line2D([], [], lw=2.0, label=say("front.again", language), **AGAIN),
        Line2D([], [], lw=0.0, label=say("front.seen", language), **SEEN),
        Line2D([], [], color=palette.BANDS[2], lw=1.6, label=say("front.front", language)),
    ]
