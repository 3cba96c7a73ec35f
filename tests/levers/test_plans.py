"""A shipped scenario without a plan is the plan as written but for what that plan does."""

import numpy as np
import pytest

from sim.model.world.codes import instrument
from sim.plan import PLAN
from sim.scenario import read_scenario


@pytest.mark.parametrize("lever", [lever.id for lever in PLAN.levers if lever.kind == "plan"])
def test_the_shipped_scenario_without_a_plan_leaves_out_that_plan_alone(lever: str) -> None:
    whole, without = (read_scenario(name).setup() for name in ("as-written", f"without-{lever}"))
    own = [instrument(entry.id) for entry in PLAN.instruments if entry.lever == lever]
    assert (without.dose[:, own] == 0.0).all()
    assert (whole.dose[-1, own] == 1.0).all()
    others = np.setdiff1d(np.arange(whole.dose.shape[1]), own)
    assert (without.dose[:, others] == whole.dose[:, others]).all()
    assert (without.reach == whole.reach).all()
