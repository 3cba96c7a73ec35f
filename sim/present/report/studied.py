"""The section of any study that declares what it says: its tables, figures and sentences."""

from collections.abc import Iterator
from functools import partial

from sim.language import Language
from sim.present.figure import drawn
from sim.present.report import document
from sim.present.report.document import Block, Heading, Paragraph, Picture
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.wording import user_name
from sim.spec import table
from sim.spec.findings import Figure, Findings, Listing, Part, Sentence
from sim.spec.stored import FILE
from sim.spec.table import Table
from sim.text.catalogue import capital


def studied(given: Given, language: Language) -> list[Block]:
    """Return the section on a study's findings, in the order in which the study says them."""
    found: Findings = given.document["findings"]
    heading = Heading(2, capital(user_name(found.name, language)), f"study-{given.label}")
    blocks = (block for part in found.parts for block in _blocks(part, given, language))
    return [heading, *blocks]


def _blocks(part: Part, given: Given, language: Language) -> Iterator[Block]:
    if isinstance(part, Sentence):
        yield Paragraph(part.text.in_(language), part.tone)
    elif isinstance(part, Listing):
        yield document.Listing(tuple(item.in_(language) for item in part.items))
    elif isinstance(part, Figure):
        yield _picture(part, given, language)
    elif part.read:
        yield table_block(part, f"{part.name}-{given.label}", given.cite(FILE), language)


def _picture(figure: Figure, given: Given, language: Language) -> Picture:
    return picture(
        f"{figure.name}-{given.label}",
        partial(drawn, figure, language),
        figure.title.in_(language),
        figure.alternative.in_(language),
        given.cite(FILE),
    )


def table_block(told: Table, key: str, source: str, language: Language) -> document.Table:
    """Return what people read of a declared table as a block of the report.

    Args:
        told: the table.
        key: unique in the document.
        source: which file of which result it comes from.
        language: of its heads and cells.
    """
    read = [number for number, head in enumerate(told.heads) if head.shown]
    heads = [told.heads[number] for number in read]
    return document.Table(
        key,
        told.title.in_(language),
        tuple(
            document.Column(capital(head.text.in_(language)), head.number, head.share)
            for head in heads
        ),
        tuple(tuple(_cell(row[number], language) for number in read) for row in told.rows),
        source,
    )


def _cell(cell: table.Cell, language: Language) -> document.Cell:
    numbers = tuple(float(each) for each in cell.values if isinstance(each, int | float))
    return document.Cell(cell.text.in_(language), numbers, quiet=cell.quiet)
