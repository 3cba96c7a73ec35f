"""What decides each count of a package, from the replicates that were run while people looked."""

import numpy as np

from sim.app.growth import Replicates
from sim.ensemble import draw_values
from sim.estimate import outcomes, thresholds
from sim.estimate.decides import ENOUGH, Drawn, what_decides
from sim.estimate.records import Decisions
from sim.model.world.layout import DUE
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.scenario import Scenario


def decisions(scenario: Scenario, replicates: Replicates, number: int) -> Decisions:
    """Return what decides each count, as a run of these replicates would say.

    Args:
        scenario: the package.
        replicates: of it.
        number: how many of the first ones.
    """
    seen = min(number, ENOUGH)
    values = outcomes(replicates.counts[:seen], DUE, scenario.readings).values
    draws = replicates.draws[:seen]
    setup = scenario.setup()
    distinct, position = np.unique(draws, return_inverse=True)
    drawn = [draw_values(setup, scenario.seed, int(draw)) for draw in distinct]
    table = np.array([[each[name] for name in UNCERTAIN] for each in drawn])
    return what_decides(
        Drawn(
            list(UNCERTAIN),
            table[position],
            [count.id for count in PLAN.counts],
            values,
            values >= thresholds(0.0).strict,
            draws,
        ),
        sequential=False,
    )
