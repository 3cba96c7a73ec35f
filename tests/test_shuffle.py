"""Rows of a posterior's list: each once a turn, the same whatever else is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from sim import ensemble
from sim.scenario import read_scenario
from sim.shuffle import row_of

SEEDS = st.integers(0, 2**63 - 1)


@given(st.integers(1, 300), SEEDS, st.integers(0, 2**20))
def test_every_row_comes_once_a_turn(rows: int, seed: int, turn: int) -> None:
    found = [row_of(rows, seed, turn * rows + place) for place in range(rows)]
    assert sorted(found) == list(range(rows))


def test_turns_and_seeds_have_orders_of_their_own() -> None:
    orders = {
        tuple(row_of(64, seed, 64 * turn + place) for place in range(64))
        for seed in (0, 1, 2**32, 2**63 - 1)
        for turn in (0, 1, 2**20)
    }
    assert len(orders) == 12


def test_the_first_rows_of_an_order_are_any_rows() -> None:
    """Over 400 seeds each of ten rows is first 40 times; the bounds err once in a million."""
    first = [row_of(10, seed, 0) for seed in range(400)]
    assert all(15 <= first.count(row) <= 75 for row in range(10))


def test_an_ensemble_meets_as_many_parameters_as_it_has_draws() -> None:
    """Some 5 of 256 come again, since rows stand twice or more in the list; with replacement 37."""
    scenario = read_scenario("as-written")
    other = read_scenario("without-yulin")
    setup = scenario.setup()
    handed = [ensemble.draw_values(setup, 7, draw)["market_pace"] for draw in range(256)]
    assert len(set(handed)) >= 240
    paired = [ensemble.draw_values(other.setup(), 7, draw)["market_pace"] for draw in range(32)]
    assert paired == handed[:32]
