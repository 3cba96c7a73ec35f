"""Protects elicitation: what a form asks, what a filled-in one may say, and what comes of it."""

import csv
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.csv_files import ENCODING, table
from sim.evidence.elicitation import panel, quantiles
from sim.evidence.forms import COLUMNS, MOST, form, of_parameter, questions, seeds, usual
from sim.ledger import ledger
from sim.parameters import UNCERTAIN
from sim.problems import Problem
from sim.scenario.files import SHIPPED
from sim.studies.shared.experts import in_words
from tests.cli.conftest import Command, command

__all__ = ["command"]

FILES = sorted((SHIPPED / "experts").glob("made-up-*.csv"))
Rows = list[dict[str, str]]


def rows_of(file: Path) -> Rows:
    """Return the rows of a form."""
    return list(csv.DictReader(file.read_text(encoding=ENCODING).splitlines()))


def write(file: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write rows as a spreadsheet would."""
    cells = [[row[name] for name in COLUMNS] for row in rows]
    file.write_text(table(COLUMNS, cells), encoding=ENCODING)
    return file


def test_a_form_asks_ten_known_answers_without_telling_them_and_then_parameters() -> None:
    asked = questions(["market_pace", "team"], "test")
    assert [each.kind for each in asked] == ["seed"] * 10 + ["parameter"] * 2
    for each in seeds():
        assert each.answer == ledger()[each.id].value
        assert f"{each.answer:g}" not in each.text.en + each.text.zh
    cells = [row.split(",")[-4:] for row in form(asked).splitlines()[1:]]
    assert all(cell == "" for row in cells for cell in row)


@pytest.mark.parametrize(
    "names", [["market_pase"], ["cluster_firms"], ["team", "team"], list(UNCERTAIN)[: MOST + 1]]
)
def test_names_that_are_unknown_chosen_twice_or_too_many_are_refused(names: list[str]) -> None:
    with pytest.raises(Problem):
        questions(names, "--parameters")


def test_the_made_up_respondents_are_marked_scored_and_pooled() -> None:
    for file in FILES:
        assert all("made up" in row["note"] for row in rows_of(file))
    found = panel(FILES)
    scored = found.scored()
    careful, sure, narrow = scored.scores
    assert sure.calibration < 0.001 < min(careful.calibration, narrow.calibration)
    assert scored.weights[1] == 0.0
    assert scored.performance.weight >= scored.equal.weight
    for number in found.asked:
        alone = quantiles(found, number, np.array([0.0, 1.0, 0.0]))
        asked = found.questions[number]
        assert alone == pytest.approx([asked.plain(each) for each in found.answers[1, number]])


def _set(at: int, **cells: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        rows[at] |= cells
        return rows

    return change


def _parameters(row: dict[str, str], number: int) -> Rows:
    """Return rows about some parameters that are above 0, and may be a share."""
    told = {"q05": "0.3", "q50": "0.5", "q95": "0.7"}
    return [row | told | {"id": name} for name in list(UNCERTAIN)[:number]]


FAULTS: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "out of order": (_set(0, q50="3"), "x.csv:2: q50"),
    "missing": (_set(3, q95=""), "x.csv:5: q95"),
    "no number": (_set(3, q05="some"), "x.csv:5: q05"),
    "not finite": (_set(3, q95="inf"), "x.csv:5: q95"),
    "too large": (_set(3, q95="1.7e308"), "x.csv:5: q95"),
    "alike": (_set(3, q05="1e15", q50="1000000000000000.125", q95="2e15"), "x.csv:5: q50"),
    "too many": (lambda rows: [*rows[:10], *_parameters(rows[-1], MOST + 1)], "x.csv"),
    "a share above one": (_set(-1, q95="1.2"), "x.csv:16: q95"),
    "nothing or less": (_set(10, q05="0"), "x.csv:12: q05"),
    "unknown": (_set(-1, id="outside_optoin"), "x.csv:16: id"),
    "unknown seed": (_set(0, id="G999"), "x.csv:2: id"),
    "twice": (lambda rows: [*rows, rows[0]], "x.csv:17: id"),
    "not answered": (lambda rows: rows[1:], "x.csv: G015"),
    "no parameters": (lambda rows: rows[:10], "x.csv: kind"),
    "another kind": (_set(0, kind="sead"), "x.csv:2: kind"),
}


def test_a_question_is_understood_without_those_before_it() -> None:
    told = [in_words(of_parameter(name, "test")) for name in UNCERTAIN]
    assert [each.id for each in told if "he same" in each.text.en] == []
    assert [each.id for each in told if re.search("/a|[万亿]元$", each.unit.en)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_once_with_row_and_field(tmp_path: Path, fault: str) -> None:
    change, place = FAULTS[fault]
    file = write(tmp_path / "x.csv", change(rows_of(FILES[0])))
    with pytest.raises(Problem) as caught:
        panel([file])
    name, colon, rest = place.partition(":")
    assert f"{tmp_path / name}{colon}{rest}" in str(caught.value)
    assert len(caught.value.each) == 1


def test_experts_stand_once_and_are_asked_the_same(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="each expert once"):
        panel([FILES[0], FILES[0]])
    other = write(tmp_path / "y.csv", rows_of(FILES[1])[:-1])
    with pytest.raises(Problem, match="outside_option"):
        panel([FILES[0], other])
    with pytest.raises(Problem, match="named after the expert"):
        panel([write(tmp_path / "equal.csv", rows_of(FILES[0]))])


def test_both_commands(tmp_path: Path, command: Command) -> None:
    out = tmp_path / "form.csv"
    asked = command("elicit", "form", "--out", out, "--parameters", "team, market_pace")
    assert asked.status == 0
    assert [row["id"] for row in rows_of(out)][-2:] == ["team", "market_pace"]
    assert command("elicit", "form", "--out", out, "--parameters", "team").status == 2
    assert command("elicit", "read", out).status == 2  # nobody filled it in
    folder = tmp_path / "experts"
    said = command("elicit", "read", *FILES, "--out", folder, "--lang", "zh")
    assert said.status == 0
    assert "虚构" not in said.out and "made-up-b" in said.out and "按表现合并" in said.out
    pool = json.loads((folder / "performance.json").read_text(encoding="utf-8"))
    assert sum(pool["weights"].values()) == pytest.approx(1.0)
    for held in pool["parameters"].values():
        assert held["below"][0] == 0.0 and held["below"][-1] == pytest.approx(1.0)
        assert np.all(np.diff(held["values"]) > 0.0) and np.all(np.diff(held["below"]) > 0.0)


def test_without_a_register_names_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.evidence.forms.shipped", lambda: None)
    with pytest.raises(Problem, match="--parameters"):
        usual()
