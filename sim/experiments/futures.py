"""Which futures fail: what the parameter draws have in common in which a count is missed."""

import numpy as np

from sim.ensemble import draw_values
from sim.estimate import thresholds
from sim.estimate.discovery import Rule, rules
from sim.estimate.readings import outcomes
from sim.experiments.fill import Ensemble, Sample
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.world.layout import END_OF_2030

SEED = 0
"""Of the split into a half to find rules in and a half to test them on."""


def failing_futures(found: Ensemble, sample: Sample, count: str) -> list[Rule]:
    """Return rules over parameters that tell the draws in which a count fails.

    Args:
        found: the replicates.
        sample: their seed and number.
        count: id of a count, or ``all`` for the thirteen together.
    """
    names = tuple(
        name
        for name, parameter in PARAMETERS.items()
        if parameter.uncertain and name not in found.scenario.parameters
    )
    setup = found.scenario.setup()
    by_draw = {draw: draw_values(setup, sample.seed, int(draw)) for draw in np.unique(found.draws)}
    values = np.array([[by_draw[draw][name] for name in names] for draw in found.draws])
    values_2030 = outcomes(found.counts, END_OF_2030, found.scenario.readings).values
    ids = [entry.id for entry in PLAN.counts]
    chosen = slice(None) if count == "all" else [ids.index(count)]
    missed = values_2030 < thresholds(0.0).strict
    failed = np.asarray(missed[:, chosen].any(axis=1))
    return rules(values, names, failed, found.draws, seed=SEED)
