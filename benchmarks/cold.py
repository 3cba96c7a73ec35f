"""How long a person waits: for what compiles, after an edit, later; and what memory a run takes.

What compiles is told in processor time, which others on the machine do not lengthen.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.throughput import SEED

ROOT: Final = Path(__file__).resolve().parents[1]
# From the prior: a posterior is refused once a rule is edited.
FIRST_REPLICATE: Final = (
    "from sim.ensemble import run; from sim.scenario import read_scenario;"
    "next(run(read_scenario('as-written').changed(draws='prior').setup(), 1, range(1), 2))"
)
EDITS: Final = {
    "readiness.py": ("firm.level += 1", "firm.level -= -1"),
    "entry.py": ("city.events[FOUNDED] += 1.0", "city.events[FOUNDED] -= -1.0"),
    "talent.py": ("range(city.talent_rows)", "range(city.talent_rows + 0)"),
}
"""Of a rule file, what is put in the place of what: other code that does the same."""
RUNS: Final = (256, 1024)
"""Replicates of the runs whose memory is measured: it must not grow with them."""
PEAK: Final = (
    "import resource, sys; from sim.cli import main; sys.argv = ['sim', *sys.argv[1:]]\n"
    "try: main()\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)
"""``sim`` with arguments; the last line that it prints is the most memory it held, in KiB."""


class Spent:
    """Seconds that pass, and that processors work, while child processes run."""

    def __init__(self) -> None:
        """Start now."""
        self._wall, self._work = time.perf_counter(), _worked()

    @property
    def wall(self) -> float:
        """Return the seconds that have passed."""
        return time.perf_counter() - self._wall

    @property
    def work(self) -> float:
        """Return the CPU seconds of the children that have ended."""
        return _worked() - self._work


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _first_replicate(folder: Path = ROOT, cache: str = "") -> Spent:
    more = {"SIM_CACHE": cache} if cache else {}
    environment = {**os.environ, "PYTHONPATH": str(folder), **more}
    spent = Spent()
    subprocess.run([sys.executable, "-c", FIRST_REPLICATE], cwd=folder, env=environment, check=True)
    return spent


def cold_start() -> dict[str, float]:
    """Return what the first replicate takes with an empty cache, and after an edit of one rule."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place, "code"), str(Path(place, "cache"))
        for name in ("sim", "scenarios"):
            shutil.copytree(ROOT / name, folder / name)
        spent = _first_replicate(folder, cache)
        found["first run ever, s to first replicate"] = spent.wall
        found["first run ever, CPU s to first replicate"] = spent.work
        for name, (old, new) in EDITS.items():
            file = folder / "sim/model/rules" / name
            text = file.read_text(encoding="utf-8")
            if old not in text:
                raise LookupError(f"{name}: {old}")
            file.write_text(text.replace(old, new), encoding="utf-8")
            spent = _first_replicate(folder, cache)
            found[f"after an edit in {name}, s to first replicate"] = spent.wall
            found[f"after an edit in {name}, CPU s to first replicate"] = spent.work
    return found


def warm_start() -> dict[str, float]:
    """Return what the first replicate takes once compiled."""
    _first_replicate()
    spent = [_first_replicate() for _ in range(3)]
    return {
        "later runs, s to first replicate": min(each.wall for each in spent),
        "later runs, CPU s to first replicate": min(each.work for each in spent),
    }


def memory() -> dict[str, float]:
    """Return the most memory that ``sim run as-written`` holds on two threads, figures drawn."""
    return {
        f"peak of a run of {replicates} replicates on two threads, MB": _peak(replicates)
        for replicates in RUNS
    }


def _peak(replicates: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        asked = ["run", "as-written", "--replicates", str(replicates), "--workers", "2", "--yes"]
        where = ["--seed", str(SEED), "--out", f"{place}/result", "--store", f"{place}/store"]
        said = subprocess.run(
            [sys.executable, "-c", PEAK, *asked, *where],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    return int(said.stdout.split()[-1]) / 1024
