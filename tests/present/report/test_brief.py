"""Protects the minister's page: one page, whose words and numbers are those of the results."""

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from sim import city
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.report.answers import EVEN
from sim.present.report.brief import PDF, PNG, brief, page, write_brief
from sim.scenario import read_scenario
from sim.studies.gates import GATES
from sim.text.numbers import percent
from tests.present.report.conftest import ASKED, LANGUAGES
from tests.present.report.test_report import NASTY, bare
from tests.store import made

A4 = (595, 842)
"""Points."""


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_one_page_says_sentence_numbers_caveat_and_what_they_rest_on(
    results: dict[str, Path], asked: str, language: Language
) -> None:
    said = brief([results[name] for name in asked.split("+")], language)
    assert said.picture is not None
    assert len(said.answer.numbers) == 3
    with PdfDocument(page(said, "pdf")) as printed:
        assert [tuple(map(round, each.get_size())) for each in printed] == [A4]
        shown = bare(printed[0].get_textpage().get_text_range())
    for number in said.answer.numbers:
        assert re.search(r"\d", number.value)
        assert re.search(r"\d\D+\d", number.interval), number
        assert all(bare(each) in shown for each in number)
    for line in (said.answer.sentence, said.caveat, *said.basis):
        assert bare(line) in shown
    foot = " ".join(said.basis)
    assert all(word in foot for word in ("N = ", "sha256", str(city.about().known)))
    assert {"en": "no forecast", "zh": "并非预测"}[language] in said.caveat


@pytest.mark.usefixtures("undrawn")
def test_the_replicates_named_are_those_of_what_the_page_is_about(results: dict[str, Path]) -> None:
    """A run stands first; what differs was told from others."""
    run, told = (results[name] for name in ("run", "comparison"))
    (one, other) = (
        json.loads((folder / file).read_text(encoding="utf-8"))["replicates"]
        for folder, file in ((run, "manifest.json"), (told, "comparison.json"))
    )
    assert one != other
    assert f"N = {other:,} replicates" in " ".join(brief([run, told], "en").basis)


@pytest.mark.usefixtures("undrawn")
def test_a_run_is_told_by_what_its_file_holds(results: dict[str, Path]) -> None:
    found = json.loads((results["run"] / "summary.json").read_text(encoding="utf-8"))
    ends = [(each["likelihood_low"], each["likelihood_high"]) for each in found["counts"]]
    said = brief([results["run"]], "en")
    assert said.answer.sentence.endswith("all are open.") == all(a <= EVEN <= b for a, b in ends)
    values = [each["likelihood"] for each in found["counts"]]
    wanted = [max(values), min(values), found["joint"]["value"]]
    assert [number.value for number in said.answer.numbers] == [percent(each) for each in wanted]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_told_by_what_rises_and_falls(
    results: dict[str, Path], language: Language
) -> None:
    """Made-up replicates rise in all counts but the first, which stays."""
    said = brief([results["comparison"]], language)
    wanted = Text("12 are likely to rise (most surely ", "12 项可能增加（最确定者为")
    alike = Text(
        f"1 cannot be told apart ({PLAN.counts[0].name.en}).",
        f"1 项难分高下（{PLAN.counts[0].name.zh}）。",
    )
    assert wanted.in_(language) in said.answer.sentence
    assert said.answer.sentence.endswith(alike.in_(language))
    assert [each.value for each in said.answer.numbers[:2]] == ["×1.20", "×1.20"]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_gates_are_the_gains_that_the_sentence_lists(
    results: dict[str, Path], language: Language
) -> None:
    answer = brief([results["gates"]], language).answer
    for number in answer.numbers:
        assert f"{number.value} {number.interval}" in answer.sentence
        assert number.value.startswith("+")
    assert GATES[-1].name.in_(language).lower() in answer.numbers[0].about.lower()


def test_a_name_is_text_and_the_same_results_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    file = tmp_path / "x.toml"
    file.write_text(f"extends = 'as-written'\nname = '{NASTY}'\n", encoding="utf-8")
    result = made.result(tmp_path / "r", 4, read_scenario(file))
    first, second = (write_brief([result.folder], tmp_path / name, "zh") for name in "ab")
    for name in (PDF, PNG):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    with PdfDocument(first / PDF) as printed:
        assert len(printed) == 1
        shown = bare(printed[0].get_textpage().get_text_range())
    assert shown.count(bare(NASTY).replace('"', "")[:30]) >= 2
    with Image.open(io.BytesIO((first / PNG).read_bytes())) as drawn:
        assert drawn.size[1] / drawn.size[0] == pytest.approx(297 / 210, abs=0.002)
        assert drawn.size[0] > 1600
