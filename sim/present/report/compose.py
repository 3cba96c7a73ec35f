"""From results to the document: which sections there are, and in which order."""

from collections.abc import Sequence
from pathlib import Path

from sim.digest import model_hash
from sim.evidence.instruments import remarks
from sim.experiments.likelihoods import FILE
from sim.language import Language
from sim.present.report.assumptions import appendix, assumptions
from sim.present.report.changes import changes
from sim.present.report.closing import limits, reproduce
from sim.present.report.compared import Compared, comparisons, paired
from sim.present.report.deciding import what_decides
from sim.present.report.document import Block, Document, Heading, Paragraph
from sim.present.report.first_page import answered
from sim.present.report.given import Given, open_all
from sim.present.report.held import held, switched
from sim.present.report.likelihoods import likelihoods, maps, trajectories
from sim.present.report.plan_text import plan_text
from sim.present.report.studied import studied
from sim.present.report.summary import question, summary
from sim.spec.stored import FILE as STUDY
from sim.text.catalogue import say
from sim.text.joining import SEMICOLON


def document(folders: Sequence[Path], language: Language) -> Document:
    """Return the report on some results.

    Raises:
        Problem: a folder is no result, or damaged, or does not go with the others.
    """
    given = open_all(folders, language)
    found = comparisons(given)
    runs = [each for each in given if each.result is not None]
    blocks = list(likelihoods(given, language))
    if runs:
        blocks += what_decides(runs, language)
        blocks += trajectories(runs, language)
        blocks += maps(runs, language)
    apart = _unpaired(runs)
    if found or apart:
        blocks += changes(found, apart, language)
        told = remarks(switched(held(given)))
        blocks += [Paragraph(each.in_(language), "note") for each in told]
    for each in given:
        if each.kind == "study":
            blocks += studied(each, language)
    blocks += assumptions(given, language)
    blocks = [*_first(given, found, blocks, language), *blocks]
    blocks += limits(given, blocks, language)
    blocks += reproduce(given, [each.name for each in given], language)
    blocks += plan_text(language)
    blocks += appendix(given, language)
    kicker, title = (say(f"report.{key}", language) for key in ("kicker", "title"))
    return Document(language, kicker, title, _origin(given, language), tuple(blocks))


def _first(
    given: Sequence[Given], found: Sequence[Compared], later: list[Block], language: Language
) -> list[Block]:
    """Return question and answer, the latter in short and in full."""
    return [
        Heading(2, say("report.question", language), "question"),
        Paragraph(question(given, found, language), "lead"),
        Heading(2, say("report.answer", language), "answer"),
        *_other_version(given, language),
        *answered(given, found, later, language),
        Heading(3, say("report.in_full", language), "in-full"),
        Paragraph(summary(given, found, language)),
        Paragraph(_read_from(given, language), "note"),
    ]


def _unpaired(runs: Sequence[Given]) -> int:
    first = runs[0].result if runs else None
    return sum(
        1
        for run in runs[1:]
        if first is not None and run.result is not None and not paired(first, run.result)
    )


def _origin(given: Sequence[Given], language: Language) -> str:
    names = ", ".join(each.name for each in given)
    model = next((each.model for each in given if each.model is not None), None)
    told = [say("report.given", language, names=names)]
    if _from_priors(given):
        told.append(say("report.from_priors", language))
    if model:
        told.append(say("report.model", language, model=model[:12]))
    return " · ".join(told)


def _from_priors(given: Sequence[Given]) -> bool:
    """Return whether parameters of any result were drawn from their priors."""
    runs = [each.result.manifest["scenario"] for each in given if each.result is not None]
    packages = [package.scenario for each in given for package in each.packages]
    return any(scenario.get("posterior") is None for scenario in (*runs, *packages))


def _read_from(given: Sequence[Given], language: Language) -> str:
    files = {
        "run": "summary.json",
        "comparison": "comparison.json",
        "study": STUDY,
    }
    told = SEMICOLON.in_(language).join(
        each.cite(file)
        for each in given
        for file in (files[each.kind], *([FILE] if each.packages else []))
    )
    return say("report.read_from", language, told=told) if told else ""


def _other_version(given: Sequence[Given], language: Language) -> list[Block]:
    """Say so if another version of the model made the results than wrote the report."""
    if all(each.model in (None, model_hash()) for each in given):
        return []
    return [Paragraph(say("report.other_version", language), "warning")]
