"""Ranks: hand-worked where they are clear, and how often their ranges hold the true one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.estimate.ranks import Rank, ranks
from sim.estimate.rates import rate_of

Floats = NDArray[np.float64]
WORLDS = 200
DRAWS = 64


def of_means(totals: Floats, seed: int = 0) -> list[Rank]:
    draws = totals.shape[1]
    return ranks(rate_of(totals, np.ones(draws), np.ones_like(totals)), draws, seed)


def test_what_never_varies_stands_where_it_is() -> None:
    values = np.array([0.1, 0.3, 0.3, 0.2])
    found = of_means(np.repeat(values[:, None], DRAWS, axis=1))
    assert found == [(4, 4, 4), (1, 1, 2), (1, 1, 2), (3, 3, 3)]


def test_one_draw_tells_no_rank_for_sure() -> None:
    assert of_means(np.array([[1.0], [2.0]])) == [(2, 1, 2), (1, 1, 2)]


@pytest.mark.parametrize(
    ("steps", "noise"),
    [(0.001, 1.0), (0.1, 1.0), (0.4, 1.0), (0.1, 0.2)],
    ids=["alike", "near", "apart", "of little noise"],
)
def test_ranges_hold_the_true_rank_at_the_stated_rate(steps: float, noise: float) -> None:
    """Six effects with errors in common and of their own, in 200 worlds: 95 % hold each rank.

    With a coverage of 95 %, fewer than 181 of 200 (90.5 %) have a chance below 0.5 %.
    """
    true = steps * np.arange(6.0)
    held = np.zeros(6)
    for world in range(WORLDS):
        rng = np.random.default_rng(world)
        common = rng.normal(size=(1, DRAWS))
        found = of_means(true[:, None] + common + noise * rng.normal(size=(6, DRAWS)), world)
        held += [low <= 6 - at <= high for at, (_, low, high) in enumerate(found)]
    assert held.min() >= 181


def test_ranges_narrow_with_draws_to_the_planted_order() -> None:
    rng = np.random.default_rng(5)
    true = np.array([0.0, 0.6, 0.3])
    few, many = (of_means(true[:, None] + rng.normal(size=(3, draws))) for draws in (12, 3000))
    assert many == [(3, 3, 3), (1, 1, 1), (2, 2, 2)]
    assert any(low < high for _, low, high in few)
