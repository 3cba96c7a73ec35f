"""Where a month's time goes: each process timed by itself."""

from benchmarks.throughput import SEED, setup_of
from sim import parameters
from sim.trace.times import times_of


def process_times() -> dict[str, float]:
    """Return milliseconds of a replicate that each process takes, at default parameters."""
    setup = setup_of()._replace(overrides=tuple(parameters.defaults().items()))
    found = times_of(setup, SEED)
    return {f"{name}, ms a replicate": 1000 * took for name, took in found.processes.items()}
