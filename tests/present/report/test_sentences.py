"""Protects that no sentence of a report stands where its content does not back it.

The sentences are read from the catalogues, so that a new one without a condition is noticed. Each
has a condition on what else is in the report; it is looked for in reports on every kind of result,
and must not stand in one in which its condition does not hold.
"""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from PIL import Image

from sim.experiments.likelihoods import FILE
from sim.experiments.likelihoods import document as likelihoods
from sim.language import TERMS, Language
from sim.plan import PLAN
from sim.present.report.compose import document
from sim.present.report.document import Document, Heading, Listing, Paragraph, Picture, Table
from sim.scenario import read_scenario
from sim.spec.stored import FILE as STUDY
from sim.store.fill import Ensemble
from sim.text.catalogue import texts
from tests.cli.test_report import remade
from tests.present.report.conftest import BASE, LANGUAGES, compared, gates_files, opened, write
from tests.present.report.test_report import in_full
from tests.store import made
from tests.studies.files import comparison_files
from tests.views.made_up import SAMPLE, ensemble

GAP = "\0"
"""Stands for what a sentence is filled in with."""


class Sentence(NamedTuple):
    """A sentence of the catalogues in both languages; what is filled in is left open."""

    key: str
    en: str
    zh: str

    def stands(self, text: str, language: Language) -> bool:
        """Return whether it stands in a text."""
        first, *others = (self.en if language == "en" else self.zh).split(GAP)
        end = text.find(first) + len(first)
        for part in others:  # each as early as may be, so that it leaves most to those behind it
            found = text.find(part, end + 1)
            if found < 0:
                return False
            end = found + len(part)
        return first in text


def told(text: str, language: Language) -> str:
    """Return a text with what the plan gives, and gaps where something else is filled in."""
    parts = (
        before + ("" if name is None else TERMS[name].in_(language) if name in TERMS else GAP)
        for before, name, _, _ in Formatter().parse(text)
    )
    return "".join(parts)


def sentences() -> Iterator[Sentence]:
    """Yield every text of the report that ends as a sentence does."""
    for key, text in texts().items():
        en, zh = (told(text.in_(language), language) for language in LANGUAGES)
        # What is filled in alone has its words from elsewhere.
        if key.startswith("report.") and en[-1] in ".?" and re.sub(r"[\0.?, ]|under", "", en):
            yield Sentence(key, en, zh)


SENTENCES = list(sentences())


class Report(NamedTuple):
    """A report and what it was made from."""

    name: str
    said: Document

    @property
    def text(self) -> str:
        """What its paragraphs, lists, captions and words for figures say."""
        parts = [self.said.title]
        for block in self.said.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            elif isinstance(block, Listing):
                parts += block.items
            elif isinstance(block, Picture):
                parts += [block.caption, block.alternative]
            elif isinstance(block, Heading):
                parts.append(block.text)
        return "\n".join(parts)

    def tables(self, start: str) -> list[Table]:
        """Return the tables whose key starts with some letters."""
        return [
            each for each in self.said.blocks if isinstance(each, Table)
            if each.key.startswith(start)
        ]  # fmt: skip

    def pictures(self, start: str) -> list[Picture]:
        """Return the figures whose key starts with some letters."""
        return [
            each for each in self.said.blocks if isinstance(each, Picture)
            if each.key.startswith(start)
        ]  # fmt: skip

    def made_from(self, *names: str) -> bool:
        """Return whether one of some results is in it."""
        return bool(set(self.name.split("+")) & set(names))

    def cells(self, table: str, column: int) -> list[tuple[float, ...]]:
        """Return the numbers in a column of tables, all thirteen together left out."""
        return [row[column].values for each in self.tables(table) for row in each.rows[:13]]


def clear(cells: list[tuple[float, ...]]) -> list[bool]:
    """Return of differences with their intervals whether they are clear of nought."""
    return [not low <= 0.0 <= high for _, low, high in cells]


def widths(report: Report) -> list[float]:
    """Return how far the likelihoods of the first package go over parameters."""
    rows = [row[6].values for table in report.tables("likelihood-")[:1] for row in table.rows[:13]]
    return [values[1] - values[0] for values in rows if values]


STRICT, ABOUT = 2, 4
"""Columns of a table of changes."""
UNREAD = ("older", "slight")
"""Results without ``likelihoods.json``."""
EVEN = 0.5


def always(_report: Report) -> bool:
    """Hold of every report, whatever is in it: said of the model, or of how reports are made."""
    return True


