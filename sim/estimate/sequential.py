"""How exactly a likelihood is known when the replicates were added until it was known well enough.

An ordinary interval is valid for a number of replicates fixed beforehand. Whoever looks again and
again, and stops when the interval pleases, misses far more often. A confidence sequence is valid at
all times at once, hence at any time chosen by looking.

Whether a draw's first replicate succeeds, X, is 0 or 1, and its mean is the likelihood m. For any
bet t between 0 and 1 the factor (t/m)^X ((1-t)/(1-m))^(1-X) has mean 1. The product over the draws
is thus a non-negative martingale, and so is its average over bets from a beta distribution (the
mixtures of Robbins 1970, Annals of Mathematical Statistics 41). With n draws, S the sum of their X,
and bets of mean m and weight w, that is a = w m and b = w (1-m),

    M(m) = B(a + S, b + n - S) / (B(a, b) m^S (1-m)^(n-S)).

Any a and b are valid. Bets around m, as in the beta-binomial mixture of Howard, Ramdas, McAuliffe
and Sekhon (2021, Annals of Statistics 49), reach a precision with fewer draws than bets over all of
0 to 1 do: 2,683 instead of 4,093 (a = b = 1/2) for 3 points around one half.

By Ville's inequality (Ville 1939, Étude critique de la notion de collectif) M at the true m ever
exceeds 1/alpha with probability alpha at most, so the m with M(m) below 1/alpha hold the truth at
all times with probability 1 - alpha. Means of bounded variables are treated at length by
Waudby-Smith and Ramdas (2024, Journal of the Royal Statistical Society B 86).
"""

import sys
from math import lgamma, log, log1p

from sim.estimate.groups import Bools, Floats, Groups
from sim.estimate.intervals import CONFIDENCE
from sim.estimate.records import Interval

WEIGHT = 100.0
"""Of the distribution of bets, w: best for about a thousand draws, good from a hundred to
tens of thousands."""
TINY = sys.float_info.min
"""An end below this is 0."""
ALMOST_ONE = 1.0 - sys.float_info.epsilon
EXACT = 1e-12
"""Absolute error of the ends."""


def sequential_interval(successes: Bools | Floats, groups: Groups) -> Interval:
    """Return the share of successes and an interval that is valid whenever one chooses to stop.

    Of each draw its first replicate counts: a second one, which comes later, would change what was
    already bet on. Draws in hypercubes are not independent; they spread more evenly than if they
    were, so that the sequence is rather too wide (`tests/estimate/test_sequential.py`).

    Args:
        successes: one per replicate, shape (R,); or shares, 0 to 1, whose mean is returned.
        groups: which replicates share a draw.
    """
    first = successes[groups.first]
    low, high = confidence_sequence(float(first.sum()), len(first))
    # The share of all replicates is another number; reaching out to it costs no validity.
    share = float(successes.mean())
    return Interval(share, min(low, share), max(high, share))


def confidence_sequence(
    total: float, number: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return the ends of the confidence sequence for the mean of values between 0 and 1.

    Args:
        total: sum of the values so far, S.
        number: of values so far, n.
        confidence: that the sequence holds the mean at all times.

    Raises:
        ValueError: the total is not between 0 and the number, or the confidence not a fraction.
    """
    if not (0.0 <= total <= number and number > 0 and 0.0 < confidence < 1.0):
        raise ValueError(f"no confidence sequence for {total=}, {number=}, {confidence=}")
    bound = -log(1.0 - confidence)
    return _low(total, number, bound), 1.0 - _low(number - total, number, bound)


def log_mixture(mean: float, total: float, number: int) -> float:
    """Return log M: the evidence of a total of n values against a mean above 0 and below 1."""
    rest = number - total
    a, b = WEIGHT * mean, WEIGHT * (1.0 - mean)
    against = _log_beta(a + total, b + rest) - _log_beta(a, b)
    if total > 0.0:
        against -= total * log(mean)
    if rest > 0.0:
        against -= rest * log1p(-mean)
    return against


def _low(total: float, number: int, bound: float) -> float:
    """Return the least mean against which the evidence does not reach the bound."""
    # SciPy is loaded where it is needed: who only reads a stored summary need not wait for it.
    from scipy.optimize import brentq

    def beyond(mean: float) -> float:
        return log_mixture(mean, total, number) - bound

    # Up to the mean of the values the evidence falls, and there it is against nothing. (Only with a
    # total below 1 does it start low; the interval then starts at 0, on the safe side.)
    if total == 0.0 or beyond(TINY) < 0.0:
        return 0.0
    return float(brentq(beyond, TINY, min(total / number, ALMOST_ONE), xtol=EXACT))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
