"""How unevenly equity is spread over rounds."""

import numpy as np

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Floats

FEWEST = 50
"""Rounds."""


def held_by_largest(rounds: Floats, part: float) -> Estimate:
    """Return the share of all money that the largest part of the rounds holds.

    Args:
        rounds: amounts.
        part: share of rounds; a fraction of a round counts in proportion.
    """
    if len(rounds) < FEWEST:
        return UNKNOWN
    people, money = lorenz(rounds)
    return Estimate(1.0 - float(np.interp(1.0 - part, people, money)))


def held_by_smallest(rounds: Floats, part: float) -> Estimate:
    """Return the share of all money that the smallest part of the rounds holds."""
    if len(rounds) < FEWEST:
        return UNKNOWN
    people, money = lorenz(rounds)
    return Estimate(float(np.interp(part, people, money)))


def lorenz(rounds: Floats) -> tuple[Floats, Floats]:
    """Return the Lorenz curve: shares of rounds, smallest first, and of money that they hold."""
    amounts = np.concatenate([[0.0], np.cumsum(np.sort(rounds))])
    return np.linspace(0.0, 1.0, len(amounts)), amounts / amounts[-1]
