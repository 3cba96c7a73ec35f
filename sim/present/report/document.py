"""What a report is made of, whoever writes it down: HTML and PDF show the same blocks."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.language import Language
from sim.text.catalogue import say

Tone = Literal["lead", "body", "note", "warning"]


@dataclass(frozen=True)
class Heading:
    """The title of a section (level 2) or of a part of one (level 3)."""

    level: int
    text: str
    anchor: str
    """Unique in the document."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its tone says how loud it is."""

    text: str
    tone: Tone = "body"


@dataclass(frozen=True)
class Listing:
    """Short sentences, each on its own."""

    items: tuple[str, ...]


class Column(NamedTuple):
    """A column of a table."""

    head: str
    number: bool = False
    """Set flush right."""
    share: float = 1.0
    """Width against the other columns."""


class Cell(NamedTuple):
    """What stands in a table; numbers are kept in full behind their rounded text."""

    text: str
    values: tuple[float, ...] = ()
    quiet: bool = False
    """In grey: the number may be nothing."""


@dataclass(frozen=True)
class Table:
    """A table; `rows` are as long as `columns`."""

    key: str
    """What it shows, for people who look for it in the HTML."""
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    """Which file of which result the numbers come from."""


def few_numbers(table: Table) -> bool:
    """Return whether a table is a name and a number: too little to fill a page's width."""
    return len(table.columns) == 2 and table.columns[1].number


@dataclass(frozen=True)
class Picture:
    """A figure, in vectors unless they are too many, as a browser and as the PDF show it."""

    key: str
    caption: str
    alternative: str
    """What it shows, for people who cannot see it."""
    outlines: bytes | None
    """An SVG that needs no font; none where it would be too large."""
    paper: bytes
    """An SVG whose letters are letters, to be set in the project's font; a PNG where there are no
    outlines."""
    inches: tuple[float, float]
    """Width and height at full size."""
    source: str


def alternative(picture: Picture, language: Language) -> str:
    """Return what stands for a figure where it cannot be seen: its caption and what it shows."""
    return say("page.alternative", language, caption=picture.caption, told=picture.alternative)


@dataclass(frozen=True)
class Code:
    """Lines to copy as they are."""

    text: str


Block = Heading | Paragraph | Listing | Table | Picture | Code


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    language: Language
    kicker: str
    title: str
    origin: str
    """One line under the title: results, replicates, model."""
    blocks: tuple[Block, ...]

    def sections(self) -> list[Heading]:
        """Return the titles of the sections, for a table of contents."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == 2]
