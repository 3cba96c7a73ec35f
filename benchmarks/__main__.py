"""Speed, measured as ratios within one run: ``python -m benchmarks`` (``make bench``).

Prints a table and writes results/bench.json. Nothing here is a test: machines differ.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.app import app
from benchmarks.cold import cold_start, memory, warm_start
from benchmarks.experiments import experiments, growth
from benchmarks.processes import process_times
from benchmarks.reference import reference
from benchmarks.throughput import scaling, stepping, threads

RESULT = Path("results/bench.json")

MEASUREMENTS: dict[str, Callable[[], dict[str, float]]] = {
    "memory": memory,
    "start": warm_start,
    "threads": threads,
    "scaling": scaling,
    "stepping": stepping,
    "reference": reference,
    "experiments": experiments,
    "growth": growth,
    "processes": process_times,
    "lab": app,
    "compile": cold_start,
}
"""What is measured, in order; the compile comes last because it takes longest."""


def main() -> None:
    """Measure everything, print it and write it down."""
    found: dict[str, Any] = {}
    for name, measure in MEASUREMENTS.items():
        started = time.perf_counter()
        found[name] = measure()
        print(f"{name} ({time.perf_counter() - started:.0f} s)")
        for what, value in found[name].items():
            print(f"  {what:45s} {value:10.3f}")
        sys.stdout.flush()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(f"written to {RESULT}")


if __name__ == "__main__":
    main()
