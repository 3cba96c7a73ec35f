"""From an ensemble's counts to what a person reads of them."""

from typing import NamedTuple

import numpy as np

from sim.calendar import decimal_year
from sim.estimate.groups import Bools, Floats, Groups, Ints, grouped
from sim.estimate.intervals import likelihood_interval, over_parameters
from sim.estimate.quantiles import quantiles
from sim.estimate.readings import Outcomes, outcomes, thresholds
from sim.estimate.records import CountSummary, Summary
from sim.estimate.sequential import sequential_interval
from sim.estimate.variance import parameter_share
from sim.plan import PLAN

LEVELS = (0.1, 0.5, 0.9)


class Successes(NamedTuple):
    """Which replicates reached which targets, shape (R, 13) each."""

    strict: Bools
    about: Bools


def summarise(counts: Floats, draws: Ints, at: int, tolerance: float, sequential: bool) -> Summary:
    """Return what an ensemble says about the counts of one month.

    Args:
        counts: shape (R, M, 13), in the plan's units and order.
        draws: number of each replicate's parameter draw, shape (R,); equal numbers share a draw.
        at: month at which the counts are read, from 0 to M-1. The years in which targets were
            first reached may lie later, up to month M-1.
        tolerance: how far below a target still counts as 左右, as a fraction of the target.
        sequential: whether the number of replicates was chosen by looking at the intervals.

    Raises:
        ValueError: wrong shapes, or a month or tolerance out of range.
        Problem: a count is not a finite number.
    """
    return summarise_outcomes(outcomes(counts, at), draws, at, tolerance, sequential)


def summarise_outcomes(
    found: Outcomes, draws: Ints, at: int, tolerance: float, sequential: bool
) -> Summary:
    """Return the same as `summarise`, for ensembles too large to be held in memory.

    Args:
        found: what became of each replicate; the parts of an ensemble may be joined end to end.
        draws: number of each replicate's parameter draw, shape (R,); equal numbers share a draw.
        at: month at which the counts were read.
        tolerance: how far below a target still counts as 左右, as a fraction of the target.
        sequential: whether the number of replicates was chosen by looking at the intervals.

    Raises:
        ValueError: wrong shapes, or a tolerance out of range.
    """
    groups = grouped(draws)
    if len(found.values) != groups.replicates:
        raise ValueError(f"{groups.replicates} draws for {len(found.values)} replicates")
    successes = Successes(*(found.values >= least for least in thresholds(tolerance)))
    interval = sequential_interval if sequential else likelihood_interval
    return Summary(
        counts=tuple(
            _count_summary(number, found, successes, groups, sequential)
            for number in range(len(PLAN.counts))
        ),
        joint=interval(np.all(successes.strict, axis=1), groups),
        joint_about=interval(np.all(successes.about, axis=1), groups),
        replicates=groups.replicates,
        draws=len(groups.sizes),
        sequential=sequential,
        at=at,
    )


def _count_summary(
    number: int, found: Outcomes, successes: Successes, groups: Groups, sequential: bool
) -> CountSummary:
    count = PLAN.counts[number]
    values = found.values[:, number]
    strict, about = successes.strict[:, number], successes.about[:, number]
    low, middle, high = (float(value) for value in quantiles(values, LEVELS))
    interval = sequential_interval if sequential else likelihood_interval
    share = parameter_share(values, groups)
    return CountSummary(
        id=count.id,
        target=count.target,
        unit=count.unit.en,
        median=middle,
        p10=low,
        p90=high,
        likelihood=interval(strict, groups),
        about=interval(about, groups),
        over_parameters=over_parameters(strict, groups),
        median_year=median_year(found.reached[:, number]),
        luck_share=None if share is None else 1.0 - share,
        parameter_share=share,
    )


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
