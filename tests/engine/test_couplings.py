"""Couplings have names, and held at another run's path cut one way of an effect and no other."""

import numpy as np
import pytest

from sim.engine.coupling import Values
from sim.engine.modes import MODES
from sim.engine.process import process
from sim.ensemble import Trajectory, run_one
from sim.model.rules.month import SCHEDULE
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.problems import Problem
from tests.reference.processes import EVENTFUL, small

SEED, MONTHS = 7, 60
CHALLENGES = [each.moves for each in PLAN.instruments].index("open_challenges")
DOSE = "city.dose > breakthroughs"
COMPONENTS = COUNTS.index("components")
HELD = [name for name, each in SCHEDULE.couplings.items() if each.refused is None]


@pytest.fixture(scope="module")
def usual() -> Setup:
    setup = small("as-written", **{**EVENTFUL, "component_quality": -1.0, "challenge_gain": 2.0})
    return setup._replace(months=MONTHS, dose=setup.dose[:MONTHS])


@pytest.fixture(scope="module")
def without(usual: Setup) -> Setup:
    """The same without open challenges, which do nothing but make components likelier."""
    dose = usual.dose.copy()
    dose[:, CHALLENGES] = 0.0
    return usual._replace(dose=dose)


def run(setup: Setup, paths: dict[str, Values] | None = None) -> Trajectory:
    schedule = SCHEDULE
    for name, path in (paths or {}).items():
        schedule = schedule.hold(name, path)
    return run_one(setup, SEED, 0, schedule=schedule)


def paths_of(setup: Setup, names: list[str]) -> dict[str, Values]:
    schedule, found = SCHEDULE.recorded(*names)
    run_one(setup, SEED, 0, schedule=schedule)
    return {name: each.path() for name, each in found.items()}


def test_held_at_another_runs_path_it_cuts_its_way_of_an_effect_and_no_other(
    usual: Setup, without: Setup
) -> None:
    other = "city.dose > talent"
    paths = paths_of(without, [DOSE, other])
    free, none = run(usual), run(without)
    assert free.counts[-1, COMPONENTS] > none.counts[-1, COMPONENTS]
    assert run(usual, {DOSE: paths[DOSE]}).counts.tobytes() == none.counts.tobytes()
    assert run(usual, {other: paths[other]}).counts.tobytes() == free.counts.tobytes()


def test_held_at_its_own_path_every_coupling_gives_the_run_again(usual: Setup) -> None:
    free, held = run(usual), run(usual, paths_of(usual, HELD))
    assert (held.counts.tobytes(), held.measures.tobytes()) == (
        free.counts.tobytes(),
        free.measures.tobytes(),
    )


def test_three_modes_hold_alike(
    usual: Setup, without: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = set()
    for mode in MODES:
        monkeypatch.setenv("SIM_MODE", mode)
        first = without._replace(months=4), usual._replace(months=4)
        path = paths_of(first[0], [DOSE])
        left.add((path[DOSE].tobytes(), run(first[1], path).measures.tobytes()))
    assert len(left) == 1


def test_couplings_follow_from_declarations() -> None:
    dose = SCHEDULE.couplings[DOSE]
    assert (dose.field, dose.reader, dose.writers) == ("city.dose", "breakthroughs", ("policy",))
    assert DOSE not in SCHEDULE.without("breakthroughs").couplings
    assert "cells.firms > building" in HELD  # what exit changed last month

    @process("mine", reads=["city: knowledge"], writes=["firms: cash"])
    def mine(world: object, p: object, month: int) -> None:
        del world, p, month

    assert "city.knowledge > mine" in SCHEDULE.insert_after("market", mine).couplings


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("firms.level > market", "of agents or their rows"),
        ("city.firm_rows > market", "of agents or their rows"),
        ("city.most_spillover > readiness", "of agents or their rows"),
        ("cells.firms > entry", "its reader changes it too"),
        ("city.dose > marked", "one of "),
        ("city.doses > market", "city.dose > market"),
    ],
)
def test_what_cannot_be_held_is_refused(name: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        SCHEDULE.hold(name, np.zeros((1, 1)))
    assert said in str(caught.value)


def test_a_path_of_another_shape_or_too_short_is_refused(usual: Setup) -> None:
    path = paths_of(usual._replace(months=2), [DOSE])[DOSE]
    for wrong in (path, path[..., :1], path[:0]):
        with pytest.raises(Problem, match="breakthroughs"):
            run(usual, {DOSE: wrong})
