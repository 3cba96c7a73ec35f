"""The points of a sweep, each count's likelihood against public cost, the front by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from sim.language import Language
from sim.views import palette
from sim.views.axes import cost_axis, likelihood_axis
from sim.views.experiment import Estimated, Experiment, kicker, notes
from sim.views.fonts import font
from sim.views.numbers import plain
from sim.views.page import EDGE, POINTS, Heading, Sheet, sheet
from sim.views.panels import SCALE, SIZE, Slot, chart, slots, titles
from sim.views.sweep_source import Outcome, Varied, all_of, combination_text, front_of
from sim.views.words import say
from sim.views.wrap import shorten

MOST_NAMED = 24
"""Points that are numbered: those on the most fronts come first."""
COLUMNS = 2
"""Of the list of names."""
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
    below = notes(experiment, keys, language)
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
    listed = LINE * -(-len(numbers) // COLUMNS) + AROUND_LIST
    page = sheet(SIZE[0], SIZE[1] + listed, heading, below)
    places = slots(page._replace(bottom=page.bottom + listed))
    named = [*titles(language), say("likelihood.joint", language)]
    for number, (slot, title) in enumerate(zip(places, named, strict=False)):
        axes = chart(page, slot, title)
        cost_axis(axes, costs, ticks=3)
        likelihood_axis(axes)
        _draw(axes, costs, columns[number])
        front = fronts[number]
        axes.plot([costs[at] for at in front], [values[number][at] for at in front], **FRONT)
        for at in shown[number]:
            if at in numbers:
                _label(axes, (costs[at], values[number][at]), numbers[at])
    key = places[len(named)]
    page.column(_handles(language), key.left - SCALE, key.bottom + key.height)
    texts = {at: combination_text(factors, points[at], language) for at in numbers}
    _list(page, numbers, texts, costs, language)
    return page.figure


def _draw(axes: Axes, costs: Sequence[float], found: Sequence[Estimated]) -> None:
    low, high = [each.low for each in found], [each.high for each in found]
    axes.vlines(costs, low, high, color=palette.BANDS[2], linewidth=0.8, alpha=0.6, zorder=2)
    values = [each.value for each in found]
    axes.plot(
        costs, values, "o", color=palette.BLUE, markersize=3.5, markeredgewidth=0, alpha=0.8,
        zorder=3, clip_on=False,
    )  # fmt: skip


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


def _list(
    page: Sheet,
    numbers: Mapping[int, int],
    texts: Mapping[int, str],
    costs: Sequence[float],
    language: Language,
) -> None:
    """Write the numbered points' names and costs in columns, down the first and on in the next."""
    rows = -(-len(numbers) // COLUMNS)
    across = (page.width - 2 * EDGE) / COLUMNS
    for at, number in numbers.items():
        column, row = divmod(number - 1, rows)
        left = EDGE + column * across
        height = page.bottom + AROUND_LIST + (rows - 1 - row) * LINE
        page.write(left, height, str(number), palette.INK)
        values = {"name": texts[at], "cost": plain(costs[at])}
        text = say("sweep_scatter.named", language, **values)
        room = (across - NUMBER - 0.1) * POINTS
        page.write(left + NUMBER, height, shorten(text, palette.LABEL_SIZE, room))


def _handles(language: Language) -> list[Line2D]:
    return [
        Line2D(
            [], [], color=palette.BANDS[2], marker="o", markersize=4, lw=0.8,
            markerfacecolor=palette.BLUE, markeredgewidth=0,
            label=say("sweep_scatter.point", language),
        ),
        Line2D([], [], color=palette.BLUE, lw=1.0, label=say("sweep_scatter.front", language)),
    ]  # fmt: skip
