"""Which futures fail: what the parameter draws have in common in which a count is missed."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.ensemble import draw_values
from sim.estimate import thresholds
from sim.estimate.discovery import Rule, held_out, rules
from sim.estimate.groups import Floats, grouped
from sim.estimate.readings import outcomes
from sim.model.world.layout import DUE
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.store.fill import Ensemble, Sample

SEED = 0
"""Of the split into a half to find rules in and a half to test them on."""


class Futures(NamedTuple):
    """Rules over parameters, and the draws that they were measured on, D of them."""

    rules: tuple[Rule, ...]
    """Densest first."""
    values: Mapping[str, Floats]
    """Of each parameter that a rule speaks about, shape (D,)."""
    missed: Floats
    """Share of each draw's lucks under which the count is missed, shape (D,)."""


def failing_futures(found: Ensemble, sample: Sample, count: str) -> Futures:
    """Return rules over parameters that tell the draws in which a count fails.

    Args:
        found: the replicates.
        sample: their seed and number.
        count: id of a count, or ``all`` for all together.
    """
    names = tuple(
        name
        for name, parameter in PARAMETERS.items()
        if parameter.uncertain and name not in found.scenario.parameters
    )
    setup = found.scenario.setup()
    numbers = np.unique(found.draws)
    drawn = [draw_values(setup, sample.seed, int(draw)) for draw in numbers]
    values = np.array([[each[name] for name in names] for each in drawn])
    due = outcomes(found.counts, DUE, found.scenario.readings).values
    ids = [entry.id for entry in PLAN.counts]
    chosen = slice(None) if count == "all" else [ids.index(count)]
    below = due < thresholds(0.0).strict
    failed = np.asarray(below[:, chosen].any(axis=1))
    groups = grouped(found.draws)
    told = rules(values[groups.position], names, failed, found.draws, seed=SEED)
    tested = held_out(numbers, SEED)
    spoken = dict.fromkeys(each.name for rule in told for each in rule.conditions)
    return Futures(
        tuple(told),
        {name: values[tested, names.index(name)] for name in spoken},
        groups.means(failed)[tested],
    )
