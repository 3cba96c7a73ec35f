"""What moving each lever alone does to an objective, pair by pair, and where it ranks."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from sim.estimate.adjusted import Control, difference, mean, mean_gap, terms
from sim.estimate.controls import Baseline
from sim.estimate.effects import Effect, Signs, effect
from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.paired import Difference
from sim.estimate.ranks import Rank, ranks
from sim.estimate.rates import CostDifference, Rate, cost_difference, points_per_cost, rate_of
from sim.estimate.readings import Readings, others
from sim.experiments.compare import SEED, with_same_luck
from sim.experiments.costs import spent_by_draw
from sim.experiments.other_reading import InOther, Read, in_other
from sim.experiments.turns import DOWN, Turn
from sim.model.world.layout import DUE
from sim.scenario import Scenario, derive
from sim.scenario.variants import form_of, known
from sim.store.fill import Ensemble

LIKELIHOOD, SCORE, PROGRESS = BY = ("likelihood", "score", "progress")
"""What turns may be ranked by: the likelihood of the objective; the part of its aims that is met,
by weight; how much of its targets is reached, each count up to its own."""


class Pairs(NamedTuple):
    """The objective in the same replicates, before a turn and after it."""

    before: Floats
    """What the base has of each aim, shape (R, aims)."""
    after: Floats
    reached: tuple[Bools, Bools]
    """Whether the objective is reached before and after, shape (R,) each."""
    gain: Floats
    """In what turns are ranked by, -1 to 1, shape (R,)."""
    draws: Ints
    """Number of each replicate's parameter draw, shape (R,)."""
    more: Floats
    """What is spent more in each parameter draw, shape (K,), 亿元."""
    others: tuple[Floats, Floats]
    """Each aim in the other readings of the counts, before and after."""
    readings: Readings
    """The usual ones."""
    baseline: Baseline | None
    control: Control | None
    """What foretells who reaches the objective (`sim.estimate.adjusted`); None: nothing does."""


class Ranked(NamedTuple):
    """What one turn does."""

    turn: Turn
    likelihood: Difference
    """Of the objective."""
    likelihoods: tuple[float, float]
    """In the base and after the turn."""
    gain: Difference
    """Of what turns are ranked by."""
    pairs: Signs
    """Shares of pairs that gain and that lose."""
    draws: Signs
    """The same of the mean gains of parameter draws."""
    more: CostDifference
    rate: Rate | None
    """Points for each 亿元 more; None where it cannot be told whether there are more or fewer
    points, or whether more or less is spent."""
    rank: Rank | None
    """Among turns the same way; None if it has none by cost."""
    effects: tuple[Effect, ...]
    """On each aim's count, in the objective's order."""
    others: tuple[InOther, ...] = ()
    """How likelihoods of the aims' counts differ in their other readings, where that is another."""
    holds: int | None = None
    """Variants of the model in which the gain has the same sign; None: not looked at."""


def paired(
    objective: Objective,
    by: str,
    base: Ensemble,
    turned: Sequence[Ensemble],
    baseline: Baseline | None = None,
) -> list[Pairs]:
    """Return the objective pair by pair, for each package that one turn makes of the base.

    Args:
        objective: what counts.
        by: what turns are ranked by, one of `BY`.
        base: replicates without a turn.
        turned: the same replicates with each.
        baseline: by which all is adjusted (`sim.experiments.baseline.stored`).

    Raises:
        Problem: facts leave fewer than two replicates in which all have the same luck.
    """
    base, *turned = with_same_luck(base, *turned)
    readings, tolerance = base.scenario.readings, base.scenario.tolerance
    numbers, control = np.unique(base.draws), objective.control(baseline, tolerance)
    values, *turns = (aimed_at(each.counts, objective, readings) for each in (base, *turned))
    usual_other, *turns_other = (
        aimed_at(each.counts, objective, others(readings)) for each in (base, *turned)
    )
    usual, *paid = (
        spent_by_draw(each.scenario, DUE + 1, each.seed, numbers) for each in (base, *turned)
    )
    found = []
    for after, other_after, cost in zip(turns, turns_other, paid, strict=True):
        both = [objective.reached(objective.met(each, tolerance)) for each in (values, after)]
        one, other = (measured(objective, by, each, tolerance) for each in (values, after))
        more = cost - usual
        gain, draws = other - one, base.draws
        reads = ((usual_other, other_after), readings, baseline)
        found.append(Pairs(values, after, (both[0], both[1]), gain, draws, more, *reads, control))
    return found


def measured(objective: Objective, by: str, values: Floats, tolerance: float) -> Floats:
    """Return what turns are ranked by, 0 to 1, shape (R,).

    Args:
        objective: what counts.
        by: one of `BY`.
        values: what replicates have of each aim, shape (R, aims).
        tolerance: how far below a target is 左右.
    """
    if by == PROGRESS:
        return objective.progress(values, tolerance)
    met = objective.met(values, tolerance)
    return objective.scores(met) if by == SCORE else objective.reached(met).astype(np.float64)


