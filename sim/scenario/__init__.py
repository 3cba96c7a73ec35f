"""Scenario files: what is done in the city, read, checked, explained and hashed."""

from sim.scenario.doses import Setting
from sim.scenario.explain import Row, explain, explain_processes, explain_readings
from sim.scenario.facts import Fact, read_facts
from sim.scenario.files import scenario_names
from sim.scenario.horizons import HORIZONS
from sim.scenario.model import Scenario
from sim.scenario.read import (
    as_known_in,
    derive,
    drawn_from,
    read_scenario,
    scenario_from_resolved,
)

__all__ = [
    "HORIZONS",
    "Fact",
    "Row",
    "Scenario",
    "Setting",
    "as_known_in",
    "derive",
    "drawn_from",
    "explain",
    "explain_processes",
    "explain_readings",
    "read_facts",
    "read_scenario",
    "scenario_from_resolved",
    "scenario_names",
]
