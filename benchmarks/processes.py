"""Where a month's time goes: each process timed by itself."""

import time

import numpy as np

from benchmarks.throughput import SEED, setup_of
from sim import parameters
from sim.engine.driver import bound
from sim.engine.inputs import Inputs
from sim.rules.month import SCHEDULE
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create


def process_times() -> dict[str, float]:
    """Return milliseconds of a replicate that each process takes, at default parameters."""
    setup = setup_of()
    record = parameters.as_record(parameters.defaults())
    counts, measures = (
        np.zeros((setup.months, len(COUNTS))),
        np.zeros((setup.months, len(MEASURES))),
    )
    spent = dict.fromkeys(SCHEDULE.names, 0.0)
    for counted in (False, True):
        world = create(record, SEED, 0)
        ready = bound(world, Inputs(record, setup.dose, setup.reach, counts, measures))
        for month in range(setup.months if counted else 1):
            world.city["month"] = month
            for each in SCHEDULE:
                start = time.perf_counter()
                ready.run(each, month)
                spent[each.name] += (time.perf_counter() - start) * counted
    return {f"{name}, ms a replicate": 1000 * seconds for name, seconds in spent.items()}
