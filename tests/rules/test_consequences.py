"""Breakthroughs reach firms and markets, and lead nowhere without the process ``consequences``."""

import pytest

from sim import ensemble
from sim.engine.declared import Changes
from sim.model.world.layout import COUNTS
from tests.reference.processes import small

MONTHS = 30
OUTPUT = COUNTS.index("output")
MANY = {"product_rate": 0.6, "component_rate": 0.6, "standard_rate": 0.6, "product_quality": 0.0}
NONE = {"product_rate": 0.0, "component_rate": 0.0, "standard_rate": 0.0, "product_quality": 0.0}
HELPFUL = {"product_pull": 0.2, "component_pull": 0.03, "standard_pull": 0.03}


def output(overrides: dict[str, float], without: tuple[str, ...] = ()) -> float:
    """Return the output of two small worlds after two years and a half, in 亿元."""
    setup = small("business-as-usual", **(HELPFUL | overrides))
    setup = setup._replace(months=MONTHS, processes=Changes(without=without))
    return sum(float(left.counts[-1, OUTPUT]) for left in ensemble.run(setup, 3, range(2)))


def test_breakthroughs_lead_nowhere_without_consequences() -> None:
    off = ("consequences",)
    assert output(MANY, off) == output(NONE, off)


@pytest.mark.parametrize("rate", ["product_rate", "component_rate", "standard_rate"])
def test_each_kind_of_breakthrough_reaches_output(rate: str) -> None:
    assert output(NONE | {rate: MANY[rate]}) > output(NONE)


def test_local_components_soften_a_stop_of_imports() -> None:
    stopped = {"import_supply": 0.0, "imported_part": 0.5, "component_pull": 0.0}
    imported, local = (output(MANY | stopped | {"component_half": half}) for half in (1e6, 1e-6))
    assert imported < 0.9 * local
