"""What one package does to a count, pair by pair: how much, how surely, and whether it matters.

With a and b the count of a replicate under the first and the second package (same luck, same
parameters), the amount of the effect is b - a and its ratio b / a. Where a is 0 the ratio is 1 if b
is 0 too, and infinite if it is not, so that every pair counts and a ratio has the sign of its
amount.
"""

from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Floats, Groups, Ints, grouped
from sim.estimate.intervals import wilson
from sim.estimate.paired import likelihood_difference, resampled_median
from sim.estimate.records import Interval

LEVELS = (0.1, 0.5, 0.9)
"""Ends and middle of an 80 % range."""


class Size(NamedTuple):
    """The size of an effect over the pairs: an amount in the count's unit, or a ratio."""

    value: float
    """Median over the pairs; a ratio may be infinite, as may what follows."""
    low: float
    """End of the median's 95 % interval (bootstrap over draws)."""
    high: float
    p10: float
    """End of the middle 80 % of the pairs: a spread over luck and parameters, no error."""
    p90: float


class Signs(NamedTuple):
    """Shares that rise and that fall; the rest does not change."""

    up: float
    down: float


class OverDraws(NamedTuple):
    """The effect over the parameters: 10 %, 50 % and 90 % of the draws' mean effects."""

    p10: float
    p50: float
    p90: float
    luck: float | None
    """Share of luck in the variance of the draws' means, which was taken out (`without_luck`); None
    where it is unknown and thus still in them: too few draws have two replicates."""

    @property
    def all_luck(self) -> bool:
        """Return whether luck alone may spread the draws so far: nothing is known of the rest."""
        return self.luck is not None and self.luck >= 1.0


class Decided(NamedTuple):
    """Whether a target is met hangs on the package: shares of the parameter draws."""

    gained: float
    """The mean of the draw's replicates is at the target under the second package only."""
    lost: float
    """It is so under the first package only."""
    share: Interval
    """Of draws in which it is the one or the other."""


class Effect(NamedTuple):
    """What the second package does to a count, against the first."""

    amount: Size
    ratio: Size
    none_before: int
    """Pairs in which the first package has none of it."""
    pairs: Signs
    draws: Signs
    """Of the mean effect of each parameter draw."""
    sign: Interval
    """Share of pairs that rise less share that fall. Where the interval holds nought, it cannot be
    told whether the count rises or falls."""
    amount_over_draws: OverDraws
    ratio_over_draws: OverDraws
    decided: Decided
    decided_about: Decided
    """The same at the 左右 threshold."""

    @property
    def told_apart(self) -> bool:
        """Return whether it is clear that the count rises or that it falls."""
        return self.sign.low > 0.0 or self.sign.high < 0.0

    @property
    def rises(self) -> bool:
        """Return whether more pairs rise than fall."""
        return self.sign.value > 0.0

    @property
    def certainty(self) -> Signs:
        """Return the shares of pairs (``up``) and of draws (``down``) with the effect's sign."""
        side = 0 if self.rises else 1
        return Signs(self.pairs[side], self.draws[side])


def effect(
    first: Floats, second: Floats, draws: Ints, targets: tuple[float, float], seed: int
) -> Effect:
    """Return what the second package does to a count.

    Args:
        first: the count under the first package, shape (R,), at least 0.
        second: the same under the second.
        draws: number of each replicate's parameter draw, shape (R,).
        targets: the count's strict and 左右 threshold.
        seed: of the bootstrap; the same input gives the same interval.
    """
    groups = grouped(draws)
    gaps = second - first
    means = np.stack([groups.means(each) for each in (first, second)])
    rises, falls = gaps > 0.0, gaps < 0.0
    mean_gaps = groups.means(gaps)
    strict, about = (_decided(means, target) for target in targets)
    return Effect(
        _size(gaps, groups, seed),
        _size(ratios(first, second), groups, seed),
        int((first == 0.0).sum()),
        Signs(float(rises.mean()), float(falls.mean())),
        Signs(float((mean_gaps > 0.0).mean()), float((mean_gaps < 0.0).mean())),
        Interval(*likelihood_difference(falls, rises, draws)[:3]),
        _over_draws(mean_gaps, _errors(gaps, mean_gaps, groups)),
        _ratios_over_draws(first, second, means, groups),
        strict,
        about,
    )


