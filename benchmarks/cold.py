"""How long a person waits: the first run ever, which compiles, and every later one."""

import os
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
