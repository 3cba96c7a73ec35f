"""Likelihoods from a few replicates and what is known beforehand of many.

Of N replicates some columns are known (what a stored baseline came to under the same luck, or where
the parameters lie), of the first n among them also whether a package reaches a target, Y. A
regression foretells Y from the columns, and

    likelihood = mean over n of (Y - c f) + c (mean over the other N - n of f),   c = (N - n) / N,

in which f is what is foretold of a replicate by a regression that never saw it (cross-fitting): the
replicates are parted by draws, and each part is foretold from the others. So whatever the
regression is worth, the estimate has no bias; where it is good, only what it misses varies.
(Regression estimators in double sampling: W. Cochran 1977, Sampling Techniques, ch. 12; control
variates with an estimated mean: R. Pasupathy, B. Schmeiser, M. Taaffe and J. Wang 2012, IIE
Transactions 44, 381-385; cross-fitted, with any regression: T. Zrnic and E. Candès 2024,
Proceedings of the National Academy of Sciences 121, e2322083121.) With c the n are rightly a part
of the N: both sums are over replicates of their own, and their variances add up.

A regression with a penalty that does not hang on Y is linear in it. So what is told of a difference
of two packages is the difference of what is told of each.
"""

from collections.abc import Callable, Sequence
from math import sqrt
from typing import Final, NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats, Ints, folds, grouped
from sim.estimate.intervals import likelihood_interval, mean_interval, wilson
from sim.estimate.paired import Difference, Z, likelihood_difference
from sim.estimate.records import Interval

PARTS: Final = 8
"""Into which replicates are parted, each foretold from the others."""
PENALTY: Final = 4.0
"""Of a ridge regression on columns of variance 1: as if that many replicates had told of none."""
FEWEST: Final = 64
"""Replicates below which a regression on a few dozen columns foretells next to nothing."""
UNSEEN: Final = 1.0
"""Squared misses added: half a gain and half a loss of a whole target that were not seen yet, as
Agresti and Min (2005, Statistics in Medicine 24, 729-740) add them to pairs."""
HALF: Final = 0.5**0.5
"""Two draws of it have the square of half a gain and half a loss."""
SEED: Final = 0
"""Of the order in which draws are dealt out to parts."""


class Control(NamedTuple):
    """What foretells an outcome of N replicates, of which those at hand are the first n."""

    columns: Floats
    """Known of all, shape (N, columns), with mean 0 and variance 1; they hang on no outcome."""
    draws: Ints
    """Number of each one's parameter draw, shape (N,)."""


class Terms(NamedTuple):
    """Estimates replicate by replicate: each is the sum of the means of its two columns."""

    own: Floats
    """Of the n replicates at hand, shape (n, outcomes)."""
    rest: Floats
    """What is foretold of the others, shape (N - n, outcomes); (0, outcomes): they are unknown."""


class Adjusted(NamedTuple):
    """An estimate from n replicates and columns of N."""

    value: float
    error: float
    """Its standard error."""
    replicates: int
    """Of which the outcome is known, n."""
    known: int
    """Of which columns are known, N."""

    def likelihood(self) -> Interval:
        """Return it as a likelihood with a 95 % interval.

        It is Wilson's for as many independent replicates as would have the same standard error,
        worked out a little way off 0 and 1, where a share seems to have none.
        """
        value = min(max(self.value, 0.0), 1.0)
        inside = (value * self.replicates + 1.0) / (self.replicates + 2.0)
        worth = inside * (1.0 - inside) / self.error**2
        return wilson(value, min(worth, float(self.known)))

    def ends(self) -> tuple[float, float]:
        """Return the ends of its 95 % interval as a difference of two likelihoods."""
        reach = Z * self.error
        return max(self.value - reach, -1.0), min(self.value + reach, 1.0)


def adjusted(outcomes: Floats | Bools, columns: Floats, draws: Ints) -> list[Adjusted]:
    """Return the mean of each outcome over endless replicates, with its standard error.

    Args:
        outcomes: of the first replicates, shape (n, outcomes), between -1 and 1: whether each
            reaches a target, or by how much two packages differ in that.
        columns: known of all replicates, shape (N, columns), with mean 0 and variance 1; n is
            below N. They must not hang on the outcomes.
        draws: number of each replicate's parameter draw, shape (N,). Draws in hypercubes spread
            more evenly than independent ones, as which they count here.

    Raises:
        ValueError: the shapes do not agree, or there are too few replicates.
    """
    told = np.asarray(outcomes, dtype=np.float64)
    if columns.shape[:1] != draws.shape:
        raise ValueError(f"from {columns.shape} and {draws.shape}")
    return cross_fitted(told, draws, _foretelling(told, columns))


def _foretelling(told: Floats, columns: Floats) -> Callable[[Bools], Floats]:
    def foretell(seen: Bools) -> Floats:
        slopes, level = _ridge(columns[: len(told)][seen], told[seen])
        return level + columns @ slopes

    return foretell


