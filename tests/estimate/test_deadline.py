"""Deadlines by hand."""

import pytest

from sim.estimate import Interval
from sim.estimate.deadline import Verdict, deadline, verdict
from sim.estimate.paired import Difference


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


CLEAR, NOTHING = Difference(-0.4, -0.6, -0.2), Difference(-0.1, -0.3, 0.1)


@pytest.mark.parametrize(
    ("values", "effect", "expected"),
    [
        ((0.8, 0.8, 0.8), NOTHING, "alike"),
        ((0.2, 0.2, 0.2), NOTHING, "alike"),
        ((0.55, 0.5, 0.45), NOTHING, "alike"),
        ((0.4, 0.2, 0.1), CLEAR, "missed"),
        ((0.9, 0.8, 0.6), CLEAR, "kept"),
        ((0.9, 0.6, 0.2), CLEAR, "deadline"),
    ],
)
def test_the_end_of_what_was_tried_is_no_deadline(
    values: tuple[float, ...], effect: Difference, expected: Verdict
) -> None:
    assert verdict(deadline(at(*values), 0.5), len(values), effect) == expected
