"""Packages at equal public cost: all doses stretched or shrunk alike."""

from dataclasses import replace

from sim.experiments.costs import spent
from sim.model.world.layout import DUE
from sim.problems import Problem
from sim.scenario import Scenario
from sim.text.catalogue import worded

LARGEST_DOSE = 10.0


def at_cost(scenario: Scenario, wanted: float) -> Scenario:
    """Return a scenario with all its doses times one factor, so that it costs what is wanted.

    Args:
        scenario: a package with levers on.
        wanted: public money spent until counts are due, tax forgone left out, 亿元.

    Raises:
        Problem: it has no levers on, no cost is wanted, or a dose would have to be greater than a
            scenario may ask.
    """
    if scenario.budget is not None:
        expected = worded("expected.no_own_budget")
        raise Problem("--equal-cost", scenario.id, f"{scenario.budget:g}", expected)
    now = spent(scenario, DUE + 1)
    if wanted <= 0.0:
        expected = worded("expected.first_with_cost")
        raise Problem("--equal-cost", scenario.id, f"{wanted:g}", expected)
    if now <= 0.0:
        raise Problem("--equal-cost", scenario.id, f"{now:g}", worded("expected.package_with_cost"))
    factor = wanted / now
    largest = max(setting.greatest for setting in scenario.settings.values() if setting.on)
    if factor * largest > LARGEST_DOSE:
        expected = worded("expected.doses_up_to", most=LARGEST_DOSE)
        raise Problem("--equal-cost", scenario.id, f"{factor * largest:.1f}", expected)
    settings = {name: setting.scaled(factor) for name, setting in scenario.settings.items()}
    name = scenario.name
    return replace(
        scenario,
        id=f"{scenario.id}-equal-cost",
        name=worded("costs.at_equal_cost", name=name),
        settings=settings,
    )
