"""Intervals of likelihoods cover as often as they say, whatever replicates of a draw share."""

from collections.abc import Iterator
from math import lgamma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.estimate.groups import grouped
from sim.estimate.intervals import (
    beta_range,
    likelihood_interval,
    list_error,
    over_parameters,
    wilson,
)
from sim.estimate.records import Interval

SEED = 20221011
PAIRS = 50
LIKELIHOODS = np.concatenate([np.arange(0.01, 0.1, 0.01), np.arange(0.1, 0.51, 0.05)])

fractions = st.floats(0.0, 1.0)
numbers = st.floats(1.0, 1e5)


def successes(*of_draws: str) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return successes and draws from words such as ``"+-"``, one word for each draw."""
    flags = np.array([mark == "+" for word in of_draws for mark in word])
    return flags, np.repeat(np.arange(len(of_draws)), [len(word) for word in of_draws])


def interval(*of_draws: str) -> Interval:
    flags, draws = successes(*of_draws)
    return likelihood_interval(flags, grouped(draws))


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (50, 100, 0.4038, 0.5962),
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_published_values(
    hits: int, trials: int, low: float, high: float
) -> None:
    found = wilson(hits / trials, trials)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(fractions, fractions, numbers)
def test_wilson_holds_its_share_and_rises_with_it(one: float, two: float, number: float) -> None:
    lower, upper = (wilson(share, number) for share in sorted((one, two)))
    for found in (lower, upper):
        assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert lower.low <= upper.low + 1e-12
    assert lower.high <= upper.high + 1e-12


@given(fractions, numbers, st.floats(1.01, 10.0))
def test_more_trials_or_less_confidence_give_a_narrower_interval(
    share: float, number: float, times: float
) -> None:
    wide = wilson(share, number)
    for narrow in (wilson(share, number * times), wilson(share, number, confidence=0.9)):
        assert narrow.high - narrow.low < wide.high - wide.low


@pytest.mark.parametrize("wrong", [(-0.1, 10, 0.95), (1.1, 10, 0.95), (0.5, 0, 0.95), (0.5, 9, 1)])
def test_an_impossible_interval_is_an_error(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        wilson(*wrong)


def test_single_replicates_of_different_draws_are_independent() -> None:
    assert interval(*"+-++-+++-+") == wilson(0.7, 10)
    assert interval(*"++++++++++") == wilson(1.0, 10)


def test_copies_count_once() -> None:
    assert interval(*["++"] * 7, *["--"] * 3) == wilson(0.7, 10)
    assert interval(*["+++"] * 20) == wilson(1.0, 20)
    assert interval("++") == wilson(1.0, 1)


def test_a_large_draw_of_copies_weighs_more_than_its_share() -> None:
    # Kish's effective number, N^2 over the sum of the squared sizes.
    assert interval("++++", "+", "-", "-") == wilson(5 / 7, 49 / 19)


def test_independent_replicates_count_in_full() -> None:
    # As many equal pairs as independent luck would make: the correlation found is about 0.
    found = interval(*["++", "+-", "-+", "--"] * 100)
    full = wilson(0.5, 800)
    assert found.half_width == pytest.approx(full.half_width, rel=0.01)


def outcomes_of_pairs() -> Iterator[tuple[int, int, int, Interval]]:
    """Yield every outcome of the pairs (none, one, both succeed) and its interval."""
    for one in range(PAIRS + 1):
        for both in range(PAIRS + 1 - one):
            none = PAIRS - one - both
            yield none, one, both, interval(*["--"] * none, *["+-"] * one, *["++"] * both)


def test_the_interval_of_pairs_covers_as_it_says() -> None:
    """Exact: sums the probability of all outcomes of 50 pairs whose interval holds the truth."""
    table = list(outcomes_of_pairs())
    cells = np.array([row[:3] for row in table], dtype=np.float64)
    low, high, value = (np.array([getattr(row[3], end) for row in table])
                        for end in ("low", "high", "value"))  # fmt: skip
    naive = [wilson(share, 2 * PAIRS) for share in value]
    naive_low, naive_high = (np.array([getattr(found, end) for found in naive])
                             for end in ("low", "high"))  # fmt: skip
    logs = np.array([lgamma(cell + 1) for cell in cells.flat]).reshape(cells.shape)
    ways = lgamma(PAIRS + 1) - logs.sum(axis=1)
    for rho, least in ((0.0, 0.95), (0.3, 0.945), (0.6, 0.935), (0.9, 0.91)):
        covered, ignored = [], []
        for truth in LIKELIHOODS:
            one = 2 * truth * (1 - truth) * (1 - rho)
            chances = np.log([1 - truth - one / 2, one, truth - one / 2])
            weight = np.exp(ways + cells @ chances)
            assert weight.sum() == pytest.approx(1.0)
            covered.append(weight @ ((low <= truth) & (truth <= high)))
            ignored.append(weight @ ((naive_low <= truth) & (truth <= naive_high)))
        assert min(covered) >= least
        assert 0.95 < np.mean(covered) < 0.97
    # At the highest correlation, whoever takes all replicates as independent misses far more.
    assert np.mean(ignored) < 0.87


def test_the_interval_of_draws_of_any_size_covers_as_it_says() -> None:
    # 2,000 ensembles: standard error of the coverage 0.5 %, so 93.5 % is three below 95 %.
    rng = np.random.default_rng(SEED)
    groups = grouped(np.repeat(np.arange(60), rng.integers(1, 5, 60)))
    truth, hits = 0.3, 0
    for _ in range(2000):
        likelihoods = rng.beta(0.6, 1.4, 60)
        flags = rng.random(groups.replicates) < likelihoods[groups.position]
        found = likelihood_interval(flags, groups)
        hits += found.low <= truth <= found.high
    assert 0.935 < hits / 2000 < 0.975


def test_ranges_of_betas_that_can_be_worked_by_hand() -> None:
    assert beta_range(1 / 2, 1 / 3) == pytest.approx((0.1, 0.9))  # a = b = 1: uniform
    assert beta_range(2 / 3, 1 / 4) == pytest.approx((0.1**0.5, 0.9**0.5))  # a = 2, b = 1


@pytest.mark.parametrize(
    ("mean", "rho", "expected"),
    [
        (0.3, 0.0, (0.3, 0.3)),  # parameters do not matter
        (0.0, 0.5, (0.0, 0.0)),
        (1.0, 0.5, (1.0, 1.0)),
        (0.3, 1.0, (0.0, 1.0)),  # parameters decide alone
        (0.95, 1.0, (1.0, 1.0)),
        (0.05, 1.0, (0.0, 0.0)),
    ],
)
def test_degenerate_ranges(mean: float, rho: float, expected: tuple[float, float]) -> None:
    assert beta_range(mean, rho) == expected


@pytest.mark.parametrize("mean", [0.05, 0.3, 0.95])
def test_degenerate_ranges_are_the_limits_of_the_others(mean: float) -> None:
    assert beta_range(mean, 1e-9) == pytest.approx(beta_range(mean, 0.0), abs=1e-4)
    assert beta_range(mean, 1 - 1e-6) == pytest.approx(beta_range(mean, 1.0), abs=1e-4)


@given(fractions, fractions)
def test_a_range_lies_between_0_and_1(mean: float, rho: float) -> None:
    low, high = beta_range(mean, rho)
    assert 0.0 <= low <= high <= 1.0


def test_the_range_over_parameters_is_found() -> None:
    # 10,000 pairs whose likelihoods are uniform: 10 % of them lie below 0.1.
    rng = np.random.default_rng(SEED)
    draws = np.arange(20_000) // 2
    flags = rng.random(20_000) < rng.random(10_000)[draws]
    assert over_parameters(flags, grouped(draws)) == pytest.approx((0.1, 0.9), abs=0.02)


def test_a_range_that_cannot_be_known_says_nothing() -> None:
    for words in ("+-++-", ["++-"]):
        flags, draws = successes(*words)
        assert over_parameters(flags, grouped(draws)) == (0.0, 1.0)


def test_what_always_happens_has_no_range() -> None:
    flags, draws = successes("++", "++", "+")
    assert over_parameters(flags, grouped(draws)) == (1.0, 1.0)
    assert over_parameters(~flags, grouped(draws)) == (0.0, 0.0)


@given(st.floats(0.0, 1.0), st.floats(10.0, 1e6))
def test_a_list_s_error_is_that_of_so_many_draws_and_largest_at_one_half(
    share: float, effective: float
) -> None:
    assert 0.0 < list_error(share, effective) <= 1.0
    assert list_error(0.5, effective) == pytest.approx(
        1.96 * np.sqrt(0.25 / (effective + 1.96**2)), rel=1e-4
    )
    assert list_error(0.5, 4 * effective) < 0.6 * list_error(0.5, effective)
