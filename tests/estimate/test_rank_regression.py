"""Parameters are named only where they stand clear of chance, with shares that hold."""

from math import sqrt

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from sim.estimate.groups import Floats
from sim.estimate.rank_regression import ERRORS, regress

SEED = 20221011
PARAMETERS = 517
OUTCOMES = 13
PLANTED = np.array([0.4, 0.2, 0.1, 0.05])
"""Shares of the variance; luck has the rest, 0.25."""


def planted(draws: int, rng: np.random.Generator, width: int = PARAMETERS) -> tuple[Floats, Floats]:
    """Return parameters, of which the first four decide all outcomes, and the outcomes."""
    parameters = rng.random((draws, width))
    decided = (parameters[:, :4] - 0.5) * sqrt(12.0) @ np.sqrt(PLANTED)
    luck = rng.normal(scale=sqrt(1.0 - PLANTED.sum()), size=(draws, OUTCOMES))
    return parameters, decided[:, None] + luck


@pytest.mark.parametrize("draws", [128, 400])
def test_where_nothing_matters_at_most_one_outcome_in_twenty_names_a_parameter(draws: int) -> None:
    rng, trials, many = np.random.default_rng(SEED), 16, 64
    named = 0
    for _ in range(trials):
        outcomes = rng.normal(size=(draws, many))
        outcomes[:, 0] = np.round(outcomes[:, 0])  # few values, many ties
        found = regress(rng.random((draws, PARAMETERS)), outcomes)
        named += sum(bool(each.named) for each in found)
    # Three standard errors above the stated rate.
    error = sqrt(ERRORS * (1.0 - ERRORS) / (trials * many))
    assert named / (trials * many) <= ERRORS + 3.0 * error


@pytest.mark.parametrize("draws", [128, 400])
def test_planted_parameters_are_found_with_their_shares(draws: int) -> None:
    rng = np.random.default_rng(SEED)
    # In ranks, shares are slightly other than in values: they are read off where nothing is chance.
    (truth, *_) = regress(*planted(20_000, rng, 8))
    shares = {each.column: each.share.value for each in truth.named}
    assert [shares[number] for number in range(4)] == pytest.approx(PLANTED, abs=0.03)
    found = [each for _ in range(12) for each in regress(*planted(draws, rng))]
    held = wrong = names = 0
    for each in found:
        assert {0, 1} <= {column.column for column in each.named}
        for column in each.named:
            names += 1
            wrong += column.column not in range(4)
            held += column.share.low <= shares.get(column.column, 0.0) <= column.share.high
    assert wrong / names <= 0.07
    assert held / names >= 0.91
    explained = np.mean([each.explained for each in found])
    assert sum(PLANTED) - (0.10 if draws < 400 else 0.04) < explained < sum(PLANTED)


def test_outcomes_may_fall_with_a_parameter_and_bend() -> None:
    rng = np.random.default_rng(SEED)
    parameters = rng.random((200, 30))
    (found,) = regress(parameters, -np.exp(9.0 * parameters[:, [7]]))
    (first,) = found.named
    assert (first.column, first.rises) == (7, False)
    assert first.share.value == pytest.approx(1.0)
    assert found.explained == pytest.approx(1.0)


def test_correlated_parameters_do_not_share_more_than_there_is() -> None:
    rng = np.random.default_rng(SEED)
    parameters = rng.normal(size=(1000, 40))
    parameters[:, 1] = -0.7 * parameters[:, 0] + 0.7 * parameters[:, 1]
    outcome = parameters[:, 0] + parameters[:, 1] + 0.3 * rng.normal(size=1000)
    (found,) = regress(parameters, outcome[:, None])
    assert {each.column for each in found.named} >= {0, 1}
    assert sum(each.share.value for each in found.named) <= 1.0


def test_what_does_not_vary_is_neither_named_nor_decided() -> None:
    rng = np.random.default_rng(SEED)
    parameters = rng.random((128, 5))
    parameters[:, 2] = 0.5
    outcomes = np.column_stack([np.full(128, 3.0), parameters[:, 0]])
    still, moved = regress(parameters, outcomes)
    assert (still.explained, still.named) == (0.0, ())
    assert [each.column for each in moved.named] == [0]


def test_neither_threads_nor_the_order_of_draws_change_what_is_named() -> None:
    parameters, outcomes = planted(300, np.random.default_rng(SEED))
    with threadpool_limits(1):
        alone = regress(parameters, outcomes)
    assert regress(parameters, outcomes) == alone
    turned = regress(parameters[::-1], outcomes[::-1])
    assert [each.named for each in turned] == [each.named for each in alone]
