"""Tables in the PDF: short ones whole on a page, long ones with their heads on every page."""

from collections.abc import Sequence

from sim.present.report.document import Cell, Table, few_numbers
from sim.present.report.pdf_look import GREY, INK, LINE, MARGIN, POINT, SOURCE_SIZE, TALL, UPRIGHT
from sim.present.report.pdf_pages import Pages
from sim.views.fonts import width as width_of

CELL, DENSE = 7.6, 6.6
"""Sizes of type in tables: usual, and of those with many columns or rows."""
MANY = 7
MOST_TOGETHER = 18
"""Rows up to which a table is not broken over pages."""
GAP = 3.2
"""Millimetres between the columns of a table."""
LEADING = 1.35
"""Between the lines of a cell."""
AROUND = 1.7
"""Millimetres above and below the lines of a row."""


def write_table(pages: Pages, block: Table) -> None:
    """Write a table with its caption and source."""
    size, widths = _shape(block)
    heads = [Cell(column.head) for column in block.columns]
    right = [column.number for column in block.columns]
    if pages.left < needed(pages, block):
        pages.add_page()
    pages.lines(pages.wrapped(block.caption, 9.5, pages.room), 9.5, INK)
    pages.ln(1.0)
    _row(pages, heads, widths, right, size, head=True)
    for row in block.rows:
        if pages.left < _height(pages, row, widths, size):
            pages.add_page()
            _row(pages, heads, widths, right, size, head=True)
        _row(pages, row, widths, right, size)
    pages.ln(1.2)
    pages.lines(pages.sourced(block.source), SOURCE_SIZE, GREY)
    pages.ln(4.5)


def needed(pages: Pages, block: Table) -> float:
    """Return the room that a table needs to start on a page: all of it, if it is short."""
    size, widths = _shape(block)
    rows = [[Cell(column.head) for column in block.columns], *block.rows]
    if len(rows) > MOST_TOGETHER:
        return 40.0
    return min(16.0 + sum(_height(pages, row, widths, size) for row in rows), TALL)


def _shape(block: Table) -> tuple[float, list[float]]:
    """Return the size of type and the columns' widths of a table."""
    dense = block.key.startswith("parameters-") or len(block.columns) > MANY
    total = sum(column.share for column in block.columns)
    room = UPRIGHT / 2.0 if few_numbers(block) else UPRIGHT
    free = room - GAP * (len(block.columns) - 1)
    return DENSE if dense else CELL, [free * each.share / total for each in block.columns]


def _height(pages: Pages, row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    most = max(len(pages.wrapped(c.text, size, w)) for c, w in zip(row, widths, strict=True))
    return most * size * POINT * LEADING + AROUND


def _row(
    pages: Pages,
    row: Sequence[Cell],
    widths: Sequence[float],
    right: Sequence[bool],
    size: float,
    head: bool = False,
) -> None:
    top, left = pages.get_y(), MARGIN
    high = _height(pages, row, widths, size)
    step = size * POINT * LEADING
    for cell, width, flush in zip(row, widths, right, strict=True):
        lines = pages.wrapped(cell.text, size, width)
        shift = high - AROUND - len(lines) * step if head else 0.0
        for number, line in enumerate(lines):
            across = width - width_of(line, size) * POINT if flush else 0.0
            colour = GREY if head or cell.quiet else INK
            at = top + 0.7 + shift + number * step + size * POINT
            pages.put(left + across, at, line, size, colour)
        left += width + GAP
    pages.set_y(top + high)
    pages.rule(pages.get_y(), GREY if head else LINE, left - GAP)
