"""How many replicates likelihoods take: ``python -m benchmarks.estimates``.

Replicates of the plan as written, of business as usual and of some other packages are run once (or
read from the store). Then packages are looked at as if only some of their replicates had been run,
again and again another part of them: once alone, once with a regression on the parameters, once
adjusted by a baseline of the two others. What is printed is how much of the variance of a
likelihood each leaves, how wide intervals are, and how many replicates it takes for given ones.
"""

import argparse
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from sim.dependence import all_places
from sim.estimate import Interval
from sim.estimate.adjusted import FEWEST, adjusted_likelihood
from sim.estimate.controls import Baseline
from sim.estimate.foretold import foretold
from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.readings import outcomes, thresholds
from sim.model.world.layout import DUE
from sim.parameters import UNCERTAIN
from sim.scenario import Scenario, read_scenario
from sim.shuffle import row_of
from sim.store.fill import Ensemble, Sample, fill, load
from sim.store.store import PLACE, Store
from sim.store.work import Where, processors

BASE: Final = ("as-written", "business-as-usual")
OTHERS: Final = ("without-yulin", "without-kaiyuan")
WIDTHS: Final = {0.05: 215, 0.03: 600}
"""Half-widths of the widest of all counts, and the replicates that they may take at most."""
STEP: Final = 16
Estimate = Callable[[Ints, int], Interval]
"""From which replicates are run, and the number of a count, to its likelihood."""


def due(found: Ensemble) -> Floats:
    """Return every count of every replicate when counts are due, shape (N, counts)."""
    return outcomes(found.counts, DUE, found.scenario.readings).values


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

    def __init__(self, values: Floats, base: Baseline, places: Floats) -> None:
        """Keep what is known: the package's counts (N, counts), baseline, parameters (draws, P)."""
        self._values, self._base, self._places = values, base, places
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
            adjusted_likelihood(column, near[order], draws)
            for column, near in zip(self._reached(some).T, self._near, strict=True)
        ]

    def _reached(self, some: Ints) -> Bools:
        return self._values[some] >= self._least


WAYS: Final = {
    "alone": Looked.alone,
    "parameters": Looked.by_parameters,
    "baseline": Looked.by_baseline,
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


def needed(looked: Looked, way: str, known: int, wanted: float, times: int) -> str:
    """Return with how many replicates no count's interval is wider than wanted."""
    few, many = FEWEST // STEP, (known - STEP) // STEP
    if widths(looked, way, known, many * STEP, times).max() > wanted:
        return f"> {many * STEP}"
    while many - few > 1:
        between = (few + many) // 2
        if widths(looked, way, known, between * STEP, times).max() > wanted:
            few = between
        else:
            many = between
    return str(many * STEP)


def lines(looked: Looked, known: int, many: int, times: int) -> Iterator[str]:
    """Yield a table's rows: what each way leaves of the variance, and what it takes."""
    plain = widths(looked, "alone", known, many, times)
    for way in WAYS:
        own = widths(looked, way, known, many, times)
        left = float(np.mean((own / plain) ** 2))
        takes = [needed(looked, way, known, wanted, min(times, 3)) for wanted in WIDTHS]
        cells = [way, f"{left:.2f}", f"{100 * own.mean():.1f}", f"{100 * own.max():.1f}", *takes]
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a table for each package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=2048, help="replicates of each package")
    parser.add_argument("--replicates", type=int, default=256, help="looked at")
    parser.add_argument("--times", type=int, default=6, help="parts looked at")
    parser.add_argument("--store", default=PLACE)
    parser.add_argument("packages", nargs="*", default=OTHERS)
    asked = parser.parse_args()
    packages = [read_scenario(name) for name in (*BASE, *asked.packages)]
    sample, store = Sample(packages[0].seed, asked.known), Store(asked.store)
    fill(packages, sample, store, Where(processors()))
    loaded = [load(each, sample, store) for each in packages]
    base = Baseline(loaded[0].draws, np.stack([due(each) for each in loaded[: len(BASE)]]))
    draws = 2 * (1 + int(base.draws.max()))
    places = places_of(packages[0], sample.seed, draws)
    heads = ["adjusted by", "of the variance", "mean ±", "widest ±"]
    heads += [f"for ±{100 * width:g} (at most {most})" for width, most in WIDTHS.items()]
    for each in loaded[len(BASE) :]:
        print(f"\n{each.scenario.id}, {asked.replicates} of {asked.known} replicates\n")
        print(f"| {' | '.join(heads)} |\n| --- {'| ---: ' * (len(heads) - 1)}|")
        looked = Looked(due(each), base, places)
        for line in lines(looked, asked.known, asked.replicates, asked.times):
            print(line, flush=True)


if __name__ == "__main__":
    main()
