"""How much less uncertain an answer would be if a figure were known.

Two things are uncertain. *Whether there is a miss*: its variance, of which a figure takes away what
its conditional mean explains (the expected fall of the Brier score). *What parameters make of the
likelihood*: the middle 80 % of the likelihoods given the parameters, of which a figure tells
something as far as it tells the parameters.

The conditional mean given a figure rises or falls all the way (isotonic regression; Barlow and
others 1972, Statistical Inference under Order Restrictions), and is fitted on other parameter draws
than those that it is judged on. What first rises and then falls is not seen, and a figure that says
nothing comes out a little below nought.

What a figure tells of the parameters is read off draws with two lucks: the figure under one luck
foretells the outcome under the other only by way of the parameters. The best linear predictor from
the conditional mean is taken, so that this is what is told at least.

Intervals come from resampled parameter draws and hold for all figures at once (Romano and Wolf
2005, Econometrica 73, 1237-1282: the largest of all studentised deviations), so that the best of
many is no more often wrong than 95 % allow.
"""

from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats, Groups, Ints, folds, grouped
from sim.estimate.intervals import CONFIDENCE, MIDDLE, beta_range, over_parameters
from sim.estimate.records import Interval
from sim.estimate.variance import parameter_share

SEED = 0
FOLDS = 8
"""Parts of the draws, each of which is once judged by what the others say."""
RESAMPLES = 999
FEWEST = 16
"""Misses, and replicates that are none: with fewer nothing is told."""
DIGITS = 9
"""Decimals of what is told: what does not vary tells nought and not a rounding error."""
EDGE = 1e-4
"""How near a correlation or a mean comes to none and all, where widths are taken."""


class Narrowed(NamedTuple):
    """The middle 80 % of the likelihoods of no miss given the parameters."""

    now: tuple[float, float]
    known: tuple[float, float]
    """The same around the same likelihood, on average, were the figure known."""
    by: Interval
    """How much narrower, with an interval that holds for all figures at once."""


class Told(NamedTuple):
    """What a figure tells."""

    variance: Interval
    """Share of the variance of a miss that it takes away, with an interval as above."""
    over_parameters: Narrowed | None
    """None if too few draws have two replicates to tell."""

    @property
    def clear(self) -> bool:
        """Whether it surely takes something away."""
        return self.variance.low > 0.0


def informed(figures: Floats, missed: Bools, draws: Ints) -> list[Told] | None:
    """Return what each figure tells.

    Args:
        figures: as known beforehand, shape (R, P).
        missed: which replicates miss, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,).

    Returns:
        One for each; None if there are too few misses, or too few others.
    """
    if min(missed.sum(), (~missed).sum()) < FEWEST:
        return None
    groups, part = grouped(draws), folds(draws, FOLDS, SEED)
    if len(groups.sizes) < FOLDS:
        return None
    outcomes = missed.astype(np.float64)
    means, foretold = _other_means(outcomes, part), _foretold(figures, outcomes, part)
    whole = _sums((outcomes - means)[:, None] ** 2, groups)
    left = _sums((outcomes[:, None] - foretold) ** 2, groups)
    weights = _resampled(len(groups.sizes))
    shares = 1.0 - left.sum(axis=0) / whole.sum()
    again = 1.0 - (weights @ left) / (weights @ whole)
    variances = together(shares, again)
    narrowed = _narrowed(foretold, outcomes, groups, weights) if groups.split else None
    return [
        Told(variance, narrowed[number] if narrowed else None)
        for number, variance in enumerate(variances)
    ]


def together(values: Floats, again: Floats) -> list[Interval]:
    """Return values with 95 % intervals that hold for all of them at once.

    Args:
        values: shape (P,).
        again: the same of resampled draws, shape (resamples, P).
    """
    errors = again.std(axis=0, ddof=1)
    vary = errors > EDGE**2
    far = np.abs(again - values)[:, vary] / errors[vary]
    reach = float(np.quantile(far.max(axis=1), CONFIDENCE)) if vary.any() else 0.0
    ends = zip(values, values - reach * errors, values + reach * errors, strict=True)
    return [Interval(*(round(float(end), DIGITS) + 0.0 for end in each)) for each in ends]


def _other_means(outcomes: Floats, part: Ints) -> Floats:
    """Return for each replicate the mean of the outcomes in all parts but its own."""
    sizes, sums = np.bincount(part), np.bincount(part, weights=outcomes)
    return np.asarray(((outcomes.sum() - sums) / (len(part) - sizes))[part])


