"""Which futures fail: the boxes that were discovered, against the draws they were measured on."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from scipy import stats

from sim.estimate.discovery import Condition, Rule, rounded
from sim.experiments.futures import Futures
from sim.language import Language, Text
from sim.parameters import find
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.joining import unquoted
from sim.text.numbers import percent, percent_range
from sim.views.experiment import Experiment, kicker, named, notes
from sim.views.fonts import families, font
from sim.views.page import EDGE, LEADING, POINTS, Heading, Sheet, sheet
from sim.views.parameter_names import parameter_name
from sim.views.wrap import wrap

Floats = NDArray[np.float64]
MOST = 4
"""Boxes that are drawn."""
WIDTH, HEIGHT = 5.4, 3.2
"""Inches of a place for one box across, and of the chart in it upwards."""
SCALE, FOOT, GAP = 0.95, 0.75, 0.35
"""Inches for the upright scale, below a chart, and between places."""
AROUND = (1.75, 1.25)
"""Inches for heading and notes, which are longer on a sheet of one column than on one of two."""
LEGEND = 0.3
"""Inches for the legend."""
LINE = palette.LABEL_SIZE * LEADING
APART = 0.13
"""Share of a scale that two of its numbers keep between them."""
DOTS = ((150, 5.0), (600, 3.4), (10**9, 1.8))
"""Up to how many draws a dot has which size in points."""
OUTSIDE = 0.45
"""Size of a dot that a further condition leaves out, over that of others."""
ENGLISH = re.compile("[a-z]{3}")
"""In units that are words; those are left out beside Chinese names."""
GOLDEN = (5**0.5 - 1) / 2


class Place(NamedTuple):
    """Lower left corner of one box's chart, in inches, and the lines above it."""

    left: float
    bottom: float
    lines: Sequence[str]


