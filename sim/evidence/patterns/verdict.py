"""From many replicates to one verdict a pattern."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.estimate import Interval
from sim.estimate.groups import Floats, Ints, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.quantiles import quantiles
from sim.evidence.patterns.bands import Pattern
from sim.evidence.patterns.estimate import Estimate
from sim.text.catalogue import worded

MAJORITY: Final = 0.5
"""Share of replicates drawn from the prior that must pass."""
MIDDLE: Final = (0.1, 0.5, 0.9)
"""Levels of the spread over replicates and of the median."""

VERDICTS: Final = {
    verdict: worded(f"verdict.{verdict}") for verdict in ("holds", "fails", "undecided")
}


class Finding(NamedTuple):
    """A pattern, and what the replicates say."""

    pattern: Pattern
    estimates: tuple[Estimate, ...]
    """One a replicate."""
    low: float
    median: float
    high: float
    """10 %, 50 % and 90 % quantile over replicates in which it could be measured: their spread."""
    known: int
    """In how many replicates it could be measured; in the others it does not pass."""
    pass_rate: Interval
    """Share of replicates that pass, and its 95 % interval."""
    verdict: str
    """One of `VERDICTS`."""


def judge(pattern: Pattern, estimates: Sequence[Estimate], draws: Ints) -> Finding:
    """Return a pattern's verdict.

    It holds where the pass rate is above `MAJORITY` beyond its 95 % interval, and fails where it is
    below beyond it; else there were too few to tell. Replicates that share a parameter draw
    count for less than independent ones.

    Args:
        pattern: with its band and rule.
        estimates: one a replicate.
        draws: number of each replicate's parameter draw.
    """
    passed = np.array([pattern.passed(each) for each in estimates])
    rate = likelihood_interval(passed, grouped(draws))
    values = np.array([each.value for each in estimates])
    low, median, high = spread(values)
    verdict = "undecided"
    if rate.low > MAJORITY:
        verdict = "holds"
    if rate.high < MAJORITY:
        verdict = "fails"
    return Finding(
        pattern,
        tuple(estimates),
        low,
        median,
        high,
        int((~np.isnan(values)).sum()),
        rate,
        verdict,
    )


def spread(values: Floats) -> tuple[float, float, float]:
    """Return the quantiles of `MIDDLE` over the replicates in which a value is known.

    Args:
        values: one a replicate, not a number where it could not be measured, shape (R,).
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan, np.nan
    low, median, high = quantiles(known, MIDDLE).tolist()
    return low, median, high
