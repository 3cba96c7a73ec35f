"""What the store and the scheduler cost, against running the same replicates bare."""

import tempfile
import time
from pathlib import Path

from benchmarks.throughput import SEED
from sim import ensemble
from sim.experiments.fill import Sample, fill, load
from sim.experiments.store import Store
from sim.experiments.work import Where
from sim.scenario import read_scenario

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
        size = sum(path.stat().st_size for path in Path(folder, "0").rglob("*.parquet"))
    return {
        "store and scheduler against bare replicates": stored / bare,
        "reading against running": read / bare,
        "store, MB per 1000 replicates": size / MEGABYTE / REPLICATES * 1000,
    }
