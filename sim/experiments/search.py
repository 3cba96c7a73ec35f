"""Search for the packages of doses and dates that do best within a budget."""

import warnings
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from sim.calendar import month_label
from sim.estimate import Interval
from sim.estimate.adjusted import difference, likelihood
from sim.estimate.groups import Floats, grouped
from sim.estimate.intervals import mean_interval
from sim.estimate.objectives import Objective
from sim.estimate.paired import Difference
from sim.estimate.robust import Across, Robust, robust
from sim.experiments.baseline import MISSING, Stored, stored
from sim.experiments.compare import with_same_luck
from sim.experiments.goals import progress, reached
from sim.experiments.packages import LEVERS, MOST, Package, Space, parameters
from sim.sampling import ONCE, TWICE
from sim.store.block import REPLICATES
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

FRESH = 7_919
"""Added to the seed for what is run under other forms of the model."""
FINALISTS = 4
SLOPE = 0.1
"""Weight of what is reached of the targets beside their likelihood, so that there is a slope."""
POPULATION = (8, 50)
"""Fewest and most packages of a generation, of which there are eight."""
GENERATIONS = 8


class Candidate(NamedTuple):
    """A package that was tried."""

    package: Package
    found: tuple[float, ...]
    """Likelihood of each goal on the replicates of the search; flattered, since it was chosen."""
    replicates: int
    """Of them: fewer where it was clearly worse than another by then."""
    fresh: tuple[Interval, ...] = ()
    """Likelihoods on replicates that the search never saw."""
    gains: tuple[Difference, ...] = ()
    """What it adds on those to the package that the search started from, pair by pair."""
    robust: Robust | None = None
    """How it stands over the draws among all that were run anew; in parts of the targets."""
    across: Across | None = None
    """The same over all forms of the model's mechanisms; None: not looked at."""


class Searched(NamedTuple):
    """What a search came to."""

    goals: tuple[Objective, ...]
    space: Space
    tried: tuple[Candidate, ...]
    best: tuple[Candidate, ...]
    """Finalists, the best on fresh replicates first."""
    front: tuple[Candidate, ...]
    """What no other is better than, as the search saw it, on fresh replicates too: for one goal in
    likelihood and cost, the cheapest first; for several in all of their likelihoods."""
    base: Candidate
    """The package that the search started from, shrunk to the budget if it costs more."""
    kept: float = 1.0
    """Share of the fresh replicates that have the same luck in all packages."""
    known: Stored = MISSING
    """The stored baseline by which likelihoods on fresh replicates are adjusted, or why not."""


class Fresh(NamedTuple):
    """Replicates that a search has not seen, so that its winner is not flattered."""

    sample: Sample
    first: int
    """Number of the first of them; those before are not among them."""


