"""Protects ``sim facts``: one fact more at a time, what each moved, and the share of runs kept."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.ensemble import STRIDE
from sim.language import Language
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.scenario import Scenario, as_known_in, read, read_scenario
from sim.spec.findings import Figure, Sentence
from sim.spec.marks import Dots, Panels
from sim.spec.table import Table
from sim.store.fill import Ensemble, Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import facts
from sim.studies.carried import Done, carried_out
from sim.studies.study import Setting
from tests import calibrated
from tests.scenario.test_facts import FUND, SEEN, ZONE, table
from tests.scripts import script
from tests.views.reading import check, sheet

__all__ = ["table"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
REPLICATES = 64
ASKED = {"file": "as-written", "objective": None}
LIFTED = 40
"""Replicates that a planted fact lifts to the target."""


@pytest.fixture(autouse=True)
def from_the_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw from it unless a test says otherwise, so that facts alone make the steps."""
    monkeypatch.setitem(read.DEFAULTS, "draws", "prior")


def test_each_step_tells_one_fact_more_and_the_last_is_all_that_is_known(table: Path) -> None:
    """What is not told yet is not used, so that no step holds what another one says."""
    head = table.read_text("utf-8").splitlines()[0]
    table.write_text("\n".join([head, SEEN, FUND, ZONE]), "utf-8")
    looked_at = facts.design(ASKED)
    known = [[fact.id for fact in each.facts] for each in looked_at.scenarios]
    assert known == [[], ["zone"], ["zone", "seen"], ["zone", "seen", "fund"]]
    assert [each.as_of for each in looked_at.scenarios] == [None, "2023-03", "2024-06", "2024-09"]
    whole = as_known_in(read_scenario("as-written"), "2024-09")
    assert looked_at.scenarios[-1].hash() == whole.hash()


def test_what_parameters_are_calibrated_to_is_a_step_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch)
    (tmp_path / "scenarios" / "asked.toml").write_text(
        'extends = "as-written"\ndraws = "posterior"\n'
    )
    looked_at = facts.design({**ASKED, "file": "asked"})
    steps = looked_at.options["steps"]
    fitted = [step.number for step in steps if step.number and step.fact is None]
    assert [steps[number].as_of for number in fitted] == ["2023-12", "2024-12"]
    before, after = (looked_at.scenarios[at] for at in (fitted[0] - 1, fitted[0]))
    assert before.facts == after.facts
    assert before.fit() is None and after.fit() is not None


@pytest.fixture
def planted(
    table: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[Done, list[Scenario]]]:
    """Carry out the study where an opening changes nothing and a seen count lifts a likelihood.

    Every other replicate agrees with the count at the second try only.
    """
    head = table.read_text("utf-8").splitlines()[0]
    table.write_text("\n".join([head, ZONE, SEEN]), "utf-8")
    looked_at = facts.design(ASKED)
    shape = (REPLICATES, 99, len(PLAN.counts))

    def load(scenario: Scenario, _sample: Sample, _store: Store) -> Ensemble:
        counts = np.zeros(shape)
        counts[:, :, 0] = 2.0 * PLAN.counts[0].target * (np.arange(REPLICATES) < 8)[:, None]
        numbers = np.arange(REPLICATES)
        if any(fact.kind == "count" for fact in scenario.facts):
            counts[:LIFTED, :, 1] = 2.0 * PLAN.counts[1].target
            numbers[1::2] += STRIDE
        draws = np.array([draw_of(number) for number in numbers.tolist()])
        return Ensemble(scenario, counts, draws, np.zeros((REPLICATES, 9, 1), np.float32), 7)

    monkeypatch.setattr(facts, "load", load)
    monkeypatch.setattr(facts, "fill", lambda *_: 0)
    monkeypatch.setattr(facts, "likelihoods_file", lambda *_: ("likelihoods.json", "{}"))
    here = Setting(Sample(7, REPLICATES), Where(1, None), Store(str(tmp_path / "store")))
    yield carried_out(facts.STUDY, looked_at, here, lambda *_: None), list(looked_at.scenarios)


def test_a_fact_that_refuses_runs_is_held_against_all_of_them(
    planted: tuple[Done, list[Scenario]],
) -> None:
    """Runs tried again have other luck: to compare only the others would hide what they say."""
    found = planted[0].found
    first, second = found.moved[:2]
    assert [change.value for change in first.changes] == [0.0, 0.0]
    assert [change.tie for change in second.changes] == [True, False]
    assert second.changes[1].value == LIFTED / REPLICATES
    assert found.kept == [1.0, 1.0, pytest.approx(2 / 3)]
    lead = planted[0].findings.parts[0]
    assert isinstance(lead, Sentence)
    assert "seen (2024-06)" in lead.text.en and PLAN.counts[1].name.en in lead.text.en


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_clearly_moved_is_full_in_the_figure(
    planted: tuple[Done, list[Scenario]], language: Language
) -> None:
    (declared,) = (each for each in planted[0].findings.parts if isinstance(each, Figure))
    assert isinstance(declared.mark, Panels)
    dots = [each for each in declared.mark.panels[1].layers if isinstance(each, Dots)]
    assert [(each.hollow, each.across) for each in dots] == [(True, (1.0,)), (False, (0.0, 2.0))]
    check(sheet(declared, language))


def test_the_page_of_validation_tells_it_from_the_file(
    planted: tuple[Done, list[Scenario]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.present.tables import csv_files_of

    (tmp_path / "facts").mkdir()
    ((name, text),) = csv_files_of(planted[0].findings.parts)
    (tmp_path / "facts" / name).write_text(text, "utf-8")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert len(rows) == 3 * len(PLAN.counts)
    page = script("make_validation")
    monkeypatch.setattr(page, "EVIDENCE", tmp_path)
    told = "\n".join(page.facts())
    assert "| 2 | 2024-06 | `seen` | 67 % |" in told
    assert f"| {PLAN.counts[1].name.en} | 0 | 0 | 62 (+62) |" in told
    shown = [each for each in planted[0].findings.parts if isinstance(each, Table) and each.read]
    assert len(shown) == 2
