"""How late something may start before a likelihood falls below a level."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import isotonic_regression

from sim.estimate.groups import Floats
from sim.estimate.records import Interval


class Deadline(NamedTuple):
    """The latest of the starts that were tried at which the likelihood is at least the level.

    Positions among the starts, in their order; -1 if none is early enough.
    """

    latest: int
    earliest_bound: int
    """By the lower ends of the intervals: as late as this it is so with confidence."""
    latest_bound: int
    """By the upper ends: later than this it is not so, with confidence."""


def deadline(likelihoods: Sequence[Interval], level: float) -> Deadline:
    """Return the deadline among starts in order of time.

    A later start is taken not to help: the likelihoods and both ends of their intervals are made to
    fall by isotonic regression first, so that luck at one start cannot move the deadline far.

    Args:
        likelihoods: at each start, from the earliest to the latest.
        level: at least this likelihood, a fraction.
    """
    found = (
        _falling([getattr(each, end) for each in likelihoods]) for end in ("value", "low", "high")
    )
    return Deadline(*(int(np.sum(values >= level)) - 1 for values in found))


def _falling(values: Sequence[float]) -> Floats:
    fitted = isotonic_regression(np.asarray(values, dtype=np.float64), increasing=False).x
    rounded: Floats = np.round(fitted, 12)
    return rounded
