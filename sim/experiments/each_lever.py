"""Packages that leave out one plan or safeguard at a time."""

from sim.experiments.targets import TABLE_OF
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, derive
from sim.text.catalogue import worded


def each_off(base: Scenario) -> list[Scenario]:
    """Return the scenario without each plan and safeguard that it has on, in the plan's order.

    Raises:
        Problem: it has none on.
    """
    found = [
        derive(
            base,
            {
                TABLE_OF[lever.id]: {lever.id: False},
                "name": {"en": f"Without {lever.name.en}", "zh": f"不实施“{lever.name.zh}”"},
            },
            f"{base.id}-without-{lever.id}",
            "compare",
        )
        for lever in PLAN.levers
        if any(base.settings[entry.id].on for entry in lever.instruments)
    ]
    if not found:
        raise Problem("--each-lever", "", base.id, worded("expected.levers_on"))
    return found
