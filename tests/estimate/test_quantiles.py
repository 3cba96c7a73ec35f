"""Quantiles are values that occurred, and sit where their definition puts them."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.estimate.quantiles import fan, quantiles

LEVELS = (0.0, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 1.0)


def test_small_cases_by_hand() -> None:
    assert quantiles(np.array([3.0, 1.0, 2.0, 4.0]), (0.1, 0.5, 0.9)).tolist() == [1, 2, 4]
    assert quantiles(np.array([5.0]), (0.1, 0.5, 0.9)).tolist() == [5, 5, 5]


@pytest.mark.parametrize("number", [1, 2, 3, 7, 10, 30, 60, 70, 99, 100, 500, 1000])
def test_the_definition_is_kept_whatever_the_number_of_replicates(number: int) -> None:
    """In floating point 0.1 times 30 is a little more than 3; the third of 30 is still meant."""
    ranks = [max(ceil(Fraction(str(level)) * number), 1) for level in LEVELS]
    values = np.random.default_rng(number).permutation(number) + 1.0
    assert quantiles(values, LEVELS).tolist() == ranks


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=20))
def test_a_fan_is_ordered_and_made_of_values_that_occurred(rows: list[list[int]]) -> None:
    values = np.array(rows, dtype=np.float32)
    found = fan(values, LEVELS)
    assert found.shape == (len(LEVELS), 3)
    assert found.dtype == np.float64
    assert (np.diff(found, axis=0) >= 0).all()
    for month in range(3):
        assert set(found[:, month]) <= set(values[:, month])


@pytest.mark.parametrize(
    "values",
    [np.zeros(3), np.zeros((2, 3, 4)), np.zeros((0, 3)), np.array([[0.0, np.nan]])],
    ids=["row", "block", "empty", "nan"],
)
def test_values_that_make_no_fan_are_an_error(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape|replicates|finite"):
        fan(values, (0.5,))


@pytest.mark.parametrize("level", [-0.1, 1.1, float("nan")])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fan(np.zeros((2, 3)), (level,))
