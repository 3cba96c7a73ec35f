"""What the store and the scheduler cost, and how a sweep's time and memory grow with its runs."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from benchmarks.throughput import SEED
from sim import ensemble
from sim.estimate import summarise
from sim.model.world.layout import DUE
from sim.model.world.setup import Setup
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.store.fill import Sample, fill, load
from sim.store.store import Store
from sim.store.work import Where

REPLICATES = 64
THREADS = 2
MEGABYTE = 1_000_000


def experiments() -> dict[str, float]:
    """Return the time of a filled store against bare replicates, and what it takes on disk."""
    scenario = read_scenario("as-written")
    setup, sample = scenario.setup(), Sample(SEED, REPLICATES)
    ensemble.warm_up(setup, SEED)
    bare = stored = read = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(2):  # in turns, to even out the machine
            start = time.perf_counter()
            for _ in ensemble.run(setup, SEED, range(REPLICATES), THREADS):
                pass
            bare += time.perf_counter() - start
            store = Store(str(Path(folder) / str(turn)))
            start = time.perf_counter()
            fill([scenario], sample, store, Where(THREADS))
            stored += time.perf_counter() - start
            start = time.perf_counter()
            fill([scenario], sample, store, Where(THREADS))
            load(scenario, sample, store)
            read += time.perf_counter() - start
        overhead = _overhead(Store(str(Path(folder) / "empty")))
        size = sum(path.stat().st_size for path in Path(folder, "0").rglob("*.parquet"))
    return {
        "store and scheduler against bare replicates": stored / bare,
        "store and scheduler, share of processor time": overhead,
        "reading against running": read / bare,
        "store, MB per 1000 replicates": size / MEGABYTE / REPLICATES * 1000,
    }


def _overhead(store: Store) -> float:
    """Return the processor time of all but running replicates, against that of running them.

    Replicates are run once, then handed out again to the code that stores, reads and sums them up.
    """
    scenario, sample = read_scenario("as-written"), Sample(SEED, 16 * REPLICATES)
    setup, run_one = scenario.setup(), ensemble.run_one
    start = time.process_time()
    known = [run_one(setup, SEED, number) for number in range(REPLICATES)]
    running = (time.process_time() - start) / REPLICATES * sample.replicates

    def again(_setup: Setup, _seed: int, number: int) -> ensemble.Trajectory:
        draw = draw_of(number)
        return known[number % REPLICATES]._replace(replicate=number, draw=draw)

    start = time.process_time()
    with patch.object(ensemble, "run_one", again):
        fill([scenario], sample, store, Where(THREADS))
    found = load(scenario, sample, store)
    summarise(
        found.counts, found.draws, DUE, scenario.tolerance, sequential=False,
        readings=scenario.readings,
    )  # fmt: skip
    return (time.process_time() - start) / running


GROWTH = """
import json, resource, sys, tempfile, time
from pathlib import Path
from sim import ensemble
from sim.store.fill import Sample
from sim.store.store import Store
from sim.experiments.sweep_file import read_sweep
from sim.store.work import Where
from sim.studies.study import Setting
from sim.studies.sweep import compute, of_sweep

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "growth.toml")
    values = [1.0 + 0.001 * number for number in range(int(sys.argv[1]))]
    file.write_text(
        'base = "as-written"\\ndesign = "full"\\n[[factors]]\\nlever = "forums"\\n'
        f'set = "dose"\\nvalues = {values}\\n'
    )
    sweep, sample = read_sweep(file), Sample(2022, 16)
    ensemble.warm_up(sweep.base.setup(), 2022)
    start = time.perf_counter()
    here = Setting(sample, Where(2), Store(folder + "/store"))
    compute(of_sweep(sweep, {}), here, lambda *_: None)
    seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "peak": peak}))
"""
"""A sweep over as many doses as its argument says, 16 replicates each, in a process of its own."""


def growth() -> dict[str, float]:
    """Return how time and memory grow from a sweep over 3 scenarios to one over 30."""
    small, large = (_growth(points) for points in (3, 30))
    return {
        "ten times the runs, time": large["seconds"] / small["seconds"],
        "ten times the runs, peak memory": large["peak"] / small["peak"],
    }


def _growth(points: int) -> dict[str, float]:
    command = [sys.executable, "-c", GROWTH, str(points)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said)
    return found
