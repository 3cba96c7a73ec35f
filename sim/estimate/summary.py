"""From an ensemble's counts to what a person reads of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.calendar import decimal_year
from sim.estimate.adjusted import Control, adjusted
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Floats, Groups, Ints, grouped
from sim.estimate.intervals import likelihood_interval, over_parameters
from sim.estimate.quantiles import quantiles
from sim.estimate.readings import Outcomes, Readings, others, outcomes, thresholds
from sim.estimate.records import CountSummary, Interval, OtherReading, Summary
from sim.estimate.sequential import sequential_interval
from sim.estimate.variance import parameter_share
from sim.plan import PLAN, Count, Reading

LEVELS = (0.1, 0.5, 0.9)


Measure = Callable[[Bools], Interval]
"""From which replicates succeeded, shape (R,), to the likelihood and its interval."""


class Column(NamedTuple):
    """One count in one reading: what replicates have, and which reach the target; shape (R,)."""

    reading: Reading
    values: Floats
    strict: Bools
    about: Bools


def summarise(
    counts: Floats,
    draws: Ints,
    at: int,
    tolerance: float,
    sequential: bool,
    readings: Readings = PLAN.readings,
    baseline: Baseline | None = None,
) -> Summary:
    """Return what an ensemble says about the counts of one month.

    Args:
        counts: as recorded, shape (R, M, 13), in the plan's units and order.
        draws: number of each replicate's parameter draw, shape (R,); equal numbers share a draw.
        at: month at which the counts are read, from 0 to M-1. The years in which targets were
            first reached may lie later, up to month M-1.
        tolerance: how far below a target still counts as 左右, as a fraction of the target.
        sequential: whether the number of replicates was chosen by looking at the intervals.
        readings: of the counts.
        baseline: by which likelihoods are adjusted; it serves the draws.

    Raises:
        ValueError: wrong shapes, a month or tolerance out of range, or a count that cannot be read
            so.
        Problem: a count is not a finite number.
    """
    found = outcomes(counts, at, readings)
    return summarise_outcomes(found, draws, at, tolerance, sequential, readings, baseline)


def summarise_outcomes(
    found: Outcomes,
    draws: Ints,
    at: int,
    tolerance: float,
    sequential: bool,
    readings: Readings = PLAN.readings,
    baseline: Baseline | None = None,
) -> Summary:
    """Return the same as `summarise`, for ensembles too large to be held in memory.

    Args:
        found: what became of each replicate; the parts of an ensemble may be joined end to end.
        draws: number of each replicate's parameter draw, shape (R,); equal numbers share a draw.
        at: month at which the counts were read.
        tolerance: how far below a target still counts as 左右, as a fraction of the target.
        sequential: whether the number of replicates was chosen by looking at the intervals.
        readings: in which the counts were read.
        baseline: by which likelihoods are adjusted; it serves the draws.

    Raises:
        ValueError: wrong shapes, a tolerance out of range, or a baseline although the number of
            replicates was chosen by looking.
    """
    groups = grouped(draws)
    if len(found.values) != groups.replicates:
        raise ValueError(f"{groups.replicates} draws for {len(found.values)} replicates")
    if sequential and baseline is not None:
        raise ValueError("a baseline adjusts no interval that holds at every look")
    measure = partial(sequential_interval if sequential else likelihood_interval, groups=groups)
    likelihoods = _Likelihoods(measure, baseline, tolerance)
    chosen = _columns(found.values, readings, tolerance)
    other = _columns(found.other, others(readings), tolerance)
    joint, joint_about = likelihoods.of_all(chosen)
    return Summary(
        counts=tuple(
            _count_summary(
                count,
                column,
                reached,
                groups,
                likelihoods.of_count(number, column),
                _other(number, column, also, likelihoods),
            )
            for number, (count, column, also, reached) in enumerate(
                zip(PLAN.counts, chosen, other, found.reached.T, strict=True)
            )
        ),
        joint=joint,
        joint_about=joint_about,
        replicates=groups.replicates,
        draws=len(groups.sizes),
        sequential=sequential,
        at=at,
        baseline=0 if baseline is None else len(baseline.draws),
    )


class _Likelihoods(NamedTuple):
    """How likelihoods are estimated: from the replicates alone, or adjusted by a baseline."""

    measure: Measure
    baseline: Baseline | None
    tolerance: float

    def of_count(self, number: int, column: Column) -> tuple[Interval, Interval]:
        """Return the likelihoods of one count at both thresholds."""
        strict, about = (float(each[number]) for each in thresholds(self.tolerance))
        return (
            self._told(column.strict, lambda baseline: baseline.control(number, strict)),
            self._told(column.about, lambda baseline: baseline.control(number, about)),
        )

    def of_all(self, columns: Sequence[Column]) -> tuple[Interval, Interval]:
        """Return the likelihoods of all counts together at both thresholds."""
        strict, about = thresholds(self.tolerance)
        every = np.all([each.strict for each in columns], axis=0)
        nearly = np.all([each.about for each in columns], axis=0)
        return (
            self._told(every, lambda baseline: baseline.control_of_all(strict)),
            self._told(nearly, lambda baseline: baseline.control_of_all(about)),
        )

    def _told(self, successes: Bools, control: Callable[[Baseline], Control]) -> Interval:
        if self.baseline is None:
            return self.measure(successes)
        return adjusted(successes[:, None], *control(self.baseline))[0].likelihood()


def _columns(values: Floats, readings: Readings, tolerance: float) -> list[Column]:
    """Return every count with its successes, given what replicates have, shape (R, 13)."""
    strict, about = (values >= least for least in thresholds(tolerance))
    return [
        Column(readings[count.id], values[:, number], strict[:, number], about[:, number])
        for number, count in enumerate(PLAN.counts)
    ]


def _count_summary(
    count: Count,
    column: Column,
    reached: Ints,
    groups: Groups,
    told: tuple[Interval, Interval],
    other: OtherReading | None,
) -> CountSummary:
    low, middle, high = (float(value) for value in quantiles(column.values, LEVELS))
    share = parameter_share(column.values, groups) if groups.split else None
    return CountSummary(
        id=count.id,
        target=count.target,
        unit=count.unit.en,
        reading=column.reading,
        median=middle,
        p10=low,
        p90=high,
        likelihood=told[0],
        about=told[1],
        over_parameters=over_parameters(column.strict, groups) if groups.split else None,
        median_year=median_year(reached),
        luck_share=None if share is None else 1.0 - share,
        parameter_share=share,
        other=other,
    )


def _other(
    number: int, column: Column, other: Column, likelihoods: _Likelihoods
) -> OtherReading | None:
    """Return what is known in the other reading, None if both likelihoods are the same there."""
    if (column.strict.sum(), column.about.sum()) == (other.strict.sum(), other.about.sum()):
        return None
    (median,) = quantiles(other.values, (0.5,))
    told = likelihoods.of_count(number, other)
    return OtherReading(other.reading, float(median), *told)


def median_year(reached: Ints) -> float | None:
    """Return the median of the years in which a target was first reached.

    Replicates that never reached it count as later than all others, so the median exists if at
    least half of the replicates did.

    Args:
        reached: first month at the target, shape (R,); -1 where there is none.
    """
    later = reached.max() + 1
    months = np.where(reached < 0, later, reached)
    month = int(np.sort(months)[(len(months) - 1) // 2])
    return None if month == later else decimal_year(month)
