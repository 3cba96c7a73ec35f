"""What levers cost the public."""

from collections.abc import Collection, Mapping
from typing import Final

from sim.language import Text
from sim.parameters import find
from sim.plan import PLAN
from sim.scenario import Scenario

_USUAL: Final = f"{find('deduction_usual').default:.0%}"
FORGONE: Final[Mapping[str, Text]] = {
    "super_deduction": Text(
        "tax forgone under a national rule, not money that the city spends; firms claim about"
        f" {_USUAL} of it without the plan (deduction_usual), and the plan only adds to that. It is"
        " booked in the public cost, and left out of points per 亿元, of equal cost and of budgets",
        f"依全国性规定少征的税收，并非市级支出；不实施方案时企业也会享受其中约{_USUAL}"
        "（deduction_usual），方案只是有所增加。计入公共成本，但不计入每亿元百分点、同等成本与预算",
    ),
}
"""Instruments whose cost is tax forgone, with what that means."""


def cost(scenario: Scenario, until: int) -> float:
    """Return what a scenario's levers cost the public up to a month, 亿元, at default unit costs.

    Cost is booked, not simulated: unit cost times dose, where the dose applies. Tax forgone is in.
    """
    return _cost(scenario, until, ())


def spent(scenario: Scenario, until: int) -> float:
    """Return the same without tax forgone (`FORGONE`): what can be set against an effect."""
    return _cost(scenario, until, FORGONE)


def _cost(scenario: Scenario, until: int, without: Collection[str]) -> float:
    setup = scenario.setup()
    unit = [
        0.0 if entry.id in without else _unit_cost(entry.cost, scenario)
        for entry in PLAN.instruments
    ]
    where = setup.reach.mean(axis=(1, 2))
    years = setup.dose[:until].sum(axis=0) / 12.0
    return float((unit * years * where).sum())


def _unit_cost(name: str | None, scenario: Scenario) -> float:
    if name is None:
        return 0.0
    return scenario.parameters.get(name, find(name).default)
