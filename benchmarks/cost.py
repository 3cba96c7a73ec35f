"""What experiments cost: ``python -m benchmarks.cost``; ``--write`` puts it in docs/scaling.md."""

import argparse
import re
import tempfile
import time
from pathlib import Path

from benchmarks.experiments import MEGABYTE, THREADS
from benchmarks.throughput import SEED
from sim import ensemble
from sim.experiments.sweep_file import read_sweep, sweep_names
from sim.scenario import read_scenario
from sim.store.fill import Sample, fill
from sim.store.store import Store
from sim.store.work import Where

PAGE = Path(__file__).parents[1] / "docs" / "scaling.md"
PART = re.compile(r"(?<=<!-- cost -->\n).*(?=<!-- end of cost -->)", re.DOTALL)
MILLION = 1_000_000


def measured(replicates: int) -> tuple[float, float]:
    """Return replicates a second on two threads into a store, and bytes of a replicate."""
    scenario = read_scenario("as-written")
    ensemble.warm_up(scenario.setup(), SEED)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        fill([scenario], Sample(SEED, replicates), Store(folder), Where(THREADS))
        speed = replicates / (time.perf_counter() - start)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    return speed, size / replicates


def table(speed: float, size: float) -> str:
    """Return what the shipped sweeps and a million replicates cost, as a table of a page."""
    rows = [
        f"Measured on two threads, store included: {speed:.1f} replicates a second and"
        f" {1000 * size / MEGABYTE:.1f} MB for a thousand.",
        "",
        "| experiment | replicates | on 2 threads | core-hours | GB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, many in (*_shipped(), ("a million", MILLION)):
        seconds = many / speed
        rows.append(
            f"| {name} | {many:,} | {_duration(seconds)} | {THREADS * seconds / 3600:.2f}"
            f" | {many * size / 1e9:.2f} |"
        )
    return "\n".join(rows) + "\n"


def _shipped() -> list[tuple[str, int]]:
    sweeps = [read_sweep(name) for name in sweep_names()]
    return [(f"`{each.id}`", len(each.points) * each.base.replicates) for each in sweeps]


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds < 2 * 3600 else f"{seconds / 3600:.1f} hours"


def main() -> None:
    """Measure and print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=128)
    parser.add_argument("--write", action="store_true", help="write docs/scaling.md")
    given = parser.parse_args()
    found = table(*measured(given.replicates))
    print(found)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(PART.sub(lambda _: found, page), encoding="utf-8")


if __name__ == "__main__":
    main()
