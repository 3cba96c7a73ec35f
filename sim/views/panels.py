"""Small charts on one sheet, one per count, and room for one more and the legend."""

from typing import NamedTuple

from matplotlib.axes import Axes

from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital
from sim.views.axes import clean
from sim.views.fonts import families
from sim.views.page import EDGE, LEADING, POINTS, Sheet
from sim.views.wrap import wrap

SIZE = (13.2, 9.0)
"""Of the sheet."""
COLUMNS, ROWS = 5, 3
SCALE = 0.45
"""Inches for the numbers of an upright scale."""
FOOT = 0.3
"""Inches for the numbers along the foot of a chart."""
TITLE = 2 * palette.LABEL_SIZE * LEADING + 0.06
"""Inches above a chart for two lines."""
GAP = 0.15
"""Inches between charts."""


class Slot(NamedTuple):
    """A place on the sheet, in inches."""

    left: float
    bottom: float
    width: float
    height: float


class Grid(NamedTuple):
    """How charts stand on a sheet; sizes in inches."""

    columns: int
    rows: int
    scale: float
    """On the left of each, for the numbers of its upright scale."""
    foot: float
    title: float
    gap: float
    """Between two beside each other."""


FIFTEEN = Grid(COLUMNS, ROWS, SCALE, FOOT, TITLE, GAP)


def slots(page: Sheet, grid: Grid = FIFTEEN) -> list[Slot]:
    """Return the places row by row; in each, the scale stands on the left of the chart."""
    across = (page.width - 2 * EDGE + grid.gap) / grid.columns
    up = (page.top - page.bottom) / grid.rows
    return [
        Slot(
            EDGE + column * across + grid.scale,
            page.top - (row + 1) * up + grid.foot,
            across - grid.scale - grid.gap,
            up - grid.foot - grid.title,
        )
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]


def chart(page: Sheet, slot: Slot, title: str, scale: float = SCALE) -> Axes:
    """Add a clean small chart with a title of one or two lines above it.

    Args:
        page: to add it to.
        slot: where.
        title: wrapped at the slot's width.
        scale: inches to the left of the slot for the numbers or names of the upright scale.
    """
    axes = page.panel(*slot)
    clean(axes)
    lines = wrap(title, palette.LABEL_SIZE, (slot.width + scale) * POINTS)
    for number, line in enumerate(reversed(lines)):
        above = slot.bottom + slot.height + 0.09 + number * palette.LABEL_SIZE * LEADING
        page.write(slot.left - scale, above, line, palette.INK)
    axes.tick_params(labelsize=palette.SMALL_SIZE, labelfontfamily=families(), pad=2)
    return axes


def titles(language: Language) -> list[str]:
    """Return the counts' names in the plan's order."""
    return [capital(count.name.in_(language)) for count in PLAN.counts]
