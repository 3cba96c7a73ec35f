"""How packages do in a goal, which is one count or an objective of several."""

import numpy as np

from sim.estimate import Interval, adjusted
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Floats
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.paired import Difference
from sim.experiments.compare import with_same_luck
from sim.store.fill import Ensemble


def reached(ensemble: Ensemble, goal: Objective) -> Bools:
    """Return which replicates reach a goal, shape (R,)."""
    return goal.reached(goal.met(_values(ensemble, goal), ensemble.scenario.tolerance))


def progress(ensemble: Ensemble, goal: Objective) -> Floats:
    """Return how much of the goal's targets each replicate reaches, 0 to 1, shape (R,)."""
    return np.asarray(goal.progress(_values(ensemble, goal), ensemble.scenario.tolerance))


def likelihood(ensemble: Ensemble, goal: Objective, baseline: Baseline | None = None) -> Interval:
    """Return how likely a goal is, with its interval.

    Args:
        ensemble: of the package.
        goal: what is wanted.
        baseline: by which it is adjusted (`sim.experiments.baseline.stored`).
    """
    control = goal.control(baseline, ensemble.scenario.tolerance)
    return adjusted.likelihood(reached(ensemble, goal), ensemble.draws, control)


def difference(
    before: Ensemble, after: Ensemble, goal: Objective, baseline: Baseline | None = None
) -> Difference:
    """Return by how much one package makes a goal likelier than another, pair by pair.

    Args:
        before: of the one package.
        after: of the other.
        goal: what is wanted.
        baseline: as for `likelihood`, of both.

    Raises:
        Problem: fewer than two replicates have the same luck in both.
    """
    one, other = with_same_luck(before, after)
    control = goal.control(baseline, before.scenario.tolerance)
    won = [reached(each, goal) for each in (one, other)]
    return adjusted.difference(won, other.draws, control)[0]


def _values(ensemble: Ensemble, goal: Objective) -> Floats:
    return aimed_at(ensemble.counts, goal, ensemble.scenario.readings)
