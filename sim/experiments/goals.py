"""How packages do in a goal, which is one count or an objective of several."""

import numpy as np

from sim.estimate import Interval
from sim.estimate.groups import Bools, Floats, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.paired import Difference, likelihood_difference
from sim.experiments.compare import with_same_luck
from sim.store.fill import Ensemble


def reached(ensemble: Ensemble, goal: Objective) -> Bools:
    """Return which replicates reach a goal, shape (R,)."""
    return goal.reached(goal.met(_values(ensemble, goal), ensemble.scenario.tolerance))


def progress(ensemble: Ensemble, goal: Objective) -> Floats:
    """Return how much of the goal's targets each replicate reaches, 0 to 1, shape (R,)."""
    return np.asarray(goal.progress(_values(ensemble, goal), ensemble.scenario.tolerance))


def likelihood(ensemble: Ensemble, goal: Objective) -> Interval:
    """Return how likely a goal is, with its interval."""
    return Interval(*likelihood_interval(reached(ensemble, goal), grouped(ensemble.draws)))


def difference(before: Ensemble, after: Ensemble, goal: Objective) -> Difference:
    """Return by how much one package makes a goal likelier than another, pair by pair.

    Raises:
        Problem: fewer than two replicates have the same luck in both.
    """
    one, other = with_same_luck(before, after)
    return likelihood_difference(reached(one, goal), reached(other, goal), other.draws)


def _values(ensemble: Ensemble, goal: Objective) -> Floats:
    return aimed_at(ensemble.counts, goal, ensemble.scenario.readings)
