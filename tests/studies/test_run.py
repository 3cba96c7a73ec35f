"""What may be asked of a run, and what is filled in when it is not said."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.problems import Problem
from sim.ranges import RANGES, check
from sim.runner import setting
from sim.scenario import Scenario, read_scenario
from sim.studies.run import CAP, command, of_scenario
from sim.studies.shared.simulating import BATCH, batches
from sim.studies.study import Design, Setting
from tests import calibrated

SCENARIO = read_scenario("as-written")


def here(
    design: Design,
    scenario: Scenario = SCENARIO,
    seed: int | None = None,
    workers: int | None = None,
) -> Setting:
    return setting(scenario, design.replicates, seed, workers, None, None)


def test_what_is_not_said_comes_from_the_scenario() -> None:
    design = of_scenario(SCENARIO)
    assert design.scenarios == (SCENARIO,)
    assert (design.options["precision"], design.expected) == (None, None)
    asked = here(design)
    assert asked.sample == (SCENARIO.seed, SCENARIO.replicates)
    assert asked.where.workers >= 1


def test_the_smallest_seed_is_not_taken_for_none() -> None:
    assert here(of_scenario(SCENARIO), seed=0).sample.seed == 0


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
        if name in ("seed", "workers"):
            here(of_scenario(SCENARIO), **{name: value})
        else:
            of_scenario(SCENARIO, **{name: value})
    assert caught.value.where == f"--{name}"
    assert caught.value.found == repr(value)


@pytest.mark.parametrize("name", RANGES)
def test_both_ends_of_a_range_are_allowed(name: str) -> None:
    check(name, RANGES[name].low)
    check(name, RANGES[name].high)


def test_a_number_and_a_precision_contradict() -> None:
    with pytest.raises(Problem, match="not both"):
        of_scenario(SCENARIO, replicates=100, precision=0.05)


def test_a_precision_is_no_finer_than_the_posterior_s_list_and_the_prior_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch)
    asked = read_scenario("as-written")
    with pytest.raises(Problem, match=r"0\.016 or more"):
        of_scenario(asked, precision=0.015)
    assert of_scenario(asked, precision=0.016).expected == 3752
    assert of_scenario(SCENARIO, precision=0.002, draws="prior").expected == CAP


def test_another_horizon_is_another_scenario() -> None:
    longer = of_scenario(SCENARIO, horizon="2035-12")
    assert longer.scenarios[0].horizon == "2035-12"
    assert longer.stem != of_scenario(SCENARIO).stem


@pytest.mark.parametrize("horizon", ["2031-12", "2030", "", "soon"])
def test_a_month_that_no_run_can_end_in_names_its_option(horizon: str) -> None:
    with pytest.raises(Problem) as caught:
        of_scenario(SCENARIO, horizon=horizon)
    assert (caught.value.where, caught.value.found) == ("--horizon", horizon)


@given(st.one_of(st.none(), st.floats(0.02, 0.5)), st.integers(2, CAP))
def test_batches_cover_every_replicate_once(precision: float | None, replicates: int) -> None:
    number = None if precision is not None else replicates
    design = of_scenario(SCENARIO, replicates=number, precision=precision)
    groups = batches(design, replicates)
    assert [replicate for batch in groups for replicate in batch] == list(range(replicates))
    assert len(groups) == 1 or len(groups[0]) == BATCH


def test_the_command_holds_no_path_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    design = of_scenario(read_scenario("as-written"))
    assert shlex.split(command(design, here(design)))[:3] == ["sim", "run", "as-written"]


@pytest.mark.parametrize("options", [{"replicates": 30}, {"precision": 0.1}])
def test_the_command_orders_the_same_again(options: dict[str, Any]) -> None:
    design = of_scenario(SCENARIO, horizon="2035-12", **options)
    asked = here(design, seed=5)
    words = shlex.split(command(design, asked))
    said = dict(zip(words[3::2], words[4::2], strict=True))
    again = of_scenario(
        read_scenario(words[2]),
        replicates=int(said["--replicates"]) if "replicates" in options else None,
        precision=float(said["--precision"]) if "precision" in options else None,
        horizon=said["--horizon"],
        draws=said["--draws"],
    )
    assert again == design
    assert here(again, seed=int(said["--seed"])).sample == asked.sample
