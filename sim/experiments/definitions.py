"""Scenarios in which something is defined otherwise."""

from typing import Final

from sim.parameters import Parameter, changed, defaults
from sim.scenario import Scenario, derive
from sim.store.shaken import factor_to, shaken

ENDS: Final = ("lower", "upper")


def value_at(definition: Parameter, end: str) -> float:
    """Return the value that a definition has at an end, one of ``ENDS``."""
    return definition.prior.low if end == "lower" else definition.prior.high


def chosen(scenario: Scenario, definition: Parameter) -> float:
    """Return the value that a scenario has for a definition, which it may multiply."""
    given = scenario.parameters.items(), scenario.multipliers.items()
    return changed(defaults(), *given)[definition.name]


def at_end(
    scenario: Scenario, definition: Parameter, end: str, since: str | None = None
) -> Scenario:
    """Return the scenario with one definition at an end.

    Args:
        scenario: with all definitions as they are.
        definition: that is another.
        end: one of ``ENDS``.
        since: month from which on; None: from the beginning.
    """
    value = value_at(definition, end)
    name = f"{scenario.id}-{definition.name}-{end}"
    if since is not None:
        by = factor_to(chosen(scenario, definition), value)
        return shaken(scenario, {definition.name: by}, since, name)
    changes = {"parameters": {definition.name: value}}
    if definition.name in scenario.multipliers:  # it would multiply the end too
        changes["multipliers"] = {definition.name: 1.0}
    return derive(scenario, changes, name, "definitions")
