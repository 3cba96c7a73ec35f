"""What levers cost the public."""

from sim.parameters import find
from sim.plan import PLAN
from sim.scenario import Scenario


def cost(scenario: Scenario, until: int) -> float:
    """Return what a scenario's levers cost the public up to a month, 亿元, at default unit costs.

    Cost is booked, not simulated: unit cost times dose, where the dose applies.
    """
    setup = scenario.setup()
    unit = [_unit_cost(entry.cost, scenario) for entry in PLAN.instruments]
    where = setup.reach.mean(axis=(1, 2))
    years = setup.dose[:until].sum(axis=0) / 12.0
    return float((unit * years * where).sum())


def _unit_cost(name: str | None, scenario: Scenario) -> float:
    if name is None:
        return 0.0
    return scenario.parameters.get(name, find(name).default)
