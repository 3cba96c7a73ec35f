"""Shapley values against games worked by hand, and their axioms."""

from itertools import permutations

import numpy as np
import pytest

from sim.estimate.shapley import attribute, attribute_median, interactions, shapley_values


def game(players: int, worth: dict[tuple[int, ...], float]) -> np.ndarray:
    """Return a game's values by coalition number; those that are not named are worth nothing."""
    values = np.zeros(2**players)
    for members, value in worth.items():
        values[sum(1 << member for member in members)] = value
    return values


def test_the_glove_game() -> None:
    """Player 0 has a left glove, 1 and 2 a right one each: shares 2/3, 1/6, 1/6."""
    gloves = game(3, {(0, 1): 1, (0, 2): 1, (0, 1, 2): 1})
    np.testing.assert_allclose(shapley_values(gloves), [2 / 3, 1 / 6, 1 / 6])


def test_unanimity_is_shared_equally_and_is_all_interaction() -> None:
    both = game(2, {(0, 1): 1})
    np.testing.assert_allclose(shapley_values(both), [0.5, 0.5])
    assert interactions(both)[0, 1] == pytest.approx(1.0)
    either = game(2, {(0,): 1, (1,): 1, (0, 1): 1})
    assert interactions(either)[0, 1] == pytest.approx(-1.0)


def test_an_additive_game_gives_each_its_own() -> None:
    own = np.array([3.0, -1.0, 0.5, 2.0])
    values = np.array([sum(own[k] for k in range(4) if s >> k & 1) for s in range(16)])
    np.testing.assert_allclose(shapley_values(values), own)
    for found in interactions(values).values():
        assert found == pytest.approx(0.0, abs=1e-12)


def test_any_game_has_the_mean_over_orders_of_arrival() -> None:
    """The definition itself: mean marginal gain over all orders; and nothing is lost or made."""
    values = np.random.default_rng(5).normal(size=32)
    gains = np.zeros(5)
    orders = list(permutations(range(5)))
    for order in orders:
        there = 0
        for player in order:
            gains[player] += values[there | 1 << player] - values[there]
            there |= 1 << player
    found = shapley_values(values)
    np.testing.assert_allclose(found, gains / len(orders))
    assert found.sum() == pytest.approx(values[-1] - values[0])


def test_what_nobody_changes_is_owed_to_nobody() -> None:
    values = np.random.default_rng(6).normal(size=8)
    with_dummy = np.array([values[s & 7] for s in range(16)])
    assert shapley_values(with_dummy)[3] == pytest.approx(0.0, abs=1e-12)


def test_a_number_of_coalitions_that_no_game_has_is_refused() -> None:
    with pytest.raises(ValueError, match="6 coalitions"):
        shapley_values(np.zeros(6))


def test_the_shares_of_a_likelihood_add_up_and_their_intervals_hold_the_truth() -> None:
    """Each plan raises a success by a known chance; 300 worlds, 95 % intervals.

    Fewer than 272 of 300 have a chance below 0.1 % if the coverage is 95 %.
    """
    rng = np.random.default_rng(8)
    own = np.array([0.2, 0.05, 0.0])
    draws = np.arange(80) // 2
    held = np.zeros(3, dtype=int)
    for _ in range(300):
        luck = rng.random(80)
        chance = np.array([0.3 + sum(own[k] for k in range(3) if s >> k & 1) for s in range(8)])
        found = attribute(luck < chance[:, None], draws)
        assert abs(found.gap) < 1e-12
        for player, share in enumerate(found.players):
            held[player] += share.low <= own[player] <= share.high
    assert held[0] >= 272
    assert held[2] == 300  # what changes nothing has a share of exactly nothing


def test_the_shares_of_a_median_add_up() -> None:
    rng = np.random.default_rng(9)
    base = rng.normal(size=60)
    values = np.array([base + 2.0 * (s & 1) + 1.0 * (s >> 1) for s in range(4)])
    found = attribute_median(values, np.arange(60) // 2, 0)
    assert [share.value for share in found.players] == pytest.approx([2.0, 1.0])
    assert abs(found.gap) < 1e-12
    assert found == attribute_median(values, np.arange(60) // 2, 0)


@pytest.mark.parametrize("draws", [1, 2, 3])
def test_no_interval_of_a_likelihood_reaches_beyond_all_of_it(draws: int) -> None:
    """One draw in which a pair of plans does everything, others in which it does nothing."""
    both = game(2, {(0, 1): 1})[:, None] > 0.0
    won = np.hstack([both, np.zeros((4, draws - 1), dtype=np.bool_)])
    found = attribute(won, np.arange(draws))
    for share in found.players:
        assert share.value == pytest.approx(0.5 / draws)
        assert -1.0 <= share.low <= share.value <= share.high <= 1.0
    pair = found.pairs[0, 1]
    assert -2.0 <= pair.low <= pair.value <= pair.high <= 2.0
    if draws == 2:  # Student's t with one degree of freedom reaches 12.7 standard errors
        assert [(share.low, share.high) for share in found.players] == [(-1.0, 1.0)] * 2
        assert (pair.low, pair.high) == (-2.0, 2.0)


def test_draws_that_all_came_out_alike_leave_room_for_others() -> None:
    """Nothing was ever reached, or always by one plan alone: 0 ± 0 and 1 ± 0 were claimed."""
    never = attribute(np.zeros((4, 32), dtype=bool), np.arange(32) // 2)
    always = np.zeros((4, 32), dtype=bool)
    always[[1, 3]] = True
    for share in (*never.players, *attribute(always, np.arange(32) // 2).players):
        assert 0.05 < share.high - share.low < 0.3
