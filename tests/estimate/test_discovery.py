"""Scenario discovery finds a box that was planted, and none in noise."""

import numpy as np
from numpy.typing import NDArray

from sim.estimate.discovery import rules

NAMES = tuple(f"p{k}" for k in range(12))
DRAWS = np.arange(1200) // 2


def futures(seed: int) -> NDArray[np.float64]:
    return np.repeat(np.random.default_rng(seed).random((600, 12)), 2, axis=0)


def test_a_planted_box_is_found() -> None:
    """Failures are 95 % within p3 < 0.3 and p7 > 0.6, and 5 % elsewhere."""
    x = futures(1)
    box = (x[:, 3] < 0.3) & (x[:, 7] > 0.6)
    failed = np.random.default_rng(2).random(1200) < np.where(box, 0.95, 0.05)
    best = rules(x, NAMES, failed, DRAWS, seed=0)[0]
    ends = {condition.name: condition for condition in best.conditions}
    assert abs(ends["p3"].high - 0.3) < 0.05
    assert abs(ends["p7"].low - 0.6) < 0.05
    assert best.density > 0.8
    assert best.coverage > 0.5


def test_noise_makes_no_rule_much_denser_than_everything() -> None:
    """On draws that it was not grown on, a leaf of some fifty pairs is luck.

    Its density strays from 0.3 by more than 0.25, five standard errors, with a chance below 1e-5.
    """
    for seed in range(5):
        failed = np.random.default_rng(seed).random(1200) < 0.3
        for rule in rules(futures(seed + 10), NAMES, failed, DRAWS, seed=0):
            assert rule.density < 0.55


def test_what_always_or_never_fails_has_no_rule() -> None:
    x = futures(3)
    assert rules(x, NAMES, np.zeros(1200, bool), DRAWS, seed=0) == []
    assert rules(x, NAMES, np.ones(1200, bool), DRAWS, seed=0) == []


def test_the_same_input_gives_the_same_rules() -> None:
    x = futures(4)
    failed = x[:, 0] < 0.4
    assert rules(x, NAMES, failed, DRAWS, seed=5) == rules(x, NAMES, failed, DRAWS, seed=5)
