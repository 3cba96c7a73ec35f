"""Who is owed how much: exact Shapley values of a game with few players."""

from collections.abc import Sequence
from itertools import combinations
from math import factorial, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.estimate.adjusted import Control, adjusted
from sim.estimate.groups import Bools, Floats, Groups, Ints, grouped
from sim.estimate.intervals import CONFIDENCE
from sim.estimate.paired import padded

RESAMPLES = 299
MOST = 1.0
"""Greatest share of a likelihood, a fraction: from never to always."""


class Share(NamedTuple):
    """What a player, or a pair of them, is owed, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def tie(self) -> bool:
        """Return whether it may be nothing."""
        return self.low <= 0.0 <= self.high


class Attribution(NamedTuple):
    """The shares of all players of one game."""

    players: tuple[Share, ...]
    pairs: dict[tuple[int, int], Share]
    """Interaction of two players: above nought they need each other, below they do the same."""
    gap: float
    """Sum of the players' shares less what all achieve together beyond none: nought but for
    rounding."""


def shapley_values(values: Floats) -> Floats:
    """Return each player's Shapley value (Shapley 1953).

    Args:
        values: of every coalition, shape (2**n, ...); bit k of a coalition's number says that
            player k is in it.

    Returns:
        Shape (n, ...).
    """
    players = _players(values)
    found = np.zeros((players, *values.shape[1:]))
    for coalition in range(len(values)):
        size = coalition.bit_count()
        if size < players:
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
        for player in range(players):
            if not coalition >> player & 1:
                found[player] += weight * (values[coalition | 1 << player] - values[coalition])
    return found


def interactions(values: Floats) -> dict[tuple[int, int], Floats]:
    """Return each pair's Shapley interaction index (Grabisch and Roubens 1999).

    Args:
        values: of every coalition, shape (2**n, ...).
    """
    players = _players(values)
    found = {}
    for i, j in combinations(range(players), 2):
        both = 1 << i | 1 << j
        total = np.zeros(values.shape[1:])
        for coalition in range(len(values)):
            if coalition & both:
                continue
            size = coalition.bit_count()
            weight = factorial(size) * factorial(players - size - 2) / factorial(players - 1)
            total += weight * (
                values[coalition | both]
                - values[coalition | 1 << i]
                - values[coalition | 1 << j]
                + values[coalition]
            )
        found[i, j] = total
    return found


def attribute(successes: Bools, draws: Ints, control: Control | None = None) -> Attribution:
    """Return the shares of a likelihood.

    A likelihood's Shapley value is the mean of the replicates' own, so that the interval is that
    of a mean of independent draws (Student's t). No plan can be owed more than the whole of a
    likelihood, nor less than the loss of it: with few draws t reaches beyond, and the interval is
    cut at -1 and 1 (that of a pair, which is a difference of differences, at -2 and 2). With one
    draw nothing is known, and these are the interval.

    Args:
        successes: of each coalition and replicate, shape (2**n, R); the same replicate has the
            same luck in every coalition.
        draws: number of each replicate's parameter draw, shape (R,).
        control: what foretells who succeeds; a regression on it is linear in the successes, so that
            adjusted shares are those of adjusted likelihoods. None: nothing does.
    """
    groups, played = grouped(draws), successes.astype(np.float64)
    own, both = shapley_values(played), interactions(played)
    gap = float((own.sum(axis=0) - (played[-1] - played[0])).mean())
    players = _shares(list(own), groups, control, MOST)
    pairs = zip(both, _shares(list(both.values()), groups, control, 2.0 * MOST), strict=True)
    return Attribution(tuple(players), dict(pairs), gap)


def _shares(
    values: Sequence[Floats], groups: Groups, control: Control | None, most: float
) -> list[Share]:
    """Return the mean of each, which is between minus and plus most, with its interval."""
    if control is None:
        return [_mean(each, groups, most) for each in values]
    found = adjusted(np.stack(values, axis=1) / most, *control)
    return [
        Share(*(most * max(-1.0, min(end, 1.0)) for end in (each.value, *each.ends())))
        for each in found
    ]


def attribute_median(values: Floats, draws: Ints, seed: int) -> Attribution:
    """Return the shares of a median, with intervals by the bootstrap over draws.

    Args:
        values: of each coalition and replicate, shape (2**n, R).
        draws: number of each replicate's parameter draw, shape (R,).
        seed: of the bootstrap.
    """
    groups = grouped(draws)
    rows = np.stack([padded(each, groups) for each in values])
    middle_of = np.nanmedian if np.isnan(rows).any() else np.median
    rng = np.random.default_rng(seed)
    chosen = rng.integers(rows.shape[1], size=(RESAMPLES, rows.shape[1]))
    medians = np.stack([middle_of(rows[:, each], axis=(1, 2)) for each in chosen], axis=1)
    middle = middle_of(rows, axis=(1, 2))
    own, resampled = shapley_values(middle), shapley_values(medians)
    together, pairs = interactions(middle), interactions(medians)
    return Attribution(
        tuple(_quantiles(*each) for each in zip(own, resampled, strict=True)),
        {pair: _quantiles(together[pair], pairs[pair]) for pair in together},
        float(own.sum() - (middle[-1] - middle[0])),
    )


def _players(values: Floats) -> int:
    """Return how many players there are.

    Raises:
        ValueError: the number of coalitions is not a power of two.
    """
    players = len(values).bit_length() - 1
    if len(values) != 2**players:
        raise ValueError(f"{len(values)} coalitions are not those of any number of players")
    return players


def _mean(values: Floats, groups: Groups, most: float) -> Share:
    """Return a mean and its interval, which ends where no mean can be: at minus and plus most.

    Two draws are added to the spread, half of each at minus and at plus most, as for a difference
    of likelihoods (`likelihood_difference`): draws that all came out alike leave room for others.
    """
    value, number = float(values.mean()), len(groups.sizes)
    if number < 2:
        return Share(value, -most, most)
    # Of a mean over replicates, draws weigh as many as they have (Cochran 1977, sec. 2.11).
    weights = groups.sizes / groups.sizes.mean()
    spread = float(np.sum((weights * (groups.means(values) - value)) ** 2)) + most * most
    reach = float(stdtrit(number - 1, 0.5 + CONFIDENCE / 2.0)) * sqrt(spread) / (number + 2)
    return Share(value, max(-most, value - reach), min(most, value + reach))


def _quantiles(value: Floats, resampled: Floats) -> Share:
    tail = (1.0 - CONFIDENCE) / 2.0
    low, high = np.quantile(resampled, (tail, 1.0 - tail))
    return Share(float(value), min(float(low), float(value)), max(float(high), float(value)))