def futures(experiment: Experiment, count: Text, found: Futures, language: Language) -> Figure:
    """Draw a chart for each of the densest boxes.

    Args:
        experiment: what the figure rests on.
        count: name of the count that is missed, or of all together.
        found: at least one rule, and the draws.
        language: of all labels.
    """
    shown = found.rules[:MOST]
    columns = min(2, len(shown))
    across = 2 * EDGE + columns * (WIDTH + GAP) - GAP
    told = [_lines(rule, language) for rule in shown]
    above = max(map(len, told)) * LINE + 0.12
    rows = -(-len(shown) // columns)
    step = above + HEIGHT + FOOT
    keys = ["futures.reading"] + ["futures.more"] * (len(found.rules) > MOST)
    said = {"shown": str(len(shown)), "all": str(len(found.rules))}
    page = sheet(
        across,
        AROUND[columns - 1] + LEGEND + rows * step + 0.3,
        _heading(experiment, count, across, language),
        notes(experiment, keys, language, **said),
    )
    page.legend(_legend(len(found.missed), language), EDGE, page.top - 0.15)
    for number, (rule, lines) in enumerate(zip(shown, told, strict=True)):
        row, column = divmod(number, columns)
        left = EDGE + column * (WIDTH + GAP)
        bottom = page.top - LEGEND - (row + 1) * step + FOOT
        _chart(page, Place(left, bottom, lines), rule, found, language)
    return page.figure


def _heading(experiment: Experiment, count: Text, width: float, language: Language) -> Heading:
    name = named(unquoted(count), language, palette.TITLE_SIZE, width - 2 * EDGE)
    return Heading(
        kicker(experiment, language),
        say("futures.title", language, count=name),
        say("futures.subtitle", language),
    )


def _lines(rule: Rule, language: Language) -> list[str]:
    """Return what is said above a box: how dense it is, what it covers, further conditions."""
    told = [
        say(
            "futures.density",
            language,
            density=percent(rule.density),
            range=percent_range(rule.low, rule.high),
            base=percent(rule.base),
        ),
        say(
            "futures.coverage",
            language,
            coverage=percent(rule.coverage),
            mass=percent(rule.mass),
        ),
    ]
    told += [
        say("futures.also", language, condition=_condition(each, language))
        for each in rule.conditions[2:]
    ]
    return [line for text in told for line in wrap(text, palette.LABEL_SIZE, WIDTH * POINTS)]


def _condition(condition: Condition, language: Language) -> str:
    return condition._replace(name=parameter_name(condition.name, language)).text()


def _chart(page: Sheet, place: Place, rule: Rule, found: Futures, language: Language) -> None:
    top = place.bottom + HEIGHT + 0.12
    for number, line in enumerate(reversed(place.lines)):
        first = number == len(place.lines) - 1
        ink = palette.INK if first else palette.GREY
        page.write(place.left, top + number * LINE, line, ink)
    axes = page.panel(place.left + SCALE, place.bottom, WIDTH - SCALE, HEIGHT)
    one, *others = rule.conditions
    across = ranks(found.values[one.name])
    if others:
        up = ranks(found.values[others[0].name])
        heights = ends(others[0], found.values[others[0].name])
    else:
        up = np.asarray(np.arange(len(across)) * GOLDEN % 1.0, dtype=np.float64)
        heights = (0.0, 1.0)
    low, high = ends(one, found.values[one.name])
    axes.add_patch(
        Rectangle(
            (low, heights[0]), high - low, heights[1] - heights[0], facecolor=palette.TINTS[1],
            edgecolor=palette.VERMILION, linewidth=1.4, zorder=1,
        )
    )  # fmt: skip
    meets = np.ones(len(across), dtype=bool)
    for each in others[1:]:
        value = found.values[each.name]
        meets &= (each.low < value) & (value <= each.high)
    _dots(axes, across, up, found.missed, meets)
    _dress(axes)
    _scale(axes, "x", one, found.values[one.name], language)
    if others:
        _scale(axes, "y", others[0], found.values[others[0].name], language)
    else:
        axes.set_yticks([])
        _name(axes, "y", say("futures.alone", language))


def ranks(values: Floats) -> Floats:
    """Return each value's place among all, between 0 and 1; equal values share theirs."""
    return np.asarray((stats.rankdata(values) - 0.5) / len(values))


def ends(condition: Condition, values: Floats) -> tuple[float, float]:
    """Return where a condition's ends stand among the values, between 0 and 1."""
    return float((values <= condition.low).mean()), float((values <= condition.high).mean())


def _dots(axes: Axes, across: Floats, up: Floats, missed: Floats, meets: NDArray[np.bool_]) -> None:
    size = dot_size(len(missed))
    for chosen, (fill, edge) in (
        (missed == 0.0, LOOKS["reached"]),
        ((missed > 0.0) & (missed < 1.0), LOOKS["partly"]),
        (missed == 1.0, LOOKS["missed"]),
    ):
        for kept, scale in ((chosen & ~meets, OUTSIDE), (chosen & meets, 1.0)):
            axes.plot(
                across[kept], up[kept], "o", markersize=scale * size, markerfacecolor=fill,
                markeredgecolor=edge, markeredgewidth=0.9 * scale, zorder=3, clip_on=False,
            )  # fmt: skip


LOOKS = {
    "missed": (palette.VERMILION, palette.VERMILION),
    "partly": (palette.PAPER, palette.VERMILION),
    "reached": (palette.BANDS[2], palette.BANDS[2]),
}
"""Fill and edge of a dot, by what becomes of the count."""


def dot_size(draws: int) -> float:
    """Return the size of a dot in points: the more draws, the smaller."""
    return next(size for most, size in DOTS if draws <= most)


def _dress(axes: Axes) -> None:
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    for side in axes.spines.values():
        side.set_color(palette.PALE)
    axes.tick_params(
        length=3,
        color=palette.GREY,
        labelsize=palette.SMALL_SIZE,
        labelcolor=palette.GREY,
        labelfontfamily=families(),
        pad=2,
    )


def _scale(
    axes: Axes, which: str, condition: Condition, values: Floats, language: Language
) -> None:
    """Name a scale, and write on it the box's ends and the least and the greatest value."""
    at = dict(zip(ends(condition, values), (condition.low, condition.high), strict=True))
    ticks = {place: value for place, value in at.items() if np.isfinite(value)}
    for place, value in ((0.0, values.min()), (1.0, values.max())):
        if all(abs(place - other) > APART for other in ticks):
            ticks[place] = float(value)
    write = axes.set_xticks if which == "x" else axes.set_yticks
    write(list(ticks), [rounded(value) for value in ticks.values()])
    name, unit = parameter_name(condition.name, language), find(condition.name).unit
    if language == "en":
        name = f"{name} ({unit})"
    elif not ENGLISH.search(unit):
        name = f"{name}（{unit}）"
    _name(axes, which, name)


def _name(axes: Axes, which: str, text: str) -> None:
    room = (WIDTH - SCALE if which == "x" else HEIGHT) * POINTS
    label = "\n".join(wrap(text, palette.LABEL_SIZE, room))
    write = axes.set_xlabel if which == "x" else axes.set_ylabel
    write(label, fontproperties=font(palette.LABEL_SIZE), color=palette.GREY, labelpad=3)


def _legend(draws: int, language: Language) -> list[Line2D]:
    return [
        Line2D(
            [], [], linewidth=0, marker="o", markersize=max(4.0, dot_size(draws)),
            markerfacecolor=fill, markeredgecolor=edge, label=say(f"futures.{key}", language),
        )
        for key, (fill, edge) in LOOKS.items()
    ]  # fmt: skip
