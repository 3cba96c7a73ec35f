"""Whether the ranking of the plans survives across the priors.

Two plans whose effects the draws cannot tell apart are tied: an order is called clear only where
the paired difference says so. The pairs that are in clear order give each plan a set of ranks that
holds its true one, all plans together (M. Mogstad, J. Romano, A. Shaikh and D. Wilhelm 2024, Review
of Economic Studies 91, 476-518). A parameter reorders the plans if some pair is in one order where
it is low and in the other where it is high, and both are clear: the test of a qualitative
interaction (M. Gail and R. Simon 1985, Biometrics 41, 361-372).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from sim.evidence.sensitivity.designed import Floats, Ints

RESAMPLES: Final = 400
LEVEL: Final = 0.05
"""Chance that any pair at all is said to be in clear order, or turned round, when it is not."""
FEWEST: Final = 4
"""Draws of which each half can still vary."""
TOGETHER: Final = 3
"""Most plans that are called first together: half of them."""


class Split(NamedTuple):
    """The order of the plans where a parameter is low, against where it is high."""

    parameter: str
    tau: float | None
    """Kendall's tau-b of the two orders, with ties; None if a half has nothing but ties."""
    p_value: float
    """Of any pair being turned round as clearly by chance, for any of the parameters looked at."""
    low: int
    """Of the pair that comes nearest to it, the plan that is ahead where the parameter is low."""
    high: int
    """And the one that is ahead where it is high."""

    @property
    def reorders(self) -> bool:
        """Whether a pair is turned round beyond chance."""
        return self.p_value <= LEVEL


class Ranking(NamedTuple):
    """Plans by what leaving them out costs."""

    effects: Floats
    """Shape (plans,)."""
    ranks: Floats
    """Share of resamples of the draws in which a plan has each rank, shape (plans, plans)."""
    best: Ints
    """The best rank that a plan may have, shape (plans,); with ``worst`` it holds all true ranks in
    95 % of cases."""
    worst: Ints
    splits: tuple[Split, ...]

    @property
    def clear(self) -> int:
        """Return the number of pairs that are in clear order."""
        return int((self.best - 1).sum())

    @property
    def first(self) -> list[int]:
        """Return the plans that may come first, that with the largest effect at the head.

        None if more than half of them may, or if leaving out the best of them costs nothing.
        """
        order = np.argsort(-self.effects, kind="stable").tolist()
        may = [plan for plan in order if self.best[plan] == 1]
        return may if len(may) <= TOGETHER and self.effects[order[0]] > 0.0 else []


def ranking(
    by_draw: Floats, where: Floats, names: Sequence[str], generator: np.random.Generator
) -> Ranking:
    """Return how plans rank, and how far that depends on the parameters.

    Args:
        by_draw: effect of each plan in each draw, shape (draws, plans), at least four draws.
        where: positions of some parameters in each draw, shape (draws, names).
        names: of these parameters.
        generator: of resamples.
    """
    draws = len(by_draw)
    order = ordered(chances(by_draw))
    picked = by_draw[generator.integers(0, draws, (RESAMPLES, draws))].mean(axis=1)
    return Ranking(
        by_draw.mean(axis=0),
        shared_ranks(picked).mean(axis=0),
        1 + (order < 0).sum(axis=1),
        len(order) - (order > 0).sum(axis=1),
        tuple(
            _split(name, by_draw, np.argsort(where[:, column], kind="stable"), len(names))
            for column, name in enumerate(names)
        ),
    )


def chances(by_draw: Floats) -> Floats:
    """Return how likely each plan would be as far ahead of each other one if it were not ahead.

    One-sided, by the normal distribution of the paired differences, to which half a draw is added
    in which one plan is ahead by a whole target, half a draw in which the other is, and one in
    which neither is (after A. Agresti and Y. Min 2005, Statistics in Medicine 24, 729-740): a few
    draws that all say the same prove little.

    Args:
        by_draw: effects, shape (draws, plans).

    Returns:
        Shape (plans, plans): plans ahead by plans behind.
    """
    draws = len(by_draw)
    gaps = by_draw[:, :, None] - by_draw[:, None, :]
    wide = draws + 2.0
    mean = gaps.sum(axis=0) / wide
    variance = (np.square(gaps).sum(axis=0) + 1.0) / wide - np.square(mean)
    return np.asarray(norm.sf(mean / np.sqrt(variance / wide)))


def ordered(chance: Floats) -> Ints:
    """Return which pairs are in clear order, all together (S. Holm 1979, Scand. J. Stat. 6, 65-70).

    Args:
        chance: as ``chances`` gives it.

    Returns:
        Shape (plans, plans): 1 where the first plan is ahead of the second, -1 where it is behind,
        0 where they are tied.
    """
    one, other = np.triu_indices(len(chance), 1)
    two_sided = 2.0 * np.minimum(chance[one, other], chance[other, one])
    upwards = np.argsort(two_sided, kind="stable")
    passed = two_sided[upwards] <= LEVEL / np.arange(len(upwards), 0, -1)
    proven = upwards[: int(np.cumprod(passed).sum())]
    order = np.zeros(chance.shape, np.int64)
    ahead = np.where(chance[one, other] < chance[other, one], 1, -1)[proven]
    order[one[proven], other[proven]] = ahead
    return order - order.T


def agreement(one: Ints, other: Ints) -> float | None:
    """Return Kendall's tau-b of two orders with ties; None if one of them has nothing but ties.

    M. Kendall 1945, The treatment of ties in ranking problems, Biometrika 33, 239-251: ties count
    for nothing above and below the line, and orders need not be transitive.

    Args:
        one: as ``ordered`` gives it.
        other: likewise.
    """
    pairs = float(np.square(one).sum()) * float(np.square(other).sum())
    return float((one * other).sum()) / pairs**0.5 if pairs else None


def shared_ranks(effects: Floats) -> Floats:
    """Return the part that each plan has in each rank; those with equal effects share theirs.

    Args:
        effects: shape (resamples, plans).

    Returns:
        Shape (resamples, plans, ranks).
    """
    above = (effects[:, None, :] > effects[:, :, None]).sum(axis=2)[:, :, None]
    level = (effects[:, None, :] == effects[:, :, None]).sum(axis=2)[:, :, None]
    rank = np.arange(effects.shape[1])
    return np.asarray(((rank >= above) & (rank < above + level)) / level)


def _split(name: str, by_draw: Floats, rising: NDArray[np.int64], splits: int) -> Split:
    """Return what the half of the draws with low values says against that with high ones."""
    half = len(rising) // 2
    low, high = (chances(by_draw[rows]) for rows in (rising[:half], rising[half:]))
    turned = np.maximum(low, high.T)
    np.fill_diagonal(turned, 1.0)
    ahead_low, ahead_high = divmod(int(turned.argmin()), len(turned))
    pairs = len(turned) * (len(turned) - 1) // 2
    return Split(
        name,
        agreement(ordered(low), ordered(high)),
        min(1.0, float(turned.min()) * pairs * splits),
        ahead_low,
        ahead_high,
    )
