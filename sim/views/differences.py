"""Packages against the first, count by count: paired differences with their intervals."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.language import Language, Text
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.joining import unquoted
from sim.text.numbers import signed
from sim.views.axes import beside, clean
from sim.views.by_chance import noted
from sim.views.experiment import Estimated, Experiment, is_tie, kicker, named, notes
from sim.views.fonts import width
from sim.views.page import EDGE, POINTS, Heading, sheet
from sim.views.together import together

WIDTH = 10.6
GAP = 0.15
"""Inches between the names and the chart."""
FIGURES = (1.35, 3.15)
"""Inches from the chart to the right ends of the two columns of figures."""
LINE = 0.165
"""Inches for each package in a row."""
ROW = 0.17
"""Inches of a row besides."""
AROUND = 1.95
"""Inches above and below the rows."""
JOINT_GAP = 0.3
"""Rows between the counts and all thirteen together."""
LEGEND_MARK = 0.55
"""Inches that an entry of the legend needs besides its name."""
LEAST = 0.01
"""A scale reaches at least this far on one side of zero, as a fraction."""
SIZES = (7.0, 6.5, 6.0, 7.0)
"""Of the packages' marks, in points."""


class Change(NamedTuple):
    """Likelihoods (fractions) of the same thing under two packages."""

    first: float
    second: float
    difference: Estimated
    """Second minus first."""


class Package(NamedTuple):
    """A package compared with the first."""

    name: Text
    counts: Sequence[Change]
    """In the plan's order, shape (13,)."""
    joint: Change
    """Of all thirteen together."""


def differences(
    experiment: Experiment, first: Text, packages: Sequence[Package], language: Language
) -> Figure:
    """Draw how the likelihood of every count differs from that under the first package.

    Args:
        experiment: what the figure rests on.
        first: name of the package that the others are compared with.
        packages: one to four.
        language: of all labels.
    """
    keys = ("differences.interval", "differences.not_told")
    names = _names(language)
    step = LINE * len(packages) + ROW
    height = AROUND + step * (len(names) + 1.4)
    heading = _heading(experiment, first, packages, language)
    below = noted(notes(experiment, keys, language), len(names) * len(packages), language)
    page = sheet(WIDTH, height, heading, below)
    left = EDGE + max(width(name, palette.LABEL_SIZE) for name in names) / POINTS + GAP
    foot, head = page.bottom + 0.3, page.top - (0.62 if len(packages) > 1 else 0.3)
    across = WIDTH - EDGE - FIGURES[1] - left
    axes = page.panel(left, foot, across, head - foot)
    if len(packages) > 1:
        page.legend(_handles(packages, language), EDGE, page.top - 0.2)
    _scale(axes, packages, len(names))
    edges = ((EDGE - left) / across, 1 + FIGURES[0] / across, 1 + FIGURES[1] / across)
    for number, name in enumerate(names):
        beside(axes, edges[0], _height(number, names), name, palette.INK, "left")
    share = LINE / step
    for number, package in enumerate(packages):
        shift = (number - (len(packages) - 1) / 2) * share
        for row, change in enumerate((*package.counts, package.joint)):
            at = _height(row, names) + shift
            _mark(axes, change.difference, number, at)
            _write(axes, change, number, (at, *edges[1:]), language)
    _heads(axes, edges, language)
    between = len(names) - 1 + JOINT_GAP / 2 - 0.5
    ends = [edges[0], edges[2]]
    along = axes.get_yaxis_transform()
    axes.plot(ends, [between] * 2, transform=along, color=palette.PALE, lw=0.8, clip_on=False)
    return page.figure


def _names(language: Language) -> list[str]:
    counts = [capital(count.name.in_(language)) for count in PLAN.counts]
    return [*counts, say("likelihood.joint", language)]


def _height(row: int, names: Sequence[str]) -> float:
    return row + (JOINT_GAP if row == len(names) - 1 else 0.0)


def _heading(
    experiment: Experiment, first: Text, packages: Sequence[Package], language: Language
) -> Heading:
    room = 0.45 * (WIDTH - 2 * EDGE)
    before = named(unquoted(first), language, palette.TITLE_SIZE, room)
    if len(packages) == 1:
        after = named(unquoted(packages[0].name), language, palette.TITLE_SIZE, room)
        title = say("differences.title_one", language, first=before, second=after)
    else:
        title = say("differences.title_more", language, first=before)
    return Heading(kicker(experiment, language), title, say("differences.subtitle", language))


def _scale(axes: Axes, packages: Sequence[Package], rows: int) -> None:
    """Let the scale hold zero and all finite ends, with round ticks in percentage points."""
    found = [each.difference for package in packages for each in (*package.counts, package.joint)]
    ends = [end for each in found for end in (each.low, each.value, each.high) if isfinite(end)]
    low, high = min([-LEAST, *ends]), max([LEAST, *ends])
    low, high = low - 0.03 * (high - low), high + 0.03 * (high - low)
    clean(axes, grid="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(low, high)
    axes.set_ylim(rows - 0.5 + JOINT_GAP, -0.5)
    ticks = MaxNLocator(7, steps=[1, 2, 5, 10]).tick_values(100 * low, 100 * high)
    shown = [float(tick) for tick in ticks if low <= tick / 100 <= high]
    axes.set_xticks([tick / 100 for tick in shown], [signed(tick) for tick in shown])
    axes.set_yticks([])
    axes.axvline(0.0, color=palette.GREY, linewidth=1.0, zorder=2)


def _mark(axes: Axes, found: Estimated, number: int, at: float) -> None:
    colour = palette.PACKAGES[number]
    edges = axes.get_xlim()
    low, high = max(found.low, edges[0]), min(found.high, edges[1])
    axes.plot([low, high], [at, at], color=colour, linewidth=2.0, zorder=3)
    tie = is_tie(found)
    axes.plot(
        found.value,
        at,
        palette.MARKERS[number],
        markersize=SIZES[number],
        markerfacecolor=palette.PAPER if tie else colour,
        markeredgecolor=colour if tie else palette.PAPER,
        markeredgewidth=1.5 if tie else 0.8,
        zorder=4,
        clip_on=False,
    )


def _write(
    axes: Axes, change: Change, number: int, place: tuple[float, float, float], language: Language
) -> None:
    """Write a package's figures in its row: likelihoods, then points with their interval."""
    at, left, right = place
    ink = palette.PACKAGE_INKS[number]
    found = change.difference
    rounded = together(change.first, change.second, found)
    beside(axes, left, at, f"{rounded.first} → {rounded.second}", ink, "right")
    tie = is_tie(found)
    text = say(
        "differences.not_apart" if tie else "differences.range",
        language,
        value=rounded.value,
        low=rounded.low,
        high=rounded.high,
    )
    beside(axes, right, at, text, palette.GREY if tie else ink, "right")


def _heads(axes: Axes, edges: tuple[float, float, float], language: Language) -> None:
    for across, word in zip(edges[1:], ("likelihoods", "points"), strict=True):
        beside(axes, across, -0.85, say(f"differences.{word}", language), palette.GREY, "right")


def _handles(packages: Sequence[Package], language: Language) -> list[Line2D]:
    room = (WIDTH - 2 * EDGE) / len(packages) - LEGEND_MARK
    return [
        Line2D(
            [],
            [],
            color=palette.PACKAGES[number],
            marker=palette.MARKERS[number],
            markersize=SIZES[number],
            linewidth=2.0,
            label=named(package.name, language, palette.LABEL_SIZE, room),
        )
        for number, package in enumerate(packages)
    ]
