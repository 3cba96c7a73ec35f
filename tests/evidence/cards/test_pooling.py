"""The rule from estimates to a prior: known answers, and what widens what."""

import math

import pytest
from scipy import stats

from sim.evidence.cards.pooling import (
    DIRECTNESS,
    LEAST_TOLD,
    Estimate,
    Range,
    Z,
    as_prior,
    error_of,
    from_judgement,
    here,
    holding_nought,
    linked,
    pooled,
)

BCG = (
    *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619)),
    *((33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619)),
    *((505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600)),
    *((186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)),
)
"""Ill and well after vaccination, ill and well without: Colditz and others 1994, JAMA 271(9)."""


def test_the_published_trials_of_a_vaccine_pool_as_published() -> None:
    """Log risk ratio and moment estimator as the manual of metafor (Viechtbauer 2010) has them."""
    trials = [
        Estimate(
            math.log(a / (a + b)) - math.log(c / (c + d)),
            math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)),
            0,
        )
        for a, b, c, d in BCG
    ]
    found = pooled(trials)
    assert found.value == pytest.approx(-0.7141, abs=5e-5)
    assert found.error == pytest.approx(0.1787, abs=5e-5)
    assert found.between**2 == pytest.approx(0.3088, abs=5e-5)


def test_two_estimates_pool_as_worked_by_hand() -> None:
    """Weights of 100, Q = 8, so the variance between is (8 - 1) / (200 - 100) = 0.07."""
    found = pooled([Estimate(0.1, 0.1, 0), Estimate(0.5, 0.1, 0)])
    assert found == pytest.approx((0.3, 0.2, math.sqrt(0.07)))


def test_estimates_that_agree_have_nothing_between_them_and_one_alone_is_itself() -> None:
    assert pooled([Estimate(0.2, 0.1, 0)] * 4) == pytest.approx((0.2, 0.05, 0.0))
    assert pooled([Estimate(0.2, 0.1, 0)]) == pytest.approx((0.2, 0.1, 0.0))


def test_an_interval_gives_the_error_and_without_one_a_default_does() -> None:
    assert error_of(1.2, (1.1, 1.3), "level") == pytest.approx(0.1 / Z)
    assert error_of(2.0, (1.0, 4.0), "log_ratio") == pytest.approx(math.log(2.0) / Z)
    assert error_of(0.3, None, "level") == pytest.approx(0.3 / Z)
    assert error_of(0.0, None, "level") == error_of(1.0, None, "log_ratio") == LEAST_TOLD / Z
    assert error_of(0.0, None, "level", largest=0.5) == pytest.approx(0.5 / Z)
    assert error_of(5.0, None, "log") == error_of(500.0, None, "log")


def test_each_step_away_widens_by_its_factor_and_moves_nothing() -> None:
    ranges = [here([Estimate(0.4, 0.1, step)] * 3, "level") for step in range(len(DIRECTNESS))]
    assert {each.middle for each in ranges} == {ranges[0].middle}
    near = ranges[0].high - ranges[0].middle
    for factor, each in zip(DIRECTNESS, ranges, strict=True):
        assert each.high - each.middle == pytest.approx(factor * near)
        assert each.middle - each.low == pytest.approx(factor * near)


def test_few_estimates_say_less_of_a_further_setting_than_their_own_error() -> None:
    """Two of value 1 and error 0.1: variance 0.005 of the mean and 0.25 between settings."""
    found = here([Estimate(1.0, 0.1, 0)] * 2, "level")
    error = 0.5 * (0.01 + 0.0)
    assert found.high - 1.0 == pytest.approx(Z * math.sqrt(error + 0.25))


def test_effect_and_link_multiply_and_their_distances_add_as_squares() -> None:
    found = linked(Range(0.0, 2.0, 5.0), "level", Range(0.1, 0.5, 0.9))
    assert found == pytest.approx((1.0 - math.hypot(1.0, 0.8), 1.0, 1.0 + math.hypot(1.5, 0.8)))
    harm = linked(Range(-3.0, -2.0, -1.0), "level", Range(0.5, 0.5, 1.0))
    assert harm == pytest.approx((-1.0 - math.hypot(0.5, 1.0), -1.0, -0.5))


def test_a_ratio_is_what_it_adds_to_one_and_a_quantity_stays_positive() -> None:
    doubled = Range(*(math.log(each) for each in (1.0, 2.0, 4.0)))
    certain = Range(1.0, 1.0, 1.0)
    assert linked(doubled, "log_ratio", certain) == pytest.approx((0.0, 1.0, 3.0))
    assert linked(doubled, "log", Range(0.5, 1.0, 2.0)) == pytest.approx(
        (2.0 / 2.0 ** math.sqrt(2.0), 2.0, 2.0 * 2.0 ** math.sqrt(2.0))
    )


def test_what_was_judged_stands_at_5_and_95_percent_of_the_prior() -> None:
    low, middle, high = from_judgement(Range(-0.1, 0.2, 0.5), "triangular")
    triangle = stats.triang((middle - low) / (high - low), low, high - low)
    assert triangle.ppf([0.05, 0.95]) == pytest.approx([-0.1, 0.5])
    low, _, high = from_judgement(Range(0.5, 3.0, 20.0), "loguniform")
    assert stats.loguniform(low, high).ppf([0.05, 0.95]) == pytest.approx([0.5, 20.0])


def test_an_effect_that_may_be_either_goes_beyond_nought_on_both_sides() -> None:
    assert holding_nought(Range(0.1, 0.2, 1.0)) == Range(-0.1, 0.2, 1.0)
    assert holding_nought(Range(-1.0, -0.2, -0.1)) == Range(-1.0, -0.2, 0.1)
    assert holding_nought(Range(-0.5, 0.2, 1.0)) == Range(-0.5, 0.2, 1.0)


def test_a_prior_has_two_figures_and_stays_within_what_can_be() -> None:
    found = as_prior(Range(-0.123, 0.456, 1.789), "triangular", (0.0, 1.0))
    assert found == ("triangular", 0.0, 0.46, 1.0)
