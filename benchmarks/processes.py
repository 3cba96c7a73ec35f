"""Where a month's time goes: each of the twelve processes timed by itself."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.throughput import SEED, setup_of
from sim import parameters
from sim.compiled import kernel
from sim.rules import month as rules
from sim.rules.month import PROCESSES
from sim.rules.policy import begin_month
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create
from sim.world.state import state_of

FUNCTION_OF = {name: getattr(rules, "exit_" if name == "exit" else name) for name in PROCESSES}


def _kernel(name: str) -> Callable[..., None]:
    process = FUNCTION_OF[name]
    if name == "record":

        @kernel
        def run_record(world: Any, parameters: Any, month: int, counts: Any, measures: Any) -> None:
            process(state_of(world), parameters[0], month, counts, measures)

        return run_record

    @kernel
    def run(world: Any, parameters: Any, month: int, _counts: Any, _measures: Any) -> None:
        process(state_of(world), parameters[0], month)

    return run


@kernel
def _begin(world: Any, parameters: Any, dose: Any, reach: Any) -> None:
    begin_month(world.city[0], parameters[0], dose, reach)


def process_times() -> dict[str, float]:
    """Return milliseconds of a replicate that each process takes, at default parameters."""
    setup = setup_of()
    record = parameters.as_record(parameters.defaults())
    counts, measures = np.zeros(len(COUNTS)), np.zeros(len(MEASURES))
    kernels = {name: _kernel(name) for name in PROCESSES}
    spent = dict.fromkeys(PROCESSES, 0.0)
    for counted in (False, True):
        world = create(record, SEED, 0)
        for month in range(setup.months if counted else 1):
            world.city["month"] = month
            _begin(world, record, setup.dose[month], setup.reach)
            for name in PROCESSES:
                start = time.perf_counter()
                kernels[name](world, record, month, counts, measures)
                spent[name] += (time.perf_counter() - start) * counted
    return {f"{name}, ms a replicate": 1000 * seconds for name, seconds in spent.items()}
