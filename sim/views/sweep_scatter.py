"""The points of a sweep, each count's likelihood against public cost, the front by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import plain
from sim.text.together import is_tie
from sim.views.axes import cost_axis, likelihood_axis
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import font
from sim.views.page import EDGE, POINTS, Heading, Sheet, sheet
from sim.views.panels import SCALE, SIZE, Slot, chart, slots, titles
from sim.views.sweep_cells import intervals_of
from sim.views.sweep_source import SEPARATOR, Outcome, Varied, all_of, front_of, names_of
from sim.views.wrap import wrap

MOST_NAMED = 24
"""Points that are numbered: those on the most fronts come first."""
COLUMNS = 2
"""Of the list of names."""
ACROSS_LIST = (SIZE[0] - 2 * EDGE) / COLUMNS
LINE, NUMBER = 0.19, 0.28
"""Inches for a line of that list, and for the number before the name."""
AROUND_LIST = 0.12
"""Inches below it."""
ABOVE = 4.0
"""Points between a dot and its number."""
HIGH = 0.85
"""Likelihood from which on a number stands below its dot: above it is the chart's title."""
ACROSS, UP = 0.19, 0.15
"""Inches that two numbers in a chart keep apart."""
HALO = 2.0
"""Points of ground around a number."""
DOT = {"marker": "o", "lw": 0.0, "markersize": 3.5, "markeredgecolor": palette.BLUE}
APART: dict[str, Any] = {
    **DOT,
    "markerfacecolor": palette.BLUE,
    "markeredgewidth": 0.0,
    "zorder": 3,
}
SAME: dict[str, Any] = {
    **DOT,
    "markerfacecolor": palette.PAPER,
    "markeredgewidth": 0.7,
    "zorder": 3,
}
BASE: dict[str, Any] = {
    "marker": "D", "lw": 0.0, "markersize": 5.5, "markerfacecolor": palette.ORANGE,
    "markeredgecolor": palette.PAPER, "markeredgewidth": 0.8, "zorder": 4,
}  # fmt: skip
"""How a point is drawn: apart from the base, not to be told from it, and the base itself."""
FRONT: dict[str, Any] = {"color": palette.BLUE, "lw": 1.0, "zorder": 3.5}
"""How the front is drawn."""


def sweep_scatter(
    experiment: Experiment,
    factors: Sequence[Varied],
    points: Sequence[Outcome],
    language: Language,
) -> Figure:
    """Draw every point's likelihood of every count, and of all together, against its cost.

    The points on a chart's front are joined; those that there is room for are numbered, and named
    below the charts.

    Args:
        experiment: what the figure rests on.
        factors: what was varied.
        points: any number.
        language: of all labels.
    """
    heading = Heading(
        kicker(experiment, language),
        say("sweep_scatter.title", language),
        say("sweep_scatter.subtitle", language, points=f"{len(points):,}"),
    )
    keys = ("sweep_scatter.interval", "sweep.cost_note")
    below = noted(notes(experiment, keys, language), intervals_of(points), language)
    costs = [point.cost for point in points]
    columns = list(zip(*map(all_of, points), strict=True))
    values = [[each.value for each in found] for found in columns]
    fronts = [front_of(costs, each) for each in values]
    # The charts are as large on every sheet, so that where there is room is known before it is cut.
    size = slots(sheet(*SIZE, heading, below))[0]
    shown = [
        _with_room(front, costs, each, size) for front, each in zip(fronts, values, strict=True)
    ]
    numbers = _numbers(shown, costs)
    names = names_of(factors, points, language)
    common = SEPARATOR.join(filter(None, names.heads))
    lines = {
        number: _lines(names.in_a_line[at], costs[at], language) for at, number in numbers.items()
    }
    key = _lines_of_key(common, language)
    tall = [sum(len(lines[number]) for number in column) for column in _columns(lines)]
    listed = LINE * (len(key) + max(tall, default=0)) + AROUND_LIST
    page = sheet(SIZE[0], SIZE[1] + listed, heading, below)
    places = slots(page._replace(bottom=page.bottom + listed))
    named = [*titles(language), say("likelihood.joint", language)]
    for number, (slot, title) in enumerate(zip(places, named, strict=False)):
        axes = chart(page, slot, title)
        cost_axis(axes, costs, ticks=3)
        likelihood_axis(axes)
        _draw(axes, points, number)
        front = fronts[number]
        axes.plot([costs[at] for at in front], [values[number][at] for at in front], **FRONT)
        for at in shown[number]:
            if at in numbers:
                _label(axes, (costs[at], values[number][at]), numbers[at])
    legend = places[len(named)]
    page.column(_handles(language), legend.left - SCALE, legend.bottom + legend.height)
    _list(page, key, lines)
    return page.figure


