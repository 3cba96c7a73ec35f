"""What became of each replicate: where its counts stood, and when they first reached a target."""

from typing import NamedTuple

import numpy as np

from sim.calendar import month_label
from sim.estimate.groups import Floats, Ints
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem

NEVER = -1
DIGITS = 9
"""Decimals of a threshold, so that 70 % below 10 is 3 and not 3.0000000000000004."""


class Outcomes(NamedTuple):
    """All that a summary needs of an ensemble; much smaller than its trajectories."""

    values: Floats
    """The counts at the month of the summary, shape (R, 13)."""
    reached: Ints
    """First month at which each count stood at its target, shape (R, 13); -1 if it never did."""


class Thresholds(NamedTuple):
    """From where on a count is reached, in the count's unit; shape (13,) each."""

    strict: Floats
    about: Floats


def thresholds(tolerance: float) -> Thresholds:
    """Return the targets, and what still counts as about the target.

    Args:
        tolerance: how far below a target still counts as 左右, as a fraction of the target. It
            applies to the counts of which the plan says 左右, and to no others.

    Raises:
        ValueError: the tolerance is not at least 0 and below 1.
    """
    if not 0.0 <= tolerance < 1.0:
        raise ValueError(f"a tolerance is at least 0 and below 1: {tolerance}")
    strict = np.array([count.target for count in PLAN.counts], dtype=np.float64)
    loose = np.array([count.about for count in PLAN.counts])
    return Thresholds(strict, np.where(loose, np.round((1.0 - tolerance) * strict, DIGITS), strict))


def outcomes(counts: Floats, at: int) -> Outcomes:
    """Return what became of each replicate.

    Args:
        counts: shape (R, M, 13), in the plan's units and order.
        at: month at which the counts are read, from 0 to M-1.

    Raises:
        ValueError: another shape, or the month is not one of the run.
        Problem: a count is not a finite number.
    """
    counts = np.asarray(counts, dtype=np.float64)
    if counts.ndim != 3 or counts.shape[2] != len(PLAN.counts) or not counts.shape[0]:
        expected = f"(replicates, months, {len(PLAN.counts)})"
        raise ValueError(f"counts have the shape {expected}, not {counts.shape}")
    if not 0 <= at < counts.shape[1]:
        raise ValueError(f"month {at} is not one of the {counts.shape[1]} of the run")
    _check_finite(counts)
    there = counts >= thresholds(0.0).strict
    reached = np.where(there.any(axis=1), there.argmax(axis=1), NEVER)
    return Outcomes(counts[:, at].copy(), reached.astype(np.int64))


def _check_finite(counts: Floats) -> None:
    finite = np.isfinite(counts)
    if finite.all():
        return
    replicate, month, count = (int(place) for place in np.argwhere(~finite)[0])
    raise Problem(
        where="counts",
        key=PLAN.counts[count].id,
        found=f"{counts[replicate, month, count]} (replicate {replicate}, {month_label(month)})",
        expected=Text("a finite number", "有限的数"),
    )
