"""Pages of a PDF on A4, in the project's own font, and lines of type on them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

from sim.language import visible
from sim.present.report.document import Document
from sim.present.report.pdf_look import (
    FOOT,
    GREY,
    INK,
    LEADING,
    LINE,
    MARGIN,
    POINT,
    SOURCE,
    SOURCE_SIZE,
    TONES,
    Colour,
)
from sim.views.fonts import by_font, shown, width
from sim.views.letters import FONT_FILE
from sim.views.wrap import wrap

DATE = datetime(2022, 10, 1, tzinfo=UTC)
"""Month 0 of the model, in place of the day of writing: the same results give the same bytes."""


class Pages(FPDF):  # type: ignore[misc]
    """The pages of one report, still empty."""

    def __init__(self, document: Document) -> None:
        """Start a report: its title and language are known, no page is there yet."""
        super().__init__(format="A4", unit="mm")
        self.document = document
        self.set_creation_date(DATE)
        self.set_title(visible(document.title))
        self.set_lang("zh-CN" if document.language == "zh" else "en")
        self.set_auto_page_break(False)
        self.set_margins(MARGIN, MARGIN)
        self._use(FONT_FILE, TONES["body"][0])
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
        self.put(MARGIN, foot, shown(visible(self.document.title)), 7.0, GREY)
        self.put_right(foot, str(self.page_no()), 7.0, GREY)

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return float(self.w - 2 * MARGIN)

    @property
    def sideways(self) -> bool:
        """Whether the page lies on its side."""
        return bool(self.w > self.h)

    @property
    def left(self) -> float:
        """Millimetres left on the page."""
        return float(self.h - FOOT - self.get_y())

    def turn(self, orientation: str) -> None:
        """Go on to a page of an orientation, unless this one is of it and still empty."""
        empty = self.get_y() <= MARGIN + 1.0
        if not (empty and self.sideways == (orientation == "L")):
            self.add_page(orientation=orientation)
            self.set_y(MARGIN)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """Return the lines of a text that fit a width in millimetres."""
        safe = shown(visible(text))
        return wrap(safe, size, room / POINT) if safe.strip() else []

    def _use(self, file: Path, size: float) -> None:
        """Write on in the font of a file."""
        if file.name.lower() not in self.fonts:
            self.add_font(file.name, "", str(file))
        self.set_font(file.name, size=size)

    def sourced(self, source: str) -> list[str]:
        """Return the lines that say where numbers come from."""
        said = f"{SOURCE.in_(self.document.language)}{source}"
        return self.wrapped(said, SOURCE_SIZE, self.room)

    def lines(
        self, lines: Sequence[str], size: float, colour: Colour, leading: float = LEADING
    ) -> None:
        """Write lines one under the other, going on to further pages where they do not fit."""
        step = size * POINT * leading
        for line in lines:
            if self.left < step:
                self.add_page()
            self.put(MARGIN, self.get_y() + step * 0.5 + size * POINT * 0.36, line, size, colour)
            self.set_y(self.get_y() + step)

    def put(self, left: float, base: float, text: str, size: float, colour: Colour = INK) -> None:
        """Write a line whose baseline starts at a place."""
        self.set_text_color(*colour)
        for file, run in by_font(text):
            self._use(file, size)
            self.text(left, base, run)
            left += self.get_string_width(run)

    def put_right(self, base: float, text: str, size: float, colour: Colour) -> None:
        """Write a line that ends at the right margin."""
        self.put(self.w - MARGIN - width(text, size) * POINT, base, text, size, colour)

    def rule(self, at: float, colour: Colour = LINE, to: float | None = None) -> None:
        """Draw a line across the page from the left margin."""
        self.set_draw_color(*colour)
        self.set_line_width(0.2)
        self.line(MARGIN, at, self.w - MARGIN if to is None else to, at)
