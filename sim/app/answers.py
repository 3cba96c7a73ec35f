"""What the replicates so far say of a package, and how it differs from another by the same luck."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.app.growth import Replicates
from sim.estimate import Summary, summarise, thresholds
from sim.estimate.adjusted import difference
from sim.estimate.groups import Floats, Ints
from sim.estimate.paired import Difference
from sim.estimate.precision import intervals
from sim.estimate.readings import in_readings
from sim.experiments import baseline
from sim.model.world.layout import DUE
from sim.scenario import Scenario

FEWEST = 2
"""Replicates from which on likelihoods are shown: two parameter draws."""


class Answer(NamedTuple):
    """What is known of a package."""

    summary: Summary
    half_width: float
    """The widest interval's longer half: every likelihood is known to within it, at 95 %."""


class Change(NamedTuple):
    """How a package differs from another, pair by pair."""

    strict: tuple[Difference, ...]
    """Of each count's likelihood."""
    about: tuple[Difference, ...]
    joint: Difference
    pairs: int
    baseline: int = 0
    """Replicates of the stored baseline by which they are adjusted; 0: by none."""

    @property
    def half_width(self) -> float:
        """The widest interval's longer half: every difference is known to within it, at 95 %."""
        every = (*self.strict, *self.about, self.joint)
        return max(max(each.high - each.value, each.value - each.low) for each in every)


def answer(replicates: Replicates, scenario: Scenario, number: int) -> Answer:
    """Return what the first replicates say.

    Args:
        replicates: at least so many.
        scenario: that they are of; its tolerance and readings hold.
        number: how many to look at.
    """
    draws = replicates.draws[:number]
    found = summarise(
        replicates.counts[:number],
        draws,
        DUE,
        scenario.tolerance,
        sequential=False,
        readings=scenario.readings,
        baseline=baseline.stored([scenario], scenario.seed, draws).baseline,
    )
    return Answer(found, max(each.half_width for each in intervals(found)))


class Sampled(NamedTuple):
    """The first replicates of a package."""

    values: Floats
    """What each has when counts are due, in the readings that hold, shape (replicates, 13)."""
    draws: Ints
    """Number of each one's parameter draw, shape (replicates,)."""


def sampled(replicates: Replicates, scenario: Scenario, number: int | None = None) -> Sampled:
    """Return the first replicates of a package, in the readings of a scenario.

    What is new is counted from the first month; the others make no difference, and reading them
    all would take most of the time of a look.
    """
    counts = replicates.counts[:number, [0, DUE]]
    return Sampled(in_readings(counts, scenario.readings)[:, 1], replicates.draws[:number])


def stored(reference: Scenario, package: Scenario) -> Sampled | None:
    """Return what the stored baseline holds of a reference, which then need not be run.

    Args:
        reference: what the package is compared with.
        package: whose readings hold for both.

    Returns:
        None if the baseline does not hold the reference, or read otherwise.

    Raises:
        Problem: the file of the baseline is none.
    """
    kept = baseline.shipped()
    if kept is None or reference.readings != package.readings:
        return None
    values = kept.of(reference)
    return None if values is None else Sampled(values, kept.draws)


def change(before: Sampled, after: Sampled, packages: Sequence[Scenario]) -> Change | None:
    """Return how a package differs from another, pair by pair.

    Args:
        before: replicates of the other package, run or stored.
        after: those of the package. Where facts made one of them try again, a replicate has other
            luck in the two packages and is no pair.
        packages: the other package and the package, whose tolerance holds for both. Where all
            replicates are pairs, likelihoods are adjusted by the stored baseline if it serves both.

    Returns:
        The differences, None if there are too few pairs.
    """
    number = min(len(before.draws), len(after.draws))
    first, second = before.draws[:number], after.draws[:number]
    same = first == second
    draws, scenario = second[same], packages[1]
    pairs = len(draws)
    if pairs < FEWEST:
        return None
    ends = [each.values[:number][same] for each in (before, after)]
    known = baseline.stored(packages, scenario.seed, draws).baseline if pairs == number else None
    strict, about = (
        tuple(
            difference(
                [each[:, number] >= least for each in ends],
                draws,
                known and known.control(number, float(least)),
            )[0]
            for number, least in enumerate(wanted)
        )
        for wanted in thresholds(scenario.tolerance)
    )
    wanted = thresholds(scenario.tolerance).strict
    joint = [np.asarray((each >= wanted).all(axis=1)) for each in ends]
    every, _ = difference(joint, draws, known and known.control_of_all(wanted))
    return Change(strict, about, every, pairs, 0 if known is None else len(known.draws))
