"""Figures in the PDF: as wide as the page, on a page on its side where they are very wide."""

import io

from sim.present.report.document import Picture, alternative
from sim.present.report.pdf_look import FOOT, GREY, INK, LEADING, MARGIN, POINT, SOURCE_SIZE
from sim.present.report.pdf_pages import Pages

WIDE = 12.0
"""Inches from which on a figure gets a page on its side."""
TALL, TALLEST = 0.9, 128.0
"""Height over width from which on a figure is kept to a height in millimetres."""
CAPTION = 8.6


def lies_sideways(block: Picture) -> bool:
    """Return whether a figure gets a page on its side."""
    return block.inches[0] > WIDE


def height_of(block: Picture, width: float) -> float:
    """Return the height of a figure at a width; one about as tall as wide is kept smaller."""
    ratio = block.inches[1] / block.inches[0]
    return min(width * ratio, TALLEST) if ratio > TALL else width * ratio


def write_picture(pages: Pages, block: Picture) -> None:
    """Write a figure with its caption and source, on a further page if this one has no room."""
    across, up = block.inches
    sideways = lies_sideways(block)
    if sideways and (not pages.sideways or pages.left < 120.0):
        pages.turn("L")
    elif not sideways and pages.sideways:
        pages.turn("P")
    caption = pages.wrapped(block.caption, CAPTION, pages.room)
    source = pages.sourced(block.source)
    words = 4.0 + (len(caption) * CAPTION + len(source) * SOURCE_SIZE) * POINT * LEADING
    whole = (pages.h - FOOT - MARGIN) - words
    wanted = height_of(block, pages.room)
    if not sideways and pages.left < min(wanted, whole) + words:
        pages.turn("P")
    height = min(wanted, pages.left - words)
    width = height * across / up
    pages.image(
        io.BytesIO(block.png),
        x=(pages.w - width) / 2,
        y=pages.get_y(),
        w=width,
        h=height,
        alt_text=alternative(block, pages.document.language),
    )
    pages.set_y(pages.get_y() + height + 2.0)
    pages.lines(caption, CAPTION, INK)
    pages.lines(source, SOURCE_SIZE, GREY)
    pages.ln(5.0)
