"""Every instrument of the plan moves the mechanisms that it acts on, and in the right direction."""

import pytest
from scipy.stats import binomtest

from sim.plan import PLAN
from tests.levers.pairs import Pairs
from tests.levers.table import EFFECTS, Effect

FAMILY_WISE = 0.01
"""Chance that any of the effects passes though none exists (Bonferroni)."""


def test_every_instrument_has_a_probe() -> None:
    """A new instrument comes with a mechanism that it can be seen to move."""
    assert {effect.instrument for effect in EFFECTS} == {entry.id for entry in PLAN.instruments}


@pytest.mark.parametrize(
    "effect", EFFECTS, ids=lambda effect: f"{effect.instrument}: {effect.mechanism}"
)
def test_the_mechanism_moves_in_its_direction(effect: Effect, pairs: Pairs) -> None:
    """One-sided sign test on pairs with the same luck and parameters; ties say nothing."""
    differences = effect.direction * pairs.differences(effect)
    right, wrong = int((differences > 0).sum()), int((differences < 0).sum())
    assert right + wrong > 0, "the instrument moves nothing"
    chance = binomtest(right, right + wrong, alternative="greater").pvalue
    assert chance < FAMILY_WISE / len(EFFECTS), f"{right} right, {wrong} wrong"
