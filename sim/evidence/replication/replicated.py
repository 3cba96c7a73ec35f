"""Run the trials, replicate by replicate, and say where each statistic comes to lie."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from scipy.stats import binom
from threadpoolctl import threadpool_limits

from sim import ensemble
from sim.evidence.in_order import in_order
from sim.evidence.replication.arms import Trial
from sim.evidence.replication.designs import DESIGNS, KNOWN
from sim.evidence.replication.estimators import Floats
from sim.evidence.replication.evaluations import (
    Evaluation,
    Hit,
    Statistic,
    check_known,
    evaluations,
    overall,
)
from sim.model.world.setup import Setup

LEVELS: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
"""Quantiles over replicates: the 95 % and the 80 % range around the median."""
MOST_UNKNOWN: Final = 0.5
"""Share of replicates with too few cases from which a statistic cannot be told."""
Watch = Callable[[int, int], None]


class Spread(NamedTuple):
    """A statistic in all replicates."""

    values: Floats
    """Shape (replicates,); not a number in one with too few cases."""
    quantiles: tuple[float, ...]
    """At `LEVELS`; not numbers where too few replicates know."""
    inside: float
    """Share of the replicates that know it in which it lies in the published interval."""
    about: tuple[float, float]
    """Ends of the 95 % interval of the median: how far more replicates might move it."""

    @property
    def median(self) -> float:
        """The middle of the replicates."""
        return self.quantiles[2]

    @property
    def known(self) -> int:
        """In how many replicates it could be told."""
        return int((~np.isnan(self.values)).sum())


class Line(NamedTuple):
    """A statistic of an evaluation, published and simulated."""

    evaluation: Evaluation
    statistic: Statistic
    prior: Spread | None
    """None: it cannot be simulated."""
    posterior: Spread | None
    """None: neither that, or there is no posterior that can be used."""

    @property
    def hit(self) -> Hit:
        """Whether the median over draws from the prior is in the published interval."""
        return "cannot" if self.prior is None else self.statistic.hit(self.prior.median)

    @property
    def sure(self) -> bool:
        """Whether the verdict is the same all over the 95 % interval of the median."""
        if self.prior is None or self.hit == "cannot":
            return True
        low, high = self.prior.about
        ends = self.statistic.low, self.statistic.high
        return not any(low <= end <= high for end in ends)

    @property
    def hit_posterior(self) -> Hit | None:
        """The same over draws from the posterior; None if there is none."""
        return None if self.posterior is None else self.statistic.hit(self.posterior.median)


class Replicated(NamedTuple):
    """All statistics of all evaluations."""

    lines: tuple[Line, ...]
    calibrated: bool
    """Whether there was a posterior to draw from."""

    def hits(self, *, posterior: bool = False) -> dict[str, Hit]:
        """Return whether each evaluation is hit, by its id."""
        found: dict[str, list[Hit]] = {}
        for line in self.lines:
            hit = line.hit_posterior if posterior else line.hit
            found.setdefault(line.evaluation.id, []).append(hit or "cannot")
        return {name: overall(hits) for name, hits in found.items()}


def chosen() -> tuple[Evaluation, ...]:
    """Return the evaluations, each of which there is a way to simulate.

    Raises:
        Problem: the city's pack has none, or one is not what it should be.
    """
    found = evaluations()
    check_known(found, KNOWN)
    return found


def replicated(
    setups: Sequence[Setup], seed: int, replicates: int, workers: int, watch: Watch
) -> Replicated:
    """Simulate every evaluation in every replicate; the same on any number of workers.

    Args:
        setups: the city without instruments, drawn from the prior and, where there is a posterior,
            drawn from that.
        seed: of the ensemble.
        replicates: how many to run of each.
        workers: threads.
        watch: called after each replicate.
    """
    asked, runs = chosen(), replicates * len(setups)
    ensemble.warm_up(setups[0], seed, many=False)
    drawn: list[Floats] = []
    for setup in setups:
        rows: list[tuple[float, ...]] = []
        for row in in_order(partial(_measure, asked, setup, seed), replicates, workers):
            rows.append(row)
            watch(len(drawn) * replicates + len(rows), runs)
        drawn.append(np.array(rows))
    return Replicated(tuple(_lines(asked, drawn)), len(setups) > 1)


def seconds_a_replicate(setup: Setup, seed: int) -> float:
    """Return how long all evaluations of one replicate take, without compiling."""
    ensemble.warm_up(setup, seed, many=False)
    start = time.perf_counter()
    with threadpool_limits(1):
        _measure(chosen(), setup, seed, 0)
    return time.perf_counter() - start


def _measure(
    asked: Sequence[Evaluation], setup: Setup, seed: int, replicate: int
) -> tuple[float, ...]:
    """Return all statistics of a replicate, in order; not a number of what cannot be told."""
    trial = Trial(setup, seed, replicate)
    told: list[float] = []
    for each in asked:
        found = DESIGNS[each.id][0](trial)
        told += [found.get(statistic.id, np.nan) for statistic in each.statistics]
    return tuple(told)


def _lines(asked: Sequence[Evaluation], drawn: Sequence[Floats]) -> Iterator[Line]:
    at = [(each, statistic) for each in asked for statistic in each.statistics]
    for column, (each, statistic) in enumerate(at):
        spreads: list[Spread | None] = [None, None]
        if statistic.cannot is None:
            for number, rows in enumerate(drawn):
                spreads[number] = spread(statistic, rows[:, column])
        yield Line(each, statistic, *spreads)


def spread(statistic: Statistic, values: Floats) -> Spread:
    """Return where a statistic lies over replicates."""
    known = values[~np.isnan(values)]
    if len(known) <= MOST_UNKNOWN * len(values):
        return Spread(values, (np.nan,) * len(LEVELS), np.nan, (-np.inf, np.inf))
    inside = float(((known >= statistic.low) & (known <= statistic.high)).mean())
    about = around_median(np.sort(known))
    return Spread(values, tuple(np.quantile(known, LEVELS).tolist()), inside, about)


def around_median(ordered: Floats) -> tuple[float, float]:
    """Return the ends of the 95 % interval of the median, whatever the distribution.

    As many values lie below the median as heads fall among as many coins (Conover 1999, Practical
    Nonparametric Statistics, 3rd ed., sec. 3.2); a handful of values says nothing.

    Args:
        ordered: rising.
    """
    lowest = int(binom.ppf(LEVELS[0], len(ordered), 0.5))
    if lowest == 0:
        return -np.inf, np.inf
    return float(ordered[lowest - 1]), float(ordered[-lowest])
