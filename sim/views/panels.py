"""Small charts on one sheet, one per count, and room for one more and the legend."""

from typing import NamedTuple

from matplotlib.axes import Axes

from sim.spec import palette
from sim.views.axes import clean
from sim.views.fonts import families
from sim.views.page import LEADING, POINTS, Sheet
from sim.views.wrap import wrap

SIZE = (13.2, 9.0)
"""Of the sheet."""
COLUMNS = 5
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
