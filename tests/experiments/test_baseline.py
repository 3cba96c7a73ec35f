"""The stored baseline is what was run, and serves only runs that were made alike."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import city
from sim.estimate import outcomes
from sim.experiments import baseline
from sim.experiments.baseline import COUNTS, TABLE, Kept, beside, document, parse
from sim.model.world.layout import DUE
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario
from sim.store.fill import Sample, fill, load
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.baseline import STUDY
from sim.studies.study import Setting, carried_out

SAMPLE = Sample(7, 32)
PACKAGES = [read_scenario(name) for name in ("as-written", "business-as-usual")]
OTHER = read_scenario("without-yulin")


@pytest.fixture
def text(quick: None, store: Store) -> str:  # noqa: ARG001
    fill(PACKAGES, SAMPLE, store, Where(1))
    return document([load(each, SAMPLE, store) for each in PACKAGES])


@pytest.fixture
def kept(text: str, monkeypatch: pytest.MonkeyPatch) -> Kept:
    found = parse(text)
    monkeypatch.setattr(baseline, "shipped", lambda: found)
    return found


def test_what_is_stored_is_what_was_run(kept: Kept, store: Store) -> None:
    for number, each in enumerate(PACKAGES):
        ran = load(each, SAMPLE, store)
        assert (kept.draws == ran.draws).all()
        assert (kept.values[number] == outcomes(ran.counts, DUE, each.readings).values).all()
    assert kept.hashes == tuple(each.hash() for each in PACKAGES)
    assert kept.names == tuple(each.name for each in PACKAGES)


def test_a_package_with_other_levers_is_served(kept: Kept) -> None:
    doubled = PACKAGES[0].changed(yulin={"dose": 2.0})
    found = beside([*PACKAGES, OTHER, doubled], SAMPLE.seed)
    assert found.kept is kept
    assert found.told is not None
    assert "32" in found.told.en
    assert PACKAGES[0].name.zh in found.told.zh


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("readings", replace(OTHER, readings={**OTHER.readings, "enterprises": "stock"})),
        ("draws", replace(OTHER, draws="prior")),
        ("horizon", replace(OTHER, horizon="2035-12")),
        ("parameters", replace(OTHER, parameters={"talent_cost": 1.0})),
        ("multipliers", replace(OTHER, multipliers={"talent_cost": 1.1})),
        ("as_of", replace(OTHER, as_of="2024-12")),
    ],
)
def test_a_run_made_otherwise_is_not_and_it_is_said_why(
    kept: Kept, name: str, changed: Scenario
) -> None:
    assert name in kept.unlike(changed, SAMPLE.seed)
    found = beside([PACKAGES[0], changed], SAMPLE.seed)
    assert found.kept is None
    assert found.told is not None
    assert name in found.told.en
    assert name in found.told.zh


def test_nor_is_one_with_another_seed_or_model(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = json.loads(text)
    assert parse(text).unlike(OTHER, SAMPLE.seed) == ()
    assert parse(text).unlike(OTHER, SAMPLE.seed + 1) == ("seed",)
    for key in ("rules", "priors"):
        other = parse(json.dumps({**said, key: "0" * 64}))
        monkeypatch.setattr(baseline, "shipped", lambda other=other: other)
        found = beside([OTHER], SAMPLE.seed)
        assert found.kept is None
        assert found.told is not None
        assert key in found.told.en


def test_without_a_baseline_estimates_are_plain_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(city, "file", lambda name: tmp_path / name)
    baseline.shipped.cache_clear()
    found = beside([OTHER], SAMPLE.seed)
    baseline.shipped.cache_clear()
    assert found.kept is None
    assert found.told is not None
    assert "sim baseline" in found.told.en
    assert "sim baseline" in found.told.zh


def test_replicates_with_other_draws_are_no_part_of_it(kept: Kept) -> None:
    assert kept.of(kept.draws[:16]) is not None
    assert kept.of(kept.draws[:16][::-1]) is None
    more = np.arange(64, dtype=np.int64)
    assert kept.of(np.concatenate([kept.draws, more])) is not None


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"format": 0}', '{"format": 1, "packages": [], "draws": []}']
)
def test_what_is_no_baseline_is_told_as_a_problem(broken: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(broken)
    assert caught.value.where == TABLE


def test_a_baseline_lacks_no_count_and_no_replicate(text: str) -> None:
    said = json.loads(text)
    said["packages"][1]["counts"][COUNTS[3]].pop()
    with pytest.raises(Problem):
        parse(json.dumps(said))
    del said["packages"][1]["counts"][COUNTS[3]]
    with pytest.raises(Problem):
        parse(json.dumps(said))


def test_the_study_writes_the_file(quick: None, store: Store) -> None:  # noqa: ARG001
    looked_at = STUDY.design({"file": "as-written", "against": "business-as-usual"})
    done = carried_out(STUDY, looked_at, Setting(SAMPLE, Where(1), store), lambda *_: None)
    ((name, text),) = done.files
    assert TABLE.endswith(name)
    assert parse(text).replicates == SAMPLE.replicates
    assert len(text) < 100_000
