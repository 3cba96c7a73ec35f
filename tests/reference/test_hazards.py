"""Promise 3: a chance is written once; the checked mode finds a bound that is below its hazard."""

from collections.abc import Callable
from importlib import import_module

import numpy as np
import pytest

from sim import parameters
from sim.engine.driver import Checked, Compiled
from sim.engine.inputs import Inputs
from sim.ensemble import begin
from sim.model.rules.month import SCHEDULE
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.world import grow
from sim.problems import Problem
from tests.reference.processes import EVENTFUL, small

MONTHS = 12


def run_checked(process: str, **changes: float) -> None:
    """Run an eventful year, one process of it checked and the others compiled."""
    setup = small("as-written", **EVENTFUL | changes)
    values, world = begin(setup, 2022, 0)
    record = parameters.as_record(values)
    counts, measures = np.zeros((MONTHS, len(COUNTS))), np.zeros((MONTHS, len(MEASURES)))
    inputs = Inputs(record, setup.dose, setup.reach, counts, measures)
    for month in range(MONTHS):
        world = grow(world)
        world.city["month"] = month
        for each in SCHEDULE:
            if each.name == process:
                Checked(world, inputs).watched(each, month)
            else:
                Compiled(world, inputs).run(each, month)


def scaled(function: Callable[..., float], by: float) -> Callable[..., float]:
    return lambda *given: by * function(*given)


@pytest.mark.parametrize(
    ("process", "module", "function", "by", "chance"),
    [
        ("breakthroughs", "breakthroughs", "likeliest_component", 0.1, "component"),
        ("breakthroughs", "breakthroughs", "component_hazard", 10.0, "component"),
        ("breakthroughs", "breakthroughs", "likeliest_product", 0.1, "product"),
        ("breakthroughs", "breakthroughs", "likeliest_standard", 0.1, "standard"),
        ("readiness", "readiness", "own_effort", 10.0, "climb"),
        ("talent", "talent", "rate_learning", 0.1, "learning"),
        ("talent", "talent", "founding_factor", 10.0, "founding"),
        ("proposals", "proposals", "strongest_case", 0.5, "proposal"),
        ("exit", "exit", "likeliest_closing", 0.1, "closing"),
    ],
)
def test_a_bound_below_its_hazard_is_named(
    monkeypatch: pytest.MonkeyPatch,
    process: str,
    module: str,
    function: str,
    by: float,
    chance: str,
) -> None:
    rules = import_module(f"sim.model.rules.{module}")
    monkeypatch.setattr(rules, function, scaled(getattr(rules, function), by))
    with pytest.raises(Problem, match=f"hazard: {chance}"):
        run_checked(process)


@pytest.mark.parametrize("process", ["breakthroughs", "readiness", "talent", "linkage", "exit"])
def test_no_hazard_of_the_model_exceeds_its_bound(process: str) -> None:
    run_checked(process)


def test_help_that_harms_keeps_to_its_bound() -> None:
    """Accelerators may make it likelier that a firm is given up, the more the larger the dose."""
    run_checked("exit", accelerator_rescue=-1.0, stopping_rate=0.0)
