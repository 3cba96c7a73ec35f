"""What decides each count of a run, as the report and notebooks show it."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.estimate.records import Decisions
from sim.language import Language, Text
from sim.present.figure import drawn
from sim.present.report.document import Block, Heading, Paragraph, Picture, Table
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.likelihoods import part, run_name
from sim.present.report.studied import table_blocks
from sim.present.report.wording import listed, title_of
from sim.studies.shared.decisions import decisions_table
from sim.studies.shared.likelihoods import decides
from sim.text.catalogue import say
from sim.text.joining import sentences
from sim.views.deciding import QUESTION, deciders, how_to_read, too_few

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
        *_table(run, found, language),
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


def _table(run: Given, found: Decisions, language: Language) -> Iterator[Table]:
    caption = say("decides.caption", language, name=run_name(run, language))
    told = decisions_table(found, Text(caption, caption))
    return table_blocks(told, f"decides-{run.label}", run.cite(FILE), language)
