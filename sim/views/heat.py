"""Tables of coloured cells with a number in each."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.spec import palette
from sim.views.fonts import font
from sim.views.page import POINTS
from sim.views.shades import Fill, inks
from sim.views.wrap import wrap

HEAD_GAP = 0.06
"""Inches between cells and the words beside and above them."""

ABOVE, BELOW = 0.3, 0.72
"""Heights of two lines in a cell, from its top."""
FRAME, FRAME_IN = 1.0, 0.04
"""Points of a frame, and how far inside its cell it stands."""
THICK, THIN = 1.2, 0.3
"""Points of ground between cells, and between many small ones."""
MANY = 16
"""Columns beyond which cells are small."""


class Cell(NamedTuple):
    """One cell: its colour, and what is written in it, if anything."""

    fill: Fill
    text: str
    quiet: bool = False
    """Written in grey: the number may be nothing."""
    below: str = ""
    """A second, smaller line."""
    framed: bool = False
    """With a line around it: what the others are compared with."""


def heat_map(axes: Axes, rows: Sequence[Sequence[Cell | None]], size: float) -> None:
    """Fill a chart with cells, the first row at the top; None leaves a place empty.

    Args:
        axes: empty.
        rows: equally long.
        size: of the type, in points.
    """
    line = THIN if len(rows[0]) > MANY else THICK
    axes.set_xlim(0, len(rows[0]))
    axes.set_ylim(len(rows), 0)
    axes.set_axis_off()
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            if cell is not None:
                _draw(axes, (across, down), cell, (size, line))


def _draw(axes: Axes, at: tuple[int, int], cell: Cell, points: tuple[float, float]) -> None:
    """Draw a cell; its type and the line around it have sizes in points."""
    size, line = points
    axes.add_patch(
        Rectangle(at, 1, 1, facecolor=cell.fill, edgecolor=palette.PAPER, linewidth=line)
    )
    if cell.framed:
        inner = (at[0] + FRAME_IN, at[1] + FRAME_IN)
        side = 1 - 2 * FRAME_IN
        frame = Rectangle(inner, side, side, fill=False, edgecolor=palette.INK, linewidth=FRAME)
        axes.add_patch(frame)
    lines = [(cell.text, size, 0.5)]
    if cell.below:
        lines = [(cell.text, size, ABOVE), (cell.below, palette.SMALL_SIZE, BELOW)]
    for text, points_high, height in lines:
        if text:
            axes.text(
                at[0] + 0.5,
                at[1] + height,
                text,
                fontproperties=font(points_high),
                color=palette.GREY if cell.quiet else inks(cell.fill)[0],
                ha="center",
                va="center",
            )


def heads(axes: Axes, names: Sequence[str], size: float, room: float) -> None:
    """Write the columns' names above the cells.

    Args:
        axes: with its cells.
        names: one per column, each wrapped.
        size: of the type, in points.
        room: width of a column in inches.
    """
    for across, name in enumerate(names):
        axes.annotate(
            "\n".join(wrap(name, size, room * POINTS)),
            (across + 0.5, 0.0),
            xytext=(0, HEAD_GAP * POINTS + size / 4),
            textcoords="offset points",
            fontproperties=font(size),
            color=palette.GREY,
            ha="center",
            va="baseline",
            linespacing=1.15,
        )