def _draw(axes: Axes, points: Sequence[Outcome], number: int) -> None:
    """Draw all points of one chart: the base apart, and light where they cannot be told from it."""
    costs = [point.cost for point in points]
    found = [all_of(point)[number] for point in points]
    low, high = [each.low for each in found], [each.high for each in found]
    axes.vlines(costs, low, high, color=palette.BANDS[2], linewidth=0.8, alpha=0.6, zorder=2)
    same = [is_tie(point.changes[number]) and not point.is_base for point in points]
    for kind, style in ((True, SAME), (False, APART)):
        chosen = [at for at, each in enumerate(same) if each is kind and not points[at].is_base]
        axes.plot(
            [costs[at] for at in chosen], [found[at].value for at in chosen], **style,
            clip_on=False,
        )  # fmt: skip
    for at, point in enumerate(points):
        if point.is_base:
            axes.plot(costs[at], found[at].value, **BASE, clip_on=False)


def _with_room(
    front: Sequence[int], costs: Sequence[float], values: Sequence[float], size: Slot
) -> list[int]:
    """Return the points of a front whose numbers do not touch, the likeliest first."""
    top = max(1.0, *costs)
    placed: dict[int, tuple[float, float]] = {}
    for at in reversed(front):
        side = -1 if values[at] > HIGH else 1
        x = costs[at] / top * size.width
        y = values[at] * size.height + side * UP / 2
        if all(abs(x - a) >= ACROSS or abs(y - b) >= UP for a, b in placed.values()):
            placed[at] = (x, y)
    return list(placed)


def _numbers(shown: Sequence[Sequence[int]], costs: Sequence[float]) -> dict[int, int]:
    """Return the number of each point that gets one, from 1 by cost."""
    times = Counter(at for front in shown for at in front)
    kept = sorted(times, key=lambda at: (-times[at], costs[at]))[:MOST_NAMED]
    ordered = sorted(kept, key=lambda at: (costs[at], at))
    return {at: number for number, at in enumerate(ordered, start=1)}


def _label(axes: Axes, at: tuple[float, float], number: int) -> None:
    high = at[1] > HIGH
    axes.annotate(
        str(number),
        at,
        xytext=(0.0, -ABOVE if high else ABOVE),
        textcoords="offset points",
        fontproperties=font(palette.SMALL_SIZE),
        color=palette.INK,
        ha="center",
        va="top" if high else "bottom",
        zorder=5,
        path_effects=[withStroke(linewidth=HALO, foreground=palette.PAPER)],
    )


def _lines(name: str, cost: float, language: Language) -> list[str]:
    """Return a numbered point's name and cost in lines that fit a column of the list."""
    text = say("sweep_scatter.named", language, name=name, cost=plain(cost))
    return wrap(text, palette.LABEL_SIZE, (ACROSS_LIST - NUMBER - 0.1) * POINTS)


def _lines_of_key(common: str, language: Language) -> list[str]:
    """Return what the numbered points have in common, for the line above them."""
    if not common:
        return []
    text = say("sweep_scatter.key", language, factors=common)
    return wrap(text, palette.LABEL_SIZE, (SIZE[0] - 2 * EDGE) * POINTS)


def _columns(lines: Mapping[int, Sequence[str]]) -> list[list[int]]:
    """Return the numbers of each column: down the first and on in the next, about equally tall."""
    found: list[list[int]] = [[] for _ in range(COLUMNS)]
    whole, before = sum(map(len, lines.values())), 0
    for number in sorted(lines):
        found[min(before * COLUMNS // max(whole, 1), COLUMNS - 1)].append(number)
        before += len(lines[number])
    return found


def _list(page: Sheet, key: Sequence[str], lines: Mapping[int, Sequence[str]]) -> None:
    """Write what the numbered points have in common, and below it each by its number."""
    tall = max((sum(len(lines[each]) for each in column) for column in _columns(lines)), default=0)
    top = page.bottom + AROUND_LIST + tall * LINE
    for number, line in enumerate(reversed(key)):
        page.write(EDGE, top + number * LINE, line)
    for side, column in enumerate(_columns(lines)):
        left, height = EDGE + side * ACROSS_LIST, top
        for number in column:
            page.write(left, height - LINE, str(number), palette.INK)
            for line in lines[number]:
                height -= LINE
                page.write(left + NUMBER, height, line)


def _handles(language: Language) -> list[Line2D]:
    front = Line2D([], [], color=palette.BLUE, lw=1.0, label=say("sweep_scatter.front", language))
    dots = [
        Line2D([], [], **style, label=say(key, language))
        for style, key in (
            (APART, "sweep_scatter.point"),
            (SAME, "sweep.tie"),
            (BASE, "sweep.base"),
        )
    ]
    return [*dots, front]
