"""Paragraphs, listings and lines of code in the PDF."""

from sim.present.report.document import Code, Listing, Paragraph
from sim.present.report.pdf_look import CARD, LEADING, MARGIN, POINT, TONES, UPRIGHT
from sim.present.report.pdf_pages import Pages

AFTER, AFTER_ITEM = 3.0, 1.6
"""Millimetres after a paragraph, and after an entry of a listing."""
CODE = 6.8


def write_paragraph(pages: Pages, block: Paragraph, after: float = AFTER) -> None:
    """Write a paragraph in its tone; nothing if it is empty."""
    if not block.text:
        return
    size, colour = TONES[block.tone]
    pages.lines(pages.wrapped(block.text, size, pages.room), size, colour)
    pages.ln(after)


def height_of_paragraph(pages: Pages, block: Paragraph) -> float:
    """Return the room that a paragraph takes on an upright page."""
    size, _ = TONES[block.tone]
    return len(pages.wrapped(block.text, size, UPRIGHT)) * size * POINT * LEADING + AFTER


def write_listing(pages: Pages, block: Listing) -> None:
    """Write the sentences of a listing, each with a dot before it."""
    for item in block.items:
        write_paragraph(pages, Paragraph(f"• {item}"), after=AFTER_ITEM)


def write_code(pages: Pages, block: Code) -> None:
    """Write lines to copy, on a shaded ground."""
    step = CODE * POINT * 1.45
    lines = [
        part
        for line in block.text.split("\n")
        for part in pages.wrapped(line, CODE, pages.room - 6.0) or [""]
    ]
    pages.ln(0.5)
    for line in lines:
        if pages.left < step + 2.0:
            pages.add_page()
        pages.set_fill_color(*CARD)
        pages.rect(MARGIN, pages.get_y(), pages.room, step + 0.05, style="F")
        pages.put(MARGIN + 3.0, pages.get_y() + CODE * POINT * 1.1, line, CODE)
        pages.set_y(pages.get_y() + step)
    pages.ln(3.5)
