"""Paired differences: hand-worked cases, and how often the intervals hold the truth."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.estimate.paired import (
    likelihood_difference,
    mean_curves,
    month_difference,
)

PAIRS = 120
WORLDS = 600


def draws_of(replicates: int) -> NDArray[np.int64]:
    return np.arange(replicates) // 2


def test_the_same_package_twice_is_a_tie_of_nought() -> None:
    won = np.arange(40) % 3 == 0
    found = likelihood_difference(won, won, draws_of(40))
    assert found.value == 0.0
    assert found.tie
    assert found.reduction is None
    assert found.low < 0.0 < found.high  # forty pairs do not prove that nothing differs


def test_agresti_and_mins_interval_by_hand() -> None:
    """12 gains, 4 losses among 100 single pairs: (8 +- 1.96 sqrt(17 - 64/102)) / 102."""
    first, second = np.zeros(100, bool), np.zeros(100, bool)
    second[:12] = True
    first[12:16] = True
    found = likelihood_difference(first, second, np.arange(100))
    reach = 1.959964 * np.sqrt(17 - (8 / 102) ** 2 * 102) / 102
    assert found.value == pytest.approx(0.08)
    assert found.low == pytest.approx(8 / 102 - reach, abs=1e-6)
    assert found.high == pytest.approx(8 / 102 + reach, abs=1e-6)


def test_the_variance_reduction_is_that_of_pairs_against_independent_runs() -> None:
    rng = np.random.default_rng(1)
    together = rng.random(4000) < 0.5
    apart = rng.random(4000) < 0.5
    alone = likelihood_difference(together, apart, np.arange(4000)).reduction
    assert alone == pytest.approx(1.0, abs=0.1)
    flipped = together ^ (rng.random(4000) < 0.05)
    paired = likelihood_difference(together, flipped, np.arange(4000)).reduction
    assert paired == pytest.approx(10.0, rel=0.25)  # 2 * 0.25 / 0.05


@pytest.mark.parametrize(
    ("base", "gain", "alike"), [(0.5, 0.1, 0.5), (0.05, 0.05, 0.2), (0.9, 0.0, 0.8)]
)
def test_the_interval_holds_the_true_difference(base: float, gain: float, alike: float) -> None:
    """Pairs in draws of two, with a known difference, in 600 worlds.

    With a coverage of 95 %, fewer than 554 of 600 (92.3 %) have a chance below 0.3 %.
    """
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(WORLDS):
        # A draw's common normal and each replicate's own make successes alike within a draw.
        common = np.repeat(rng.normal(size=PAIRS), 2)
        own = rng.normal(size=2 * PAIRS)
        level = stats.norm.cdf(np.sqrt(alike) * common + np.sqrt(1 - alike) * own)
        found = likelihood_difference(level < base, level < base + gain, draws_of(2 * PAIRS))
        held += found.low <= gain <= found.high
    assert held >= 554


def test_swapping_the_packages_swaps_the_sign() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.random(200) < 0.3, rng.random(200) < 0.5
    there, back = (likelihood_difference(*each, draws_of(200)) for each in ((a, b), (b, a)))
    assert there.value == -back.value
    assert there.low == pytest.approx(-back.high)


def test_months_are_compared_where_both_arrive() -> None:
    first = np.array([10] * 20 + [-1] * 10 + [30] * 10)
    second = np.array([16] * 20 + [20] * 10 + [-1] * 10)
    found = month_difference(first, second, draws_of(40), 0)
    assert found is not None
    assert (found.value, found.both) == (6.0, 20)
    assert found.low == found.high == 6.0
    assert month_difference(first[20:], second[20:], draws_of(20), 0) is None


def test_the_interval_of_months_holds_the_true_difference() -> None:
    """A delay whose median is five months, a third of the replicates arriving under one only.

    In 100 worlds fewer than 88 have a chance below 0.3 % at 95 %.
    """
    rng = np.random.default_rng(13)
    held = 0
    for world in range(100):
        first = rng.integers(20, 60, 80)
        common = np.repeat(rng.normal(0.0, 2.0, 40), 2)
        second = first + np.rint(5.0 + common + rng.normal(0.0, 1.0, 80)).astype(int)
        first[rng.random(80) < 1 / 6] = -1
        second[rng.random(80) < 1 / 6] = -1
        found = month_difference(first, second, draws_of(80), world)
        assert found is not None
        held += found.low <= 5.0 <= found.high
    assert held >= 88


def test_curves_are_of_differences_not_differences_of_curves() -> None:
    first = np.array([[0.0, 0.0], [10.0, 10.0]])
    second = first + np.array([[1.0, 2.0]])
    found = mean_curves(first, second, draws_of(2))
    for curve in found:
        np.testing.assert_allclose(curve, [1.0, 2.0])
    with pytest.raises(ValueError, match="one shape"):
        mean_curves(first, second[:, :1], draws_of(2))
