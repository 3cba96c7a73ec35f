"""Counts in the readings asked for, and what became of each replicate in them.

The model records every count in its default reading. The other one follows from what is recorded:
what is new of a stock is its increase since the end of the first month, October 2022, net of what
was lost since and never below 0; the stock of what is new is that and what stood before.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.calendar import month_label
from sim.estimate.groups import Floats, Ints
from sim.language import Text
from sim.plan import PLAN, READINGS, Count, Reading
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.text.joining import commas

NEVER = -1
DIGITS = 9
"""Decimals of a threshold, so that 70 % below 10 is 3 and not 3.0000000000000004."""

Readings = Mapping[str, Reading]
"""A reading for every count, by the count's id."""


class Outcomes(NamedTuple):
    """All that a summary needs of an ensemble; much smaller than its trajectories."""

    values: Floats
    """The counts at the month of the summary, in their readings, shape (R, 13)."""
    reached: Ints
    """First month at which each count stood at its target, shape (R, 13); -1 if it never did."""
    other: Floats
    """The counts at the same month in their other readings, shape (R, 13); the same again where
    there is no other."""


class Thresholds(NamedTuple):
    """From where on a count is reached, in the count's unit; shape (13,) each."""

    strict: Floats
    about: Floats


def in_readings(counts: Floats, readings: Readings) -> Floats:
    """Return counts in other readings than those in which they were recorded.

    Args:
        counts: as recorded, from October 2022 on, shape (R, M, 13), in the plan's order.
        readings: what they are to be.

    Returns:
        A new array of the same shape.

    Raises:
        KeyError: a count has no reading.
        ValueError: a count cannot be read so.
    """
    read = np.array(counts, dtype=np.float64)
    for number, count in enumerate(PLAN.counts):
        read[:, :, number] = in_reading(read[:, :, number], count, readings[count.id])
    return read


def in_reading(values: Floats, count: Count, reading: Reading) -> Floats:
    """Return one count in a reading.

    Args:
        values: as recorded, from October 2022 on, shape (R, M).
        count: which it is.
        reading: what it is to be.

    Raises:
        ValueError: it cannot be read so.
    """
    if reading not in count.readings:
        raise ValueError(f"{count.id} cannot be read as {reading!r}")
    if reading == count.reading:
        return values
    if reading == "new":
        return np.maximum(values - values[:, :1], 0.0)
    if count.before is None:
        raise AssertionError("only a count with a known stock of 2022 can be read as one")
    return values + count.before.number


def others(readings: Readings) -> dict[str, Reading]:
    """Return the other reading of every count; where there is no other, the same."""
    return {count.id: count.other(readings[count.id]) for count in PLAN.counts}


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


def outcomes(counts: Floats, at: int, readings: Readings = PLAN.readings) -> Outcomes:
    """Return what became of each replicate.

    Args:
        counts: as recorded, shape (R, M, 13), in the plan's units and order.
        at: month at which the counts are read, from 0 to M-1.
        readings: of the counts.

    Raises:
        ValueError: another shape, the month is not one of the run, or a count cannot be read so.
        Problem: a count is not a finite number.
    """
    counts = np.asarray(counts, dtype=np.float64)
    if counts.ndim != 3 or counts.shape[2] != len(PLAN.counts) or not counts.shape[0]:
        expected = f"(replicates, months, {len(PLAN.counts)})"
        raise ValueError(f"counts have the shape {expected}, not {counts.shape}")
    if not 0 <= at < counts.shape[1]:
        raise ValueError(f"month {at} is not one of the {counts.shape[1]} of the run")
    _check_finite(counts)
    read = in_readings(counts, readings)
    there = read >= thresholds(0.0).strict
    reached = np.where(there.any(axis=1), there.argmax(axis=1), NEVER)
    # What is new is counted from the first month, so the other reading needs these two months only.
    other = in_readings(counts[:, [0, at]], others(readings))
    return Outcomes(read[:, at].copy(), reached.astype(np.int64), other[:, 1].copy())


def _check_finite(counts: Floats) -> None:
    finite = np.isfinite(counts)
    if finite.all():
        return
    replicate, month, count = (int(place) for place in np.argwhere(~finite)[0])
    raise Problem(
        where="counts",
        key=PLAN.counts[count].id,
        found=f"{counts[replicate, month, count]} (replicate {replicate}, {month_label(month)})",
        expected=worded("expected.finite_count"),
    )


def remark(readings: Readings) -> Text | None:
    """Return a sentence on the counts that are not in their default reading, if there are any."""
    names = [
        worded("likelihood.read_as", count=count.name, reading=READINGS[readings[count.id]])
        for count in PLAN.counts
        if readings[count.id] != count.reading
    ]
    return worded("likelihood.readings", counts=commas(names)) if names else None
