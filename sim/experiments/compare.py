"""Compare policy packages replicate by replicate, under the same luck and parameter draws."""

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

import numpy as np
from scipy import stats

from sim.estimate import thresholds
from sim.estimate.groups import Floats, Ints, grouped
from sim.estimate.paired import (
    Curves,
    Difference,
    MonthDifference,
    likelihood_difference,
    mean_curves,
    median_difference,
    month_difference,
)
from sim.estimate.readings import Outcomes, in_readings, outcomes
from sim.experiments.costs import cost, spent
from sim.experiments.fill import Ensemble
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.world.layout import BREAKDOWN, END_OF_2030, MEASURES

CONFIDENCE = 0.95
SEED = 0
"""Of the bootstrap: the same replicates give the same interval."""


class CountDifference(NamedTuple):
    """How one count differs: the second package minus the first."""

    id: str
    first: float
    """Likelihood under the first package."""
    second: float
    likelihood: Difference
    about: Difference
    """The same at the 左右 threshold."""
    median: Difference
    """In the count's unit, at the end of 2030."""
    months: MonthDifference | None
    """When the target is reached; None if never under both."""
    joint: tuple[int, int]
    """Replicates that reach the target under the first package only, and under the second only."""


class AreaDifference(NamedTuple):
    """How firms, output or talents of a cluster or district differ at the end of 2030."""

    quantity: str
    area: str
    value: float
    low: float
    high: float

    @property
    def tie(self) -> bool:
        """Return whether there may be no difference."""
        return self.low <= 0.0 <= self.high


class Comparison(NamedTuple):
    """Two packages, the second against the first."""

    first: Scenario
    second: Scenario
    counts: tuple[CountDifference, ...]
    joint: Difference
    """Likelihood of all thirteen together."""
    joint_likelihoods: tuple[float, float]
    """That of the first package and of the second."""
    areas: tuple[AreaDifference, ...]
    curves: tuple[Curves, ...]
    """For each count, the paired difference month by month."""
    costs: tuple[float, float]
    """Public cost of both up to the end of 2030, 亿元."""
    spent: tuple[float, float]
    """The same without tax forgone."""

    def points_per_cost(self, number: int) -> float | None:
        """Return likelihood points gained for each 亿元 spent more; None if as much is spent."""
        more = self.spent[1] - self.spent[0]
        return None if abs(more) < 1e-9 else 100.0 * self.counts[number].likelihood.value / more

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        # Named, not imported: figures lie above this room, and matplotlib takes its time.
        return str(import_module("sim.views.notebook").html_of(self))


def compare(first: Ensemble, second: Ensemble) -> Comparison:
    """Return how the second package differs from the first.

    Args:
        first: replicates of one package; its tolerance and readings hold for both.
        second: the same replicates of the other, equally many. Where facts made one of them try
            again, a replicate has other luck in the two packages and is left out.

    Raises:
        ValueError: not equally many replicates.
        Problem: none has the same luck in both.
    """
    if len(first.draws) != len(second.draws):
        raise ValueError("paired packages have the same replicates")
    first, second = _with_same_luck(first, second)
    readings = first.scenario.readings
    before, after = (outcomes(each.counts, END_OF_2030, readings) for each in (first, second))
    strict, _ = thresholds(0.0)
    about = thresholds(first.scenario.tolerance).about
    counts = tuple(
        _difference(number, (before, after), about, first.draws)
        for number in range(len(PLAN.counts))
    )
    joint = [np.asarray((each.values >= strict).all(axis=1)) for each in (before, after)]
    months = min(first.counts.shape[1], second.counts.shape[1])
    read = [in_readings(each.counts[:, :months], readings) for each in (first, second)]
    return Comparison(
        first.scenario,
        second.scenario,
        counts,
        likelihood_difference(joint[0], joint[1], first.draws),
        (float(joint[0].mean()), float(joint[1].mean())),
        tuple(_areas(first, second)),
        tuple(
            mean_curves(read[0][:, :, number], read[1][:, :, number], first.draws)
            for number in range(len(PLAN.counts))
        ),
        (cost(first.scenario, END_OF_2030 + 1), cost(second.scenario, END_OF_2030 + 1)),
        (spent(first.scenario, END_OF_2030 + 1), spent(second.scenario, END_OF_2030 + 1)),
    )


def _with_same_luck(first: Ensemble, second: Ensemble) -> tuple[Ensemble, Ensemble]:
    same = first.draws == second.draws
    if same.all():
        return first, second
    if same.sum() < 2:
        expected = Text(
            "facts that leave replicates in which both packages have the same luck",
            "事实应使两个组合保有运气相同的模拟",
        )
        raise Problem("as_of", "", f"{same.sum()} of {len(same)}", expected)
    kept = [
        each._replace(
            counts=each.counts[same], draws=each.draws[same], measures=each.measures[same]
        )
        for each in (first, second)
    ]
    return kept[0], kept[1]


def _difference(
    number: int, found: tuple[Outcomes, Outcomes], about: Floats, draws: Ints
) -> CountDifference:
    """Return how one count differs between the outcomes of two packages."""
    a, b = (each.values[:, number] for each in found)
    target = thresholds(0.0).strict[number]
    won_a, won_b = a >= target, b >= target
    return CountDifference(
        PLAN.counts[number].id,
        float(won_a.mean()),
        float(won_b.mean()),
        likelihood_difference(won_a, won_b, draws),
        likelihood_difference(a >= about[number], b >= about[number], draws),
        median_difference(a, b, draws, SEED),
        month_difference(found[0].reached[:, number], found[1].reached[:, number], draws, SEED),
        (int((won_a & ~won_b).sum()), int((won_b & ~won_a).sum())),
    )


def _areas(first: Ensemble, second: Ensemble) -> list[AreaDifference]:
    """Return the mean differences by cluster and district at the end of 2030."""
    last = (END_OF_2030 - 2) // 12
    found = []
    for quantity in BREAKDOWN:
        for area in (*PLAN.clusters, *PLAN.districts):
            column = MEASURES.index(f"{quantity}_{area.id}")
            gap = second.measures[:, last, column].astype(np.float64)
            gap -= first.measures[:, last, column]
            found.append(AreaDifference(quantity, area.id, *mean_interval(gap, first.draws)))
    return found


def mean_interval(values: Floats, draws: Ints) -> tuple[float, float, float]:
    """Return the mean of values, and its 95 % interval by Student's t over the draws' means.

    Args:
        values: one per replicate, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,); the draws are independent.
    """
    means = grouped(draws).means(values)
    middle = float(means.mean())
    if len(means) < 2:
        return middle, -np.inf, np.inf
    reach = float(stats.t.ppf(0.5 + CONFIDENCE / 2, len(means) - 1) * stats.sem(means))
    return middle, middle - reach, middle + reach


def all_against_first(ensembles: Sequence[Ensemble]) -> list[Comparison]:
    """Return each package's comparison with the first."""
    return [compare(ensembles[0], other) for other in ensembles[1:]]
