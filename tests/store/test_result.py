"""What is read from a result folder is what the run left there."""

from pathlib import Path

import numpy as np
import pytest

from sim.language import Language
from sim.model.world.layout import COUNTS, DUE, MEASURES
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store import BLOCK, load_result
from tests.store import made

SEED = read_scenario("as-written").seed


def test_a_loaded_result_equals_the_one_that_the_run_returned(tmp_path: Path) -> None:
    written = made.result(tmp_path / "result")
    loaded = load_result(tmp_path / "result")
    assert loaded == written
    assert (loaded.replicates, loaded.months, loaded.seed) == (4, 99, SEED)
    assert loaded.count_names == COUNTS
    assert loaded.measure_names == MEASURES


def test_counts_and_measures_keep_their_place(tmp_path: Path) -> None:
    result = made.result(tmp_path / "result", BLOCK + 4)
    given = [made.trajectory(number, seed=SEED) for number in range(BLOCK + 4)]
    np.testing.assert_array_equal(result.counts(), np.stack([each.counts for each in given]))
    for number, name in enumerate(MEASURES[:3]):
        wanted = np.stack([each.measures[:, number] for each in given])
        np.testing.assert_array_equal(result.measure(name), wanted)
    np.testing.assert_array_equal(result.draws(), [each.draw for each in given])


@pytest.mark.parametrize("replicate", [0, 3, BLOCK - 1, BLOCK, BLOCK + 3])
def test_one_replicate_is_found_in_its_block(tmp_path: Path, replicate: int) -> None:
    result = made.result(tmp_path / "result", BLOCK + 4)
    counts, measures = result.recorded(replicate)
    wanted = made.trajectory(replicate, seed=SEED)
    assert counts.tobytes() == wanted.counts.tobytes()
    assert measures.tobytes() == wanted.measures.tobytes()


def test_the_scenario_comes_back_whole(tmp_path: Path) -> None:
    result = made.result(tmp_path / "result")
    scenario = read_scenario("as-written")
    assert result.scenario().resolved() == scenario.resolved()
    assert result.scenario().hash() == result.scenario_hash == scenario.hash()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_may_be_asked_for_in_either_language(tmp_path: Path, language: Language) -> None:
    made.result(tmp_path / "result")
    assert load_result(tmp_path / "result", language).language == language


def test_an_unknown_measure_is_a_problem_with_the_nearest_name(tmp_path: Path) -> None:
    result = made.result(tmp_path / "result")
    with pytest.raises(Problem, match="Did you mean firms_pudong"):
        result.measure("firms_pudon")


@pytest.mark.parametrize("replicate", [-1, 4, 10**9])
def test_a_replicate_that_was_not_run_is_a_problem(tmp_path: Path, replicate: int) -> None:
    result = made.result(tmp_path / "result")
    with pytest.raises(Problem, match="from 0 to 3"):
        result.recorded(replicate)


def test_counts_summary_and_replicates_are_in_the_chosen_readings(tmp_path: Path) -> None:
    """Whoever loads a result finds one reading, except where the recorded counts are asked for."""
    made.result(tmp_path / "result", 8, made.read_otherwise())
    result = load_result(tmp_path / "result")
    assert result.readings == result.scenario().readings == made.read_otherwise().readings
    counts = result.counts()
    for number, (count, entry) in enumerate(zip(PLAN.counts, result.summary.counts, strict=True)):
        assert entry.reading == result.readings[count.id]
        then = counts[:, DUE, number]
        assert np.sort(then)[3] == entry.median
        assert (then >= count.target).mean() == entry.likelihood.value
        np.testing.assert_array_equal(result.of_replicates(count.id), then)
        reached = (counts[:, :, number] >= count.target).any(axis=1)
        months = result.of_replicates(f"{count.id}_reached")
        assert [month is not None for month in months] == reached.tolist()


def test_trajectories_stay_as_recorded_whatever_the_readings(tmp_path: Path) -> None:
    default = made.result(tmp_path / "default")
    other = made.result(tmp_path / "other", scenario=made.read_otherwise())
    tables = [each.folder / "trajectories.parquet" for each in (default, other)]
    assert tables[0].read_bytes() == tables[1].read_bytes()
    assert default.scenario_hash == other.scenario_hash
    number = COUNTS.index("pilot_zones")
    given = np.stack([made.trajectory(each, seed=SEED).counts[:, number] for each in range(4)])
    np.testing.assert_array_equal(other.recorded_count("pilot_zones"), given)
    np.testing.assert_array_equal(other.recorded(2)[0][:, number], given[2])
    np.testing.assert_array_equal(other.counts()[:, :, number], given - given[:, :1])
    with pytest.raises(KeyError):
        other.recorded_count("firms")


def test_the_manifest_says_how_counts_are_read_and_recorded(tmp_path: Path) -> None:
    manifest = made.result(tmp_path / "other", scenario=made.read_otherwise()).manifest
    entries = {entry["name"]: entry for entry in manifest["counts"]}
    assert (entries["colleges"]["reading"], entries["colleges"]["recorded_as"]) == ("stock", "new")
    assert (entries["output"]["reading"], entries["output"]["recorded_as"]) == ("flow", "flow")
