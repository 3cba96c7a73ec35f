"""What may be asked of a run, and what is filled in when it is not said."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.problems import Problem
from sim.run_specification import BATCH, CAP, RANGES, check, specified
from sim.scenario import read_scenario
from tests import calibrated

SCENARIO = read_scenario("as-written")


def test_what_is_not_said_comes_from_the_scenario() -> None:
    asked = specified(SCENARIO)
    assert (asked.replicates, asked.seed) == (SCENARIO.replicates, SCENARIO.seed)
    assert asked.scenario is SCENARIO
    assert asked.precision is None
    assert asked.workers >= 1


def test_the_smallest_seed_is_not_taken_for_none() -> None:
    assert specified(SCENARIO, seed=0).seed == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("replicates", 0),
        ("replicates", 1),
        ("replicates", -4),
        ("replicates", 10.0),
        ("replicates", "10"),
        ("replicates", True),
        ("precision", 0.0),
        ("precision", 3),
        ("precision", float("nan")),
        ("precision", float("inf")),
        ("precision", "0.03"),
        ("seed", -1),
        ("seed", 2**63),
        ("seed", 1.5),
        ("workers", 0),
        ("workers", 10**6),
    ],
)
def test_a_value_that_cannot_be_used_names_its_option(name: str, value: Any) -> None:
    with pytest.raises(Problem) as caught:
        specified(SCENARIO, **{name: value})
    assert caught.value.where == f"--{name}"
    assert caught.value.found == repr(value)


@pytest.mark.parametrize("name", RANGES)
def test_both_ends_of_a_range_are_allowed(name: str) -> None:
    check(name, RANGES[name].low)
    check(name, RANGES[name].high)


def test_a_number_and_a_precision_contradict() -> None:
    with pytest.raises(Problem, match="not both"):
        specified(SCENARIO, replicates=100, precision=0.05)


def test_a_precision_is_no_finer_than_the_posterior_s_list_and_the_prior_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch)
    asked = read_scenario("as-written")
    with pytest.raises(Problem, match=r"0\.016 or more"):
        specified(asked, precision=0.015)
    assert specified(asked, precision=0.016).precision == 0.016
    assert specified(SCENARIO, precision=0.002, draws="prior").precision == 0.002


def test_another_horizon_is_another_scenario() -> None:
    longer = specified(SCENARIO, horizon="2035-12")
    assert longer.scenario.horizon == "2035-12"
    assert longer.stem() != specified(SCENARIO).stem()


@pytest.mark.parametrize("horizon", ["2031-12", "2030", "", "soon"])
def test_a_month_that_no_run_can_end_in_names_its_option(horizon: str) -> None:
    with pytest.raises(Problem) as caught:
        specified(SCENARIO, horizon=horizon)
    assert (caught.value.where, caught.value.found) == ("--horizon", horizon)


@given(st.one_of(st.none(), st.floats(0.02, 0.5)), st.integers(2, CAP))
def test_batches_cover_every_replicate_once(precision: float | None, replicates: int) -> None:
    number = None if precision is not None else replicates
    asked = specified(SCENARIO, replicates=number, precision=precision)
    flat = [replicate for batch in asked.batches for replicate in batch]
    assert flat == list(range(asked.replicates))
    assert len(asked.batches) == 1 or len(asked.batches[0]) == BATCH


def test_a_name_tells_scenarios_and_seeds_apart() -> None:
    stems = {
        specified(read_scenario(name), seed=seed).stem()
        for name in ("as-written", "late-start")
        for seed in (1, 2)
    }
    assert len(stems) == 4


def test_the_command_holds_no_path_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = specified(read_scenario("as-written"))
    assert shlex.split(asked.command())[:3] == ["sim", "run", "as-written"]


@pytest.mark.parametrize("options", [{"replicates": 30}, {"precision": 0.1}])
def test_the_command_orders_the_same_again(options: dict[str, Any]) -> None:
    asked = specified(SCENARIO, seed=5, horizon="2035-12", language="zh", **options)
    words = shlex.split(asked.command())
    given_options = dict(zip(words[3::2], words[4::2], strict=True))
    again = specified(
        read_scenario(words[2]),
        replicates=int(given_options["--replicates"]) if "replicates" in options else None,
        precision=float(given_options["--precision"]) if "precision" in options else None,
        seed=int(given_options["--seed"]),
        horizon=given_options["--horizon"],
        language="zh",
    )
    assert again == asked
