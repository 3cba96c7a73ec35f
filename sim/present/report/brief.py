"""The minister's page: one sentence, one picture, three numbers, one caveat, as PDF and PNG."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from sim import city
from sim.digest import model_hash
from sim.experiments.files import write_files
from sim.language import Language, Text
from sim.present.figure import drawn
from sim.present.report.answers import Answer, answer
from sim.present.report.assumptions import decided
from sim.present.report.compared import comparisons
from sim.present.report.document import Picture, alternative
from sim.present.report.drawing import picture
from sim.present.report.given import Given, open_all
from sim.present.report.summary import question
from sim.present.report.typeset import may_end, typeset
from sim.present.report.wording import user_name
from sim.studies.shared.influence import assumed_share
from sim.text.catalogue import say
from sim.text.numbers import percent

PDF, PNG = "brief.pdf", "brief.png"
TEMPLATE = "brief.typ"
LONGEST = 420
"""Letters of a scenario's description that one page has room for."""
HASH_SHOWN = 12
NAMES, NOTHING = ("name", "description"), {"en": "", "zh": ""}


class Brief(NamedTuple):
    """One page in one language."""

    language: Language
    question: str
    answer: Answer
    picture: Picture | None
    caveat: str
    basis: tuple[str, ...]
    """Lines at the foot."""


def brief(folders: Sequence[Path], language: Language) -> Brief:
    """Return the page on some results: on the first, or on what differs between runs in pairs.

    Raises:
        Problem: a folder is no result, or damaged, or does not go with the others.
    """
    given = open_all(folders, language)
    found = comparisons(given)
    told = answer(given, found, language)
    return Brief(
        language,
        question(given, found, language),
        told,
        _picture(told, language),
        caveat(given, told, language),
        tuple(_basis(given, told, language)),
    )


def write_brief(folders: Sequence[Path], target: Path, language: Language) -> Path:
    """Write the page as PDF and as PNG; the same results give the same bytes.

    Args:
        folders: of results, whatever commands wrote them.
        target: folder of the two files; a name that is taken gets a number.
        language: of the page.

    Returns:
        The folder.

    Raises:
        Problem: a folder is no result, or damaged, or does not go with the others, or the page
            cannot be written.
    """
    said = brief(folders, language)
    contents = {PDF: page(said, "pdf"), PNG: page(said, "png")}

    def write(folder: Path) -> None:
        for name, content in contents.items():
            (folder / name).write_bytes(content)

    return write_files(target, [], write)


def page(said: Brief, form: Literal["pdf", "png"]) -> bytes:
    """Return the page; the same page gives the same bytes."""
    shown = said.picture
    file = "" if shown is None else f"picture.{'png' if shown.outlines is None else 'svg'}"
    content = {
        "title": said.question,
        "kicker": say("brief.kicker", said.language),
        "sentence": may_end(said.answer.sentence),
        "picture": None if shown is None else {
            "file": file,
            "ratio": shown.inches[1] / shown.inches[0],
            "alternative": alternative(shown, said.language),
        },
        "numbers": [each._asdict() for each in said.answer.numbers],
        "caveat": said.caveat,
        "basis": [may_end(line) for line in said.basis],
    }  # fmt: skip
    pictures = {} if shown is None else {file: shown.paper}
    return typeset(TEMPLATE, content, said.language, pictures, form)


def _picture(told: Answer, language: Language) -> Picture | None:
    """Return the study's main figure; what stands at its foot otherwise is the page's own foot."""
    figure = told.figure
    if figure is None:
        return None
    bare = replace(figure, notes=figure.notes[:1])
    title, words = figure.title.in_(language), figure.alternative.in_(language)
    return picture(figure.name, partial(drawn, bare, language), title, words, told.source)


def caveat(given: Sequence[Given], told: Answer, language: Language) -> str:
    """Return how much is assumed, and whether anything is calibrated."""
    share = assumed_share(decided(given))
    prior = any(each.get("posterior") is None for each in told.scenarios)
    if share is None:
        return say(f"brief.{'uncalibrated' if prior else 'unmeasured'}", language)
    key = "assumed_uncalibrated" if prior else "assumed"
    return say(f"brief.{key}", language, share=percent(share))


def _basis(given: Sequence[Given], told: Answer, language: Language) -> Iterator[str]:
    """Yield what the page rests on."""
    if told.how_to_read:
        yield told.how_to_read
    for each in told.scenarios:
        name, description = (
            _clipped(user_name(Text(**each.get(key, NOTHING)), language)) for key in NAMES
        )
        told_of = say("brief.scenario", language, name=name, description=description)
        yield told_of if description else name
    first = given[0]
    made = say(
        "brief.made",
        language,
        replicates=f"{told.sample.replicates:,}",
        seed=told.sample.seed,
        model=str(first.model)[:HASH_SHOWN],
        known=city.about().known or "—",
    )
    as_of = dict.fromkeys(each["as_of"] for each in told.scenarios if each.get("as_of"))
    told_as_of = [say("brief.as_of", language, as_of=month) for month in as_of]
    another = [] if first.model == model_hash() else [say("brief.another", language)]
    yield " · ".join((made, *told_as_of, *another, told.source))
    if len(given) > 1 + (first.result is not None and len(told.scenarios) > 1):
        yield say("brief.further", language)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
