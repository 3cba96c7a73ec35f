"""What changes between packages: charts and tables of paired differences."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.estimate.intervals import CONFIDENCE
from sim.estimate.records import Decisions
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.compared import Compared, figures
from sim.present.report.document import Block, Heading, Paragraph, Table
from sim.present.report.drawing import picture
from sim.present.report.readers import READ_SO, TURNED
from sim.present.report.studied import table_blocks
from sim.present.report.wording import user_name
from sim.spec.findings import Sentence
from sim.studies.shared.compared import tables
from sim.studies.shared.compared_told import all_together, sentences
from sim.studies.shared.headline import headline
from sim.studies.shared.other_readings import Other, other_readings
from sim.studies.shared.turning import Turning, turned_table
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.views.by_chance import by_chance

INTERVALS = 4
"""Told of every count: likelihood strict and 左右, amount and ratio."""


def changes(found: Sequence[Compared], unpaired: int, language: Language) -> list[Block]:
    """Return the section on differences.

    Args:
        found: comparisons.
        unpaired: runs that are no pairs of the first one, and thus cannot be compared so.
        language: of all words.
    """
    blocks: list[Block] = [Heading(2, say("report.changes", language), "changes")]
    if found:
        told = say("report.difference", language, interval=percent(CONFIDENCE))
        blocks.append(Paragraph(told, "note"))
    for warning in by_chance(len(found) * INTERVALS * len(PLAN.counts)):
        blocks.append(Paragraph(warning.in_(language), "note"))
    if unpaired:
        blocks.append(Paragraph(say("report.unpaired", language, runs=unpaired), "warning"))
    for number, each in enumerate(found, start=1):
        blocks += _one(each, number, language)
    return blocks


def _one(found: Compared, number: int, language: Language) -> list[Block]:
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = say("report.against", language, second=second, first=first)
    told = headline(found.counts, language)
    blocks: list[Block] = [Heading(3, against, f"changes-{number}")]
    said = (*sentences(found), Sentence(all_together(found)))
    blocks += [Paragraph(each.text.in_(language)) for each in said]
    for shown in figures(found):
        caption = say("list.labelled", language, name=shown.caption, told=against)
        draw = partial(drawn, shown.figure, language)
        key = f"{shown.figure.name}-{number}"
        blocks.append(picture(key, draw, caption, told, shown.source, vectors=shown.vectors))
    return [*blocks, *change_tables(found, number, language), *_beside(found, number, language)]


def _beside(found: Compared, number: int, language: Language) -> Iterator[Block]:
    """Yield what turns effects, and what differences are in the other readings of counts."""
    ids = ("", "")
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = say("report.against", language, second=second, first=first)
    clear = [each.id for each in found.counts if each.effect.told_apart]
    turns = turned_table([Turning(ids, found.second, clear, Decisions(0, tuple(found.turning)))])
    others = [Other(ids, found.second, each.other) for each in found.counts if each.other]
    for key, file, every in (
        ("turned", TURNED, turns),
        ("readings", READ_SO, other_readings(others)),
    ):
        for each in every:
            source = found.beside[file]
            yield from table_blocks(each, f"{key}-{number}", source, language, against)


def change_tables(found: Compared, number: int, language: Language) -> list[Table]:
    """Return the tables on one comparison, the counts themselves first."""
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = say("report.against", language, second=second, first=first)
    return [
        block
        for key, each in zip(("effects", "changes"), tables(found), strict=True)
        for block in table_blocks(each, f"{key}-{number}", found.source, language, against)
    ]