def ratios(first: Floats, second: Floats) -> Floats:
    """Return the second over the first: 1 where both are 0, infinite where only the first is.

    Args:
        first: at least 0, any shape.
        second: the same.
    """
    some = first > 0.0
    found = np.where(second > 0.0, np.inf, 1.0)
    return np.divide(second, first, out=found, where=some)


def without_luck(values: Floats, errors: Floats | None) -> tuple[Floats, float | None]:
    """Return draws' effects with the spread that luck adds to them taken out.

    The mean of a draw's few replicates varies with the parameters and, by its error, with luck. All
    are drawn towards their common mean by one factor, which leaves the variance that the
    parameters alone are estimated to have (Louis 1984, Journal of the American Statistical
    Association 79, 393-398): v - e of v, with v the variance of the means and e the mean of their
    squared errors. Mean and variance are right; the shape stays that of the means.

    Args:
        values: of the draws, shape (K,); those that are not finite stay as they are.
        errors: squared standard error of each, shape (K,); None: unknown.

    Returns:
        The values, and the share of luck in their variance, 0 to 1; None if it is unknown.
    """
    finite = np.isfinite(values)
    told = values[finite]
    if errors is None or len(told) < 2:
        return values, None
    spread = float(told.var(ddof=1))
    if spread == 0.0:
        return values, 0.0
    share = min(float(errors[finite].mean()) / spread, 1.0)
    found = values.copy()
    found[finite] = told.mean() + np.sqrt(1.0 - share) * (told - told.mean())
    return found, share


def _size(values: Floats, groups: Groups, seed: int) -> Size:
    plain, top = _with_stand_in(values)
    p10, middle, p90 = (float(each) for each in np.quantile(plain, LEVELS))
    low, high = resampled_median(plain, groups, seed, middle)
    return Size(*(np.inf if each > top else each for each in (middle, low, high, p10, p90)))


def _with_stand_in(values: Floats) -> tuple[Floats, float]:
    """Return values with infinite ones replaced, and the largest finite one (at least 0).

    What is interpolated between a finite value and the stand-in lies above that, and is infinite.
    """
    finite = np.isfinite(values)
    top = float(np.max(values, where=finite, initial=0.0))
    return np.where(finite, values, 1e6 * (top + 1.0)), top


def _errors(values: Floats, means: Floats, groups: Groups) -> Floats | None:
    """Return the squared standard error of each draw's mean; None if luck cannot be told."""
    if not groups.split:
        return None
    squares = groups.means((values - means[groups.position]) ** 2) * groups.sizes
    freedom = float((groups.sizes - 1.0).sum())
    return np.asarray(squares.sum() / freedom / groups.sizes)


def _over_draws(values: Floats, errors: Floats | None) -> OverDraws:
    found, luck = without_luck(values, errors)
    plain, top = _with_stand_in(found)
    p10, p50, p90 = (np.inf if each > top else float(each) for each in np.quantile(plain, LEVELS))
    return OverDraws(p10, p50, p90, luck)


def _ratios_over_draws(first: Floats, second: Floats, means: Floats, groups: Groups) -> OverDraws:
    """Return the ratio of the draws' means over the draws.

    The squared error of a ratio of means is that of the mean of b - r a, over the first mean
    squared (Cochran 1977, Sampling Techniques, sec. 2.11). It is known of draws with two replicates
    or more; one replicate's, the mean over those, is taken for that of any.
    """
    found = ratios(*means)
    errors = None
    if groups.split:
        some = means[0] > 0.0
        rests = second - np.where(some, found, 1.0)[groups.position] * first
        squares = groups.means(rests**2) * groups.sizes / np.maximum(groups.sizes - 1.0, 1.0)
        # A draw whose first mean is 0 has a ratio of 1, without error, or one that is infinite.
        single = np.divide(squares, means[0] ** 2, out=np.zeros_like(squares), where=some)
        single = np.where(groups.sizes >= 2.0, single, single[groups.sizes >= 2.0].mean())
        errors = single / groups.sizes
    return _over_draws(found, errors)


def _decided(means: Floats, target: float) -> Decided:
    before, after = means >= target
    gained, lost = float((after & ~before).mean()), float((before & ~after).mean())
    return Decided(gained, lost, wilson(float((before != after).mean()), float(means.shape[1])))
