"""How many replicates likelihoods take: ``python -m benchmarks estimates``.

Replicates of the plan as written, of business as usual and of some other packages are run once (or
read from the store). Then packages are looked at as if only some of their replicates had been run,
again and again another part of them: once alone, once with a regression on the parameters, once
with one learnt beforehand on other draws of the plan as written, once adjusted by a baseline of the
two others, and once by both. What is told is how much of the variance of a likelihood each leaves
(no regression on parameters less than luck's share), how wide intervals are, and how many
replicates it takes for given ones.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks.foretold import foretold, learnt
from sim.dependence import all_places
from sim.estimate import Interval
from sim.estimate.adjusted import FEWEST, Control, likelihood
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.readings import outcomes, thresholds
from sim.model.world.layout import DUE
from sim.parameters import UNCERTAIN
from sim.scenario import Scenario, read_scenario
from sim.shuffle import row_of
from sim.store.fill import Sample, fill, load
from sim.store.store import PLACE, Store
from sim.store.work import Where, processors

BASE: Final = ("as-written", "business-as-usual")
OTHERS: Final = ("without-yulin", "without-kaiyuan")
WIDTHS: Final = (0.05, 0.03)
"""Half-widths wanted of the widest of all counts."""
KNOWN, MANY, TIMES = 2048, 256, 3
"""Replicates of each package; how many of them are looked at, and how often others."""
STEP: Final = 16
MORE: Final = 2
"""Times as many draws as were run, of which parameters are looked at: they cost nothing."""


def places_of(scenario: Scenario, seed: int, many: int) -> Floats:
    """Return where the parameters of the first draws lie, shape (many, P)."""
    setup, numbers = scenario.setup(), np.arange(many)
    if setup.draws is None:
        return all_places(seed, numbers, tuple(UNCERTAIN))
    rows = setup.draws.numbers
    numbers = np.array([rows[row_of(len(rows), seed, draw)] for draw in range(many)])
    return all_places(setup.draws.seed, numbers, tuple(UNCERTAIN))


class Looked:
    """A package of which some replicates are looked at in several ways."""

    def __init__(self, values: Floats, base: Baseline, places: Floats, fresh: Floats) -> None:
        """Keep what is known.

        Args:
            values: the package's counts, shape (N, counts).
            base: the baseline.
            places: where parameters of the draws that were run lie, shape (draws, P).
            fresh: the same of more draws, the same ones first, shape (more, P).
        """
        self._values, self._base, self._places, self._fresh = values, base, places, fresh
        self._least = thresholds(0.0).strict
        self._near = [base.near(number, least) for number, least in enumerate(self._least)]

    def alone(self, some: Ints) -> list[Interval]:
        """Return likelihoods from replicates alone."""
        groups = grouped(self._base.draws[some])
        return [likelihood_interval(column, groups) for column in self._reached(some).T]

    def by_parameters(self, some: Ints) -> list[Interval]:
        """Return likelihoods adjusted by a regression on the parameters."""
        own = self._base.draws[some]
        others = np.setdiff1d(np.arange(len(self._places)), own)
        order = np.concatenate([own, others])
        (found,) = foretold(self._values[some], [self._least], self._places[order], order)
        return [each.likelihood() for each in found]

    def by_baseline(self, some: Ints) -> list[Interval]:
        """Return likelihoods adjusted by the baseline."""
        others = np.setdiff1d(np.arange(len(self._values)), some)
        order = np.concatenate([some, others])
        draws = self._base.draws[order]
        return [
            likelihood(column, self._base.draws[some], Control(near[order], draws))
            for column, near in zip(self._reached(some).T, self._near, strict=True)
        ]

    def by_model(self, some: Ints) -> list[Interval]:
        """Return likelihoods adjusted by what parameters tell, learnt on other draws."""
        own = self._base.draws[some]
        others = np.setdiff1d(np.arange(len(self._fresh)), self._base.draws)
        order = np.concatenate([own, others])
        return [
            likelihood(column, own, Control(told[order], order))
            for column, told in zip(self._reached(some).T, self._learnt(some), strict=True)
        ]

    def by_both(self, some: Ints) -> list[Interval]:
        """Return likelihoods adjusted by the baseline and by what parameters tell."""
        others = np.setdiff1d(np.arange(len(self._values)), some)
        order = np.concatenate([some, others])
        draws = self._base.draws[order]
        return [
            likelihood(column, draws[: len(some)], Control(np.hstack([near, told[draws]]), draws))
            for column, near, told in zip(
                self._reached(some).T,
                (near[order] for near in self._near),
                self._learnt(some),
                strict=True,
            )
        ]

    def _learnt(self, some: Ints) -> list[Floats]:
        """Return what the other draws of the baseline's first package tell of every draw."""
        draws = self._base.draws
        firsts = np.unique(draws, return_index=True)[1]
        places = np.concatenate([self._places[draws[firsts]], self._fresh])
        seen = ~np.isin(draws[firsts], draws[some])
        told = learnt(self._base.values[0][firsts], self._least, places, seen)
        return [each[len(firsts) :] for each in told]

    def _reached(self, some: Ints) -> Bools:
        return self._values[some] >= self._least


