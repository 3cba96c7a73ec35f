"""Figures that can be known before targets are due, what they foretell, and what they are worth."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np

from sim.calendar import DECEMBER, MONTHS_A_YEAR
from sim.estimate import Interval
from sim.estimate.adjusted import Control, likelihood
from sim.estimate.controls import Baseline
from sim.estimate.foretelling import Foretold, Rates, foretell, rates, skill_gained
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.information import Told, informed
from sim.estimate.objectives import Aim, Objective, aimed_at
from sim.estimate.readings import in_readings
from sim.experiments.baseline import Stored
from sim.language import Text
from sim.model.world.layout import CITY_MEASURES
from sim.plan import PLAN
from sim.plan.observable import UNSEEN, observables
from sim.store.block import decembers
from sim.store.fill import Ensemble
from sim.studies.shared.objectives import WHOLE
from sim.text.catalogue import worded

Seen = Literal["published", "wider", "records", "unpublished"]
HAD: Final[tuple[Seen, ...]] = ("published", "records")
"""What the city has: all else would have to be measured."""
RECORDS: Final = frozenset(
    {
        *("institutes", "consortia", "programmes", "scientists_brought_in"),
        *("entrepreneurs_brought_in", "guidance_investment", "public_cost"),
    }
)
"""Measures of what the city itself gives, opens or pays."""
UNMEASURABLE: Final = frozenset({"knowledge"})
"""Measures of which nobody could take the measure: an index of the model's own."""


class Watched(NamedTuple):
    """A figure that can be known beforehand."""

    id: str
    name: Text
    seen: Seen
    """Whether the city has it today."""

    @property
    def had(self) -> bool:
        """Whether it need not be measured first."""
        return self.seen in HAD

    @property
    def where(self) -> Text:
        """Return in words whether the city has it."""
        return worded(f"watch.{self.seen}")


class Target(NamedTuple):
    """Something that may be missed: a count, or an objective as a whole."""

    id: str
    name: Text
    missed: Bools
    """By which replicates, shape (R,)."""
    control: Control | None
    """What foretells who misses it (`sim.estimate.adjusted`)."""


class Lines(NamedTuple):
    """How a target does against the straight line to it, from the first month on."""

    behind: Bools
    """Which replicates are below it, shape (R,)."""
    scores: Floats
    """How far, the higher the worse, shape (R,)."""


def watched(found: Ensemble, at: int) -> tuple[list[Watched], Floats]:
    """Return all figures, and what they are in each replicate, shape (R, figures).

    Args:
        found: the replicates.
        at: number of the month by which they are known: a count in that month, another measure in
            the last December until then, since runs keep no other months of it.
    """
    scenario = found.scenario
    counts = in_readings(found.counts[:, [0, at]], scenario.readings)[:, 1]
    kept = scenario.setup().measures
    names = [name for name in CITY_MEASURES if name not in UNMEASURABLE]
    december = (at - DECEMBER) // MONTHS_A_YEAR
    assert decembers(at + 1)[-1] == DECEMBER + MONTHS_A_YEAR * december
    columns = [kept.index(name) for name in names]
    measures = found.measures[:, december][:, columns].astype(np.float64)
    of_measures = [
        Watched(name, CITY_MEASURES[name][1], "records" if name in RECORDS else "unpublished")
        for name in names
    ]
    of_counts = [Watched(each.id, each.short, _seen(each.id)) for each in PLAN.counts]
    return [*of_counts, *of_measures], np.hstack([counts, measures])


def _seen(count: str) -> Seen:
    known = observables().get(count)
    if known is None or known.reading == UNSEEN:
        return "unpublished"
    return "published" if known.reading == "strict" else "wider"


def targets(
    found: Ensemble, wanted: Objective, baseline: Baseline | None, *, whole: bool
) -> list[Target]:
    """Return what may be missed: each count that matters, and if asked for all of them as a whole.

    Args:
        found: the replicates.
        wanted: which counts matter.
        baseline: by which likelihoods are adjusted (`sim.experiments.baseline.stored`).
        whole: whether the objective as a whole comes first.
    """
    slack = _slack(found)
    met = wanted.met(aimed_at(found.counts, wanted, found.scenario.readings), slack)
    each = [
        Target(aim.count.id, aim.count.name, ~own, control)
        for aim, own, control in zip(
            wanted.aims, met.T, wanted.controls(baseline, slack), strict=True
        )
    ]
    if not whole:
        return each
    entire = wanted.control(baseline, slack)
    return [Target(WHOLE, wanted.name, ~wanted.reached(met), entire), *each]


