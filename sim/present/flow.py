"""Streams from stage to stage drawn for a file."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import Flow, Stream
from sim.views.fonts import font, printable, width
from sim.views.page import EDGE, POINTS, Sheet

NODE, GAP, ROW, HEAD = 0.12, 0.08, 0.21, 0.4
"""Inches: a node's width, between nodes, a row's least height, above all for the legend."""
BESIDE = 0.08
"""Inches between a node and its name."""
CLEAR, PALE = 0.55, 0.2
"""How much of its colour a stream has, and one that may be nothing."""
HALO = 3.0
"""Points of paper around a name, which may lie over thin streams."""


class Placed(NamedTuple):
    """Where a node stands, in inches from the lower left corner of the chart."""

    left: float
    top: float
    height: float


def draw_flow(page: Sheet, mark: Flow, language: Language) -> None:
    """Draw streams onto a sheet: names of the first stage on their left, others on their right."""
    names = [printable(node.name.in_(language)) for node in mark.nodes]
    last = max(node.stage for node in mark.nodes)
    before, after = (
        max(_wide(names[at]) for at, node in enumerate(mark.nodes) if node.stage == stage)
        for stage in (0, last)
    )
    left, across = EDGE + before, page.width - 2 * EDGE - before - after
    up = page.top - page.bottom - HEAD
    axes = page.panel(left, page.bottom, across, up)
    axes.set_axis_off()
    axes.set_xlim(0.0, across)
    axes.set_ylim(0.0, up)
    scale = scale_of(mark, up)
    placed = placed_in(mark, across, up, scale)
    _streams(axes, mark, placed, scale)
    for name, node, at in zip(names, mark.nodes, placed, strict=True):
        corner = (at.left, at.top - at.height)
        axes.add_patch(Rectangle(corner, NODE, at.height, facecolor=palette.GREY, linewidth=0))
        first = node.stage == 0
        axes.text(
            at.left - BESIDE if first else at.left + NODE + BESIDE,
            at.top - at.height / 2,
            name,
            ha="right" if first else "left",
            va="center",
            color=palette.INK,
            fontproperties=font(palette.LABEL_SIZE),
            parse_math=False,
            path_effects=[withStroke(linewidth=HALO, foreground=palette.PAPER)],
        )
    page.legend(
        [Patch(facecolor=each.colour, label=printable(each.name.in_(language)), alpha=CLEAR)
         for each in mark.series],
        EDGE, page.top - 0.2,
    )  # fmt: skip


def _wide(name: str) -> float:
    return width(name, palette.LABEL_SIZE) / POINTS + BESIDE


def sizes_of(mark: Flow) -> list[float]:
    """Return how much goes through each node: the greater of what comes and what leaves."""
    return [
        max(
            sum(each.size for each in mark.streams if each.target == at),
            sum(each.size for each in mark.streams if each.source == at),
        )
        for at in range(len(mark.nodes))
    ]


def scale_of(mark: Flow, height: float) -> float:
    """Return the inches that one unit is high, such that the fullest stage fits a height."""
    sizes = sizes_of(mark)
    stages = {node.stage for node in mark.nodes}
    own = [[size for size, node in zip(sizes, mark.nodes, strict=True) if node.stage == stage]
           for stage in stages]  # fmt: skip
    low, high = 0.0, height / max(map(sum, own))
    for _ in range(40):  # rows have a least height, so heights are not in proportion to the scale
        middle = (low + high) / 2.0
        fits = all(_height(each, middle) <= height for each in own)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _height(sizes: Sequence[float], scale: float) -> float:
    return sum(max(size * scale, ROW) + GAP for size in sizes)


def placed_in(mark: Flow, across: float, up: float, scale: float) -> list[Placed]:
    """Return where nodes stand; each stage begins at the top."""
    last = max(node.stage for node in mark.nodes)
    tops: dict[int, float] = {}
    found = []
    for node, size in zip(mark.nodes, sizes_of(mark), strict=True):
        top, high = tops.get(node.stage, up), size * scale
        row = max(high, ROW)
        left = (across - NODE) * node.stage / last
        found.append(Placed(left, top - (row - high) / 2, high))
        tops[node.stage] = top - row - GAP
    return found


def _streams(axes: Axes, mark: Flow, placed: Sequence[Placed], scale: float) -> None:
    leaves = _starts(mark.streams, placed, scale, source=True)
    comes = _starts(mark.streams, placed, scale, source=False)
    for number, each in enumerate(mark.streams):
        ends = (placed[each.source].left + NODE, placed[each.target].left)
        _stream(axes, each, ends, (leaves[number], comes[number]), each.size * scale)


def _starts(
    streams: Sequence[Stream], placed: Sequence[Placed], scale: float, *, source: bool
) -> Mapping[int, float]:
    """Return the top of each stream at one of its ends: in the order of the nodes it joins."""

    def ends(number: int) -> tuple[int, int]:
        each = streams[number]
        return (each.source, each.target) if source else (each.target, each.source)

    used: dict[int, float] = {}
    found = {}
    for number in sorted(range(len(streams)), key=lambda number: -placed[ends(number)[1]].top):
        here = ends(number)[0]
        found[number] = placed[here].top - used.get(here, 0.0)
        used[here] = used.get(here, 0.0) + streams[number].size * scale
    return found


def _stream(
    axes: Axes, each: Stream, ends: tuple[float, float], tops: tuple[float, float], high: float
) -> None:
    (left, right), (start, end) = ends, tops
    middle = (left + right) / 2.0
    points = [
        *((left, start), (middle, start), (middle, end), (right, end)),
        *((right, end - high), (middle, end - high), (middle, start - high), (left, start - high)),
        (left, start),
    ]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    alpha = PALE if each.hollow else CLEAR
    axes.add_patch(PathPatch(Path(points, codes), facecolor=each.colour, alpha=alpha, linewidth=0))
