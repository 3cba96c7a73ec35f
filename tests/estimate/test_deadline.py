"""Deadlines by hand."""

from sim.estimate import Interval
from sim.estimate.deadline import deadline


def at(*values: float, reach: float = 0.1) -> list[Interval]:
    return [Interval(value, value - reach, value + reach) for value in values]


def test_the_latest_start_that_is_early_enough() -> None:
    found = deadline(at(0.9, 0.8, 0.55, 0.3), 0.5)
    assert (found.latest, found.earliest_bound, found.latest_bound) == (2, 1, 2)


def test_luck_at_one_start_does_not_move_it() -> None:
    """0.45 then 0.55 average to 0.5: both are early enough."""
    assert deadline(at(0.9, 0.45, 0.55, 0.2), 0.5).latest == 2
    assert deadline(at(0.9, 0.40, 0.55, 0.2), 0.5).latest == 0


def test_none_is_early_enough_or_all_are() -> None:
    assert deadline(at(0.3, 0.2), 0.5).latest == -1
    assert deadline(at(0.9, 0.8), 0.5).latest == 1
