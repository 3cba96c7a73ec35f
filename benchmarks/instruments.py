"""What each instrument moves alone: ``python -m benchmarks.instruments --write``.

Each instrument is switched on alone from business as usual, and off alone from the plan as written,
under the same luck and the same draws of the prior. The replicates of the two bases are shared. It
writes evidence/instruments.csv of the city's pack, which screens read (`sim.evidence.instruments`);
without ``--write`` it only prints. The prior, since a posterior changes whenever it is calibrated
anew.
"""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim import city, csv_files, ensemble
from sim.digest import priors_digest, rules_digest
from sim.estimate.groups import grouped
from sim.evidence.instruments import (
    BASES,
    HEADER,
    TABLE,
    Change,
    Measured,
    parse,
    said_of_instrument,
)
from sim.experiments.compare import mean_interval
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.sampling import draws_among
from sim.scenario import Scenario, read_scenario
from sim.scenario.posterior import PRIOR

PLACE = city.file(TABLE)
SEED = 2022
REPLICATES = 128


def main() -> None:
    """Measure, print the verdicts, and write the table if that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=REPLICATES, help="of each package")
    parser.add_argument("--workers", type=int, default=1, help="threads")
    parser.add_argument("--write", action="store_true", help=f"write {PLACE}")
    options = parser.parse_args()
    text = table(measure(options.replicates, options.workers), options.replicates)
    for line in verdicts(parse(text)):
        print(line)
    if options.write:
        PLACE.write_text(text, encoding="utf-8")
        print(f"written to {PLACE}")


def measure(replicates: int, workers: int) -> Iterator[Change]:
    """Yield how each instrument, switched alone, changes each count.

    Args:
        replicates: of each package, two for each draw of the parameters.
        workers: threads.
    """
    for name in BASES:
        base = replace(read_scenario(name), draws=PRIOR)
        before, draws = ends(base, replicates, workers)
        for entry in PLAN.instruments:
            after, _ = ends(switched(base, entry.id), replicates, workers)
            yield from changes(name, entry.id, after - before, draws)
            print(f"{name}: {entry.id}", flush=True)


def switched(base: Scenario, instrument: str) -> Scenario:
    """Return a scenario with one instrument on that was off, or off that was on."""
    setting = base.settings[instrument]
    return replace(
        base, settings={**base.settings, instrument: replace(setting, on=not setting.on)}
    )


def ends(
    scenario: Scenario, replicates: int, workers: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the counts at the end of 2030, shape (R, 13), and the draws, shape (R,)."""
    found = list(ensemble.run(scenario.setup(), SEED, range(replicates), workers))
    counts = np.array([each.counts[DUE] for each in found], dtype=np.float64)
    return counts, np.array([each.draw for each in found], dtype=np.int64)


def changes(
    base: str, instrument: str, gaps: NDArray[np.float64], draws: NDArray[np.int64]
) -> Iterator[Change]:
    """Yield the mean change of each count, with its interval and its t over the draws.

    Args:
        base: package from which the instrument was switched.
        instrument: that was switched.
        gaps: with the instrument switched minus without, pair by pair, shape (R, 13).
        draws: number of each pair's parameter draw, shape (R,).
    """
    for count, gap in zip(PLAN.counts, gaps.T, strict=True):
        t, p = 0.0, 1.0
        if gap.any():
            t, p = map(float, stats.ttest_1samp(grouped(draws).means(gap), 0.0))
        yield Change(base, instrument, count.id, *mean_interval(gap, draws), t, p)


def table(found: Iterable[Change], replicates: int) -> str:
    """Return the table that is written: a change a line, and behind each how it was measured."""
    draws = draws_among(replicates)
    date = datetime.now(tz=UTC).date().isoformat()
    same = (replicates, draws, SEED, rules_digest(), priors_digest(), date)
    rows = ([*each[:3], *(f"{number:.6g}" for number in each[3:]), *same] for each in found)
    return csv_files.table(HEADER, rows)


def verdicts(found: Measured) -> Iterator[str]:
    """Yield the verdict on each instrument, and the instrument that raises each count most."""
    for entry in PLAN.instruments:
        told = said_of_instrument(entry.id, found).en
        yield f"{entry.id:24s} {found.verdict(entry.id):5s} {told}"
    for count in PLAN.counts:
        most = found.highest(count.id)
        told = "—" if most is None else f"{most.effect:6.1%} {most.instrument}"
        yield f"{count.id:24s} {told}"


if __name__ == "__main__":
    main()
