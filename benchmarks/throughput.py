"""Replicates a second: by threads, by size of the population, and through the Mesa model."""

import time

from sim import ensemble
from sim.cluster_model import ClusterModel
from sim.model.world.setup import Setup
from sim.scenario import read_scenario

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
FOUNDING = 0.03
"""The default of ``founding``: at size 16 a higher draw can bring more births in a month than
the tables keep room for, which stops a run."""


def setup_of(size: int = 1) -> Setup:
    """Return the plan as written with a population ``size`` times the default."""
    overrides = (*((name, size * value) for name, value in PEOPLE.items()), ("founding", FOUNDING))
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
    """Return how time grows with the population."""
    seconds = {size: timed(setup_of(size), max(2, 16 // size), 1) for size in SIZES}
    each = {size: value / max(2, 16 // size) for size, value in seconds.items()}
    return {f"time at population x{size} against x1": each[size] / each[1] for size in SIZES}


def stepping() -> dict[str, float]:
    """Return the cost of stepping the Mesa model against the bare rules."""
    setup = setup_of()
    bare = timed(setup, 4, 1) / 4
    start = time.perf_counter()
    model = ClusterModel(setup, seed=SEED, replicate=0)
    while model.running:
        model.step()
    return {"Mesa model against the bare rules": (time.perf_counter() - start) / bare}
