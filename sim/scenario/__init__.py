"""Scenario files: what is done in the city, read, checked, explained and hashed."""

from sim.scenario.explain import Row, explain, explain_readings
from sim.scenario.files import scenario_names, scenarios_folder
from sim.scenario.model import HORIZONS, Scenario, Setting
from sim.scenario.read import derive, read_scenario, scenario_from_resolved

__all__ = [
    "HORIZONS",
    "Row",
    "Scenario",
    "Setting",
    "derive",
    "explain",
    "explain_readings",
    "read_scenario",
    "scenario_from_resolved",
    "scenario_names",
    "scenarios_folder",
]
