"""Common habits of the charts: axes, bands, labels at line ends."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from matplotlib.axes import Axes

from sim.spec import palette
from sim.views.fonts import families, font
from sim.views.fonts import width as width_of
from sim.views.page import LEADING, POINTS

LABEL_GAP = 0.09
"""Inches between a chart and the labels beside it."""


class EndLabel(NamedTuple):
    """A text beside the right edge of a chart, at a height of the chart's scale."""

    height: float
    text: str
    colour: str


def clean(axes: Axes, *, grid: str = "y") -> None:
    """Leave of the axes what helps reading: tick labels, a base line, faint lines across."""
    for side in ("top", "left", "right", "bottom"):
        axes.spines[side].set_visible(side == "bottom")
    axes.spines["bottom"].set_color(palette.PALE)
    axes.tick_params(
        length=0,
        labelsize=palette.TICK_SIZE,
        labelcolor=palette.GREY,
        labelfontfamily=families(),
    )
    axes.grid(axis="x" if grid == "x" else "y", color=palette.FAINT, linewidth=0.8)
    axes.set_axisbelow(True)


def beside(
    axes: Axes,
    across: float,
    height: float,
    text: str,
    colour: str,
    side: str,
    size: float = palette.LABEL_SIZE,
) -> None:
    """Write a text in the row of a chart that stands at a height.

    Args:
        axes: the chart.
        across: where, as a share of the chart's width; below 0 or above 1 is beside it.
        height: on the chart's scale.
        text: one line.
        colour: of the text.
        side: "left" or "right": which end of the text stands there.
        size: of the type, in points.
    """
    axes.text(
        across,
        height,
        text,
        transform=axes.get_yaxis_transform(),
        fontproperties=font(size),
        color=colour,
        ha=side,
        va="center",
    )


def spread(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """Move heights apart until neighbours keep a gap, upwards first and then below a top.

    Places along a chart are moved apart in the same way.

    Args:
        heights: wanted heights, in any order.
        gap: least distance between two.
        top: greatest height allowed.
    """
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    placed = [float(height) for height in heights]
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + gap)
    limit = top
    for number in reversed(order):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - gap
    return placed


def labels_room(labels: Sequence[EndLabel]) -> float:
    """Return the inches that the longest of some end labels needs beside a chart."""
    return max(width_of(label.text, palette.LABEL_SIZE) for label in labels) / POINTS + LABEL_GAP


def end_labels(axes: Axes, labels: Sequence[EndLabel], width: float, height: float) -> None:
    """Write labels beside the right edge of a chart, moved apart where they would touch.

    Args:
        axes: the chart.
        labels: in any order.
        width: the chart's width in inches.
        height: its height in inches.
    """
    low, high = axes.get_ylim()
    gap = (high - low) / height * palette.LABEL_SIZE * LEADING
    heights = spread([label.height for label in labels], gap, high)
    for at, label in zip(heights, labels, strict=True):
        axes.text(
            1 + LABEL_GAP / width,
            at,
            label.text,
            transform=axes.get_yaxis_transform(),
            fontproperties=font(palette.LABEL_SIZE),
            color=label.colour,
            va="center",
        )
