"""A document as a PDF on A4: the same blocks as in the HTML, in the project's own font."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF

from sim.language import Text
from sim.views.fonts import FONT_FILE, REPLACEMENT, missing
from sim.views.report.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
    few_numbers,
)
from sim.views.wrap import wrap

Colour = tuple[int, int, int]

INK: Colour = (27, 31, 36)
GREY: Colour = (86, 96, 112)
LINE: Colour = (205, 210, 217)
BLUE: Colour = (0, 90, 146)
BROWN: Colour = (138, 75, 0)
CARD: Colour = (245, 246, 248)

POINT = 25.4 / 72.0
"""Millimetres."""
MARGIN, FOOT = 18.0, 20.0
WIDE = 12.0
"""Inches from which on a figure gets a page on its side."""
HEAD_SIZES = {2: 16.0, 3: 12.0}
ABOVE, BELOW = {2: 7.0, 3: 4.0}, 2.2
"""Millimetres above a title of each level, and below any."""
TITLE_LEADING = 1.3
TONES: dict[str, tuple[float, Colour]] = {
    "lead": (10.5, INK),
    "body": (9.5, INK),
    "note": (8.2, GREY),
    "warning": (9.5, BROWN),
}
LEADING = 1.5
CELL, DENSE = 7.6, 6.6
"""Sizes of type in tables: usual, and of those with many columns or rows."""
MANY = 7
CONTENTS_STEP = 4.8
"""Millimetres from one entry of the table of contents to the next."""
TALL, TALLEST = 0.9, 128.0
"""Height over width from which on a figure is kept to a height in millimetres."""
MOST_TOGETHER = 18
"""Rows up to which a table is not broken over pages."""
CODE = 6.8
SOURCE_SIZE = 6.6
GAP = 3.2
"""Millimetres between the columns of a table."""
DATE = datetime(2022, 10, 1, tzinfo=UTC)
"""Month 0 of the model, in place of the day of writing: the same results give the same bytes."""
SOURCE = Text("Source: ", "来源：")
CONTENTS = Text("Contents", "目录")


def pdf(document: Document) -> bytes:
    """Return a document as PDF; the same document gives the same bytes."""
    pages = _Pages(document, {})
    pages.write()
    pages.close_fonts()
    # Once more, now that the pages are known that the table of contents names.
    pages = _Pages(document, pages.found)
    pages.write()
    found = io.BytesIO()
    pages.output(found)
    pages.close_fonts()
    return found.getvalue()


class _Pages(FPDF):  # type: ignore[misc]
    """The pages of one report."""

    def __init__(self, document: Document, known: dict[str, int]) -> None:
        """Start an empty report.

        Args:
            document: what to write.
            known: page of each section by its anchor, as far as known.
        """
        super().__init__(format="A4", unit="mm")
        self.document, self.known = document, known
        self.found: dict[str, int] = {}
        self.set_creation_date(DATE)
        self.set_title(document.title)
        self.set_lang("zh-CN" if document.language == "zh" else "en")
        self.set_auto_page_break(False)
        self.set_margins(MARGIN, MARGIN)
        self.add_font("report", "", str(FONT_FILE))
        self.set_text_shaping(False)

    def close_fonts(self) -> None:
        """Close the font's file, which stays open otherwise."""
        for font in self.fonts.values():
            font.ttfont.close()

    def footer(self) -> None:
        """Write title and number at the foot of the page, but for the first."""
        if self.page_no() == 1:
            return
        foot = self.h - 10.0
        self._line(MARGIN, foot, self.document.title, 7.0, GREY)
        number = str(self.page_no())
        self.set_font("report", size=7.0)
        self._line(self.w - MARGIN - self.get_string_width(number), foot, number, 7.0, GREY)

    def write(self) -> None:
        """Write the whole document."""
        self.add_page()
        self._cover()
        blocks = self.document.blocks
        for number, block in enumerate(blocks):
            if isinstance(block, Heading):
                self._heading(block, blocks[number + 1 :])
            else:
                self._block(block)
            following = blocks[number + 1 : number + 2]
            if following and isinstance(following[0], Heading) and following[0].anchor == AFTER:
                self._contents()

    @property
    def _room(self) -> float:
        """Millimetres between the margins."""
        return float(self.w - 2 * MARGIN)

    @property
    def _sideways(self) -> bool:
        """Whether the page lies on its side."""
        return bool(self.w > self.h)

    @property
    def _left(self) -> float:
        """Millimetres left on the page."""
        return float(self.h - FOOT - self.get_y())

    def _cover(self) -> None:
        said = self.document
        self.set_y(24.0)
        self._lines([said.kicker], 9.0, BLUE)
        self.ln(1.5)
        self._lines(self._wrap(said.title, 22.0, self._room), 22.0, INK, 1.25)
        self.ln(2.0)
        self._lines(self._wrap(said.origin, 8.2, self._room), 8.2, GREY)
        self.ln(3.0)
        self._rule(self.get_y())
        self.ln(2.0)

    def _contents(self) -> None:
        """Write the table of contents, each entry with its page."""
        self.ln(2.0)
        sections = self.document.sections()
        if self._left < 9.0 + CONTENTS_STEP * len(sections):
            self.add_page()
        self._lines([CONTENTS.in_(self.document.language)], HEAD_SIZES[3], INK)
        self.ln(1.5)
        for section in sections:
            at, page = self.get_y(), self.known.get(section.anchor)
            link = self.add_link(page=page) if page else None
            self._line(MARGIN, at + 3.2, section.text, 9.0, INK)
            number = "" if page is None else str(page)
            self.set_font("report", size=9.0)
            self._line(self.w - MARGIN - self.get_string_width(number), at + 3.2, number, 9.0, GREY)
            if link is not None:
                self.link(MARGIN, at, self._room, CONTENTS_STEP, link)
            self.set_y(at + CONTENTS_STEP)
            self._rule(self.get_y() - 0.4)

    def _heading(self, block: Heading, rest: Sequence[Block]) -> None:
        size = HEAD_SIZES[block.level]
        need, sideways = self._needed(rest)
        if sideways:
            self._turn("L")
        elif self._left < need + self._title(block) or self._sideways:
            self._turn("P")
        if self.get_y() > MARGIN + 1.0:
            self.ln(ABOVE[block.level])
        self.start_section(block.text, level=block.level - 2)
        if block.level == 2:
            self.found[block.anchor] = self.page_no()
        self._lines(self._wrap(block.text, size, self._room), size, INK, TITLE_LEADING)
        self.ln(BELOW)

    def _title(self, block: Heading) -> float:
        """Return the room that a title takes on an upright page, with what is left around it."""
        size = HEAD_SIZES[block.level]
        lines = len(self._wrap(block.text, size, self._upright))
        return ABOVE[block.level] + lines * size * POINT * TITLE_LEADING + BELOW

    def _turn(self, orientation: str) -> None:
        """Go on to a page of an orientation, unless this one is of it and still empty."""
        empty = self.get_y() <= MARGIN + 1.0
        if not (empty and self._sideways == (orientation == "L")):
            self.add_page(orientation=orientation)
            self.set_y(MARGIN)

    def _needed(self, rest: Sequence[Block]) -> tuple[float, bool]:
        """Return the room that must be left under a title, and whether its figure lies sideways."""
        need = 0.0
        for block in rest:
            if isinstance(block, Heading):
                need += self._title(block)
            elif isinstance(block, Paragraph):
                size, _ = TONES[block.tone]
                lines = self._wrap(block.text, size, self._upright)
                need += len(lines) * size * POINT * LEADING + 3.0
            elif isinstance(block, Picture) and block.inches[0] > WIDE:
                return need, True
            elif isinstance(block, Picture):
                need += _height_of(block, self._upright) + 14.0
                break
            elif isinstance(block, Table):
                need += self._whole(block)
                break
            else:
                need += 28.0
                break
        return (need if need < self._tall else 40.0), False

    @property
    def _upright(self) -> float:
        """Millimetres between the margins of an upright page."""
        return 210.0 - 2 * MARGIN

    @property
    def _tall(self) -> float:
        """Millimetres from the head to the foot of an upright page."""
        return 297.0 - MARGIN - FOOT

    def _block(self, block: Block) -> None:
        if isinstance(block, Picture):
            self._picture(block)
            return
        if self._sideways and not self._fits_sideways(block):
            self._turn("P")
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Listing):
            for item in block.items:
                self._paragraph(Paragraph(f"• {item}"), after=1.6)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Code):
            self._code(block)

    def _fits_sideways(self, block: Block) -> bool:
        """Return whether a block may stand above the figure of a page on its side."""
        return isinstance(block, Paragraph) and self.get_y() < 60.0

    def _paragraph(self, block: Paragraph, after: float = 3.0) -> None:
        if not block.text:
            return
        size, colour = TONES[block.tone]
        self._lines(self._wrap(block.text, size, self._room), size, colour)
        self.ln(after)

    def _picture(self, block: Picture) -> None:
        across, up = block.inches
        sideways = across > WIDE
        if sideways and (not self._sideways or self._left < 120.0):
            self._turn("L")
        elif not sideways and self._sideways:
            self._turn("P")
        caption = self._wrap(block.caption, 8.6, self._room)
        source = self._wrap(self._source(block.source), SOURCE_SIZE, self._room)
        words = 4.0 + (len(caption) * 8.6 + len(source) * SOURCE_SIZE) * POINT * LEADING
        width = self._room
        whole = (self.h - FOOT - MARGIN) - words
        wanted = _height_of(block, width)
        if not sideways and self._left < min(wanted, whole) + words:
            self._turn("P")
        height = min(wanted, self._left - words)
        width = height * across / up
        self.image(
            io.BytesIO(block.png),
            x=(self.w - width) / 2,
            y=self.get_y(),
            w=width,
            h=height,
            alt_text=f"{block.caption}. {block.alternative}",
        )
        self.set_y(self.get_y() + height + 2.0)
        self._lines(caption, 8.6, INK)
        self._lines(source, SOURCE_SIZE, GREY)
        self.ln(5.0)

    def _source(self, source: str) -> str:
        return f"{SOURCE.in_(self.document.language)}{source}"

    def _table(self, block: Table) -> None:
        size, widths = self._shape(block)
        heads = [Cell(column.head) for column in block.columns]
        right = [column.number for column in block.columns]
        if self._left < self._whole(block):
            self.add_page()
        self._lines(self._wrap(block.caption, 9.5, self._room), 9.5, INK)
        self.ln(1.0)
        self._row(heads, widths, right, size, head=True)
        for row in block.rows:
            if self._left < self._height(row, widths, size):
                self.add_page()
                self._row(heads, widths, right, size, head=True)
            self._row(row, widths, right, size)
        source = self._wrap(self._source(block.source), SOURCE_SIZE, self._room)
        self.ln(1.2)
        self._lines(source, SOURCE_SIZE, GREY)
        self.ln(4.5)

    def _shape(self, block: Table) -> tuple[float, list[float]]:
        """Return the size of type and the columns' widths of a table."""
        dense = block.key.startswith("parameters-") or len(block.columns) > MANY
        total = sum(column.share for column in block.columns)
        room = self._upright / 2.0 if few_numbers(block) else self._upright
        free = room - GAP * (len(block.columns) - 1)
        return DENSE if dense else CELL, [free * each.share / total for each in block.columns]

    def _whole(self, block: Table) -> float:
        """Return the room that a table needs to start on a page: all of it, if it is short."""
        size, widths = self._shape(block)
        rows = [[Cell(column.head) for column in block.columns], *block.rows]
        if len(rows) > MOST_TOGETHER:
            return 40.0
        return min(16.0 + sum(self._height(row, widths, size) for row in rows), self._tall)

    def _height(self, row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
        most = max(len(self._wrap(c.text, size, w)) for c, w in zip(row, widths, strict=True))
        return most * size * POINT * 1.35 + 1.7

    def _row(
        self,
        row: Sequence[Cell],
        widths: Sequence[float],
        right: Sequence[bool],
        size: float,
        head: bool = False,
    ) -> None:
        top, left = self.get_y(), MARGIN
        high = self._height(row, widths, size)
        step = size * POINT * 1.35
        for cell, width, flush in zip(row, widths, right, strict=True):
            lines = self._wrap(cell.text, size, width)
            shift = high - 1.7 - len(lines) * step if head else 0.0
            for number, line in enumerate(lines):
                self.set_font("report", size=size)
                across = width - self.get_string_width(line) if flush else 0.0
                colour = GREY if head or cell.quiet else INK
                at = top + 0.7 + shift + number * step + size * POINT
                self._line(left + across, at, line, size, colour)
            left += width + GAP
        self.set_y(top + high)
        self._rule(self.get_y(), GREY if head else LINE, left - GAP)

    def _code(self, block: Code) -> None:
        step = CODE * POINT * 1.45
        lines = [
            part
            for line in block.text.split("\n")
            for part in self._wrap(line, CODE, self._room - 6.0) or [""]
        ]
        self.ln(0.5)
        for line in lines:
            if self._left < step + 2.0:
                self.add_page()
            self.set_fill_color(*CARD)
            self.rect(MARGIN, self.get_y(), self._room, step + 0.05, style="F")
            self._line(MARGIN + 3.0, self.get_y() + CODE * POINT * 1.1, line, CODE, INK)
            self.set_y(self.get_y() + step)
        self.ln(3.5)

    def _wrap(self, text: str, size: float, room: float) -> list[str]:
        """Return the lines of a text that fit a width in millimetres."""
        safe = "".join(REPLACEMENT if missing(mark) else mark for mark in text)
        return wrap(safe, size, room / POINT) if safe.strip() else []

    def _lines(
        self, lines: Sequence[str], size: float, colour: Colour, leading: float = LEADING
    ) -> None:
        """Write lines one under the other, going on to further pages where they do not fit."""
        step = size * POINT * leading
        for line in lines:
            if self._left < step:
                self.add_page()
            self._line(MARGIN, self.get_y() + step * 0.5 + size * POINT * 0.36, line, size, colour)
            self.set_y(self.get_y() + step)

    def _line(self, left: float, base: float, text: str, size: float, colour: Colour) -> None:
        """Write a line whose baseline starts at a place."""
        if text:
            self.set_font("report", size=size)
            self.set_text_color(*colour)
            self.text(left, base, text)

    def _rule(self, at: float, colour: Colour = LINE, to: float | None = None) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(0.2)
        self.line(MARGIN, at, self.w - MARGIN if to is None else to, at)


def _height_of(block: Picture, width: float) -> float:
    """Return the height of a figure at a width; one about as tall as wide is kept smaller."""
    ratio = block.inches[1] / block.inches[0]
    return min(width * ratio, TALLEST) if ratio > TALL else width * ratio


AFTER = "likelihood"
"""Section before which the table of contents stands, under question and answer."""