WAYS: Final = {
    "alone": Looked.alone,
    "parameters": Looked.by_parameters,
    "learnt beforehand": Looked.by_model,
    "baseline": Looked.by_baseline,
    "baseline and learnt": Looked.by_both,
}


def parts(known: int, many: int, times: int) -> Iterator[Ints]:
    """Yield some replicates out of those that are known, each time others, as long as they last."""
    order = np.random.default_rng(1).permutation(known)
    for first in range(0, min(times * many, known - many + 1), many):
        yield np.sort(order[first : first + many])


def widths(looked: Looked, way: str, known: int, many: int, times: int) -> Floats:
    """Return half-widths of all counts' likelihoods, the mean over parts, shape (counts,)."""
    found = [
        [each.half_width for each in WAYS[way](looked, some)] for some in parts(known, many, times)
    ]
    mean: Floats = np.array(found).mean(axis=0)
    return mean


def needed(looked: Looked, way: str, known: int, wanted: float) -> float:
    """Return with how many replicates no count's interval is wider than wanted; inf: with none."""
    few, many = FEWEST // STEP, (known - STEP) // STEP
    if widths(looked, way, known, many * STEP, 1).max() > wanted:
        return float("inf")
    while many - few > 1:
        between = (few + many) // 2
        if widths(looked, way, known, between * STEP, 1).max() > wanted:
            few = between
        else:
            many = between
    return float(many * STEP)


def looked_at(known: int, place: str) -> list[Looked]:
    """Return the packages beside the baseline, with as many replicates as are known."""
    packages = [read_scenario(name) for name in (*BASE, *OTHERS)]
    sample, store = Sample(packages[0].seed, known), Store(place)
    fill(packages, sample, store, Where(processors()))
    draws, values = [], []
    for each in packages:
        found = load(each, sample, store)
        draws.append(found.draws)
        values.append(outcomes(found.counts, DUE, each.readings).values)
    base = Baseline(draws[0], np.stack(values[: len(BASE)]))
    many = 1 + int(draws[0].max())
    fresh = places_of(packages[0], sample.seed, MORE * many)
    return [Looked(each, base, fresh[:many], fresh) for each in values[len(BASE) :]]


def estimates(known: int = KNOWN, many: int = MANY, place: str = PLACE) -> dict[str, float]:
    """Return what each way leaves of the variance, how wide intervals are, and what they take.

    Args:
        known: replicates of each package.
        many: of them looked at.
        place: of the store.
    """
    packages, found = looked_at(known, place), dict[str, float]()
    plain = np.array([widths(each, "alone", known, many, TIMES) for each in packages])
    for way in WAYS:
        own = np.array([widths(each, way, known, many, TIMES) for each in packages])
        found[f"{way}: variance left"] = float(np.mean((own / plain) ** 2))
        found[f"{way}: ± points with {many} replicates, mean over counts"] = 100 * float(own.mean())
        found[f"{way}: ± points, widest count"] = 100 * float(own.max())
        for wanted in WIDTHS:
            takes = max(needed(each, way, known, wanted) for each in packages)
            found[f"{way}: replicates for ±{100 * wanted:g} points, widest count"] = takes
    return found
