"""How late something may start before a likelihood falls below a level."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import isotonic_regression

from sim.estimate.groups import Floats
from sim.estimate.paired import Difference
from sim.estimate.records import Interval

Verdict = Literal["alike", "missed", "kept", "deadline"]
"""What later and later starts come to:

alike: the first and the last start cannot be told apart, so that there is no deadline to tell;
missed: the start matters, but none that was tried is early enough;
kept: the start matters, but the last one that was tried is still early enough;
deadline: some are early enough, and later ones are not.
"""


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


def verdict(found: Deadline, starts: int, effect: Difference) -> Verdict:
    """Return what later and later starts come to.

    Args:
        found: the latest start that is early enough.
        starts: how many were tried.
        effect: paired difference of the likelihood at the last start to that at the first.
    """
    if effect.tie:
        return "alike"
    if found.latest < 0:
        return "missed"
    return "kept" if found.latest == starts - 1 else "deadline"


def _falling(values: Sequence[float]) -> Floats:
    fitted = isotonic_regression(np.asarray(values, dtype=np.float64), increasing=False).x
    rounded: Floats = np.round(fitted, 12)
    return rounded
