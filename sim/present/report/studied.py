"""The section of any study that declares what it says: its tables, figures and sentences."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from sim.language import Language
from sim.present.figure import drawn
from sim.present.report import document
from sim.present.report.document import Block, Heading, Paragraph, Picture
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.wording import NONE, user_name
from sim.spec import table
from sim.spec.findings import Figure, Findings, Listing, Part, Sentence
from sim.spec.stored import FILE
from sim.spec.table import Head, Table
from sim.text.catalogue import capital, say

MOST = 7
"""Columns of a table beside its names: as many as a page is wide enough for."""


def studied(given: Given, language: Language) -> list[Block]:
    """Return the section on a study's findings, in the order in which the study says them."""
    found: Findings = given.document["findings"]
    heading = Heading(2, capital(user_name(found.name, language)), f"study-{given.label}")
    return [heading, *blocks_of(found, given.label, given.cite(FILE), language)]


def blocks_of(found: Findings, label: str, source: str, language: Language) -> Iterator[Block]:
    """Yield findings as blocks, in the order in which the study says them.

    Args:
        found: the findings.
        label: what tells their blocks from those of other results of the document.
        source: where the numbers come from.
        language: of all that is said.
    """
    for number, part in enumerate(found.parts):
        yield from _blocks(part, f"{found.study}-{number}-{label}", label, source, language)


def _blocks(part: Part, key: str, label: str, source: str, language: Language) -> Iterator[Block]:
    if isinstance(part, Sentence):
        yield Paragraph(part.text.in_(language), part.tone)
    elif isinstance(part, Listing):
        yield document.Listing(tuple(item.in_(language) for item in part.items))
    elif isinstance(part, Figure):
        yield _picture(part, f"{part.name}-{label}", source, language)
    elif part.read:
        yield from table_blocks(part, key, source, language)


def _picture(figure: Figure, key: str, source: str, language: Language) -> Picture:
    return picture(
        key,
        partial(drawn, figure, language),
        figure.title.in_(language),
        figure.alternative.in_(language),
        source,
    )


def table_blocks(
    told: Table, key: str, source: str, language: Language, about: str = ""
) -> Iterator[document.Table]:
    """Yield what people read of a declared table: one block, or several if it has many columns.

    Of several, one in which nothing is told is left out.

    Args:
        told: the table.
        key: of the first block; unique in the document.
        source: which file of which result it comes from.
        language: of its heads and cells.
        about: what it is about, before its title.
    """
    names, *others = (number for number, head in enumerate(told.heads) if head.shown)
    groups = [[*group] for _, group in groupby(others, lambda number: told.heads[number].group)]
    parts: list[list[int]] = [[]]
    for group in groups:
        if parts[-1] and len(parts[-1]) + len(group) > MOST:
            parts.append([])
        parts[-1] += group
    title = told.title.in_(language)
    caption = say("list.labelled", language, name=about, told=title) if about else title
    for place, part in enumerate(parts):
        cells = (row[number].text.in_(language) for row in told.rows for number in part)
        if place and all(each in ("", NONE) for each in cells):
            continue
        numbers = [names, *part]
        yield document.Table(
            f"more-{place}-{key}" if place else key,
            caption,
            tuple(_column(told.heads[number], language) for number in numbers),
            tuple(tuple(_cell(row[number], language) for number in numbers) for row in told.rows),
            source,
        )


def _column(head: Head, language: Language) -> document.Column:
    return document.Column(capital(head.text.in_(language)), head.number, head.share)


def _cell(cell: table.Cell, language: Language) -> document.Cell:
    values = (each for each in cell.values if not isinstance(each, bool))
    numbers = tuple(float(each) for each in values if isinstance(each, int | float))
    return document.Cell(cell.text.in_(language), numbers, quiet=cell.quiet)
