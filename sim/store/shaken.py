"""Scenarios in which any parameters are multiplied from a month on, as no file can say it.

Events of a scenario file shake what comes from outside the city. What a study asks (a gate that is
wider, a definition that is another) may hang on any parameter that rules read in the month itself;
what the start of 2022 is drawn with stays as it is.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from sim.calendar import month_index, month_label
from sim.model.world.conditions import Conditions, Shock
from sim.scenario import Scenario, scenario_from_resolved

SHAKEN: Final = "shaken"
"""Key of a description: since when, and what is multiplied by what."""


@dataclass(frozen=True)
class Shaken(Scenario):
    """A scenario with parameters multiplied from a month to the end."""

    shaken: tuple[Shock, ...] = ()

    def _conditions(self, months: int) -> Conditions:
        own = super()._conditions(months)
        return own._replace(shocks=(*own.shocks, *self.shaken))

    def resolved(self) -> dict[str, Any]:
        """Return the scenario as plain data, and what is multiplied."""
        since = month_label(self.shaken[0].first)
        by = {each.parameter: each.factor for each in self.shaken}
        return super().resolved() | {SHAKEN: {"since": since, "by": by}}


def shaken(scenario: Scenario, by: Mapping[str, float], since: str, id_: str) -> Shaken:
    """Return a scenario with parameters multiplied.

    Args:
        scenario: that it begins as.
        by: factors by parameter, at least one.
        since: first month (``YYYY-MM``) with them.
        id_: of the new scenario.
    """
    first, until = month_index(since), month_index(scenario.horizon) + 1
    told = {each.name: getattr(scenario, each.name) for each in fields(Scenario)}
    shocks = (Shock(name, first, until, factor) for name, factor in by.items())
    return Shaken(**{**told, "id": id_, "file": None}, shaken=tuple(shocks))


def factor_to(now: float, instead: float) -> float:
    """Return what a number is multiplied by to be another one to the last bit, where that exists.

    Where none does it comes to the next below, since what is defined is defined as at least so
    much.
    """
    factor = instead / now
    near = (factor, math.nextafter(factor, math.inf), math.nextafter(factor, -math.inf))
    return next((each for each in near if now * each == instead), min(near))


def from_resolved(said: Mapping[str, Any], where: str) -> Scenario:
    """Return the scenario of a description, with parameters multiplied if it says so.

    Raises:
        Problem: as `scenario_from_resolved` does.
    """
    own = dict(said)
    told = own.pop(SHAKEN, None)
    found = scenario_from_resolved(own, where)
    return found if told is None else shaken(found, told["by"], told["since"], found.id)
