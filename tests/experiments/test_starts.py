"""Protects worlds that scenarios share: each run is as if its world had been drawn for it alone."""

import numpy as np
import pytest

from sim import ensemble, parameters
from sim.model.world.population import create
from sim.model.world.world import World, twin, working_space
from sim.scenario import read_scenario
from sim.store import starts

SEED, REPLICATE = 2022, 3
SHARED = {"land_cells"}
"""What no month writes."""


def a_world() -> World:
    setup = read_scenario("as-written").setup()
    return create(parameters.as_record(ensemble.draw_for(setup, SEED, REPLICATE)), SEED, REPLICATE)


def arrays(world: World) -> dict[str, np.ndarray]:
    whole = world._asdict()
    columns = whole.pop("talents")._asdict()
    return {**whole, **{f"talents.{name}": column for name, column in columns.items()}}


def test_a_twin_shares_nothing_that_a_month_writes() -> None:
    world = a_world()
    one, other = arrays(world), arrays(twin(world))
    shared = {name for name in one if np.shares_memory(one[name], other[name])}
    assert shared == SHARED
    assert {name: each.shape for name, each in one.items()} == {
        name: each.shape for name, each in other.items()
    }


def test_a_twin_in_the_memory_of_a_spare_world_has_nothing_of_that_world() -> None:
    world, spare = a_world(), twin(a_world())
    for table in arrays(spare).values():
        if not np.shares_memory(table, world.land_cells):
            table.view(np.uint8)[:] = 201
    again = twin(world, spare)
    working = set(working_space(1, 1, 1))
    for name, table in arrays(again).items():
        assert np.shares_memory(table, arrays(spare)[name]), name
        assert name in working or table.tobytes() == arrays(world)[name].tobytes(), name


@pytest.mark.parametrize("name", ["as-written", "business-as-usual"])
def test_a_run_from_a_shared_start_has_the_bytes_of_one_from_its_own(name: str) -> None:
    setup = read_scenario(name).setup()._replace(months=14)
    own = ensemble.run_one(setup, SEED, REPLICATE)
    for _ in range(2):  # the second finds the start there, after a run went on from its twin
        shared = ensemble.run_one(setup, SEED, REPLICATE, starts.start_alike)
        assert shared.counts.tobytes() == own.counts.tobytes()
        assert shared.measures.tobytes() == own.measures.tobytes()


def test_scenarios_that_begin_alike_draw_their_world_once(monkeypatch: pytest.MonkeyPatch) -> None:
    starts._start.cache_clear()
    drawn = []

    def watched(record: np.ndarray, seed: int, replicate: int) -> World:
        drawn.append(replicate)
        return create(record, seed, replicate)

    monkeypatch.setattr(starts, "create", watched)
    setups = [read_scenario(name).setup() for name in ("as-written", "business-as-usual")]
    wider = setups[0]._replace(overrides=(("founding_noise", 0.9),))
    for setup in (*setups, wider):
        ensemble.begin(setup, SEED, REPLICATE, starts.start_alike)
    assert drawn == [REPLICATE, REPLICATE], "one with other parameters has a world of its own"
    starts._start.cache_clear()
