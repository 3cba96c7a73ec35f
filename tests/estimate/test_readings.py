"""Targets are read as the plan words them, and nothing that is not a number slips through."""

from fractions import Fraction

import numpy as np
import pytest

from sim.estimate.readings import NEVER, outcomes, thresholds
from sim.plan import PLAN
from sim.problems import Problem

IDS = [count.id for count in PLAN.counts]
TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_about_means_so_much_below_the_target_to_the_last_digit(percent: int) -> None:
    found = thresholds(percent / 100)
    for count, strict, about in zip(PLAN.counts, *found, strict=True):
        assert strict == count.target
        slack = Fraction(percent, 100) if count.about else 0
        assert about == float(count.target * (1 - slack))


def test_the_plan_does_not_say_about_of_the_clusters() -> None:
    clusters = IDS.index("clusters")
    found = thresholds(0.5)
    assert found.about[clusters] == found.strict[clusters]
    assert (np.delete(found.about < found.strict, clusters)).all()


@pytest.mark.parametrize("tolerance", [-0.1, 1.0, float("nan")])
def test_a_tolerance_is_a_fraction(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        thresholds(tolerance)


def test_the_month_in_which_a_target_was_first_reached() -> None:
    """The first time counts, even if the count falls below its target again."""
    counts = np.zeros((1, 6, len(IDS)))
    counts[0, :, 0] = TARGETS[0] * np.array([0.0, 0.999, 1.0, 0.5, 2.0, 2.0])
    counts[0, 5, 1] = TARGETS[1]
    counts[0, :, 2] = TARGETS[2]
    found = outcomes(counts, at=3)
    assert found.reached[0, :4].tolist() == [2, 5, 0, NEVER]
    assert found.values[0].tolist() == counts[0, 3].tolist()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_count_that_is_no_number_is_named(bad: float) -> None:
    counts = np.zeros((4, 8, len(IDS)))
    counts[2, 3, 5] = bad
    with pytest.raises(Problem) as caught:
        outcomes(counts, at=7)
    assert caught.value.key == IDS[5]
    assert caught.value.found == f"{bad} (replicate 2, 2023-01)"
    assert caught.value.expected.zh


@pytest.mark.parametrize("shape", [(4, 8), (4, 8, 12), (0, 8, 13), (4, 0, 13)])
def test_counts_of_another_shape_are_an_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shape|month"):
        outcomes(np.zeros(shape), at=0)


@pytest.mark.parametrize("at", [-1, 8])
def test_a_month_outside_the_run_is_an_error(at: int) -> None:
    with pytest.raises(ValueError, match="month"):
        outcomes(np.zeros((4, 8, 13)), at=at)
