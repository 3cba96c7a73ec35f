"""Protects what is said of later and later starts: planted results, read in every place."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from sim import ensemble
from sim.calendar import month_index
from sim.ensemble import Trajectory
from sim.estimate import thresholds
from sim.model.world.layout import MEASURES
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.present.tables import csv_files_of
from sim.present.terminal import print_parts
from sim.problems import Problem
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.store.fill import Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.deadline import Found, compute, later, parts, started, starts
from sim.studies.shared.goals import counted
from sim.studies.study import Basis, Setting, basis_of

LEVER, COUNT, LEVEL = "yulin", "standards", 0.5
OWN = next(lever.instruments[0].id for lever in PLAN.levers if lever.id == LEVER)
ROW = [instrument.id for instrument in PLAN.instruments].index(OWN)
SAMPLE = Sample(7, 128)


def planted(
    first: float, fall: float, monkeypatch: pytest.MonkeyPatch, store: Store
) -> tuple[Found, Basis]:
    """Return what is found where a likelihood falls evenly from the first start to the last."""
    last = month_index(starts()[-1])

    def run(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
        acting = np.flatnonzero(setup.dose[:, ROW])
        chance = first - fall * (acting[0] if len(acting) else last) / last
        luck = np.random.default_rng([seed, replicate]).random()
        counts = np.full((setup.months, len(PLAN.counts)), 0.0)
        counts[-40:] = thresholds(0.0).strict * (1.1 if luck < chance else 0.9)
        measures = np.zeros((setup.months, len(MEASURES)), dtype=np.float32)
        return Trajectory(replicate, draw_of(replicate), counts, measures, {})

    monkeypatch.setattr(ensemble, "run_one", run)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    asked = later(read_scenario("as-written"), LEVER, counted(COUNT), LEVEL)
    found = compute(asked, Setting(SAMPLE, Where(2), store), lambda *_: None)
    return found, basis_of(asked.name, asked.scenarios, SAMPLE)


@pytest.mark.parametrize(
    ("first", "fall", "verdict", "said"),
    [
        (0.8, 0.0, "alike", "nothing tried makes a difference"),
        (0.45, 0.4, "missed", "no start that was tried makes"),
        (0.98, 0.3, "kept", "the last that was tried, leaves"),
        (0.9, 0.8, "deadline", "a start by"),
    ],
)
def test_a_deadline_is_told_only_where_there_is_one(
    first: float,
    fall: float,
    verdict: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    store: Store,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole, basis = planted(first, fall, monkeypatch, store)
    found = whole.late
    assert found.verdict == verdict
    findings = list(parts(whole, basis))
    ((_, text),) = csv_files_of(findings)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["verdict"] for row in rows} == {verdict}
    assert {row["latest"] for row in rows} == {found.latest or ""}
    assert float(rows[0]["difference"]) == 0.0
    for row in rows:
        gap = float(row["likelihood"]) - float(rows[0]["likelihood"])
        assert float(row["difference"]) == pytest.approx(gap)
    print_parts(findings, "en")
    assert said in " ".join(capsys.readouterr().out.split())
    if verdict == "deadline":
        assert found.latest is not None
        low, high = found.bounds
        assert low is not None and high is not None
        assert low <= found.latest <= high
        middle = 0.5 * month_index(starts()[-1])  # where nine tenths have fallen to a half
        assert month_index(low) <= middle <= month_index(high)


def test_a_later_start_is_the_same_package_later() -> None:
    base = read_scenario("as-written")
    assert starts()[0] == "2022-10"
    assert list(starts()) == sorted(starts())
    late = started(base, "lingpao", "2026-01")
    assert late.settings["pilot_zones"].start == "2026-01"
    assert late.settings["forums"] == base.settings["forums"]
    assert started(base, "lingpao", "2022-10").hash() == base.hash()


def test_a_later_start_keeps_the_end_and_needs_a_lever_that_is_on() -> None:
    base = read_scenario("as-written")
    ending = replace(base.settings["pilot_zones"], end="2026-01")
    base = replace(base, settings={**base.settings, "pilot_zones": ending})
    assert started(base, "lingpao", "2025-12").settings["pilot_zones"].end == "2026-01"
    over = started(base, "lingpao", "2026-01")
    assert not over.settings["pilot_zones"].on
    assert not over.setup().dose[:, list(over.settings).index("pilot_zones")].any()
    with pytest.raises(Problem, match="lingpao"):
        started(read_scenario("without-lingpao"), "lingpao", "2025-01")
