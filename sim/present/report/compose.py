"""From results to the document: which sections there are, and in which order."""

from collections.abc import Sequence
from pathlib import Path

from sim.digest import model_hash
from sim.evidence.instruments import remarks
from sim.experiments.likelihoods import FILE
from sim.language import Language, Text
from sim.plan import CITY, COUNTS, YEAR
from sim.present.report.assumptions import appendix, assumptions
from sim.present.report.changes import changes
from sim.present.report.closing import limits, reproduce
from sim.present.report.compared import comparisons, paired
from sim.present.report.deciding import what_decides
from sim.present.report.document import Block, Document, Heading, Paragraph
from sim.present.report.given import Given, open_all
from sim.present.report.held import held, switched
from sim.present.report.likelihoods import likelihoods, maps, trajectories
from sim.present.report.plan_text import plan_text
from sim.present.report.studied import studied
from sim.present.report.summary import question, summary
from sim.spec.stored import FILE as STUDY

KICKER = Text(f"{CITY.en} future industries {YEAR} · report", f"{CITY.zh}未来产业{YEAR} · 报告")
TITLE = Text(
    f"How likely are the {COUNTS.en} counts of {YEAR}?",
    f"{YEAR}年{COUNTS.zh}项目标有多大可能实现？",
)

_FROM_PRIORS = Text(
    " · parameters drawn from their priors, not calibrated", " · 参数取自先验，未经校准"
)


def document(folders: Sequence[Path], language: Language) -> Document:
    """Return the report on some results.

    Raises:
        Problem: a folder is no result, or damaged, or does not go with the others.
    """
    given = open_all(folders, language)
    found = comparisons(given)
    runs = [each for each in given if each.result is not None]
    blocks: list[Block] = [
        Heading(2, Text("Question", "问题").in_(language), "question"),
        Paragraph(question(given, found, language), "lead"),
        Heading(2, Text("Answer", "回答").in_(language), "answer"),
        Paragraph(summary(given, found, language), "lead"),
        Paragraph(_read_from(given, language), "note"),
        *_other_version(given, language),
    ]
    blocks += likelihoods(given, language)
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
    blocks += limits(given, blocks, language)
    blocks += reproduce(given, [each.name for each in given], language)
    blocks += plan_text(language)
    blocks += appendix(given, language)
    return Document(
        language, KICKER.in_(language), TITLE.in_(language), _origin(given, language), tuple(blocks)
    )


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
    version = Text(f" · model {model[:12]}", f" · 模型 {model[:12]}").in_(language) if model else ""
    prior = _FROM_PRIORS.in_(language) if _from_priors(given) else ""
    return Text(f"Results: {names}", f"结果：{names}").in_(language) + prior + version


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
    between = Text("; ", "；").in_(language)
    told = between.join(
        each.cite(file)
        for each in given
        for file in (files[each.kind], *([FILE] if each.packages else []))
    )
    return Text(f"Put together from: {told}", f"数字取自：{told}").in_(language) if told else ""


def _other_version(given: Sequence[Given], language: Language) -> list[Block]:
    """Say so if another version of the model made the results than wrote the report."""
    if all(each.model in (None, model_hash()) for each in given):
        return []
    told = Text(
        "These results were made by another version of the model than the one that wrote this"
        " report."
        " Numbers are as that version gave them; meanings of parameters are in this version's"
        " words.",
        "这些结果由另一模型版本生成，并非撰写本报告的版本。数字均为该版本所给；参数含义以本版本的文字表述。",
    )
    return [Paragraph(told.in_(language), "warning")]
