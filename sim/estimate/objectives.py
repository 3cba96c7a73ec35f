"""How far an objective is reached: some of the counts, each with a target, a year and a weight."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from sim.calendar import month_index
from sim.estimate.adjusted import Control, likelihood, mean
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.readings import DIGITS, Readings, in_reading
from sim.estimate.records import Interval
from sim.estimate.sequential import sequential_interval
from sim.language import Text
from sim.plan import PLAN, Count

FOLDER: Final = "objectives"
"""Where files of objectives are, beside the scenarios."""


@dataclass(frozen=True)
class Aim:
    """One of the counts that matter."""

    count: Count
    target: float
    """In the count's unit."""
    year: int
    """By the end of which it is to be reached."""
    weight: float

    @property
    def month(self) -> int:
        """The month in which the count is read: the last one of the year."""
        return month_index(f"{self.year}-12")

    def threshold(self, tolerance: float) -> float:
        """Return from where on it is met: below the target where the plan says 左右."""
        return round((1.0 - tolerance * self.count.about) * self.target, DIGITS)


class Objective(NamedTuple):
    """What is wanted."""

    id: str
    file: str
    """Where it was read from."""
    name: Text
    description: Text
    aims: tuple[Aim, ...]
    """In the plan's order."""
    about: bool
    """Whether 左右 is enough where the plan says so."""
    at_least: int
    """How many of the aims have to be met."""
    weighted: bool
    """Whether weights were given: then what is met is scored, too."""

    @property
    def entire(self) -> bool:
        """Whether it is all counts of the plan, of which all have to be met."""
        return len(self.aims) == self.at_least == len(PLAN.counts)

    def met(self, values: Floats, tolerance: float) -> Bools:
        """Return which aims are met, shape (R, aims), given what replicates have."""
        return np.asarray(values >= self._thresholds(tolerance))

    def reached(self, met: Bools) -> Bools:
        """Return whether enough of the aims are met, shape (R,)."""
        return np.asarray(met.sum(axis=1) >= self.at_least)

    def scores(self, met: Bools) -> Floats:
        """Return which part of all weight is met, 0 to 1, shape (R,)."""
        weights = np.array([each.weight for each in self.aims])
        return np.asarray(met @ weights / weights.sum())

    def progress(self, values: Floats, tolerance: float) -> Floats:
        """Return how much of the targets is reached, 0 to 1, shape (R,): each count up to its own.

        Args:
            values: what replicates have, shape (R, aims).
            tolerance: how far below a target is 左右.
        """
        weights = np.array([each.weight for each in self.aims])
        parts = np.minimum(values / self._thresholds(tolerance), 1.0)
        return np.asarray(parts @ weights / weights.sum())

    def control(self, baseline: Baseline | None, tolerance: float) -> Control | None:
        """Return what foretells who meets enough of the aims; None without a baseline.

        Where an aim is due in another year, the baseline foretells it by where counts are later.

        Args:
            baseline: that serves the replicates.
            tolerance: how far below a target is 左右.
        """
        own = self.controls(baseline, tolerance)
        if baseline is None or len(own) == 1:
            return own[0]
        counts = [PLAN.counts.index(each.count) for each in self.aims]
        return baseline.control_of_all(self._thresholds(tolerance), counts, self.at_least)

    def controls(self, baseline: Baseline | None, tolerance: float) -> list[Control | None]:
        """Return what foretells who meets each aim; the arguments are those of `control`."""
        return [
            baseline and baseline.control(PLAN.counts.index(each.count), float(least))
            for each, least in zip(self.aims, self._thresholds(tolerance), strict=True)
        ]

    def _thresholds(self, tolerance: float) -> Floats:
        slack = tolerance if self.about else 0.0
        return np.array([each.threshold(slack) for each in self.aims])


def aimed_at(counts: Floats, objective: Objective, readings: Readings) -> Floats:
    """Return what replicates have of each count that matters, in its year, shape (R, aims).

    Args:
        counts: as recorded, shape (R, M, counts), in the plan's units and order.
        objective: no aim of which is later than month M-1.
        readings: of the counts.
    """
    columns = []
    for aim in objective.aims:
        own = counts[:, [0, aim.month], PLAN.counts.index(aim.count)]
        columns.append(in_reading(own, aim.count, readings[aim.count.id])[:, 1])
    return np.stack(columns, axis=1)


class Achieved(NamedTuple):
    """How far replicates reach an objective."""

    likelihood: Interval
    """Of meeting enough of its aims."""
    aims: tuple[Interval, ...]
    """Likelihood of each, in the objective's order."""
    number: Interval
    """How many are met, on average."""
    exactly: tuple[Interval, ...]
    """Likelihood that none is met, that one is, and so on to all."""
    at_least: tuple[Interval, ...]
    """Likelihood that one is met or more, that two are or more, and so on."""
    score: Interval
    """Part of all weight that is met, on average."""


def achieved(
    met: Bools,
    objective: Objective,
    draws: Ints,
    *,
    sequential: bool = False,
    baseline: Baseline | None = None,
    tolerance: float = 0.0,
) -> Achieved:
    """Return how far replicates reach an objective.

    Args:
        met: which aims each replicate meets, shape (R, aims).
        objective: of these aims.
        draws: number of each replicate's parameter draw, shape (R,).
        sequential: whether the number of replicates was chosen by looking at intervals; no baseline
            adjusts these.
        baseline: by which all is adjusted; it serves the draws.
        tolerance: how far below a target is 左右; told where there is a baseline.
    """
    groups, number, aims = grouped(draws), met.sum(axis=1), len(objective.aims)
    control = objective.control(baseline, tolerance)

    def likely(won: Bools, by: Control | None = control) -> Interval:
        return sequential_interval(won, groups) if sequential else likelihood(won, draws, by)

    def share(values: Floats) -> Interval:
        found = sequential_interval(values, groups) if sequential else mean(values, draws, control)
        return Interval(*(max(0.0, min(1.0, each)) for each in found))

    return Achieved(
        likely(objective.reached(met)),
        tuple(map(likely, met.T, objective.controls(baseline, tolerance))),
        Interval(*(aims * each for each in share(number / aims))),
        tuple(likely(number == many) for many in range(aims + 1)),
        tuple(likely(number >= many) for many in range(1, aims + 1)),
        share(objective.scores(met)),
    )
