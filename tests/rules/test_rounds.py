"""What funds see in a firm, and what they ask of it: worked by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.model.rules.rounds import GUIDANCE_FUND, hurdle, traction
from sim.model.world.tables import CLUSTERS


@pytest.mark.parametrize(
    ("demanded", "capacity", "expected"),
    [
        (0.0, 0.0, 0.0),
        (90.0, 100.0, 0.0),
        (150.0, 100.0, 0.4),
        (200.0, 100.0, 0.8),
        (1e6, 1.0, 0.8),
    ],
)
def test_a_market_beyond_capacity_is_merit_up_to_twice_of_it(
    demanded: float, capacity: float, expected: float
) -> None:
    p, firm = SimpleNamespace(traction=0.8), SimpleNamespace(demanded=demanded, capacity=capacity)
    assert traction(p, firm) == pytest.approx(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "money", "dose", "expected"),
    [
        (6, 1.0, 0.5, 0.9),
        (6, 1.0, 3.0, 0.8),
        (6, 0.0, 3.0, 1.0),
        (7, 1.0, 3.0, 1.0),
        (6, 1.0, 0, 1),
    ],
)
def test_funds_ask_less_of_early_firms_while_guidance_money_joins(
    level: int, money: float, dose: float, expected: float
) -> None:
    doses = np.zeros((GUIDANCE_FUND + 1, CLUSTERS + 1, 1))
    doses[GUIDANCE_FUND, CLUSTERS] = dose
    world: Any = SimpleNamespace(
        city=[SimpleNamespace(dose=doses)], funds=[SimpleNamespace(dry_powder=money)]
    )
    p: Any = SimpleNamespace(guidance_ease=0.2, early_fund_ceiling=6.5)
    firm: Any = SimpleNamespace(level=level, track=0, place=0)
    fund: Any = SimpleNamespace(hurdle=1.0)
    assert hurdle(world, p, firm, fund) == pytest.approx(expected)
