"""Protects what a run keeps on its way: read again it is the same, and nothing is run twice."""

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import Trajectory
from sim.model.world.setup import Draws
from sim.scenario import Scenario, read_scenario
from sim.store.block import REPLICATES
from sim.store.fill import Sample, fill
from sim.store.inventory import damaged, entries
from sim.store.replicates import trajectories
from sim.store.rerun import at_random, differing
from sim.store.store import Store
from sim.store.work import Where

HERE = Where(2)
MANY = range(REPLICATES + 4)
"""A block and a part of another."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read_scenario("as-written")


@pytest.fixture(scope="module")
def run(scenario: Scenario) -> list[Trajectory]:
    return list(ensemble.run(scenario.setup(), 7, MANY, 2))


def same(found: list[Trajectory], expected: list[Trajectory]) -> bool:
    return len(found) == len(expected) and all(
        (a.replicate, a.draw, a.parameters, a.tries) == (b.replicate, b.draw, b.parameters, b.tries)
        and a.counts.tobytes() == b.counts.tobytes()
        and np.asarray(a.measures).tobytes() == np.asarray(b.measures).tobytes()
        for a, b in zip(found, expected, strict=True)
    )


def test_what_is_kept_is_what_was_run(
    store: Store, scenario: Scenario, run: list[Trajectory], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert same(list(trajectories(scenario, 7, MANY, HERE, store)), run)
    (entry,) = entries(store)
    assert (entry.whole, entry.replicates) == (True, REPLICATES)
    begun = list[int]()
    really = ensemble.run_one

    def watched(setup: object, seed: int, replicate: int, *more: object) -> Trajectory:
        begun.append(replicate)
        return really(setup, seed, replicate, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(ensemble, "run_one", watched)
    assert same(list(trajectories(scenario, 7, MANY, HERE, store)), run)
    assert sorted(begun) == list(MANY)[REPLICATES:]
    assert damaged(store, repair=False) == []
    assert differing(store, at_random(store, 1)) == []


@pytest.mark.parametrize("tries", [1, 2, ensemble.TRIES])
@pytest.mark.parametrize("replicate", [0, 3, 130, 191, 192, 999_999])
@pytest.mark.parametrize("in_order", [False, True])
def test_how_many_were_tried_is_known_from_the_draw(
    scenario: Scenario, replicate: int, tries: int, in_order: bool
) -> None:
    """A block holds the draw of each replicate, which is that of the try that was accepted."""
    handed = Draws(1, (1, 2), in_order=True) if in_order else None
    setup = scenario.setup()._replace(draws=handed)
    draw = ensemble.draw_number(setup, replicate + (tries - 1) * ensemble.STRIDE)
    assert ensemble.tries_of(setup, replicate, draw) == tries


def test_a_run_that_stops_early_keeps_its_full_blocks(
    store: Store, scenario: Scenario, run: list[Trajectory]
) -> None:
    begun = trajectories(scenario, 7, MANY, HERE, store)
    for _ in range(REPLICATES + 3):
        next(begun)
    begun.close()  # type: ignore[attr-defined]
    (entry,) = entries(store)
    assert entry.replicates == REPLICATES
    assert same(list(trajectories(scenario, 7, MANY, HERE, store)), run)


def test_processes_of_a_cluster_keep_the_same(
    store: Store, scenario: Scenario, run: list[Trajectory]
) -> None:
    found = list(trajectories(scenario, 7, MANY, Where(1, "local:1"), store))
    assert same(found, run)


@pytest.mark.usefixtures("quick")
def test_runs_and_experiments_keep_apart(store: Store, scenario: Scenario) -> None:
    fill([scenario], Sample(7, REPLICATES), store, HERE)
    list(trajectories(scenario, 7, range(REPLICATES), HERE, store))
    assert sorted(entry.whole for entry in entries(store)) == [False, True]
    assert fill([scenario], Sample(7, REPLICATES), store, HERE) == 0
