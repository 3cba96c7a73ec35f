"""Replicates a second: by threads, population and horizon, and through the Mesa model."""

import time
from dataclasses import replace

import numpy as np

from sim import ensemble, parameters
from sim.cluster_model import ClusterModel
from sim.model.world.setup import Setup
from sim.scenario import HORIZONS, read_scenario

SEED = 2022
REPLICATES = 24
SIZES = (1, 4, 16)
PEOPLE = {
    "firms_2022": 3000.0,
    "talents_2022": 20_000.0,
    "funds_2022": 40.0,
    "graduates": 1700.0,
    "arrivals": 900.0,
    "moving_in": 45.0,
    "land_capacity": 12.0,
    "private_inflow": 110.0,
    "output_2022": 1600.0,
    "institute_posts": 130.0,
}
"""Everything that grows with the population; at size one these are the defaults."""
MATCHED = 4
"""Replicates by which populations and horizons are compared, the same of each."""


def setup_of(size: int = 1) -> Setup:
    """Return the plan as written with a population ``size`` times the default."""
    overrides = tuple((name, size * value) for name, value in PEOPLE.items())
    return read_scenario("as-written").setup()._replace(overrides=overrides)


def timed(setup: Setup, replicates: int, workers: int) -> float:
    """Return seconds for ``replicates`` on ``workers`` threads, compiled code loaded before."""
    ensemble.warm_up(setup, SEED)
    start = time.perf_counter()
    for _ in ensemble.run(setup, SEED, range(replicates), workers):
        pass
    return time.perf_counter() - start


def threads() -> dict[str, float]:
    """Return replicates a second on one and two threads, alternating to even out the machine."""
    setup = setup_of()
    one = two = 0.0
    for _ in range(2):
        one += timed(setup, REPLICATES, 1)
        two += timed(setup, REPLICATES, 2)
    return {
        "replicates/s, one thread": 2 * REPLICATES / one,
        "replicates/s, two threads": 2 * REPLICATES / two,
        "two threads against one": one / two,
    }


def scaling() -> dict[str, float]:
    """Return how processor time grows with the population, of the same replicates in turns."""
    setups = {size: setup_of(size) for size in SIZES}
    seconds = dict.fromkeys(SIZES, 0.0)
    ensemble.warm_up(setups[1], SEED)
    for replicate in range(MATCHED):
        for size, setup in setups.items():
            seconds[size] += processor_time(setup, replicate)
    return {f"time at population x{size} against x1": seconds[size] / seconds[1] for size in SIZES}


def horizon() -> dict[str, float]:
    """Return what a month of an agent costs in a longer run against one in a shorter."""
    scenario = read_scenario("as-written")
    setups = [replace(scenario, horizon=month).setup() for month in HORIZONS]
    seconds, agents = [0.0, 0.0], [0, 0]
    ensemble.warm_up(setups[0], SEED)
    for replicate in range(MATCHED):
        for k, setup in enumerate(setups):
            seconds[k] += processor_time(setup, replicate)
            agents[k] += agent_months(setup, replicate)
    each = [took / lived for took, lived in zip(seconds, agents, strict=True)]
    return {
        f"ns an agent's month, to {HORIZONS[0]}": 1e9 * each[0],
        f"ns an agent's month, to {HORIZONS[1]}": 1e9 * each[1],
        "an agent's month in the longer run against the shorter": each[1] / each[0],
    }


def processor_time(setup: Setup, replicate: int) -> float:
    """Return the CPU seconds of one replicate on one thread."""
    start = time.process_time()
    ensemble.run_one(setup, SEED, replicate)
    return time.process_time() - start


def agent_months(setup: Setup, replicate: int) -> int:
    """Return the firms, talents and funds of all months of a replicate together."""
    values, world = ensemble.begin(setup, SEED, replicate)
    recorded, found = setup.nothing_recorded(), 0
    for month in range(setup.months):
        until = month + 1
        world = ensemble.advance(world, parameters.as_record(values), setup, until, *recorded)
        tables = world.firms["alive"], world.talents.alive, world.funds["alive"]
        found += sum(int(np.count_nonzero(alive)) for alive in tables)
    return found


def stepping() -> dict[str, float]:
    """Return the cost of stepping the Mesa model against the bare rules."""
    setup = setup_of()
    bare = timed(setup, 4, 1) / 4
    start = time.perf_counter()
    model = ClusterModel(setup, seed=SEED, replicate=0)
    while model.running:
        model.step()
    return {"Mesa model against the bare rules": (time.perf_counter() - start) / bare}
