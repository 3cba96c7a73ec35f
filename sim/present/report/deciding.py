"""What decides each count of a run, as the report and notebooks show it."""

from collections.abc import Sequence
from functools import partial

from sim.estimate.records import Decided, Decisions
from sim.language import Language
from sim.present.figure import drawn
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.likelihoods import part, run_name
from sim.present.report.wording import listed, title_of
from sim.studies.shared.likelihoods import decides
from sim.text.catalogue import capital, say
from sim.text.joining import SEMICOLON, sentences
from sim.views.deciding import (
    COUNT,
    DECIDED_BY,
    EXPLAINED,
    FIRST_HIGH,
    FIRST_LOW,
    QUESTION,
    deciders,
    explained,
    how_to_read,
    likelihood_in,
    too_few,
)

FILE = "decides.csv"


def what_decides(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the section on what decides each count; none if no result says."""
    told = [(run, found) for run in runs if (found := decisions_of(run)) is not None]
    if not told:
        return []
    blocks: list[Block] = [Heading(2, QUESTION.in_(language), "decides")]
    for run, found in told:
        if len(runs) > 1:
            blocks.append(part(run, "decides", language))
        blocks += of_run(run, found, language)
    return blocks


def decisions_of(run: Given) -> Decisions | None:
    """Return what decides each count of a run, if its folder says so."""
    return None if run.result is None else run.result.decisions()


def of_run(run: Given, found: Decisions, language: Language) -> list[Block]:
    """Return the picture and the table of one run, or how many replicates they take."""
    if not found.known:
        return [Paragraph(too_few(found, language), "note")]
    return [
        Paragraph(how_to_read(found, language), "note"),
        _chart(run, found, language),
        table(run, found, language),
    ]


def _chart(run: Given, found: Decisions, language: Language) -> Picture:
    assert run.result is not None
    name = run_name(run, language)
    return picture(
        f"decides-{run.label}",
        partial(drawn, decides(run.result, found), language),
        say("decides.what", language, name=name),
        firsts(found, language),
        run.cite(FILE),
    )


def firsts(found: Decisions, language: Language) -> str:
    """Return the first parameter of each count, and of which counts there is none, in words."""
    known = [each for each in found.counts if each.deciders]
    none = [title_of(each.count, language) for each in found.counts if not each.deciders]
    told = [f"{title_of(each.count, language)} {deciders(each, language)[0]}" for each in known]
    parts = []
    if known:
        parts.append(say("decides.firsts", language, parameters=listed(told, language)))
    if none:
        parts.append(say("decides.none_clear", language, counts=listed(none, language)))
    return sentences(*parts, language=language)


def table(run: Given, found: Decisions, language: Language) -> Table:
    """Return what decides each count of a run as a table."""
    heads = (
        (COUNT, False, 2.2),
        (EXPLAINED, True, 0.9),
        (DECIDED_BY, False, 4.2),
        (FIRST_LOW, True, 1.5),
        (FIRST_HIGH, True, 1.5),
    )
    name = run_name(run, language)
    return Table(
        f"decides-{run.label}",
        say("decides.caption", language, name=name),
        tuple(Column(capital(head.in_(language)), number, share) for head, number, share in heads),
        tuple(_row(each, language) for each in found.counts),
        run.cite(FILE),
    )


def _row(found: Decided, language: Language) -> tuple[Cell, ...]:
    return (
        Cell(title_of(found.count, language)),
        Cell(explained(found), () if found.explained is None else (found.explained,)),
        Cell(SEMICOLON.in_(language).join(deciders(found, language)), quiet=not found.deciders),
        *(
            Cell(likelihood_in(quarter), () if quarter is None else tuple(quarter))
            for quarter in (found.low, found.high)
        ),
    )