def _foretold(figures: Floats, outcomes: Floats, part: Ints) -> Floats:
    """Return each replicate's outcome as the other parts say it of its figures, shape (R, P)."""
    found = np.empty_like(figures)
    for each in np.unique(part):
        own = part == each
        for number, column in enumerate(figures.T):
            found[own, number] = _given(column[~own], outcomes[~own], column[own])
    return found


def _given(known: Floats, outcomes: Floats, values: Floats) -> Floats:
    """Return the conditional mean of outcomes at values of a figure, rising or falling."""
    from scipy.optimize import isotonic_regression  # as in `intervals`: not before it is needed

    levels, position, sizes = np.unique(known, return_inverse=True, return_counts=True)
    means = np.bincount(position, weights=outcomes) / sizes
    rises = float((known - known.mean()) @ outcomes) >= 0.0
    fitted = isotonic_regression(means, weights=sizes, increasing=rises).x
    return np.asarray(np.interp(values, levels, fitted))


def _sums(values: Floats, groups: Groups) -> Floats:
    """Return sums by draw, shape (K, ...), of values with a row for each replicate."""
    found = np.zeros((len(groups.sizes), *values.shape[1:]))
    np.add.at(found, groups.position, values)
    return found


def _resampled(draws: int) -> Floats:
    """Return how often each draw is in a resample, shape (resamples, K)."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(draws, np.full(draws, 1.0 / draws), RESAMPLES).astype(np.float64)


def _narrowed(
    foretold: Floats, outcomes: Floats, groups: Groups, weights: Floats
) -> list[Narrowed] | None:
    """Return what each figure takes from the range over parameters; None if nothing can be told."""
    if parameter_share(outcomes, groups) is None:
        return None
    left = _left(foretold, outcomes, groups, np.vstack([np.ones_like(weights[:1]), weights]))
    found = _widths(left.means, left.now)[:, None] - _widths(left.means[:, None], left.known)
    mean, now = float(left.means[0]), over_parameters(outcomes == 0.0, groups)
    return [
        Narrowed(now, beta_range(mean, float(known)), by)
        for known, by in zip(left.known[0], together(found[0], found[1:]), strict=True)
    ]


class _Left(NamedTuple):
    """What parameters do, for each weighting of the draws."""

    means: Floats
    """Likelihood of no miss, shape (W,)."""
    now: Floats
    """The parameters' share of the variance, shape (W,)."""
    known: Floats
    """What is left of it once a figure is known, shape (W, P)."""


def _left(foretold: Floats, outcomes: Floats, groups: Groups, weights: Floats) -> _Left:
    """Return what parameters do, by the analysis of variance of `sim.estimate.variance`."""
    sizes, sums = groups.sizes, _sums(outcomes, groups)
    draws, replicates, misses = weights.sum(axis=1), weights @ sizes, weights @ sums
    within = weights @ (sums - sums**2 / sizes) / (replicates - draws)
    between = (weights @ (sums**2 / sizes) - misses**2 / replicates) / (draws - 1.0)
    size = (replicates - weights @ sizes**2 / replicates) / (draws - 1.0)
    now = np.clip((between - within) / (between + (size - 1.0) * within), 0.0, 1.0)
    # A miss under one luck with what the figure says under another of the same draw.
    around, said = outcomes - outcomes.mean(), foretold - foretold.mean(axis=0)
    crossed = _sums(said, groups) * _sums(around, groups)[:, None]
    crossed -= _sums(said * around[:, None], groups)
    alike = (weights @ crossed) / (weights @ (sizes * (sizes - 1.0)))[:, None]
    spread = np.maximum((weights @ _sums(said**2, groups)) / replicates[:, None], EDGE**2)
    means = misses / replicates
    # With its sign: a square would never be nought, and chance look like knowledge.
    told = alike * np.abs(alike) / spread / np.maximum(means * (1.0 - means), EDGE)[:, None]
    return _Left(1.0 - means, now, np.clip(now[:, None] - told, 0.0, 1.0))


def _widths(means: Floats, shares: Floats) -> Floats:
    """Return the widths of `beta_range`, for all means and shares at once."""
    from scipy.special import betaincinv

    mean, rho = (np.clip(each, EDGE, 1.0 - EDGE) for each in (means, shares))
    both, tail = 1.0 / rho - 1.0, (1.0 - MIDDLE) / 2.0
    low, high = (betaincinv(mean * both, (1.0 - mean) * both, end) for end in (tail, 1.0 - tail))
    return np.asarray(np.nan_to_num(high - low))
