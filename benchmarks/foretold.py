"""Likelihoods adjusted by the parameters: where nothing but the draws is known of more replicates.

Whether a replicate reaches a target hangs mostly on a few parameters. A regression of the count's
normal scores on those that stand clear of chance (`sim.estimate.rank_regression`) says how likely
each draw is to reach it: with index m, threshold t and a normal rest of standard deviation s that
is Phi((m - t) / s). All is fitted on other draws than those that it is used for, so the estimate
has no bias and its interval holds whatever the regression misses (`sim.estimate.adjusted`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.estimate.adjusted import Adjusted, cross_fitted
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.rank_regression import entered, ranks

LEAST_REST = 0.1
"""Standard deviation of what the index leaves open, at least: a few draws may look certain."""


TINY = 1e-12
"""Added to a standard deviation: a count may hang on no parameter."""


class Index(NamedTuple):
    """What some parameters say of a count, in normal scores."""

    told: Floats
    """Of each replicate of which the parameters are known, shape (N,)."""
    rest: float
    """Standard deviation of what it leaves open."""


def foretold(
    values: Floats, least: Sequence[Floats], places: Floats, draws: Ints
) -> list[list[Adjusted]]:
    """Return the likelihood of each count at each threshold, adjusted by the parameters.

    Args:
        values: what each of n replicates has, shape (n, counts).
        least: thresholds of all counts, shape (counts,) each.
        places: where in their priors the parameters of N draws lie, in (0, 1), shape (N, P); the
            first n are those of the replicates. N is above n; draws cost nothing, so it may be many
            times n, or all draws that there are.
        draws: number of each parameter draw, shape (N,).

    Returns:
        For each threshold, an estimate of every count.

    Raises:
        ValueError: the shapes do not agree, or there are too few replicates.
    """
    from scipy.special import ndtri  # a run needs none of it

    counts = values.shape[1]
    scores = ndtri(places)
    reached = np.concatenate([values >= each for each in least], axis=1).astype(np.float64)

    def foretell(seen: Bools) -> Floats:
        found = _indices(values[seen], scores, seen)
        return np.column_stack(
            [_chance(found[at % counts], reached[seen, at]) for at in range(len(least) * counts)]
        )

    told = cross_fitted(reached, draws, foretell)
    return [told[first : first + counts] for first in range(0, len(told), counts)]


def learnt(values: Floats, least: Floats, places: Floats, seen: Bools) -> list[Floats]:
    """Return columns that foretell each count from the parameters, learnt on some replicates.

    Args:
        values: what each of n replicates has, shape (n, counts).
        least: thresholds, shape (counts,).
        places: as for `foretold`, shape (N, P).
        seen: of which of the n it may be learnt, shape (n,).

    Returns:
        For each count the index and the chance to reach the threshold, shape (N, 2), with mean 0
        and variance 1: to adjust estimates from replicates that were not seen.
    """
    from scipy.special import ndtri  # a run needs none of it

    found = _indices(values[seen], ndtri(places), seen)
    reached = (values[seen] >= least).astype(np.float64)
    both = (
        np.column_stack([index.told, _chance(index, own)])
        for index, own in zip(found, reached.T, strict=True)
    )
    return [(each - each.mean(axis=0)) / (each.std(axis=0) + TINY) for each in both]


def _indices(values: Floats, scores: Floats, seen: Bools) -> list[Index]:
    """Return an index for each count, fitted on the replicates that may be seen."""
    mine = scores[: len(seen)][seen]
    width = mine.shape[1]
    table = [ranks(column) for part in (mine, values) for column in part.T]
    ranked = np.column_stack([np.ones(len(mine)), *table])
    sums = ranked.T @ ranked
    return [
        _index(
            _normal(ranked[:, 1 + width + number]),
            scores[:, [pick - 1 for pick in entered(sums, width, 1 + width + number)]],
            np.flatnonzero(seen),
        )
        for number in range(values.shape[1])
    ]


def _normal(doubled: Floats) -> Floats:
    """Return normal scores of centred and doubled ranks."""
    from scipy.special import ndtri

    found: Floats = ndtri((doubled / len(doubled) + 1.0) / 2.0)
    return found


def _index(told: Floats, columns: Floats, mine: NDArray[np.intp]) -> Index:
    """Return what is left of scores once they are regressed on columns, and the index of all."""
    every = np.column_stack([np.ones(len(columns)), columns])
    own = every[mine]
    inverse = np.linalg.inv(own.T @ own)
    slopes = inverse @ own.T @ told
    lever = np.einsum("ij,jk,ik->i", own, inverse, own)
    missed = (told - own @ slopes) / (1.0 - lever)
    return Index(every @ slopes, max(float(np.sqrt(np.mean(missed**2))), LEAST_REST))


def _chance(found: Index, reached: Floats) -> Floats:
    """Return how likely each draw is to reach a threshold that a share of draws reaches."""
    from scipy.special import ndtr, ndtri

    many = len(reached)
    share = min(max(float(reached.mean()), 0.5 / many), 1.0 - 0.5 / many)
    threshold = -float(ndtri(share))
    # Scores have variance 1 over all draws, the index and the rest together.
    chance: Floats = ndtr((found.told - threshold) / found.rest)
    return chance
