"""A likelihood that was watched while it was estimated is still known as well as claimed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.estimate.groups import grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.sequential import (
    WEIGHT,
    confidence_sequence,
    log_mixture,
    sequential_interval,
)

SEED = 20221011

inner = st.floats(0.01, 0.99)
counts = st.integers(1, 3000)


def total_of(share: float, number: int) -> float:
    """Return a total that pairs can have."""
    return round(2 * share * number) / 2


@pytest.mark.parametrize(("mean", "total", "number"), [(0.3, 2.5, 6), (0.5, 0.0, 4), (0.9, 7.0, 7)])
def test_the_evidence_is_the_average_over_bets(mean: float, total: float, number: int) -> None:
    """The closed form against the integral that it stands for."""
    bets = (np.arange(200_000) + 0.5) / 200_000
    density = bets ** (WEIGHT * mean - 1) * (1 - bets) ** (WEIGHT * (1 - mean) - 1)
    gains = (bets / mean) ** total * ((1 - bets) / (1 - mean)) ** (number - total)
    average = (density * gains).sum() / density.sum()
    assert log_mixture(mean, total, number) == pytest.approx(np.log(average), abs=1e-6)


@given(inner, counts, st.floats(0.0, 1.0), inner)
def test_nobody_gains_evidence_against_the_truth(
    mean: float, number: int, share: float, spread: float
) -> None:
    """Whatever has happened, the evidence against the true mean rises by a factor of 1 on average.

    Equality where a draw all succeeds or all fails; at most 1 where it can also split.
    """
    total = total_of(share, number)
    before = log_mixture(mean, total, number)
    none, half, both = (
        np.exp(log_mixture(mean, total + step, number + 1) - before) for step in (0.0, 0.5, 1.0)
    )
    assert (1 - mean) * none + mean * both == pytest.approx(1.0, abs=1e-6)
    split = spread * 2 * min(mean, 1 - mean)
    average = (1 - mean - split / 2) * none + split * half + (mean - split / 2) * both
    assert average <= 1.0 + 1e-6


@given(st.floats(0.0, 1.0), counts)
def test_the_sequence_holds_its_mean_and_treats_failures_like_successes(
    share: float, number: int
) -> None:
    total = total_of(share, number)
    low, high = confidence_sequence(total, number)
    assert 0.0 <= low <= total / number <= high <= 1.0
    mirrored = confidence_sequence(number - total, number)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.floats(0.0, 1.0), counts)
def test_the_ends_are_where_the_evidence_reaches_its_bound(share: float, number: int) -> None:
    total = total_of(share, number)
    low, high = confidence_sequence(total, number)
    for end, outside in ((low, low - 1e-6), (high, high + 1e-6)):
        if 1e-5 < end < 1 - 1e-5:
            assert log_mixture(end, total, number) == pytest.approx(np.log(20), abs=1e-4)
            assert log_mixture(outside, total, number) > np.log(20)


@given(st.floats(0.0, 1.0), counts, st.integers(2, 20))
def test_more_draws_narrow_the_interval_and_more_confidence_widens_it(
    share: float, number: int, times: int
) -> None:
    total = total_of(share, number)
    low, high = confidence_sequence(total, number)
    longer = confidence_sequence(total * times, number * times)
    surer = confidence_sequence(total, number, confidence=0.99)
    assert longer[1] - longer[0] <= high - low + 1e-9
    assert surer[0] <= low + 1e-9
    assert surer[1] >= high - 1e-9


def test_one_draw_says_nothing() -> None:
    assert confidence_sequence(1.0, 1) == pytest.approx((0.0, 1.0), abs=1e-9)
    assert confidence_sequence(0.5, 1) == (0.0, 1.0)


@pytest.mark.parametrize("wrong", [(-1.0, 4, 0.95), (5.0, 4, 0.95), (0.0, 0, 0.95), (1.0, 4, 1.0)])
def test_an_impossible_sequence_is_an_error(wrong: tuple[float, int, float]) -> None:
    with pytest.raises(ValueError, match="no confidence sequence"):
        confidence_sequence(*wrong)


@pytest.mark.parametrize("truth", [0.1, 0.5])
def test_looking_again_and_again_does_not_break_the_interval(truth: float) -> None:
    """Someone looks 16 times and stops, to spite us, whenever the interval misses the truth.

    300 ensembles of 800 pairs: at an error rate of 5 %, more than 27 misses have a probability of
    0.1 %. The ordinary interval misses more than twice as often as it says.
    """
    rng = np.random.default_rng(SEED)
    looks = range(100, 1601, 100)
    draws = np.arange(1600) // 2
    groups = {look: grouped(draws[:look]) for look in looks}
    missed = {sequential_interval: 0, likelihood_interval: 0}
    for _ in range(300):
        likelihoods = rng.beta(truth, 1 - truth, 800)
        flags = rng.random(1600) < likelihoods[draws]
        for estimate in missed:
            found = [estimate(flags[:look], groups[look]) for look in looks]
            missed[estimate] += not all(one.low <= truth <= one.high for one in found)
    assert missed[sequential_interval] <= 27
    assert missed[likelihood_interval] > 30


def test_draws_of_different_size_still_hold_the_share_of_replicates() -> None:
    flags = np.repeat([True, False], [9000, 1000])
    draws = np.concatenate([np.zeros(9000, dtype=np.int64), np.arange(1, 1001)])
    found = sequential_interval(flags, grouped(draws))
    assert found.value == 0.9
    assert found.low < 0.01 < found.value <= found.high
    mirrored = sequential_interval(~flags, grouped(draws))
    assert mirrored == pytest.approx((1 - found.value, 1 - found.high, 1 - found.low))


def test_watching_costs_width_but_never_gains_it() -> None:
    rng = np.random.default_rng(SEED)
    for number in (20, 200, 2000):
        flags = rng.random(number) < 0.4
        groups = grouped(np.arange(number) // 2)
        fixed, watched = likelihood_interval(flags, groups), sequential_interval(flags, groups)
        assert watched.value == fixed.value
        assert watched.low < fixed.low < fixed.high < watched.high