def ranked(
    objective: Objective, turns: Sequence[Turn], pairs: Sequence[Pairs], *, by: str, per_cost: bool
) -> list[Ranked]:
    """Return what each turn does, the best first; turns one way after those another.

    Args:
        objective: what counts.
        turns: way by way.
        pairs: of each turn.
        by: what they are ranked by, one of `BY`.
        per_cost: whether to rank by points for each 亿元 instead of by points.
    """
    found: list[Ranked] = []
    for way, group in groupby(range(len(turns)), key=lambda at: turns[at].way):
        own = list(group)
        places = _places(way, [pairs[at] for at in own], per_cost=per_cost)
        told = [
            _turned(objective, turns[at], pairs[at], place, by)
            for at, place in zip(own, places, strict=True)
        ]
        found += sorted(told, key=lambda each: each.rank.value if each.rank else len(turns) + 1)
    return found


def _places(way: str, pairs: Sequence[Pairs], *, per_cost: bool) -> list[Rank | None]:
    """Return the ranks of turns one way; by cost, only of those that surely cost more, or less.

    First is the greatest gain. Down, it is the greatest loss: what is least to be missed.
    """
    sold = [not per_cost or cost_difference(each.more).told_apart for each in pairs]
    kept = [each for each, its in zip(pairs, sold, strict=True) if its]
    if not kept:
        return [None] * len(pairs)
    groups = grouped(kept[0].draws)
    sign = -1.0 if way == DOWN and not per_cost else 1.0
    gains = np.stack([sign * each.gain for each in kept], axis=1)
    own, rest = terms(gains, kept[0].control)
    totals = np.stack([groups.means(each) * groups.sizes for each in own.T])
    more = np.stack([each.more for each in kept]) if per_cost else np.ones_like(totals)
    rate = rate_of(totals, groups.sizes, more, rest.T)
    places = iter(ranks(rate, len(groups.sizes), SEED, len(rest)))
    return [next(places) if its else None for its in sold]


def _turned(objective: Objective, turn: Turn, pairs: Pairs, place: Rank | None, by: str) -> Ranked:
    draws, control = pairs.draws, pairs.control
    likelihood, levels = difference(pairs.reached, draws, control)
    gain = likelihood if by == LIKELIHOOD else _gain(pairs, by)
    more, tolerance = cost_difference(pairs.more), turn.package.tolerance
    sold = more.told_apart and not gain.tie
    nothing = np.zeros_like(pairs.gain)
    return Ranked(
        turn,
        likelihood,
        levels,
        gain,
        _signs(pairs.gain),
        _signs(grouped(draws).means(pairs.gain)),
        more,
        points_per_cost(nothing, pairs.gain, draws, pairs.more, SEED, control) if sold else None,
        place,
        tuple(
            effect(
                pairs.before[:, at],
                pairs.after[:, at],
                draws,
                (aim.threshold(0.0), aim.threshold(tolerance)),
                SEED,
            )
            for at, aim in enumerate(objective.aims)
        ),
        tuple(_in_others(objective, pairs, tolerance)),
    )


def _gain(pairs: Pairs, by: str) -> Difference:
    """Return the mean gain; where no replicate differs, or few may, its interval is open.

    Progress is a matter of degree: where it differs at all, its spread tells how far it is known.
    """
    stepwise = by == SCORE or not pairs.gain.any()
    return Difference(*(mean_gap if stepwise else mean)(pairs.gain, pairs.draws, pairs.control))


def _in_others(objective: Objective, pairs: Pairs, tolerance: float) -> Iterator[InOther]:
    """Yield how likelihoods of aims differ in the other readings of their counts."""
    for at, aim in enumerate(objective.aims):
        read = Read(
            (pairs.before[:, at], pairs.after[:, at]),
            (pairs.others[0][:, at], pairs.others[1][:, at]),
        )
        ends = (aim.threshold(0.0), aim.threshold(tolerance))
        reading = pairs.readings[aim.count.id]
        found = in_other(aim.count, reading, read, ends, pairs.draws, pairs.baseline)
        if found is not None:
            yield found


def _signs(gain: Floats) -> Signs:
    return Signs(float((gain > 0.0).mean()), float((gain < 0.0).mean()))


def other_forms(base: Scenario) -> list[tuple[str, str]]:
    """Return each mechanism's forms other than the one that a scenario has, with its subject."""
    return [
        (subject, choice)
        for subject, variant in known().items()
        for choice in variant.choices
        if choice != form_of(base.variants, subject)
    ]


def under(package: Scenario, subject: str, choice: str) -> Scenario:
    """Return a package under another form of a mechanism, its parameters from their priors.

    A posterior is of the usual forms.

    Raises:
        Problem: the form and what the package says exclude each other.
    """
    changes = {"variants": {subject: choice}, "draws": "prior"}
    return derive(package, changes, f"{package.id}-{subject}-{choice}", "--variants")


def holding(found: Sequence[Ranked], pairs: Sequence[Sequence[Pairs]]) -> Iterator[Ranked]:
    """Yield turns with how many variants agree with the sign of what each gains.

    Args:
        found: what the turns do in the model as it is.
        pairs: for each variant those of each turn, in the same order.
    """
    for at, each in enumerate(found):
        sign = np.sign(each.gain.value)
        means = [float(own[at].gain.mean()) for own in pairs]
        holds = sum(mean * sign > 0.0 for mean in means)
        yield each._replace(holds=int(holds) if sign else None)
