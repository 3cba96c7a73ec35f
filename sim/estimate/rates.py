"""What a point of likelihood costs: gain and price over the same parameter draws."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.estimate.adjusted import Control, terms
from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.paired import bootstrap

MIDDLE_95 = (0.025, 0.975)
MIDDLE_80 = (0.1, 0.9)


class CostDifference(NamedTuple):
    """What the second package costs more, over the draws of the unit costs, 亿元."""

    mean: float
    low: float
    """Middle 95 % of the draws: how little unit costs are known, no error of an estimate."""
    high: float

    @property
    def told_apart(self) -> bool:
        """Return whether it is clear which package costs more: the middle 95 % is on one side."""
        return self.low > 0.0 or self.high < 0.0


class Price(NamedTuple):
    """What a point of likelihood costs, 亿元."""

    value: float
    low: float
    """End of its 95 % interval."""
    high: float
    p10: float
    """End of the middle 80 % over the draws of the unit costs."""
    p90: float


class Rate(NamedTuple):
    """Points of likelihood for each 亿元 more."""

    value: float
    """Mean gain over the mean difference in cost."""
    low: float
    """End of its 95 % interval (bootstrap over draws of gain and cost together)."""
    high: float
    p10: float
    """End of the middle 80 % over the draws of the unit costs, at the mean gain."""
    p90: float

    @property
    def price(self) -> Price | None:
        """Return what a point costs; None where more money may gain nothing, or lose."""
        if min(self.low, self.p10) <= 0.0:
            return None
        return Price(1 / self.value, 1 / self.high, 1 / self.low, 1 / self.p90, 1 / self.p10)


def rate_of(
    gains: Floats, sizes: Floats, more: Floats, rest: Floats | None = None
) -> Callable[..., Floats]:
    """Return the rate as a statistic of draws: mean gain over mean difference in cost.

    Args:
        gains: sum over the replicates of each draw, shape (..., K).
        sizes: number of replicates of each, shape (K,).
        more: what is spent more in each, shape (..., K).
        rest: what is foretold of replicates that were not run, shape (..., L); None or none of
            them: nothing. Else the statistic is of numbers of these as well.
    """

    def rate(chosen: NDArray[np.int64], *others: NDArray[np.int64], axis: int = -1) -> Floats:
        gain = gains[..., chosen].sum(axis=axis) / sizes[chosen].sum(axis=axis)
        if others and rest is not None:
            gain = gain + rest[..., others[0]].mean(axis=axis)
        return np.asarray(gain / more[..., chosen].mean(axis=axis))

    return rate


def cost_difference(more: Floats) -> CostDifference:
    """Return what the second package costs more, given that in each parameter draw, shape (K,)."""
    low, high = (float(each) for each in np.quantile(more, MIDDLE_95))
    return CostDifference(float(more.mean()), low, high)


def points_per_cost(
    first: Bools | Floats,
    second: Bools | Floats,
    draws: Ints,
    more: Floats,
    seed: int,
    control: Control | None = None,
) -> Rate:
    """Return how many points of likelihood come with each 亿元 more.

    Args:
        first: whether each replicate is at the target under the first package, shape (R,); or which
            part of its targets it meets, 0 to 1.
        second: the same under the second.
        draws: number of each replicate's parameter draw, shape (R,).
        more: what the second costs more in each draw, shape (K,), in the order of their numbers and
            all of one sign but for a few.
        seed: of the bootstrap.
        control: what foretells who is at the target; None: nothing does.
    """
    groups, sizes = grouped(draws), grouped(draws).sizes
    own, rest = terms((second.astype(np.float64) - first)[:, None], control)
    gains = 100.0 * groups.means(own[:, 0]) * sizes
    gain = float(gains.sum() / sizes.sum()) + (100.0 * float(rest.mean()) if len(rest) else 0.0)
    value = gain / float(more.mean())
    rate = rate_of(gains, sizes, more, 100.0 * rest[:, 0])
    low, high = bootstrap(rate, len(sizes), seed, value, others=len(rest))
    with np.errstate(divide="ignore"):
        p10, p90 = (float(each) for each in np.quantile(gain / more, MIDDLE_80))
    return Rate(value, low, high, p10, p90)
