"""Two packages under the same luck: how they differ, pair by pair."""

from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.estimate.groups import Bools, Floats, Groups, Ints, grouped
from sim.estimate.intervals import CONFIDENCE
from sim.estimate.variance import correlation

Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2.0)
RESAMPLES = 999
BATCH = 50
"""Resamples held in memory at a time."""
FEWEST = 10
"""Pairs that both reach a target from which on their difference in time is told."""


class Difference(NamedTuple):
    """A difference with its 95 % interval: the second package minus the first."""

    value: float
    low: float
    high: float
    reduction: float | None = None
    """How many times the variance of independent runs exceeds that of pairs; None if nothing
    varies."""

    @property
    def tie(self) -> bool:
        """Return whether there may be no difference at all."""
        return self.low <= 0.0 <= self.high


class MonthDifference(NamedTuple):
    """When a target is reached: months by which the second package is later."""

    value: float
    low: float
    high: float
    both: int
    """Replicates that reach it under both packages; the only ones whose time is compared."""


class Curves(NamedTuple):
    """The paired difference month by month: spread of replicates, shape (M,) each."""

    p10: Floats
    median: Floats
    p90: Floats


def likelihood_difference(first: Bools, second: Bools, draws: Ints) -> Difference:
    """Return the difference of two likelihoods and its interval for matched pairs.

    Half a pair is added to each of the four cells of the table of pairs (Agresti and Min 2005,
    Statistics in Medicine 24, 729-740), and R pairs of which m share a draw count for
    R / (1 + (m - 1) rho), as in `likelihood_interval`. For rho two draws are added, one of nothing
    but gains and one of nothing but losses, so that little evidence makes for a wide interval.

    Args:
        first: whether each replicate reaches the target under the first package, shape (R,).
        second: the same under the second.
        draws: number of each replicate's parameter draw, shape (R,).
    """
    groups = grouped(draws)
    gains = float((second & ~first).mean())
    losses = float((first & ~second).mean())
    number = groups.replicates / _design_effect(second.astype(float) - first, groups)
    value, wide = gains - losses, number + 2.0
    middle = value * number / wide
    apart = (gains + losses) * number + 1.0
    reach = Z * sqrt(max(apart - middle * middle * wide, 0.0)) / wide
    spread = gains + losses - value * value
    alone = sum(float(won.mean()) * (1.0 - float(won.mean())) for won in (first, second))
    return Difference(
        value,
        max(-1.0, min(middle - reach, value)),
        min(1.0, max(middle + reach, value)),
        alone / spread if spread > 0.0 else None,
    )


def _design_effect(gaps: Floats, groups: Groups) -> float:
    """Return how many times a mean of grouped values varies more than one of single values."""
    if groups.crowding <= 1.0:
        return 1.0
    means = groups.means(gaps)
    inside = float(np.sum((gaps - means[groups.position]) ** 2))
    added = groups.sizes.mean()
    sizes = np.concatenate([groups.sizes, [added, added]])
    rho = correlation(sizes, np.concatenate([means, [1.0, -1.0]]), inside)
    return 1.0 + (groups.crowding - 1.0) * (1.0 if rho is None else rho)


def resampled_median(
    values: Floats, groups: Groups, seed: int, value: float
) -> tuple[float, float]:
    """Return the 95 % interval of a median, by the bootstrap over draws (percentile method).

    Args:
        values: one per replicate, shape (R,); NaN: this one has none.
        groups: which replicates share a draw.
        seed: of the bootstrap; the same input gives the same interval.
        value: the median, which the interval holds.

    Returns:
        Its ends; minus and plus infinity where only one draw has values.
    """
    rows = padded(values, groups)
    rows = rows[~np.isnan(rows).all(axis=1)]
    middle = np.nanmedian if np.isnan(rows).any() else np.median

    def statistic(chosen: NDArray[np.int64], axis: int = -1) -> Floats:
        del axis
        return np.asarray(middle(rows[chosen], axis=(-2, -1)))

    return bootstrap(statistic, len(rows), seed, value)


def padded(values: Floats, groups: Groups) -> Floats:
    """Return values with a row for each draw, shape (K, M); short rows end in NaN."""
    order = np.argsort(groups.position, kind="stable")
    sizes = groups.sizes.astype(np.int64)
    within = np.arange(len(values)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = np.full((len(sizes), int(sizes.max())), np.nan)
    rows[groups.position[order], within] = values[order]
    return rows


def month_difference(first: Ints, second: Ints, draws: Ints, seed: int) -> MonthDifference | None:
    """Return by how many months the second package reaches a target later: the median of pairs.

    Args:
        first: month in which each replicate reaches it, shape (R,); negative: never.
        second: the same under the second package.
        draws: number of each replicate's parameter draw, shape (R,).
        seed: of the bootstrap.

    Returns:
        The difference; None if fewer than ten replicates reach it under both.
    """
    both = (first >= 0) & (second >= 0)
    if both.sum() < FEWEST:
        return None
    gaps = np.where(both, (second - first).astype(np.float64), np.nan)
    value = float(np.nanmedian(gaps))
    low, high = resampled_median(gaps, grouped(draws), seed, value)
    return MonthDifference(value, low, high, int(both.sum()))


def mean_curves(first: Floats, second: Floats, draws: Ints) -> Curves:
    """Return the spread of the paired differences, month by month.

    Args:
        first: one count under the first package, shape (R, M).
        second: the same under the second.
        draws: number of each replicate's parameter draw, shape (R,).

    Raises:
        ValueError: the shapes do not agree.
    """
    if first.shape != second.shape or len(first) != len(draws):
        raise ValueError(f"pairs have one shape: {first.shape}, {second.shape}, {draws.shape}")
    return Curves(*np.quantile(second - first, (0.1, 0.5, 0.9), axis=0))


def bootstrap(
    statistic: object, draws: int, seed: int, value: float, others: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of a statistic of resampled draws (percentile method).

    Args:
        statistic: called with numbers of draws, shape (resamples, K), and an axis to work along.
        draws: number of draws, K.
        seed: of the resampling.
        value: the statistic of all draws, which the interval holds.
        others: replicates that were not run and of which something is foretold, L: resampled for
            themselves, and given as numbers of shape (resamples, L) after the draws. 0: none.

    Returns:
        Its ends; minus and plus infinity where there is only one draw.
    """
    if draws < 2:
        return -np.inf, np.inf
    found = _bootstrap(statistic, draws, seed, others).confidence_interval
    return min(float(found.low), value), max(float(found.high), value)


def resampled(statistic: object, draws: int, seed: int, others: int = 0) -> Floats:
    """Return statistics of the same resampled draws, shape (..., resamples).

    Args:
        statistic: as for `bootstrap`; it may return several values, shape (..., resamples).
        draws: number of draws, K, at least 2.
        seed: of the resampling.
        others: as for `bootstrap`.
    """
    return np.asarray(_bootstrap(statistic, draws, seed, others).bootstrap_distribution)


def _bootstrap(statistic: object, draws: int, seed: int, others: int) -> Any:
    from scipy import stats  # a run needs none of it, and 30 MB less

    return stats.bootstrap(
        tuple(np.arange(many) for many in (draws, others) if many),
        statistic,
        n_resamples=RESAMPLES,
        batch=BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(seed),
    )
