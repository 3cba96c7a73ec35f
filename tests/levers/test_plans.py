"""A plan or a safeguard that is left out of the plan as written is missed from its start on."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.plan import PLAN
from sim.scenario import Scenario, read_scenario
from sim.world.codes import instrument
from sim.world.setup import Setup
from tests.levers.runs import Run, contents, run

START = 4
MONTHS = 10
AS_WRITTEN = read_scenario("as-written")


def cut(setup: Setup) -> Setup:
    return setup._replace(months=MONTHS, dose=setup.dose[:MONTHS])


def later(scenario: Scenario, lever: str, **how: Any) -> Setup:
    """Return a scenario in which one lever starts later, or is something else."""
    own = {entry.id for entry in PLAN.instruments if entry.lever == lever}
    told: dict[str, Any] = {"start": "2023-02", **how}
    settings = {
        name: replace(setting, **told) if name in own else setting
        for name, setting in scenario.settings.items()
    }
    return cut(replace(scenario, settings=settings).setup())


@pytest.mark.parametrize("lever", [lever.id for lever in PLAN.levers])
def test_leaving_a_lever_out_changes_bytes_after_its_start_and_none_before(lever: str) -> None:
    with_it, without = (run(later(AS_WRITTEN, lever, on=on), 0) for on in (True, False))
    assert with_it.counts[:START].tobytes() == without.counts[:START].tobytes()
    assert with_it.measures[:START].tobytes() == without.measures[:START].tobytes()
    assert with_it.measures[START:].tobytes() != without.measures[START:].tobytes()
    assert _beyond_cost(with_it) != _beyond_cost(without)


@pytest.mark.parametrize("lever", [lever.id for lever in PLAN.levers if lever.kind == "plan"])
def test_the_shipped_scenario_without_a_plan_leaves_out_that_plan_alone(lever: str) -> None:
    whole, without = AS_WRITTEN.setup(), read_scenario(f"without-{lever}").setup()
    own = [instrument(entry.id) for entry in PLAN.instruments if entry.lever == lever]
    assert (without.dose[:, own] == 0.0).all()
    assert (whole.dose[-1, own] == 1.0).all()
    others = np.setdiff1d(np.arange(whole.dose.shape[1]), own)
    assert (without.dose[:, others] == whole.dose[:, others]).all()
    assert (without.reach == whole.reach).all()


@pytest.mark.parametrize("lever", [lever.id for lever in PLAN.levers])
def test_off_is_dose_zero_in_the_whole_plan_too(lever: str) -> None:
    off, zero = (run(later(AS_WRITTEN, lever, **how), 0) for how in ({"on": False}, {"dose": 0.0}))
    assert off.counts.tobytes() == zero.counts.tobytes()
    assert off.measures.tobytes() == zero.measures.tobytes()


def _beyond_cost(one: Run) -> dict[str, str]:
    """Return the state of the agents, which money spent alone would not change."""
    own = {name: digest for name, digest in contents(one.world).items() if "city." not in name}
    assert own
    return own
