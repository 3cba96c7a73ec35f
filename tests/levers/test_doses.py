"""More of a lever does not do less."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binomtest, t

from sim.model.world import codes
from tests.levers import probes
from tests.levers.pairs import Pairs
from tests.levers.table import MANY_COMPONENTS, UP, Effect

DOSES = (0.5, 1.0, 2.0)
REPLICATES = range(0, 24, 2)
COMPONENTS = probes.breakthroughs(codes.COMPONENT)
STRONG = (
    Effect("guidance_fund", "guidance money", probes.guidance_money, months=8),
    Effect("global_talents", "arrivals", probes.arrivals, months=8),
    Effect("financial_products", "loans", probes.money("debt_drawn"), months=8),
    Effect("ecosystem_cultivation", "standing orders", probes.orders, months=8),
    Effect("validation", "climbs from levels 1 to 4", probes.climbs(1, 4), months=8),
    Effect("open_challenges", "components", COMPONENTS, months=8, context=MANY_COMPONENTS),
    Effect("vouchers", "research bought", probes.bought_research, months=2),
)
FAMILY_WISE = 0.01
"""Chance that any step fails though every probe is flat or rises (Student's t, Bonferroni), and
that any lever passes though its highest dose does nothing (sign test: differences are skewed)."""


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    effects = [effect._replace(dose=dose) for effect in STRONG for dose in DOSES]
    return Pairs(effects, REPLICATES)


@pytest.mark.parametrize("effect", STRONG, ids=lambda effect: effect.instrument)
def test_a_higher_dose_does_not_lower_the_probe(effect: Effect, pairs: Pairs) -> None:
    assert effect.direction == UP
    gains = [np.zeros(len(REPLICATES))]
    gains += [pairs.differences(effect._replace(dose=dose)) for dose in DOSES]
    bound = t.ppf(1.0 - FAMILY_WISE / (len(STRONG) * len(DOSES)), len(REPLICATES) - 1)
    for lower, higher in pairwise(gains):
        step = higher - lower
        assert step.mean() >= -bound * step.std(ddof=1) / np.sqrt(len(step))
    right, wrong = int((gains[-1] > 0).sum()), int((gains[-1] < 0).sum())
    chance = binomtest(right, right + wrong, alternative="greater").pvalue
    assert chance < FAMILY_WISE / len(STRONG)
