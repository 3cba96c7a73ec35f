"""A document as a PDF on A4: the same blocks as in the HTML, in the project's own font."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.present.report.document import (
    Block,
    Code,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
)
from sim.present.report.pdf_look import BLUE, GREY, INK, MARGIN, POINT, TALL, UPRIGHT
from sim.present.report.pdf_pages import Pages
from sim.present.report.pdf_pictures import height_of, lies_sideways, write_picture
from sim.present.report.pdf_tables import needed, write_table
from sim.present.report.pdf_texts import (
    height_of_paragraph,
    write_code,
    write_listing,
    write_paragraph,
)

HEAD_SIZES = {2: 16.0, 3: 12.0}
ABOVE, BELOW = {2: 7.0, 3: 4.0}, 2.2
"""Millimetres above a title of each level, and below any."""
TITLE_LEADING = 1.3
CONTENTS_STEP = 4.8
"""Millimetres from one entry of the table of contents to the next."""
HIGH = 60.0
"""Millimetres from the head of a page on its side within which its figure starts."""
CONTENTS = Text("Contents", "目录")
AFTER = "likelihood"
"""Section before which the table of contents stands, under question and answer."""
WRITERS: dict[type, Callable[[Pages, Any], None]] = {
    Paragraph: write_paragraph,
    Listing: write_listing,
    Table: write_table,
    Code: write_code,
}
"""What writes each kind of block besides titles and figures."""


def pdf(document: Document) -> bytes:
    """Return a document as PDF; the same document gives the same bytes."""
    pages, found = _written(document, {})
    pages.close_fonts()
    # Once more, now that the pages are known that the table of contents names.
    pages, _ = _written(document, found)
    content = io.BytesIO()
    pages.output(content)
    pages.close_fonts()
    return content.getvalue()


def _written(document: Document, known: Mapping[str, int]) -> tuple[Pages, dict[str, int]]:
    """Return the pages of a document, and on which one each section starts, by its anchor.

    Args:
        document: what to write.
        known: page of each section, as far as known.
    """
    pages, found = Pages(document), dict[str, int]()
    pages.add_page()
    _cover(pages)
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            if block.anchor == AFTER and number:
                _contents(pages, known)
            _heading(pages, block, blocks[number + 1 :])
            if block.level == 2:
                found[block.anchor] = pages.page_no()
        else:
            _block(pages, block)
    return pages, found


def _cover(pages: Pages) -> None:
    said = pages.document
    pages.set_y(24.0)
    pages.lines([said.kicker], 9.0, BLUE)
    pages.ln(1.5)
    pages.lines(pages.wrapped(said.title, 22.0, pages.room), 22.0, INK, 1.25)
    pages.ln(2.0)
    pages.lines(pages.wrapped(said.origin, 8.2, pages.room), 8.2, GREY)
    pages.ln(3.0)
    pages.rule(pages.get_y())
    pages.ln(2.0)


def _contents(pages: Pages, known: Mapping[str, int]) -> None:
    """Write the table of contents, each entry with its page."""
    pages.ln(2.0)
    sections = pages.document.sections()
    if pages.left < 9.0 + CONTENTS_STEP * len(sections):
        pages.add_page()
    pages.lines([CONTENTS.in_(pages.document.language)], HEAD_SIZES[3], INK)
    pages.ln(1.5)
    for section in sections:
        at, page = pages.get_y(), known.get(section.anchor)
        link = pages.add_link(page=page) if page else None
        pages.put(MARGIN, at + 3.2, section.text, 9.0)
        pages.put_right(at + 3.2, "" if page is None else str(page), 9.0, GREY)
        if link is not None:
            pages.link(MARGIN, at, pages.room, CONTENTS_STEP, link)
        pages.set_y(at + CONTENTS_STEP)
        pages.rule(pages.get_y() - 0.4)


def _heading(pages: Pages, block: Heading, rest: Sequence[Block]) -> None:
    size = HEAD_SIZES[block.level]
    need, sideways = _needed(pages, block, rest)
    if sideways:
        if not _above_a_wide_figure(pages):
            pages.turn("L")
    elif pages.left < need + _title(pages, block) or pages.sideways:
        pages.turn("P")
    if pages.get_y() > MARGIN + 1.0:
        pages.ln(ABOVE[block.level])
    pages.start_section(block.text, level=block.level - 2)
    pages.lines(pages.wrapped(block.text, size, pages.room), size, INK, TITLE_LEADING)
    pages.ln(BELOW)


def _title(pages: Pages, block: Heading) -> float:
    """Return the room that a title takes on an upright page, with what is left around it."""
    size = HEAD_SIZES[block.level]
    lines = len(pages.wrapped(block.text, size, UPRIGHT))
    return ABOVE[block.level] + lines * size * POINT * TITLE_LEADING + BELOW


def _needed(pages: Pages, title: Heading, rest: Sequence[Block]) -> tuple[float, bool]:
    """Return the room that must be left under a title, and whether its figure lies sideways."""
    need = 0.0
    for block in rest:
        if isinstance(block, Heading) and block.level <= title.level:
            break
        if isinstance(block, Heading):
            need += _title(pages, block)
        elif isinstance(block, Paragraph):
            need += height_of_paragraph(pages, block)
        elif isinstance(block, Picture) and lies_sideways(block):
            return need, True
        else:
            need += _first_of(pages, block)
            break
    return (need if need < TALL else 40.0), False


def _first_of(pages: Pages, block: Block) -> float:
    """Return the room that a block needs to start under a title."""
    if isinstance(block, Picture):
        return height_of(block, UPRIGHT) + 14.0
    return needed(pages, block) if isinstance(block, Table) else 28.0


def _block(pages: Pages, block: Block) -> None:
    if isinstance(block, Picture):
        write_picture(pages, block)
        return
    if pages.sideways and not (isinstance(block, Paragraph) and _above_a_wide_figure(pages)):
        pages.turn("P")
    WRITERS[type(block)](pages, block)


def _above_a_wide_figure(pages: Pages) -> bool:
    """Return whether the page lies on its side and its figure is still to come.

    Titles and a few words may stand there, nothing else.
    """
    return pages.sideways and pages.get_y() < HIGH
