"""How heavy the tail of firm sizes is: the exponent of a Pareto tail, by two estimators."""

import numpy as np

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Floats

TAIL = 0.10
"""Share of firms that count as the tail."""
FEWEST = 20


def largest(sizes: Floats) -> Floats:
    """Return the largest tenth of all sizes above zero, falling."""
    positive = np.sort(sizes[sizes > 0.0])[::-1]
    return positive[: int(TAIL * len(positive))]


def hill(tail: Floats) -> Estimate:
    """Return Hill's estimate of the exponent (Hill 1975, Annals of Statistics 3, 1163-1174).

    With k sizes above the smallest of the tail, error exponent / sqrt(k).

    Args:
        tail: sizes, falling.
    """
    if len(tail) < FEWEST:
        return UNKNOWN
    many = len(tail) - 1
    # The smallest is the threshold itself; k - 1 instead of k takes out the bias.
    value = (many - 1) / float(np.log(tail[:-1] / tail[-1]).sum())
    return Estimate(value, value / float(np.sqrt(many)))


def rank_half(tail: Floats) -> Estimate:
    """Return the slope of log(rank - 1/2) on log size, its sign changed.

    Gabaix and Ibragimov (2011, Journal of Business & Economic Statistics 29, 24-39): error
    exponent * sqrt(2 / n).

    Args:
        tail: sizes, falling.
    """
    if len(tail) < FEWEST:
        return UNKNOWN
    ranks = np.arange(1, len(tail) + 1) - 0.5
    value = -float(np.polyfit(np.log(tail), np.log(ranks), 1)[0])
    return Estimate(value, value * float(np.sqrt(2.0 / len(tail))))
