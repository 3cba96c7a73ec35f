"""Luck and parameters are told apart, and where they cannot be, nobody is told a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.estimate.groups import Groups, grouped
from sim.estimate.variance import padded_correlation, parameter_share

SEED = 20221011


def groups_of(*sizes: int) -> Groups:
    return grouped(np.repeat(np.arange(len(sizes)), sizes))


def share(values: list[float], *sizes: int) -> float | None:
    return parameter_share(np.array(values, dtype=np.float64), groups_of(*sizes))


def test_two_pairs_worked_by_hand() -> None:
    # Means 2 and 6; mean squares 16 between and 2 within; (16 - 2) / (16 + 2).
    assert share([1, 3, 5, 7], 2, 2) == pytest.approx(7 / 9)


def test_draws_of_different_size_worked_by_hand() -> None:
    # Mean squares 32/3 between and 2 within, typical size 4/3; (26/3) / (34/3).
    assert share([0, 2, 5], 2, 1) == pytest.approx(13 / 17)


def test_replicates_that_copy_each_other_are_all_parameters() -> None:
    assert share([1, 1, 2, 2, 5, 5], 2, 2, 2) == 1.0


def test_draws_that_agree_on_average_are_all_luck() -> None:
    assert share([1, 3, 1, 3, 3, 1], 2, 2, 2) == 0.0


@pytest.mark.parametrize(
    ("values", "sizes"),
    [
        ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], (3, 3)),  # nothing varies; 0.1 has no exact double
        ([1.0, 2.0, 3.0, 4.0], (4,)),  # one draw
        ([1.0, 2.0, 3.0, 4.0], (1, 1, 1, 1)),  # no two replicates of a draw
        ([1.0], (1,)),
    ],
)
def test_a_share_that_cannot_be_known_is_none(values: list[float], sizes: tuple[int, ...]) -> None:
    assert share(values, *sizes) is None


@pytest.mark.parametrize("truth", [0.0, 0.3, 0.8, 1.0])
def test_a_known_share_is_found(truth: float) -> None:
    # 10,000 pairs: standard error (1 - truth^2) / 100 at most, so 0.04 is four of them.
    rng = np.random.default_rng(SEED)
    draws = np.arange(20_000) // 2
    parameters = rng.normal(size=10_000)[draws]
    values = np.sqrt(truth) * parameters + np.sqrt(1 - truth) * rng.normal(size=20_000)
    found = parameter_share(7.0 + 3.0 * values, grouped(draws))
    assert found == pytest.approx(truth, abs=0.04)


@pytest.mark.parametrize(("a", "b"), [(2.0, 3.0), (0.3, 0.9), (8.0, 2.0)])
def test_the_correlation_of_a_beta_binomial_is_found(a: float, b: float) -> None:
    # 8,000 draws of five: a standard error below 0.01.
    rng = np.random.default_rng(SEED)
    draws = np.repeat(np.arange(8000), 5)
    successes = rng.random(40_000) < rng.beta(a, b, 8000)[draws]
    found = parameter_share(successes, grouped(draws))
    assert found == pytest.approx(1 / (a + b + 1), abs=0.03)


wholes = st.lists(st.integers(-1000, 1000), min_size=4, max_size=24)


@given(wholes, st.integers(-1000, 1000), st.sampled_from([-8, 0.5, 4]))
def test_units_zero_points_names_and_order_do_not_matter(
    values: list[int], zero: int, unit: float
) -> None:
    draws = np.arange(len(values)) // 3
    plain = parameter_share(np.array(values, dtype=np.float64), grouped(draws))
    order = np.random.default_rng(len(values)).permutation(len(values))
    moved = zero + unit * np.array(values, dtype=np.float64)[order]
    other = parameter_share(moved, grouped(900 - 7 * draws[order]))
    assert (plain is None) == (other is None)
    if plain is not None:
        assert 0.0 <= plain <= 1.0
        assert other == pytest.approx(plain, abs=1e-9)


def test_without_evidence_the_correlation_is_the_worst_case() -> None:
    assert padded_correlation(np.ones(40, dtype=np.bool_), groups_of(*[2] * 20)) == 1.0
    assert padded_correlation(np.zeros(2, dtype=np.bool_), groups_of(2)) == 1.0


def test_with_evidence_the_correlation_is_the_plain_one() -> None:
    rng = np.random.default_rng(SEED)
    draws = np.arange(4000) // 2
    successes = rng.random(4000) < rng.beta(1.0, 2.0, 2000)[draws]
    groups = grouped(draws)
    plain = parameter_share(successes, groups)
    assert plain is not None
    assert plain <= padded_correlation(successes, groups) <= plain + 0.005


def test_no_replicates_is_an_error() -> None:
    with pytest.raises(ValueError, match="no replicates"):
        grouped(np.array([], dtype=np.int64))


@pytest.mark.parametrize("draws", [np.zeros((2, 2), dtype=np.int64), np.array([0.0, 0.5])])
def test_draws_are_a_row_of_whole_numbers(draws: NDArray[np.int64]) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        grouped(draws)
