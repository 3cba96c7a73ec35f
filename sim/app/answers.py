"""What the replicates so far say of a package, and how it differs from another by the same luck."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.app.growth import Replicates
from sim.estimate import Summary, summarise, thresholds
from sim.estimate.adjusted import difference
from sim.estimate.controls import Baseline
from sim.estimate.groups import Floats, Ints
from sim.estimate.paired import Difference
from sim.estimate.precision import intervals
from sim.estimate.readings import in_readings
from sim.experiments.baseline import beside
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
        baseline=beside([scenario], scenario.seed, draws).baseline,
    )
    return Answer(found, max(each.half_width for each in intervals(found)))


def change(
    before: Replicates, after: Replicates, packages: Sequence[Scenario], most: int | None = None
) -> Change | None:
    """Return how a package differs from another in the replicates that both have.

    Args:
        before: of the other package.
        after: of the package.
        packages: the other package and the package, whose tolerance and readings hold for both.
        most: replicates of each that are looked at; None for as many as both have.

    Returns:
        The differences, None if there are too few pairs.
    """
    pairs = min(before.number, after.number)
    if most is not None:
        pairs = min(pairs, most)
    first, second = (Sampled(each.counts[:pairs], each.draws[:pairs]) for each in (before, after))
    known = beside(packages, packages[1].seed, second.draws).baseline
    return change_of(first, second, packages[1], known)


class Sampled(NamedTuple):
    """Some replicates of a package."""

    counts: Floats
    """Shape (replicates, months, 13)."""
    draws: Ints
    """Number of each one's parameter draw, shape (replicates,)."""


def change_of(
    first: Sampled, second: Sampled, scenario: Scenario, baseline: Baseline | None = None
) -> Change | None:
    """Return how a package differs from another, pair by pair.

    Args:
        first: replicates of the other package.
        second: the same replicates of the package. Where facts made one of them try again, a
            replicate has other luck in the two packages and is no pair.
        scenario: whose tolerance and readings hold for both.
        baseline: by which likelihoods are adjusted where all replicates are pairs.

    Returns:
        The differences, None if there are too few pairs.
    """
    same = first.draws == second.draws
    draws = second.draws[same]
    before, after = first.counts[same], second.counts[same]
    pairs = len(draws)
    if pairs < FEWEST:
        return None
    ends = [_at_the_end(each, scenario) for each in (before, after)]
    known = baseline if pairs == len(same) else None
    stored = None if known is None else known.draws
    strict, about = (
        tuple(
            difference(
                [each[:, number] >= least for each in ends],
                draws,
                known and known.near(number, float(least)),
                stored,
            )[0]
            for number, least in enumerate(wanted)
        )
        for wanted in thresholds(scenario.tolerance)
    )
    wanted = thresholds(scenario.tolerance).strict
    joint = [np.asarray((each >= wanted).all(axis=1)) for each in ends]
    every, _ = difference(joint, draws, known and known.near_all(wanted), stored)
    return Change(strict, about, every, pairs)


def _at_the_end(counts: Floats, scenario: Scenario) -> Floats:
    """Return what stands when counts are due, shape (pairs, 13).

    What is new is counted from the first month; the others make no difference, and reading them
    all would take most of the time of a look.
    """
    return in_readings(counts[:, [0, DUE]], scenario.readings)[:, 1]
