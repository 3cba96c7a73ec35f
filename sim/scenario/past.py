"""Whether scenarios do the same up to a month, so that what happened by then fits them all."""

import numpy as np

from sim.calendar import month_index
from sim.model.world.setup import Setup
from sim.scenario.model import Scenario


def same_past(first: Scenario, second: Scenario, month: str) -> bool:
    """Return whether two scenarios do the same up to a month, that month included."""
    one, other = first.setup(), second.setup()
    until = month_index(month) + 1
    acting = one.dose[:until].any(axis=0)
    return (
        _rules(one, until) == _rules(other, until)
        and np.array_equal(one.dose[:until], other.dose[:until])
        and np.array_equal(one.reach[acting], other.reach[acting])
    )


def _rules(setup: Setup, until: int) -> tuple[object, ...]:
    """Return what a run does by besides doses, as far as it matters before a month."""
    shocks, rules = setup.conditions
    return (
        *(setup.overrides, setup.multipliers, setup.aims, setup.processes, setup.variants),
        [each for each in shocks if each.first < until],
        [each for each in rules if each.month < until],
    )
