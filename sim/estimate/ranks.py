"""Ranks of effects that are known with an error: where among all each one may stand."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Floats
from sim.estimate.intervals import CONFIDENCE
from sim.estimate.paired import resampled


class Rank(NamedTuple):
    """Where one of several stands; the largest is first."""

    value: int
    """By the estimates: 1 and how many are larger."""
    low: int
    """The true rank lies between these two, at 95 %."""
    high: int


Statistic = Callable[..., Floats]
"""Called with numbers of draws, shape (..., K), and an axis to work along; returns (L, ...)."""


def ranks(statistic: Statistic, draws: int, seed: int, others: int = 0) -> list[Rank]:
    """Return the rank of each of several statistics, and the range in which the true one lies.

    One stands above another for sure where the difference of the two is larger than luck and
    parameters explain. With all differences from one of them held by their errors at once (the
    largest of their t statistics in resampled draws is no larger than its 95 % quantile), its rank
    lies between 1 and how many are surely above, and all but how many are surely below: Mogstad,
    Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91, 476-518, sec. 3. Ranks in
    resampled draws would leave the true rank out too often where effects are alike.

    Args:
        statistic: of draws, several at once.
        draws: number of draws, K.
        seed: of the resampling.
        others: as for `bootstrap`.
    """
    values = statistic(*(np.arange(many) for many in (draws, others) if many))
    if draws < 2:
        return [Rank(_place(values, at), 1, len(values)) for at in range(len(values))]
    again = resampled(statistic, draws, seed, others)
    return [_rank(values, again, at) for at in range(len(values))]


def _place(values: Floats, at: int) -> int:
    return 1 + int((values > values[at]).sum())


def _rank(values: Floats, again: Floats, at: int) -> Rank:
    """Return one rank, given the values, shape (L,), and those of resampled draws, (L, B)."""
    gaps, others = values - values[at], again - again[at]
    errors = others.std(axis=1, ddof=1)
    vary = errors > 0.0
    bound = 0.0
    if vary.any():
        strays = np.abs(others[vary] - gaps[vary, None]) / errors[vary, None]
        bound = float(np.quantile(strays.max(axis=0), CONFIDENCE))
    above, below = (int((side > bound * errors).sum()) for side in (gaps, -gaps))
    return Rank(_place(values, at), 1 + above, len(values) - below)