def cross_fitted(
    outcomes: Floats, draws: Ints, foretell: Callable[[Bools], Floats]
) -> list[Adjusted]:
    """Return the mean of each outcome over endless replicates, adjusted by any regression.

    Args:
        outcomes: as for `adjusted`.
        draws: as for `adjusted`.
        foretell: from which of the n replicates may be seen, shape (n,), to what is foretold of all
            N, shape (N, outcomes).

    Raises:
        ValueError: the shapes do not agree, or there are too few replicates.
    """
    many, known = len(outcomes), len(draws)
    found = _parted(outcomes, draws, foretell)
    return [
        Adjusted(
            float(own.mean() + rest.mean()),
            sqrt(_variance(own, draws[:many]) + UNSEEN / many**2 + _variance(rest, draws[many:])),
            many,
            known,
        )
        for own, rest in zip(found.own.T, found.rest.T, strict=True)
    ]


def terms(values: Floats, control: Control | None) -> Terms:
    """Return estimates replicate by replicate, for whoever draws replicates again.

    Args:
        values: of the replicates at hand, shape (n, outcomes), between -1 and 1.
        control: what foretells them; None: the values are all that is known.

    Raises:
        ValueError: as for `adjusted`.
    """
    if control is None:
        return Terms(values, np.empty((0, values.shape[1])))
    return _parted(values, control.draws, _foretelling(values, control.columns))


def _parted(outcomes: Floats, draws: Ints, foretell: Callable[[Bools], Floats]) -> Terms:
    many, known = len(outcomes), len(draws)
    if outcomes.ndim != 2 or not FEWEST <= many < known:
        raise ValueError(f"from {outcomes.shape} and {draws.shape}")
    foretold, others = np.empty_like(outcomes), np.zeros((known - many, outcomes.shape[1]))
    part = folds(draws[:many], PARTS, SEED)
    for number in np.unique(part):
        here = part == number
        found = foretell(~here)
        foretold[here] = found[:many][here]
        others += here.mean() * found[many:]
    share = (known - many) / known
    return Terms(outcomes - share * foretold, share * others)


def likelihood(won: Bools, draws: Ints, control: Control | None) -> Interval:
    """Return a likelihood and its interval.

    Args:
        won: whether each of n replicates reaches the target, shape (n,).
        draws: number of each replicate's parameter draw, shape (n,).
        control: what foretells who reaches it; None: nothing does, and Wilson's interval is told.

    Raises:
        ValueError: as for `adjusted`.
    """
    if control is None:
        return likelihood_interval(won, grouped(draws))
    return adjusted(won[:, None], *control)[0].likelihood()


def mean(values: Floats, draws: Ints, control: Control | None) -> tuple[float, float, float]:
    """Return the mean of values between -1 and 1, and the ends of its 95 % interval.

    Args:
        values: of each of n replicates, shape (n,).
        draws: as for `likelihood`.
        control: as for `likelihood`; None: Student's interval is told.

    Raises:
        ValueError: as for `adjusted`.
    """
    if control is None:
        return mean_interval(values, draws)
    found = adjusted(values[:, None], *control)[0]
    return max(-1.0, min(found.value, 1.0)), *found.ends()


def mean_gap(values: Floats, draws: Ints, control: Control | None) -> tuple[float, float, float]:
    """Return the mean of differences, and the ends of its interval, which is open where none is.

    Without a control two draws are added, which weigh as half a gain and half a loss do: where no
    replicate of a few differs, it is not certain that none of many would
    (`sim.estimate.paired.likelihood_difference`).

    Args:
        values: of each of n replicates, between -1 and 1, shape (n,): how a share differs.
        draws: as for `likelihood`.
        control: as for `likelihood`.

    Raises:
        ValueError: as for `adjusted`.
    """
    if control is not None:
        return mean(values, draws, control)
    value = float(values.mean())
    more = np.append(draws, [draws.max() + 1, draws.max() + 2])
    _, low, high = mean(np.append(values, [-HALF, HALF]), more, None)
    return value, max(min(low, value), -1.0), min(max(high, value), 1.0)


def difference(
    won: Sequence[Bools], draws: Ints, control: Control | None = None
) -> tuple[Difference, tuple[float, float]]:
    """Return how two likelihoods differ, and both of them.

    Args:
        won: whether each of n replicates reaches the target under the first and the second package.
        draws: as for `likelihood`.
        control: as for `likelihood`; None: the interval of matched pairs is told.

    Raises:
        ValueError: as for `adjusted`.
    """
    first, second = won
    plain = likelihood_difference(first, second, draws)
    if control is None:
        return plain, (float(first.mean()), float(second.mean()))
    told = np.column_stack([first, second, second.astype(np.float64) - first])
    *levels, gap = adjusted(told, *control)
    one, other = (each.likelihood().value for each in levels)
    # Within 0 and 1 each, they may lie nearer to each other or farther apart than told.
    value, (low, high) = other - one, gap.ends()
    return Difference(value, min(low, value), max(high, value), plain.reduction), (one, other)


def _ridge(columns: Floats, told: Floats) -> tuple[Floats, Floats]:
    """Return slopes, shape (columns, outcomes), and what stands beside them, shape (outcomes,)."""
    middle, level = columns.mean(axis=0), told.mean(axis=0)
    apart = columns - middle
    sums = apart.T @ apart + PENALTY * np.eye(columns.shape[1])
    slopes: Floats = np.linalg.solve(sums, apart.T @ (told - level))
    return slopes, level - middle @ slopes


def _variance(values: Floats, draws: Ints) -> float:
    """Return the variance of a mean of values of which those of a draw may be alike."""
    groups = grouped(draws)
    totals = np.bincount(groups.position, weights=values - values.mean())
    many = len(totals)
    return float(totals @ totals) * many / (many - 1) / len(values) ** 2
