"""Which targets each replicate reaches, and how two scenarios differ in that, pair by pair."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate import thresholds
from sim.estimate.adjusted import Control, difference
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Ints
from sim.estimate.paired import Difference
from sim.estimate.readings import outcomes
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.store.fill import Ensemble
from sim.text.catalogue import worded

JOINT = "all"
"""Stands for all counts together where one of them is asked for."""
COLUMNS = (*(count.id for count in PLAN.counts), JOINT)
"""What the columns of `Reached.targets` are, and the entries of `differences`."""


class Reached(NamedTuple):
    """What each replicate of a scenario reaches when counts are due, strictly."""

    targets: Bools
    """Each count's target, then all of them together, shape (R, 14)."""
    draws: Ints
    """Number of each replicate's parameter draw, shape (R,)."""


def reached(ensemble: Ensemble) -> Reached:
    """Return what each replicate reaches."""
    values = outcomes(ensemble.counts, DUE, ensemble.scenario.readings).values
    counts = values >= thresholds(0.0).strict
    return Reached(np.column_stack([counts, counts.all(axis=1)]), ensemble.draws)


def controls(baseline: Baseline | None) -> list[Control | None]:
    """Return what foretells each of the targets, in the order of `COLUMNS`; None: nothing does.

    Args:
        baseline: that serves the replicates (`sim.experiments.baseline.stored`).
    """
    if baseline is None:
        return [None] * len(COLUMNS)
    least = thresholds(0.0).strict
    each = [baseline.control(number, float(target)) for number, target in enumerate(least)]
    return [*each, baseline.control_of_all(least)]


def differences(
    before: Reached, after: Reached, by: Sequence[Control | None]
) -> tuple[Difference, ...]:
    """Return the paired difference of every likelihood, and of that of all together: 14.

    Where facts made one of the two try again, a replicate has other luck in them and is left out.

    Args:
        before: what replicates reach in one scenario.
        after: what the same reach in the other.
        by: what foretells the targets, as `controls` returns it.

    Raises:
        Problem: fewer than two replicates have the same luck in both.
    """
    same = before.draws == after.draws
    if same.sum() < 2:
        expected = worded("expected.common_luck_scenarios")
        raise Problem("as_of", "", f"{same.sum()} of {len(same)}", expected)
    first, second, draws = before.targets[same], after.targets[same], before.draws[same]
    return tuple(
        difference([first[:, column], second[:, column]], draws, control)[0]
        for column, control in enumerate(by)
    )