def has(table: str) -> Callable[[Report], bool]:
    """Return the condition that there is a table."""
    return lambda report: bool(report.tables(table))


def shows(picture: str) -> Callable[[Report], bool]:
    """Return the condition that there is a figure."""
    return lambda report: bool(report.pictures(picture))


def of(*names: str) -> Callable[[Report], bool]:
    """Return the condition that the report is made from one of some results."""
    return lambda report: report.made_from(*names)


def changed(strictly: bool | None, by_about: bool | None) -> Callable[[Report], bool]:
    """Return the condition that some count differs so at the thresholds; None: either way."""

    def holds(report: Report) -> bool:
        both = zip(
            clear(report.cells("changes", STRICT)),
            clear(report.cells("changes", ABOUT)),
            strict=True,
        )
        return any(
            (strictly in (None, strict)) and (by_about in (None, about)) for strict, about in both
        )

    return holds


CONDITIONS: dict[str, Callable[[Report], bool]] = {
    "It does not forecast. Every number is conditional": always,
    "It does not know what 2022 was like": always,
    "It says nothing about single firms": always,
    "It does not settle what researchers disagree about": always,
    "Intervals say how far a likelihood may be": always,
    "All of this is conditional on the model": always,
    "How likely are the thirteen counts of 2030?": always,
    "The same scenario, seed, number of replicates and model version": always,
    "Clearly more likely than not only where about": lambda report: any(
        strict <= EVEN < about
        for (_, strict, _), about in zip(
            report.cells("likelihood-", 2),
            [(cell or (0.0, 0.0, 0.0))[1] for cell in report.cells("likelihood-", 3)],
            strict=True,
        )
    ),
    "strictly at the target at the end of 2030": has("likelihood-"),
    "All thirteen together: \0, and": has("likelihood-"),
    "What moves the likelihoods of the thirteen": lambda report: (
        not (report.tables("likelihood-") or report.tables("readings-"))
    ),
    ", and what moves that?": lambda report: bool(
        report.tables("likelihood-") or report.tables("readings-")
    ),
    ", and what changes between": has("changes"),
    "Strict likelihoods of the targets, in points": changed(True, None),
    "For no count can the strict likelihoods": lambda report: (
        bool(report.tables("changes")) and not any(clear(report.cells("changes", STRICT)))
    ),
    "these differ too": changed(False, True),
    "Each difference is the second package minus the first": has("changes"),
    "of the runs given differ from the first": of("smaller"),
    "these can no longer be told apart": changed(True, False),
    "the other reading is shown where its likelihood differs": lambda report: (
        not report.made_from(*UNREAD)
    ),
    "hold no likelihoods in the other reading": of(*UNREAD),
    "What these results tell apart is told apart at the strict": of(
        *("attribute", "gates", "futures", "deadline", "search", "watch"),
        *("lost", "still"),
    ),
    "Maps are schematic": lambda report: bool(
        report.pictures("map-") or report.pictures("difference_map")
    ),
    "by another version of the model than the one that wrote": of("old", "lost"),
    "hold no table of its parameters": of("lost"),
    "Read differences before levels.": has("assumptions"),
    "The model has": has("parameters-population"),
    "All of them stand in the appendix": has("parameters-population"),
    "there the answer rests on what is assumed more": lambda report: (
        max(widths(report), default=0.0) >= EVEN
    ),
    "For no count does the likelihood move": lambda report: max(widths(report), default=1.0) < EVEN,
    "Fixed by the scenario": of("fixed"),
    "Strict: at the target or above": lambda report: bool(
        report.tables("likelihood-") or report.tables("readings-")
    ),
    "In brackets: 95% Monte-Carlo interval": has("likelihood-"),
    "Luck and parameters: how much of each": has("likelihood-"),
    "further packages are in the same files": of("many"),
    "Medians at the end of 2030": shows("fans"),
    "Largest at the end of 2030": shows("map-"),
    "Strict likelihoods: \0.": shows("likelihood"),
    "How likely is each count?": lambda report: bool(
        report.tables("likelihood-") or report.tables("readings-")
    ),
    "the other reading gives the same likelihoods here": lambda report: (
        len(report.tables("likelihood-")) > len(report.tables("readings-"))
    ),
}
"""On what a sentence may stand, by words that are in it."""


@cache
def condition(sentence: Sentence) -> tuple[str, Callable[[Report], bool]]:
    found = [(words, holds) for words, holds in CONDITIONS.items() if words in sentence.en]
    assert len(found) == 1, f"{sentence}: {[words for words, _ in found]}"
    return found[0]


