"""Effects of a package pair by pair: hand-worked cases, and how often intervals hold the truth."""

from math import inf

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.estimate.effects import Effect, OverDraws, effect, ratios, without_luck
from sim.estimate.groups import Floats
from sim.estimate.rates import cost_difference, points_per_cost

TARGETS = (10.0, 9.0)


def draws_of(replicates: int) -> NDArray[np.int64]:
    return np.arange(replicates) // 2


def found_of(first: list[float], second: list[float]) -> Effect:
    return effect(np.array(first), np.array(second), draws_of(len(first)), TARGETS, 0)


def test_the_effect_is_the_median_of_differences_and_not_the_difference_of_medians() -> None:
    """Medians 5 and 5.5 differ by 0.5; the pairs differ by 1, 1, 1, 1, 1, -8: by 1."""
    first, second = [1.0, 2, 4, 6, 9, 12], [2.0, 3, 5, 7, 10, 4]
    assert np.median(second) - np.median(first) != 1.0
    found = found_of(first, second)
    assert found.amount.value == 1.0
    assert found.ratio.value == pytest.approx((7 / 6 + 5 / 4) / 2)
    assert (found.pairs.up, found.pairs.down) == (5 / 6, 1 / 6)
    # The draws' mean effects are 1, 1 and -3.5.
    assert (found.draws.up, found.draws.down) == (2 / 3, 1 / 3)


def test_the_80_percent_range_is_that_of_the_pairs() -> None:
    gaps = np.arange(11.0)
    found = effect(np.full(11, 5.0), 5.0 + gaps, np.arange(11), TARGETS, 0)
    assert (found.amount.p10, found.amount.value, found.amount.p90) == (1.0, 5.0, 9.0)
    assert (found.ratio.p10, found.ratio.p90) == pytest.approx((1.2, 2.8))


def test_swapping_the_packages_swaps_the_sign() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(5.0, 1.0, 200), rng.normal(6.0, 1.0, 200)
    one, other = (effect(*each, draws_of(200), TARGETS, 0) for each in ((x, y), (y, x)))
    assert one.amount.value == -other.amount.value
    assert one.amount.low == pytest.approx(-other.amount.high)
    assert one.pairs == other.pairs[::-1]
    assert one.sign.low == pytest.approx(-other.sign.high)


def test_nothing_to_nothing_is_unchanged_and_something_from_nothing_infinite() -> None:
    found = ratios(np.array([0.0, 0.0, 2.0, 2.0]), np.array([0.0, 3.0, 0.0, 3.0]))
    assert found.tolist() == [1.0, inf, 0.0, 1.5]
    most_from_nothing = found_of([0.0, 0, 0, 0, 0, 5], [1.0, 2, 3, 4, 5, 5])
    assert most_from_nothing.none_before == 5
    assert most_from_nothing.ratio.value == inf
    assert most_from_nothing.ratio.p90 == inf
    half = found_of([0.0, 0, 4, 4, 4, 4], [1.0, 2, 6, 6, 6, 6])
    assert half.ratio.value == 1.5
    assert half.ratio.p90 == inf
    assert half.ratio_over_draws.p10 == pytest.approx(1.5)
    assert half.ratio_over_draws.p90 == inf


def test_a_target_is_decided_where_a_draws_mean_crosses_it() -> None:
    """Targets 10 (strict) and 9 (左右); draws' means before and after, two lucks each."""
    first = [8.0, 10, 9, 13, 12, 10, 1, 1]  # means 9, 11, 11, 1
    second = [9.0, 11, 8, 10, 12, 12, 9, 9]  # means 10, 9, 12, 9
    found = found_of(first, second)
    assert (found.decided.gained, found.decided.lost) == (0.25, 0.25)
    assert found.decided.share.value == 0.5
    assert (found.decided_about.gained, found.decided_about.lost) == (0.25, 0.0)


def test_the_spread_of_two_lucks_is_taken_out_of_the_draws_effects() -> None:
    """Draws' true effects have a variance of 1; two lucks of variance 4 add 2 to their means."""
    rng = np.random.default_rng(5)
    true = rng.normal(3.0, 1.0, 4000)
    second = 50.0 + np.repeat(true, 2) + rng.normal(0.0, 2.0, 8000)
    found = effect(np.full(8000, 50.0), second, draws_of(8000), TARGETS, 0)
    over = found.amount_over_draws
    assert over.luck == pytest.approx(2 / 3, abs=0.03)
    assert (over.p10, over.p50, over.p90) == pytest.approx((3 - 1.2816, 3.0, 3 + 1.2816), abs=0.2)
    assert found.ratio_over_draws.p90 == pytest.approx(1 + (3 + 1.2816) / 50, abs=0.004)
    assert found.ratio_over_draws.luck == pytest.approx(2 / 3, abs=0.03)


