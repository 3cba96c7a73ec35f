"""Speed beside an earlier commit: both run the same parameter sets, in turns, in one run.

The earlier code is taken out of git into a temporary folder and compiled there with the packages
that are installed. What is compared is processor time of one thread, so that others on the machine
slow both alike. Rules that have come since then are part of what the present code does.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from benchmarks.throughput import SEED
from sim import ensemble
from sim.scenario import read_scenario

ROOT: Final = Path(__file__).resolve().parents[1]
COMMIT: Final = "0df98e3"
"""The model before its processes were declared and compiled one by one."""
TURNS: Final = 48
NORMAL: Final = 1.96
"""Standard errors on either side of a mean that hold 95 % of a normal distribution."""

WORKER: Final = """
import json, sys, time
from sim import ensemble, parameters
from sim.scenario import read_scenario

defaults, setup = parameters.defaults(), read_scenario("as-written").setup()
for line in sys.stdin:
    replicate, given = json.loads(line)
    values = tuple((name, given.get(name, usual)) for name, usual in defaults.items())
    turn = setup._replace(overrides=values, draws=None)
    start = time.process_time()
    ensemble.run_one(turn, 2022, replicate)
    print(time.process_time() - start, flush=True)
"""
"""Runs each replicate that it is given with its parameters, and says how many CPU seconds it took.

It uses what both have. Parameters that one of them lacks have their defaults in the other.
"""


class Runner:
    """A process that runs replicates with the code of one folder."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        """Start it; ``cache`` is where it keeps machine code, if not in the usual place."""
        more = {"SIM_CACHE": str(cache)} if cache else {}
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, replicate: int, values: dict[str, float]) -> float:
        """Return the processor time that a replicate takes."""
        given, said = _pipe(self._process.stdin), _pipe(self._process.stdout)
        given.write(f"{json.dumps([replicate, values])}\n")
        given.flush()
        return float(said.readline())

    def end(self) -> None:
        """Let it end."""
        self._process.communicate()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # asked for when the process was started
    return pipe


def beside_earlier() -> dict[str, float]:
    """Return replicates a CPU second of both, and their ratio with its spread over the turns."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if not _taken_out(place / "code"):
            print(f"  git has no commit {COMMIT} here: not compared")
            return {}
        with _running(place) as (then, now):
            pairs = [
                (then.seconds(number, values), now.seconds(number, values))
                for number, values in _parameter_sets()
            ][1:]  # the first compiles, or reads what is compiled
    return _compared(pairs)


def _taken_out(folder: Path) -> bool:
    """Write the earlier code into a folder; return whether git has it."""
    command = ["git", "archive", "--format=tar", COMMIT, "sim", "scenarios"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    if found.returncode:
        return False
    with tarfile.open(fileobj=BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return True


@contextmanager
def _running(place: Path) -> Iterator[tuple[Runner, Runner]]:
    both = Runner(place / "code", place / "cache"), Runner(ROOT)
    try:
        yield both
    finally:
        for each in both:
            each.end()


def _parameter_sets() -> Iterator[tuple[int, dict[str, float]]]:
    setup = read_scenario("as-written").setup()
    for replicate in range(TURNS + 1):
        yield replicate, ensemble.draw_for(setup, SEED, replicate)


def _compared(pairs: list[tuple[float, float]]) -> dict[str, float]:
    """Return what pairs of CPU seconds, then and now, say of the speed."""
    then, now = (statistics.fmean(side) for side in zip(*pairs, strict=True))
    ratios = [math.log(before / after) for before, after in pairs]
    mean, error = statistics.fmean(ratios), statistics.stdev(ratios) / math.sqrt(len(ratios))
    tenths = statistics.quantiles(ratios, n=10)
    return {
        f"replicates per CPU second, {COMMIT}": 1 / then,
        "replicates per CPU second, now": 1 / now,
        "now against then": math.exp(mean),
        "now against then, low end of 95 %": math.exp(mean - NORMAL * error),
        "now against then, high end of 95 %": math.exp(mean + NORMAL * error),
        "now against then, lowest tenth of turns": math.exp(tenths[0]),
        "now against then, highest tenth of turns": math.exp(tenths[-1]),
    }