def search(
    space: Space,
    goals: Sequence[Objective],
    trials: int,
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> Searched:
    """Search for one goal with a tree-structured Parzen estimator, for several with NSGA-II.

    Bergstra and others 2011, Deb and others 2002, as Optuna has them. Doses of all plans and
    safeguards and their starts are chosen; a package that costs more than the budget has all its
    doses shrunk to it. Replicates are run in two steps: a package that is clearly worse, pair by
    pair, than one that costs no more is given up after the first block.

    Args:
        space: what can be tried.
        goals: what is wanted, one or several.
        trials: packages to try.
        sample: seed and replicates for each.
        store: where replicates are kept.
        where: where they are run.
        watch: called after each trial with replicates.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    study = _study(len(goals), trials, sample.seed)
    started = space.given()
    study.enqueue_trial(parameters(started, space))
    tried: list[Candidate] = []
    scores: list[tuple[float, ...]] = []
    rivals: list[tuple[float, Sequence[Floats]]] = []
    for number in range(trials):
        trial = study.ask()
        doses = tuple(trial.suggest_float(f"{lever}.dose", 0.0, MOST) for lever in LEVERS)
        months = [trial.suggest_int(f"{lever}.start", space.first, space.last) for lever in LEVERS]
        package = space.package(doses, tuple(map(month_label, months)))
        ensemble = _in_steps(package, goals, sample, store, where, rivals)
        worth = [score(ensemble, goal) for goal in goals]
        scores.append(tuple(float(each.mean()) for each in worth))
        study.tell(trial, list(scores[-1]))
        likely = tuple(float(reached(ensemble, goal).mean()) for goal in goals)
        tried.append(Candidate(package, likely, len(ensemble.draws)))
        if tried[-1].replicates == sample.replicates:
            rivals.append((package.cost, worth))
        if watch:
            watch((number + 1) * sample.replicates, trials * sample.replicates)
    whole = [k for k in range(trials) if tried[k].replicates == sample.replicates]
    others = whole[1:] or whole  # the first is the package given, which stands beside them
    order = sorted(others, key=lambda k: -sum(scores[k]))
    judged = [tried[k] for k in whole]
    base = Candidate(started, tried[0].found, sample.replicates)
    best = [tried[k] for k in order[:FINALISTS]]
    shown = front(judged) if len(goals) == 1 else undominated(judged)
    anew, kept, known = _anew([base, *best, *shown], goals, fresh(sample), store, where)
    many = 1 + len(best)
    best = sorted(anew[1:many], key=lambda each: -sum(own.value for own in each.fresh))
    along = tuple(anew[many:])
    return Searched(tuple(goals), space, tuple(tried), tuple(best), along, anew[0], kept, known)


def _study(goals: int, trials: int, seed: int) -> Any:
    """Return the optimiser: one goal has a model of what is good, several have generations."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    least, most = POPULATION
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler: Any = (
            optuna.samplers.TPESampler(seed=seed % 2**32, multivariate=True)
            if goals == 1
            else optuna.samplers.NSGAIISampler(
                population_size=min(most, max(least, trials // GENERATIONS)), seed=seed % 2**32
            )
        )
    return optuna.create_study(directions=["maximize"] * goals, sampler=sampler)


def _in_steps(
    package: Package,
    goals: Sequence[Objective],
    sample: Sample,
    store: Store,
    where: Where,
    rivals: Sequence[tuple[float, Sequence[Floats]]],
) -> Ensemble:
    """Return a package's replicates: one block, and the others unless it is clearly worse.

    Args:
        package: that is run.
        goals: what is wanted.
        sample: the replicates to run at most.
        store: where they are kept.
        where: where they are run.
        rivals: cost and scores in each goal of packages all of whose replicates were run.
    """
    first = sample._replace(replicates=min(REPLICATES, sample.replicates))
    fill([package.scenario], first, store, where)
    ensemble = load(package.scenario, first, store)
    own = [score(ensemble, goal) for goal in goals]
    for cost, worth in rivals:
        gaps = [
            mean_interval(each - other[: first.replicates], ensemble.draws)
            for each, other in zip(own, worth, strict=True)
        ]
        if cost <= package.cost and all(high < 0.0 for _, _, high in gaps):
            return ensemble
    if first == sample:
        return ensemble
    fill([package.scenario], sample, store, where)
    return load(package.scenario, sample, store)


def fresh(sample: Sample) -> Fresh:
    """Return as many replicates as a search looked at, none of which it has seen.

    They are of the same seed, whose baseline may be stored, and none is a second luck of a draw
    that the search saw.
    """
    many = sample.replicates
    first = many if 2 * many <= ONCE else max(many, ONCE + TWICE)
    return Fresh(sample._replace(replicates=first + many), first)


def unseen(sample: Sample, replicates: int) -> Sample:
    """Return replicates of another seed than those that a search looked at."""
    return Sample(sample.seed + FRESH, replicates)


def front(tried: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of which none other is as cheap and more likely, cheapest first."""
    found: list[Candidate] = []
    for each in sorted(tried, key=lambda candidate: (candidate.package.cost, -candidate.found[0])):
        if not found or each.found > found[-1].found:
            found.append(each)
    return found


def undominated(tried: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates than which none other is as likely in all goals and more in one.

    They stand in falling order of the first goal; of equal ones the cheapest is there.
    """
    order = sorted(
        tried, key=lambda each: (tuple(-value for value in each.found), each.package.cost)
    )
    found: list[Candidate] = []
    for each in order:  # whoever is better stands before
        values = np.array(each.found)
        if not any((np.array(other.found) >= values).all() for other in found):
            found.append(each)
    return found


def score(ensemble: Ensemble, goal: Objective) -> Floats:
    """Return what the search climbs: whether each replicate reaches the goal, and how near."""
    return np.asarray(reached(ensemble, goal) + SLOPE * progress(ensemble, goal))


def worth_of(every: Sequence[Ensemble], goals: Sequence[Objective]) -> list[Floats]:
    """Return how much of the goals' targets packages reach, draw by draw, shape (D,) each."""
    groups = grouped(every[0].draws)
    return [
        groups.means(np.mean([progress(each, goal) for goal in goals], axis=0)) for each in every
    ]


def _anew(
    found: Sequence[Candidate],
    goals: Sequence[Objective],
    luck: Fresh,
    store: Store,
    where: Where,
) -> tuple[list[Candidate], float, Stored]:
    """Return candidates judged on fresh replicates: each, against the first, and over draws.

    And the share of the replicates that have the same luck in all, and what adjusts likelihoods.
    """
    scenarios, (sample, first) = [each.package.scenario for each in found], luck
    fill(scenarios, sample, store, where)
    loaded = [load(each, sample, store).since(first) for each in scenarios]
    known = stored(scenarios, sample.seed, loaded[0].draws, first)
    every = with_same_luck(*loaded)
    draws, tolerance = every[0].draws, scenarios[0].tolerance
    controls = [goal.control(known.baseline, tolerance) for goal in goals]
    stands = robust(worth_of(every, goals))
    won = [[reached(each, goal) for goal in goals] for each in every]
    judged = [
        each._replace(
            fresh=tuple(map(likelihood, ours, repeat(draws), controls)),
            gains=tuple(
                difference(pair, draws, control)[0]
                for *pair, control in zip(won[0], ours, controls, strict=True)
            ),
            robust=stand,
        )
        for each, ours, stand in zip(found, won, stands, strict=True)
    ]
    return judged, len(draws) / (sample.replicates - first), known
