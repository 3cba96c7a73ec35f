"""What a run needs to know about policy and about what has happened: numbers only, no files."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.declared import AS_USUAL, Changes
from sim.engine.variants import Chosen
from sim.model.world.aims import AIMS, Aim
from sim.model.world.conditions import AS_PLANNED, Conditions
from sim.model.world.layout import COUNTS, MEASURES


class Placed(NamedTuple):
    """A programme that is known to have opened."""

    kind: int
    cluster: int
    """-1: that with most firms there, among those that the plan names for the district."""
    district: int
    zone: int
    """Number of the named zone that it is, -1 for none."""
    opens: int
    """Month in which it opened."""


class Observed(NamedTuple):
    """A count that is known for a month: trajectories outside the range did not happen."""

    column: int
    """Number of the count."""
    month: int
    low: float
    high: float


class Draws(NamedTuple):
    """Draws from the prior that stand in for a posterior, each as likely as any other."""

    seed: int
    """Seed of the ensemble whose draws they are."""
    numbers: tuple[int, ...]
    """Numbers of the draws; one that counts double stands twice."""
    in_order: bool = False
    """Whether draw k is the k-th of them (calibration); else the seed orders them."""


class Belief(NamedTuple):
    """What experts hold of a parameter, in place of its prior; flat between knots."""

    name: str
    log: bool
    """Whether it is flat in the logarithm."""
    values: tuple[float, ...]
    """Of the knots, rising."""
    below: tuple[float, ...]
    """Probability below each, rising from 0 to 1."""

    def quantile(self, u: float) -> float:
        """Return the quantile at ``u`` in (0, 1)."""
        if self.log:
            return math.exp(float(np.interp(u, self.below, np.log(self.values))))
        return float(np.interp(u, self.below, self.values))


class Design(NamedTuple):
    """Parameters and luck that a design gives each replicate, a row each."""

    names: tuple[str, ...]
    """Parameters that it sets; others have their defaults."""
    values: NDArray[np.float64]
    """Shape (rows, names)."""
    lucks: NDArray[np.int64]
    """Number of the replicate whose luck each row has, shape (rows,)."""


class Recorded(NamedTuple):
    """What is recorded of a run, month by month."""

    counts: NDArray[np.float64]
    """Shape (months, counts)."""
    measures: NDArray[np.float64]
    """Shape (months, measures)."""


class Setup(NamedTuple):
    """Policy, known facts and horizon of a run, the same for all its replicates."""

    months: int
    """Months to simulate from October 2022 on (99 reaches December 2030)."""
    dose: NDArray[np.float64]
    """Shape (months, instruments): dose in each month, 0 before the start, 1 is as written."""
    reach: NDArray[np.float64]
    """Shape (instruments, branches, places): 1 where the instrument applies, else 0; of clusters
    and districts the part of them."""
    tolerance: float
    """How far below a target still counts as 左右 (about), as a share."""
    overrides: tuple[tuple[str, float], ...] = ()
    """Parameters fixed by the scenario: (name, value), instead of a draw from the prior."""
    multipliers: tuple[tuple[str, float], ...] = ()
    """Parameters whose draws the scenario multiplies: (name, factor)."""
    draws: Draws | None = None
    """Where parameters are drawn from; None: the prior."""
    beliefs: tuple[Belief, ...] = ()
    """What stands in place of some parameters' priors."""
    design: Design | None = None
    """What replicates have instead of draws; None: they draw."""
    placed: tuple[Placed, ...] = ()
    """Programmes that are known to have opened."""
    held: tuple[tuple[int, int], ...] = ()
    """(kind, month): no other programme of the kind opened before the month."""
    observed: tuple[Observed, ...] = ()
    """Counts that are known, in the order of their months."""
    aims: tuple[Aim, ...] = AIMS
    """What the city's office aims at."""
    processes: Changes = AS_USUAL
    """Which processes of the month are left out, and what is added."""
    variants: Chosen = ()
    """Mechanisms in another form than usual."""
    conditions: Conditions = AS_PLANNED
    """Shocks to parameters, and doses that follow from what came out."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the names of all measures that a run records, those of one's own last."""
        return (*MEASURES, *(each.name for each in self.processes.measures))

    def nothing_recorded(self, months: int | None = None) -> Recorded:
        """Return zeros for the counts and measures of a run, or of its first months."""
        rows = self.months if months is None else months
        return Recorded(np.zeros((rows, len(COUNTS))), np.zeros((rows, len(self.measures))))
