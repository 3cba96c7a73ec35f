"""From an ensemble's counts to what a person reads of them."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.calendar import decimal_year
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

    Raises:
        ValueError: wrong shapes, a month or tolerance out of range, or a count that cannot be read
            so.
        Problem: a count is not a finite number.
    """
    found = outcomes(counts, at, readings)
    return summarise_outcomes(found, draws, at, tolerance, sequential, readings)


def summarise_outcomes(
    found: Outcomes,
    draws: Ints,
    at: int,
    tolerance: float,
    sequential: bool,
    readings: Readings = PLAN.readings,
) -> Summary:
    """Return the same as `summarise`, for ensembles too large to be held in memory.

    Args:
        found: what became of each replicate; the parts of an ensemble may be joined end to end.
        draws: number of each replicate's parameter draw, shape (R,); equal numbers share a draw.
        at: month at which the counts were read.
        tolerance: how far below a target still counts as 左右, as a fraction of the target.
        sequential: whether the number of replicates was chosen by looking at the intervals.
        readings: in which the counts were read.

    Raises:
        ValueError: wrong shapes, or a tolerance out of range.
    """
    groups = grouped(draws)
    if len(found.values) != groups.replicates:
        raise ValueError(f"{groups.replicates} draws for {len(found.values)} replicates")
    measure = partial(sequential_interval if sequential else likelihood_interval, groups=groups)
    chosen = _columns(found.values, readings, tolerance)
    other = _columns(found.other, others(readings), tolerance)
    return Summary(
        counts=tuple(
            _count_summary(count, column, reached, groups, measure, _other(column, also, measure))
            for count, column, also, reached in zip(
                PLAN.counts, chosen, other, found.reached.T, strict=True
            )
        ),
        joint=measure(np.all([column.strict for column in chosen], axis=0)),
        joint_about=measure(np.all([column.about for column in chosen], axis=0)),
        replicates=groups.replicates,
        draws=len(groups.sizes),
        sequential=sequential,
        at=at,
    )


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
    measure: Measure,
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
        likelihood=measure(column.strict),
        about=measure(column.about),
        over_parameters=over_parameters(column.strict, groups) if groups.split else None,
        median_year=median_year(reached),
        luck_share=None if share is None else 1.0 - share,
        parameter_share=share,
        other=other,
    )


def _other(column: Column, other: Column, measure: Measure) -> OtherReading | None:
    """Return what is known in the other reading, None if both likelihoods are the same there."""
    if (column.strict.sum(), column.about.sum()) == (other.strict.sum(), other.about.sum()):
        return None
    (median,) = quantiles(other.values, (0.5,))
    return OtherReading(other.reading, float(median), measure(other.strict), measure(other.about))


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
