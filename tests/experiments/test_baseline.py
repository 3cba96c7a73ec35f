"""The stored baseline is what was run, and serves only runs that were made alike."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import city, ensemble
from sim.ensemble import STRIDE
from sim.estimate import outcomes
from sim.estimate.adjusted import FEWEST
from sim.experiments import baseline
from sim.experiments.baseline import COUNTS, TABLE, Kept, document, parse, stored
from sim.experiments.compare import compare
from sim.model.world.layout import DUE
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.problems import Problem
from sim.sampling import draw_of
from sim.scenario import Scenario, as_known_in, read_scenario
from sim.scenario.keys import LAST_KNOWN
from sim.spec.findings import Sentence
from sim.store import load_result
from sim.store.fill import Sample, fill, load
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.baseline import STUDY
from sim.studies.carried import carried_out
from sim.studies.compare import STUDY as COMPARE
from sim.studies.run import STUDY as RUN
from sim.studies.study import Setting

MANY = FEWEST
SAMPLE = Sample(7, 2 * MANY)
DRAWS = np.arange(MANY)
PACKAGES = [read_scenario(name) for name in ("as-written", "business-as-usual")]
OTHER = read_scenario("without-yulin")
DEFAULTS = {each.name: each.default for each in COMPARE.options} | {"matched": 0}
DEFAULTS.pop("files")


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
    again = replace(PACKAGES[1], seed=SAMPLE.seed)
    assert kept.of(again) is not None
    assert kept.of(replace(again, readings={**again.readings, "colleges": "stock"})) is None


def test_a_package_with_other_levers_is_served(kept: Kept) -> None:
    doubled = PACKAGES[0].changed(yulin={"dose": 2.0})
    found = stored([*PACKAGES, OTHER, doubled], SAMPLE.seed, kept.draws[:MANY])
    assert found.baseline is not None
    assert (found.baseline.values == kept.values).all()
    assert f"{SAMPLE.replicates}" in found.told.en
    assert PACKAGES[0].name.zh in found.told.zh


@pytest.mark.parametrize(
    "changed",
    [
        replace(OTHER, readings={**OTHER.readings, "colleges": "stock"}),
        replace(OTHER, parameters={"talent_cost": 1.0}),
        replace(OTHER, multipliers={"talent_cost": 1.1}),
        read_scenario("venture-winter"),
    ],
    ids=["readings", "parameters", "multipliers", "events"],
)
def test_so_is_whatever_runs_under_the_same_luck_and_draws(kept: Kept, changed: Scenario) -> None:
    found = stored([PACKAGES[0], changed], SAMPLE.seed, kept.draws[:MANY])
    assert found.baseline is not None


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("draws", replace(OTHER, draws="prior")),
        ("horizon", replace(OTHER, horizon="2035-12")),
        ("posterior", replace(OTHER, as_of="2024-12")),
    ],
)
def test_a_run_made_otherwise_is_not_and_it_is_said_why(
    kept: Kept, name: str, changed: Scenario
) -> None:
    assert name in kept.unlike(changed, SAMPLE.seed)
    found = stored([PACKAGES[0], changed], SAMPLE.seed, DRAWS)
    assert found.baseline is None
    assert name in found.told.en
    assert name in found.told.zh


def test_what_is_known_of_the_past_is_served_where_packages_have_it_in_common(kept: Kept) -> None:
    """Facts have the same replicates tried again in both, and each still has its own partner."""
    base = as_known_in(PACKAGES[0], LAST_KNOWN)
    until = replace(as_known_in(OTHER, LAST_KNOWN), settings=base.settings)
    draws = kept.draws[:MANY].copy()
    draws[::3] = [draw_of(number + STRIDE) for number in range(0, MANY, 3)]
    assert stored([base, until], SAMPLE.seed, draws).baseline is not None
    apart = stored([base, as_known_in(OTHER, LAST_KNOWN)], SAMPLE.seed, draws)
    assert apart.baseline is None and "luck of their own" in apart.told.en
    assert stored([base, PACKAGES[0]], SAMPLE.seed, draws).baseline is None


def test_replicates_further_on_are_foretold_by_those_that_are_independent_of_all_before(
    kept: Kept,
) -> None:
    first = SAMPLE.replicates - MANY
    base = kept.baseline.since(first // 2)
    assert not np.isin(base.draws, kept.draws[: first // 2]).any()
    found = stored([OTHER], SAMPLE.seed, kept.draws[first // 2 :][:MANY], first // 2)
    assert found.baseline is not None and found.replicates == len(base.draws)
    assert stored([OTHER], SAMPLE.seed, kept.draws[:MANY], first // 2).baseline is None


def test_nor_is_one_with_another_seed_or_model(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = json.loads(text)
    assert parse(text).unlike(OTHER, SAMPLE.seed) == ()
    assert parse(text).unlike(OTHER, SAMPLE.seed + 1) == ("seed",)
    for key in ("rules", "priors"):
        other = parse(json.dumps({**said, key: "0" * 64}))
        monkeypatch.setattr(baseline, "shipped", lambda other=other: other)
        found = stored([OTHER], SAMPLE.seed, DRAWS)
        assert found.baseline is None
        assert key in found.told.en


def test_without_a_baseline_estimates_are_plain_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(city, "file", lambda name: tmp_path / name)
    baseline.shipped.cache_clear()
    found = stored([OTHER], SAMPLE.seed, DRAWS)
    baseline.shipped.cache_clear()
    assert found.baseline is None
    assert "sim baseline" in found.told.en
    assert "sim baseline" in found.told.zh


@pytest.mark.parametrize(
    "draws",
    [np.arange(FEWEST - 1), np.arange(SAMPLE.replicates), np.arange(FEWEST)[::-1]],
    ids=["few", "all", "other"],
)
def test_replicates_that_are_no_part_of_it_or_all_of_it_are_not_adjusted(
    kept: Kept, draws: NDArray[np.int64]
) -> None:
    assert kept.baseline.serves(DRAWS)
    found = stored([OTHER], SAMPLE.seed, draws)
    assert found.baseline is None
    assert str(FEWEST) in found.told.en


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


@pytest.mark.usefixtures("quick")
def test_a_comparison_and_its_likelihoods_are_adjusted_and_say_so(kept: Kept, store: Store) -> None:
    asked = {"files": ["as-written", "without-yulin"], **DEFAULTS}
    setting = Setting(SAMPLE._replace(replicates=MANY), Where(1), store)
    done = carried_out(COMPARE, COMPARE.design(asked), setting, lambda *_: None)
    (found,) = done.found.comparisons
    assert found.baseline == SAMPLE.replicates
    for number, count in enumerate(found.counts):
        reached = kept.values[0, :, number] >= PLAN.counts[number].target
        assert count.first == pytest.approx(reached.mean(), abs=0.05)
        assert count.likelihood.value == pytest.approx(count.second - count.first)
        assert count.likelihood.low <= count.likelihood.value <= count.likelihood.high
    texts = [part.text.en for part in done.findings.parts if isinstance(part, Sentence)]
    assert any("adjusted by a stored baseline" in each for each in texts)
    likelihoods = json.loads(dict(done.files)["likelihoods.json"])
    for package, levels in zip(likelihoods["packages"], ("first", "second"), strict=True):
        assert package["summary"]["baseline"] == SAMPLE.replicates
        told = [row["likelihood"] for row in package["summary"]["counts"]]
        assert told == pytest.approx([getattr(count, levels) for count in found.counts])


@pytest.mark.usefixtures("quick")
def test_without_one_a_comparison_is_plain_and_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline, "shipped", lambda: None)
    asked = {"files": ["as-written", "without-yulin"], **DEFAULTS}
    setting = Setting(SAMPLE._replace(replicates=MANY), Where(1), store)
    done = carried_out(COMPARE, COMPARE.design(asked), setting, lambda *_: None)
    (found,) = done.found.comparisons
    first, second = (load(each, setting.sample, store) for each in (PACKAGES[0], OTHER))
    assert found.counts == compare(first, second).counts
    assert found.baseline == 0
    texts = [part.text.en for part in done.findings.parts if isinstance(part, Sentence)]
    assert any("no stored baseline" in each for each in texts)


def test_a_run_is_adjusted_and_says_so_and_one_of_few_replicates_says_why_not(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = {name: each.default for name, each in PARAMETERS.items()}
    run = ensemble.run_one
    monkeypatch.setattr(ensemble, "run_one", lambda *told: run(*told)._replace(parameters=drawn))
    told = {}
    for name, many in (("adjusted", MANY), ("few", MANY // 2)):
        looked_at = RUN.design({"file": "without-yulin", "replicates": many})
        sample = Sample(SAMPLE.seed, many)
        folder = tmp_path / name
        folder.mkdir()
        store = Store(str(tmp_path / "store"))
        setting = Setting(sample, Where(1), store, kept=False, folder=folder)
        told[name] = carried_out(RUN, looked_at, setting, lambda *_: None)
    summary = load_result(tmp_path / "adjusted").summary
    assert summary.baseline == kept.replicates
    assert summary == told["adjusted"].found.result.summary
    assert load_result(tmp_path / "few").summary.baseline == 0
    words = {
        name: " ".join(part.text.en for part in each.findings.parts if isinstance(part, Sentence))
        for name, each in told.items()
    }
    assert "adjusted by a stored baseline" in words["adjusted"]
    assert f"it takes {FEWEST} of them" in words["few"]


def test_the_study_writes_the_file(quick: None, store: Store) -> None:  # noqa: ARG001
    looked_at = STUDY.design({"file": "as-written", "against": "business-as-usual"})
    done = carried_out(STUDY, looked_at, Setting(SAMPLE, Where(1), store), lambda *_: None)
    ((name, text),) = done.files
    assert TABLE.endswith(name)
    assert parse(text).replicates == SAMPLE.replicates
    assert len(text) < 200_000
