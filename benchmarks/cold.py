"""How long a person waits: the first run ever, which compiles, and every later one."""

import os
import resource
import subprocess
import sys
import tempfile
import time

FIRST_REPLICATE = (
    "from sim.ensemble import run; from sim.scenario import read_scenario;"
    "next(run(read_scenario('as-written').setup(), 1, range(1), 2))"
)


def _seconds(cache: str | None) -> float:
    environment = dict(os.environ, **({"SIM_CACHE": cache} if cache else {}))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST_REPLICATE], env=environment, check=True)
    return time.perf_counter() - start


def cold_start() -> dict[str, float]:
    """Return seconds from command to first replicate with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        return {"first run ever, s to first replicate": _seconds(cache)}


def warm_start() -> dict[str, float]:
    """Return seconds from command to first replicate once compiled."""
    _seconds(None)
    return {"later runs, s to first replicate": min(_seconds(None) for _ in range(3))}


def memory() -> dict[str, float]:
    """Return the peak of a process that runs the default population on two threads.

    Called first: it is the largest of all processes started so far.
    """
    code = (
        "from sim.ensemble import run; from sim.scenario import read_scenario;"
        "[None for _ in run(read_scenario('as-written').setup(), 1, range(32), 2)]"
    )
    _seconds(None)
    subprocess.run([sys.executable, "-c", code], check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"peak of a run on two threads, MB": peak}
