"""Compare policy packages replicate by replicate, under the same luck and parameter draws."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.calendar import DECEMBER
from sim.estimate import thresholds
from sim.estimate.adjusted import Control, difference
from sim.estimate.controls import Baseline
from sim.estimate.effects import Effect, effect
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.intervals import mean_interval
from sim.estimate.paired import (
    Curves,
    Difference,
    MonthDifference,
    mean_curves,
    month_difference,
)
from sim.estimate.rates import CostDifference, Rate, cost_difference, points_per_cost
from sim.estimate.readings import Outcomes, Readings, in_readings, outcomes
from sim.estimate.records import Interval
from sim.experiments.costs import cost, spent, spent_by_draw
from sim.experiments.other_reading import InOther, Read, in_other
from sim.model.world.layout import BREAKDOWN, CITY_MEASURES, DUE, MEASURES
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.store.fill import Ensemble
from sim.text.catalogue import worded

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
    about_likelihoods: tuple[float, float]
    """At that threshold, under the first package and under the second."""
    effect: Effect
    """On the count itself when counts are due, pair by pair."""
    months: MonthDifference | None
    """When the target is reached; None if fewer than ten replicates reach it under both."""
    rate: Rate | None
    """Likelihood points for each 亿元 that the second package spends more; None where it cannot
    be told whether the likelihood differs, or which package spends more."""
    joint: tuple[int, int]
    """Replicates that reach the target under the first package only, and under the second only."""
    other: InOther | None = None
    """None where there is no other reading, where no replicate reaches a target in one of them
    alone, and where ``comparison.json`` tells of the count: ``readings.csv`` says it."""


class AreaDifference(NamedTuple):
    """How firms, output or talents of a cluster or district differ when counts are due."""

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
    """Likelihood of all counts together."""
    joint_likelihoods: tuple[float, float]
    """That of the first package and of the second."""
    joint_about: Difference
    """Likelihood of all counts together, 左右 where the plan says so."""
    joint_about_likelihoods: tuple[float, float]
    areas: tuple[AreaDifference, ...]
    curves: tuple[Curves, ...]
    """For each count, the paired difference month by month."""
    costs: tuple[float, float]
    """Public cost of both until counts are due at default unit costs, 亿元."""
    spent: tuple[float, float]
    """The same without tax forgone."""
    more: CostDifference
    """What the second spends more, tax forgone left out, over the draws of the unit costs."""
    baseline: int = 0
    """Replicates of the stored baseline by which the likelihoods are adjusted; 0: by none."""


def compare(first: Ensemble, second: Ensemble, baseline: Baseline | None = None) -> Comparison:
    """Return how the second package differs from the first.

    Args:
        first: replicates of one package; its tolerance and readings hold for both.
        second: the same replicates of the other, equally many. Where facts made one of them try
            again, a replicate has other luck in the two packages and is left out.
        baseline: by which likelihoods are adjusted (`sim.experiments.baseline.stored`).

    Raises:
        ValueError: not equally many replicates.
        Problem: they differ in seed, or in where parameters and facts come from, so that
            replicates of one number are no pairs; or none has the same luck in both.
    """
    if len(first.draws) != len(second.draws):
        raise ValueError("paired packages have the same replicates")
    check_pairs(first, second)
    first, second = with_same_luck(first, second)
    readings = first.scenario.readings
    before, after = (outcomes(each.counts, DUE, readings) for each in (first, second))
    strict, _ = thresholds(0.0)
    about = thresholds(first.scenario.tolerance).about
    numbers = np.unique(first.draws)
    paid = [spent_by_draw(each.scenario, DUE + 1, each.seed, numbers) for each in (first, second)]
    pairs = Pairs(before, after, first.draws, paid[1] - paid[0], readings, baseline)
    counts = tuple(_difference(number, pairs, about) for number in range(len(PLAN.counts)))
    joint, joint_about = (
        pairs.told(
            [np.asarray((each.values >= least).all(axis=1)) for each in (before, after)],
            baseline and baseline.control_of_all(least),
        )
        for least in (strict, about)
    )
    months = min(first.counts.shape[1], second.counts.shape[1])
    read = [in_readings(each.counts[:, :months], readings) for each in (first, second)]
    return Comparison(
        first.scenario,
        second.scenario,
        counts,
        *joint,
        *joint_about,
        tuple(areas_between(first, second)),
        tuple(
            mean_curves(read[0][:, :, number], read[1][:, :, number], first.draws)
            for number in range(len(PLAN.counts))
        ),
        (cost(first.scenario, DUE + 1), cost(second.scenario, DUE + 1)),
        (spent(first.scenario, DUE + 1), spent(second.scenario, DUE + 1)),
        cost_difference(pairs.more),
        0 if baseline is None else len(baseline.draws),
    )


UNPAIRED = {key: worded(f"expected.same_{key}") for key in ("seed", "draws", "as_of")}
"""What two packages must have in common for their replicates to be pairs."""


def check_pairs(first: Ensemble, second: Ensemble) -> None:
    """Check that replicates of the same number have the same luck and parameters.

    Raises:
        Problem: they differ in seed, draws or as_of.
    """
    one, other = (
        {"seed": each.seed, "draws": each.scenario.draws, "as_of": each.scenario.as_of}
        for each in (first, second)
    )
    for key, expected in UNPAIRED.items():
        if one[key] != other[key]:
            found = f"{one[key] or '—'}, {other[key] or '—'}"
            raise Problem(f"{first.scenario.id}, {second.scenario.id}", key, found, expected)


def with_same_luck(*packages: Ensemble) -> list[Ensemble]:
    """Return the replicates that have the same luck in all packages.

    Raises:
        Problem: fewer than two have.
    """
    same = np.all([each.draws == packages[0].draws for each in packages], axis=0)
    if same.all():
        return [*packages]
    if same.sum() < 2:
        expected = worded("expected.common_luck_packages")
        raise Problem("as_of", "", f"{same.sum()} of {len(same)}", expected)
    return [
        each._replace(
            counts=each.counts[same], draws=each.draws[same], measures=each.measures[same]
        )
        for each in packages
    ]


class Pairs(NamedTuple):
    """What became of the same replicates under two packages."""

    first: Outcomes
    second: Outcomes
    draws: Ints
    more: Floats
    """What the second package spends more in each parameter draw, shape (K,), 亿元."""
    readings: Readings
    """In which the values are."""
    baseline: Baseline | None = None
    """By which likelihoods are adjusted."""

    def told(
        self, won: Sequence[Bools], control: Control | None
    ) -> tuple[Difference, tuple[float, float]]:
        """Return how two likelihoods differ, and both of them.

        Args:
            won: whether each replicate reaches a target, under the first and the second package.
            control: what foretells it; None: there is no baseline.
        """
        return difference(won, self.draws, control)

    def told_of(self, number: int, least: float) -> tuple[Difference, tuple[float, float]]:
        """Return the same of one count, at a threshold."""
        won = [each.values[:, number] >= least for each in (self.first, self.second)]
        return self.told(won, self.control(number, least))

    def control(self, number: int, least: float) -> Control | None:
        """Return what foretells whether one count reaches a threshold; None: nothing does."""
        return self.baseline and self.baseline.control(number, least)


def _difference(number: int, pairs: Pairs, about: Floats) -> CountDifference:
    """Return how one count differs between the outcomes of two packages."""
    a, b = (each.values[:, number] for each in (pairs.first, pairs.second))
    target, draws = float(thresholds(0.0).strict[number]), pairs.draws
    won = [a >= target, b >= target]
    likelihood, levels = pairs.told_of(number, target)
    sold = not likelihood.tie and cost_difference(pairs.more).told_apart
    control = pairs.control(number, target)
    rate = points_per_cost(won[0], won[1], draws, pairs.more, SEED, control) if sold else None
    return CountDifference(
        PLAN.counts[number].id,
        *levels,
        likelihood,
        *pairs.told_of(number, float(about[number])),
        effect(a, b, draws, (target, float(about[number])), SEED),
        month_difference(
            pairs.first.reached[:, number], pairs.second.reached[:, number], draws, SEED
        ),
        rate,
        (int((won[0] & ~won[1]).sum()), int((won[1] & ~won[0]).sum())),
        in_other(
            PLAN.counts[number],
            pairs.readings[PLAN.counts[number].id],
            Read((a, b), (pairs.first.other[:, number], pairs.second.other[:, number])),
            (target, float(about[number])),
            draws,
            pairs.baseline,
        ),
    )


def measures_between(first: Ensemble, second: Ensemble) -> dict[str, Interval]:
    """Return the mean difference of each measure of the whole city when counts are due."""
    last = (DUE - DECEMBER) // 12
    found = {}
    for name in CITY_MEASURES:
        one, other = (
            each.measures[:, last, MEASURES.index(name)].astype(np.float64)
            for each in (first, second)
        )
        found[name] = Interval(*mean_interval(other - one, first.draws))
    return found


def areas_between(first: Ensemble, second: Ensemble) -> list[AreaDifference]:
    """Return the mean differences by cluster and district when counts are due."""
    last = (DUE - DECEMBER) // 12
    found = []
    for quantity in BREAKDOWN:
        for area in (*PLAN.clusters, *PLAN.districts):
            column = MEASURES.index(f"{quantity}_{area.id}")
            gap = second.measures[:, last, column].astype(np.float64)
            gap -= first.measures[:, last, column]
            found.append(AreaDifference(quantity, area.id, *mean_interval(gap, first.draws)))
    return found


def all_against_first(
    ensembles: Sequence[Ensemble], baseline: Baseline | None = None
) -> list[Comparison]:
    """Return each package's comparison with the first, adjusted by a baseline if there is one."""
    return [compare(ensembles[0], other, baseline) for other in ensembles[1:]]
