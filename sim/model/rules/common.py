"""Small things that several rules share: units of time and money, choices, whose turn it is."""

from typing import TypeVar

import numpy as np

from sim.calendar import START
from sim.engine import rule
from sim.engine.tables import Numbers
from sim.model.world.tables import DISTRICTS

Value = TypeVar("Value", int, float)

MONTHS_A_YEAR = 12.0
MONTH = 1.0 / MONTHS_A_YEAR
"""A month in years."""
FIRST = START[1] - 1
"""Calendar month of month 0 of a run."""
MONTHS_UNSIGNED = np.uint64(12)
"""Months a year, for remainders of identities: unsigned numbers divide much faster."""
WAN_A_YI = 10_000.0
"""Ten thousand yuan (万元) in a hundred million (亿元)."""


@rule
def choose(condition: bool, yes: Value, no: Value) -> Value:
    """Return ``yes`` or ``no``; both are computed, so that no branch has to be guessed."""
    return yes if condition else no


@rule
def calendar_month(month: int) -> int:
    """Return 0 for January to 11 for December."""
    return (month + FIRST) % 12


@rule
def bernoulli_slots(rate: float, room: float) -> int:
    """Return how many candidates stand for a flow of ``rate`` a month.

    Each candidate comes with probability rate / slots, so that a higher rate adds arrivals and
    keeps the others: the number of slots depends on parameters only, never on a lever. There is
    room for a rate ``room`` times as high.
    """
    return 16 + int(room * rate)


@rule
def mean_over_districts(field: Numbers, branch: int) -> float:
    """Return the mean over districts of one row of an array whose first columns they are."""
    total = 0.0
    for district in range(DISTRICTS):
        total += field[branch, district]
    return total / DISTRICTS


@rule
def has_its_turn(identity: int, month: int) -> bool:
    """Return whether a firm does this month what it does once a year."""
    return np.uint64(month + identity) % MONTHS_UNSIGNED == 0