COMBINATIONS = (
    "run", "run+other", "run+smaller", "comparison", "attribute", "sweep", "gates", "futures",
    "deadline", "search", "older", "old", "lost", "still", "slight",
    "many", "fixed",
)  # fmt: skip


@pytest.fixture(scope="module")
def folders(results: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return folders of every kind, and some in which nothing is clear."""
    root = tmp_path_factory.mktemp("sentences")
    found = dict(results)
    for name, source in (("older", "comparison"), ("old", "run"), ("lost", "gates")):
        found[name] = root / name
        shutil.copytree(results[source], found[name])
    (found["older"] / FILE).unlink()
    remade(found["old"], "0" * 64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.ensemble.run", made.ensemble)
        found["fixed"] = root / "fixed"
        made.result(found["fixed"], 4, replace(BASE, parameters={"climb_pace": 1.0}))
    (found["lost"] / FILE).unlink()
    gates = found["lost"] / STUDY
    said = gates.read_text(encoding="utf-8")
    gates.write_text(re.sub(r'"model_hash": "\w+"', f'"model_hash": "{"0" * 64}"', said))
    shut = gates_files(opened(0.0))
    packages = [ensemble(read_scenario(f"only-{plan.id}"), 0.0) for plan in PLAN.plans]
    pair = list(comparison_files([compared(gain=0.0)], SAMPLE))
    rows = {
        "slight": comparison_files([compared(gain=0.07)], SAMPLE),
        "many": [*pair, (FILE, likelihoods(packages, SAMPLE))],
        "still": [(FILE, likelihoods([certain()], SAMPLE)), *shut],
    }  # fmt: skip
    return found | {name: write(root / name, list(files)) for name, files in rows.items()}


def certain() -> Ensemble:
    """Return replicates that all reach every target, in each reading and at each threshold."""
    found = ensemble(BASE, 0.0)
    return found._replace(
        counts=found.counts * 0.0 + 1e9 * (1.0 + found.counts * 0.0).cumsum(axis=1)
    )


@pytest.fixture(scope="module")
def reports(folders: dict[str, Path]) -> dict[tuple[str, Language], Report]:
    """Return the report on every combination, in both languages, without its figures."""
    blank = io.BytesIO()
    Image.new("P", (20, 10)).save(blank, format="PNG")
    drawn = ((10.0, 5.0), None, blank.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.present.report.drawing.forms", lambda *_: drawn)
        return {
            (name, language): Report(
                name, document([folders[each] for each in name.split("+")], language)
            )
            for name in COMBINATIONS
            for language in LANGUAGES
        }


def test_every_sentence_of_the_report_has_one_condition() -> None:
    assert sorted(condition(each)[0] for each in SENTENCES) == sorted(CONDITIONS)


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each.key for each in SENTENCES])
def test_a_sentence_stands_only_where_the_report_backs_it(
    sentence: Sentence, reports: dict[tuple[str, Language], Report]
) -> None:
    words, holds = condition(sentence)
    stands = {
        key: sentence.stands(report.text, key[1])
        for key, report in reports.items()
    }  # fmt: skip
    for key, there in stands.items():
        assert not there or holds(reports[key]), (key, sentence.en)
    for name in COMBINATIONS:  # both languages say the same
        assert stands[name, "en"] == stands[name, "zh"], (name, sentence.en)
    backed = [holds(report) for report in reports.values()]
    assert any(stands.values()), f"no report says it: {words}"
    assert holds is always or not all(backed), "its condition cannot fail"


def test_every_kind_of_result_says_what_it_rests_on(
    reports: dict[tuple[str, Language], Report],
) -> None:
    wanted = {"en": "assumptions without a source", "zh": "无来源的假设"}
    for (name, language), report in reports.items():
        answer = in_full(report.said)
        assert (wanted[language] in answer) == (name != "lost"), name


@pytest.mark.parametrize("name", ["comparison", "attribute", "gates", "futures", "deadline"])
def test_likelihoods_at_both_thresholds_and_readings_whatever_the_folder(
    name: str, reports: dict[tuple[str, Language], Report]
) -> None:
    report = reports[name, "en"]
    (first, *_) = report.tables("likelihood-R1-1")
    heads = [column.head for column in first.columns]
    assert {"Strict (95 %)", "左右 (95 %)", "Over parameters"} <= set(heads)
    (readings, *_) = report.tables("readings-R1-1")
    assert [column.head for column in readings.columns][2:4] == ["Strict", "左右"]
    for row in readings.rows:
        assert (row[2].values, row[3].values) != (row[5].values, row[6].values)
