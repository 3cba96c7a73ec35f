"""Scenario files: what is done in the city, read, checked, explained and hashed.

What knows the plan is loaded when first asked for: a file may say which city the plan is of.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.doses import Setting
    from sim.scenario.facts import Fact, read_facts
    from sim.scenario.files import scenario_names
    from sim.scenario.horizons import HORIZONS
    from sim.scenario.model import Scenario
    from sim.scenario.read import (
        as_known_in,
        derive,
        drawn_from,
        from_one_source,
        knowing_nothing,
        read_scenario,
        scenario_from_resolved,
    )

__all__ = [
    "HORIZONS",
    "Fact",
    "Scenario",
    "Setting",
    "as_known_in",
    "derive",
    "drawn_from",
    "from_one_source",
    "knowing_nothing",
    "read_facts",
    "read_scenario",
    "scenario_from_resolved",
    "scenario_names",
]

_HOMES = {
    "doses": ("Setting",),
    "facts": ("Fact", "read_facts"),
    "files": ("scenario_names",),
    "horizons": ("HORIZONS",),
    "model": ("Scenario",),
}


if not TYPE_CHECKING:  # type checkers know the names from above, and no others

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((home for home, names in _HOMES.items() if name in names), "read")
        return getattr(import_module(f"{__name__}.{home}"), name)
