"""Speed and memory, most as ratios within one run: ``python -m benchmarks`` (``make bench``).

Prints a table of each measurement and writes results/bench.json; ``python -m benchmarks scaling``
takes one of them alone. Nothing here is a test: machines differ.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.app import app
from benchmarks.cold import cold_start, memory, warm_start
from benchmarks.earlier import beside_earlier
from benchmarks.estimates import estimates
from benchmarks.experiments import experiments, growth
from benchmarks.processes import process_times
from benchmarks.reference import reference
from benchmarks.throughput import horizon, scaling, stepping, threads

RESULT = Path("results/bench.json")

MEASUREMENTS: dict[str, Callable[[], dict[str, float]]] = {
    "memory": memory,
    "start": warm_start,
    "threads": threads,
    "earlier": beside_earlier,
    "scaling": scaling,
    "horizon": horizon,
    "stepping": stepping,
    "reference": reference,
    "experiments": experiments,
    "growth": growth,
    "estimates": estimates,
    "processes": process_times,
    "lab": app,
    "compile": cold_start,
}
"""What is measured, in order; the compile comes last because it takes longest."""

WANTED = {
    "now against then": "at least 1",
    "time at population x16 against x1": "at most 18",
    "an agent's month in the longer run against the shorter": "at most 1.1",
    "first run ever, CPU s to first replicate": "at most 25",
    "after an edit in talent.py, s to first replicate": "at most 10",
    "baseline: ± points with 256 replicates, mean over counts": "at most 3",
    "baseline: replicates for ±5 points, widest count": "at most 215",
    "baseline: replicates for ±3 points, widest count": "at most 600",
    "peak of a run of 256 replicates on two threads, MB": "at most 350",
}
"""What is aimed at."""


def main() -> None:
    """Measure what is asked for, print it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    asked = parser.parse_args().names or list(MEASUREMENTS)
    if unknown := [name for name in asked if name not in MEASUREMENTS]:
        parser.error(f"{unknown[0]}: one of {', '.join(MEASUREMENTS)} is expected")
    found: dict[str, Any] = {}
    for name in asked:
        started = time.perf_counter()
        print(f"\n{name}\n")
        found[name] = MEASUREMENTS[name]()
        print(table(found[name]))
        print(f"\n({time.perf_counter() - started:.0f} s)", flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(f"written to {RESULT}")


def table(found: dict[str, float]) -> str:
    """Return what a measurement found, beside what is aimed at."""
    rows = [f"| {what} | {value:.3f} | {WANTED.get(what, '')} |" for what, value in found.items()]
    return "\n".join(["| measured | found | wanted |", "| --- | ---: | --- |", *rows])


if __name__ == "__main__":
    main()