def test_luck_that_is_all_there_is_leaves_one_effect_and_unknown_luck_stays() -> None:
    values, share = without_luck(np.array([1.0, 3.0]), np.array([9.0, 9.0]))
    assert (values.tolist(), share) == ([2.0, 2.0], 1.0)
    # One value is no certainty: it is said that luck alone may spread the draws so far.
    assert OverDraws(2.0, 2.0, 2.0, share).all_luck
    assert not OverDraws(2.0, 2.0, 2.0, None).all_luck
    values, share = without_luck(np.array([1.0, 3.0]), None)
    assert (values.tolist(), share) == ([1.0, 3.0], None)
    single = effect(np.arange(1.0, 5), np.arange(2.0, 6), np.arange(4), TARGETS, 0)
    assert single.amount_over_draws.luck is None
    assert single.ratio_over_draws.luck is None


def test_what_moves_both_ways_alike_cannot_be_told_apart() -> None:
    first = np.full(64, 5.0)
    both_ways = first + np.where(np.arange(64) % 4 < 2, 1.0, -1.0)
    assert not effect(first, both_ways, draws_of(64), TARGETS, 0).told_apart
    mostly_up = first + np.where(np.arange(64) % 8 < 7, 1.0, -1.0)
    found = effect(first, mostly_up, draws_of(64), TARGETS, 0)
    assert found.told_apart
    assert found.rises
    assert found.certainty.up == 7 / 8


def test_draws_of_unequal_size_are_taken_as_they_are() -> None:
    """Facts may leave one replicate of a draw: its single pair counts once."""
    found = effect(np.zeros(5) + 4, np.array([5.0, 5, 6, 7, 7]), np.array([0, 0, 1, 2, 2]),
                   TARGETS, 0)  # fmt: skip
    assert found.amount.value == 2.0
    assert (found.amount.low, found.amount.high) == (1.0, 3.0)


def shifted(rng: np.random.Generator, many: int) -> tuple[Floats, Floats]:
    """Return pairs whose median difference is 0.3 and whose median ratio is above 1."""
    common = np.repeat(rng.normal(size=many // 2), 2)
    first = 20.0 + common + rng.normal(size=many)
    gap = 0.3 + 0.2 * np.repeat(rng.normal(size=many // 2), 2) + 0.2 * rng.normal(size=many)
    return first, first + gap


def test_the_intervals_hold_the_true_median_and_share() -> None:
    """In 60 worlds fewer than 51 have a chance below 0.1 % at 95 %."""
    rng = np.random.default_rng(11)
    many = shifted(rng, 400_000)
    up = float((many[1] > many[0]).mean())
    middle = float(np.median(ratios(*many)))
    held = np.zeros(3)
    for world in range(60):
        found = effect(*shifted(rng, 80), draws_of(80), TARGETS, world)
        held += [
            found.amount.low <= 0.3 <= found.amount.high,
            found.ratio.low <= middle <= found.ratio.high,
            found.sign.low <= 2 * up - 1 <= found.sign.high,
        ]
    assert (held >= 51).all(), held


def test_points_per_cost_by_hand() -> None:
    """Half of the pairs gain, for 10, 20, 30 and 20 more: 50 points for 20.

    At the four prices these are 5, 2.5, 5/3 and 2.5 points, of which the 80 % range is taken.
    """
    first, second = np.zeros(8, bool), np.arange(8) % 2 == 0
    more = np.array([10.0, 20.0, 30.0, 20.0])
    found = points_per_cost(first, second, draws_of(8), more, 0)
    assert found.value == 2.5
    assert (found.p10, found.p90) == pytest.approx((23 / 12, 4.25))
    assert found.low <= 2.5 <= found.high
    assert cost_difference(more).told_apart
    assert cost_difference(-more).told_apart
    unsure = cost_difference(more - 15.0)
    assert unsure.mean == 5.0
    assert not unsure.told_apart


def test_the_interval_of_points_per_cost_holds_the_truth() -> None:
    """30 points for 20 亿元: in 100 worlds fewer than 88 have a chance below 0.3 % at 95 %."""
    rng = np.random.default_rng(17)
    held = 0
    for world in range(100):
        luck = rng.random(240)
        more = rng.lognormal(np.log(20.0) - 0.08, 0.4, 120)
        found = points_per_cost(luck < 0.3, luck < 0.6, draws_of(240), more, world)
        held += found.low <= 1.5 <= found.high
    assert held >= 88
