"""Importance weights: how well each draw from the prior agrees with what was observed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.observations import Observation
from sim.sampling import LUCKS_A_DRAW

Floats = NDArray[np.float64]


def log_likelihoods(seen: Sequence[Observation], simulated: Floats) -> Floats:
    """Return the log-likelihood of each replicate, shape (R,).

    Args:
        seen: J observations.
        simulated: what replicates have for them, shape (R, J).
    """
    total = np.zeros(len(simulated))
    for column, observation in enumerate(seen):
        total += observation.log_likelihood(simulated[:, column])
    return total


def by_draw(log_likelihood: Floats, top: float | None = None) -> Floats:
    """Return the likelihood of each draw, up to a factor: the mean over its lucks, shape (D,).

    That mean is unbiased, so luck is integrated out exactly (pseudo-marginal likelihood: C.
    Andrieu and G. Roberts, 2009).

    Args:
        log_likelihood: of replicates, those of a draw side by side, shape (D * lucks,).
        top: logarithm of the factor; by default the largest of them.
    """
    pairs = log_likelihood.reshape(-1, LUCKS_A_DRAW)
    most = float(log_likelihood.max()) if top is None else top
    return np.asarray(np.exp(pairs - most).mean(axis=1))


def by_mean(simulated: Floats) -> Floats:
    """Return of each draw the mean over its lucks, shape (D, J)."""
    return np.asarray(simulated.reshape(-1, LUCKS_A_DRAW, simulated.shape[1]).mean(axis=1))


def weighed_by(likelihood: Floats, mixture: Floats) -> Floats:
    """Return weights that sum to one of draws from several proposals, pooled.

    The balance heuristic (A. Owen and Y. Zhou, 2000): target over the mixture of what was drawn
    from. With the prior in the mixture no draw weighs much more than if it alone had been used.

    Args:
        likelihood: of all draws, shape (D,).
        mixture: density of the mixture over that of the prior at each draw, shape (D,).
    """
    weights = likelihood / mixture
    return np.asarray(weights / weights.sum())


def effective(weights: Floats) -> float:
    """Return the effective sample size of weights that sum to one (A. Kong, 1992)."""
    return float(1.0 / np.square(weights).sum())


def resampled(weights: Floats, size: int, u: float) -> NDArray[np.int64]:
    """Return rows picked in proportion to their weights, by systematic resampling.

    Each row is picked ``size * weight`` times, rounded up or down (G. Kitagawa, 1996).

    Args:
        weights: that sum to one, shape (D,).
        size: how many to pick.
        u: a uniform in (0, 1).
    """
    ends = np.cumsum(weights)
    picked = np.searchsorted(ends / ends[-1], (np.arange(size) + u) / size)
    return np.asarray(picked, dtype=np.int64)


def quantile(values: Floats, weights: Floats, levels: Sequence[float]) -> Floats:
    """Return weighted quantiles of values, shape (levels,)."""
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order])
    rows = np.searchsorted(ends / ends[-1], np.asarray(levels))
    return np.asarray(values[order][np.minimum(rows, len(values) - 1)])