def lines(found: Ensemble, wanted: Objective, at: int, *, whole: bool) -> list[Lines]:
    """Return for each of `targets` how it does in a month against the straight line.

    The objective as a whole is behind where fewer of its counts are on their lines than have to be
    met.
    """
    slack = _slack(found) if wanted.about else 0.0
    gaps = np.stack([_behind(found, aim, at, slack) for aim in wanted.aims], axis=1)
    each = [Lines(own > 0.0, own) for own in gaps.T]
    on_line = (gaps <= 0.0).sum(axis=1)
    entire = Lines(on_line < wanted.at_least, -on_line.astype(np.float64))
    return [entire, *each] if whole else each


def _slack(found: Ensemble) -> float:
    return found.scenario.tolerance


def _behind(found: Ensemble, aim: Aim, at: int, slack: float) -> Floats:
    """Return how far a count is below the line from where it was to its target, shape (R,)."""
    read = in_readings(found.counts[:, [0, at]], found.scenario.readings)
    start, value = read[:, :, PLAN.counts.index(aim.count)].T
    line = start + (aim.threshold(slack) - start) * at / aim.month
    return np.asarray(line - value)


class Watch(NamedTuple):
    """What foretells the miss of one target by one month, and what knowing it is worth."""

    month: str
    id: str
    name: Text
    miss: Interval
    """How likely the miss is."""
    best: Foretold | None
    """Of all figures; None: there are too few misses, or others, to tell."""
    alone: Sequence[Foretold | None]
    """Each figure for itself, as if there were no other."""
    line: Rates | None
    """Of the alarm below the straight line to the target."""
    gain: Interval | None
    """Skill of the best figure less that of the line."""
    told: Sequence[Told]
    """What each figure tells; empty: too little to tell."""

    @property
    def clear(self) -> bool:
        """Whether a figure surely foretells the miss."""
        return self.best is not None and self.best.rates.clear


class Found(NamedTuple):
    """What the study found, of what, and the file on the likelihoods of the scenario."""

    objective: Objective | None
    figures: Sequence[Watched]
    watches: Sequence[Watch]
    """Target by target, month by month."""
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which the likelihoods of misses are adjusted, or why they are not."""


def look(target: Target, line: Lines, values: Floats, draws: Ints, month: str) -> Watch:
    """Return what foretells the miss of a target.

    Args:
        target: that may be missed.
        line: how it does against the straight line.
        values: of the figures, shape (R, figures).
        draws: number of each replicate's parameter draw, shape (R,).
        month: by which the figures are known.
    """
    missed, many = target.missed, values.shape[1]
    miss = likelihood(missed, draws, target.control)
    best = foretell(values, missed, draws)
    if best is None:
        return Watch(month, target.id, target.name, miss, None, [None] * many, None, None, ())
    return Watch(
        month,
        target.id,
        target.name,
        miss,
        best,
        [foretell(values[:, [number]], missed, draws) for number in range(many)],
        rates(line.behind, line.scores, missed, draws),
        skill_gained(best.alarms, line.behind, missed, draws),
        informed(values, missed, draws) or (),
    )


class Worth(NamedTuple):
    """What one figure tells of one target by one month."""

    watch: Watch
    figure: Watched
    told: Told


def worth(found: Found) -> list[Worth]:
    """Return what figures tell, target by target and month by month, in the figures' order."""
    return [
        Worth(each, figure, told)
        for each in found.watches
        for figure, told in zip(found.figures, each.told, strict=len(each.told) > 0)
    ]


def most_told(found: Found) -> Iterator[Worth]:
    """Yield for each target and month the figure that tells most: of those had, and of others."""
    for each in found.watches:
        own = [row for row in worth(found) if row.watch is each]
        for had in (True, False):
            among = [row for row in own if row.figure.had is had]
            if among:
                yield max(among, key=lambda row: row.told.variance.value)
