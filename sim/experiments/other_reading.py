"""What becomes of a difference of likelihoods where a count is read in its other way."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate.adjusted import difference
from sim.estimate.controls import Baseline
from sim.estimate.groups import Floats, Ints
from sim.estimate.paired import Difference
from sim.plan import PLAN, Count, Reading


class InOther(NamedTuple):
    """How the likelihoods of a count differ if it is read in its other way."""

    id: str
    reading: Reading
    likelihood: Difference
    likelihoods: tuple[float, float]
    """Under the first package and under the second."""
    about: Difference
    """The same at the 左右 threshold."""
    about_likelihoods: tuple[float, float]


class Read(NamedTuple):
    """A count of the same replicates under two packages, shape (R,) each."""

    usual: tuple[Floats, Floats]
    other: tuple[Floats, Floats]
    """In the other reading; the same again where there is no other."""


def in_other(
    count: Count,
    reading: Reading,
    read: Read,
    ends: Sequence[float],
    draws: Ints,
    baseline: Baseline | None,
) -> InOther | None:
    """Return how one count differs in its other reading; None: no replicate reaches other targets.

    Args:
        count: which it is.
        reading: the usual one.
        read: what replicates have.
        ends: the strict and the 左右 threshold.
        draws: number of each replicate's parameter draw, shape (R,).
        baseline: by which likelihoods are adjusted.
    """
    usual, other = ([[values >= end for values in both] for end in ends] for both in read)
    if np.array_equal(usual, other):
        return None
    number = PLAN.counts.index(count)
    strict, about = (
        difference(won, draws, baseline and baseline.control(number, end))
        for won, end in zip(other, ends, strict=True)
    )
    return InOther(count.id, count.other(reading), *strict, *about)
