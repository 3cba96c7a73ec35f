"""Search for the package of doses and dates that does best within a budget."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.calendar import month_index, month_label
from sim.estimate import Interval, thresholds
from sim.estimate.paired import Difference
from sim.estimate.readings import outcomes
from sim.experiments.costs import spent
from sim.experiments.likelihoods import summary_of
from sim.experiments.reached import COLUMNS, JOINT, differences, reached
from sim.experiments.targets import GROUPS
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

LEVERS = GROUPS["lever"]
MOST = 3.0
"""Largest dose that the search tries: beyond it the mechanisms are extrapolated far."""
LATEST = "2027-01"
"""Latest start that it tries."""
FRESH = 7_919
"""Added to the seed for the candidates' second run: luck that no candidate was chosen by."""
FINALISTS = 4


class Candidate(NamedTuple):
    """A package that was tried."""

    scenario: Scenario
    doses: tuple[float, ...]
    """Of each plan and safeguard, in the plan's order."""
    starts: tuple[str, ...]
    cost: float
    """Public money spent until counts are due, tax forgone left out, 亿元."""
    found: float
    """Likelihood on the replicates of the search; flattered, since it was chosen by it."""
    fresh: Interval | None = None
    """Likelihood on replicates that the search never saw."""
    gain: Difference | None = None
    """What it adds on those to the scenario that the search started from, pair by pair."""


class Goal(NamedTuple):
    """What a search is for."""

    count_id: str
    """A count, or ``all`` for all together."""
    budget: float
    """Public money spent until counts are due, tax forgone left out, 亿元."""
    trials: int
    """Packages to try."""


class Searched(NamedTuple):
    """What a search came to."""

    count_id: str
    budget: float
    tried: tuple[Candidate, ...]
    best: tuple[Candidate, ...]
    """Finalists, the best on fresh replicates first."""
    front: tuple[Candidate, ...]
    """The Pareto front as the search saw it, cheapest first, on fresh replicates too."""
    base: Candidate
    """The scenario that the search started from, shrunk to the budget if it costs more."""


def search(
    base: Scenario,
    goal: Goal,
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> Searched:
    """Search with a tree-structured Parzen estimator (Bergstra et al. 2011; Optuna).

    Doses of all plans and safeguards (0 to 3) and their starts are chosen; a package that costs
    more than the budget has all its doses shrunk to it. The score is the likelihood of the count,
    with a little of its distance to the target so that there is a slope where it is nought or one.

    Args:
        base: scenario to start from.
        goal: count, budget and number of trials.
        sample: seed and replicates for each.
        store: where replicates are kept.
        where: where they are run.
        watch: called after each trial.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    import optuna

    count, budget, trials = goal
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler = optuna.samplers.TPESampler(seed=sample.seed % 2**32, multivariate=True)
    study = optuna.create_study(direction="maximize", sampler=sampler)
    started = within(_candidate(base, _doses(base), _starts(base)), budget)
    study.enqueue_trial(_parameters(started))
    tried: list[Candidate] = []
    for number in range(trials):
        trial = study.ask()
        doses = tuple(trial.suggest_float(f"{lever}.dose", 0.0, MOST) for lever in LEVERS)
        latest = month_index(LATEST)
        starts = tuple(
            month_label(trial.suggest_int(f"{lever}.start", 0, latest)) for lever in LEVERS
        )
        candidate = within(_candidate(base, doses, starts), budget)
        fill([candidate.scenario], sample, store, where)
        ensemble = load(candidate.scenario, sample, store)
        study.tell(trial, score(ensemble, count))
        tried.append(candidate._replace(found=likelihood(ensemble, count).value))
        if watch:
            watch(number + 1, trials)
    order = sorted(range(trials), key=lambda k: -study.trials[k].value)
    fresh = again(sample)
    finalists = [tried[k] for k in order[:FINALISTS]]
    cheapest = front(tried)
    fill([each.scenario for each in (started, *finalists, *cheapest)], fresh, store, where)
    given = load(started.scenario, fresh, store)
    as_given = started._replace(found=tried[0].found, fresh=likelihood(given, count))
    anew = [_fresh(each, given, count, fresh, store) for each in finalists]
    best = sorted(anew, key=lambda each: -each.fresh.value if each.fresh else 0.0)
    along = tuple(_fresh(each, given, count, fresh, store) for each in cheapest)
    return Searched(count, budget, tuple(tried), tuple(best), along, as_given)


def again(sample: Sample) -> Sample:
    """Return replicates that a search has not seen, so that its winner is not flattered."""
    return Sample(sample.seed + FRESH, sample.replicates)


def front(tried: Sequence[Candidate]) -> list[Candidate]:
    """Return the Pareto front: candidates of which none other is as cheap and more likely."""
    found: list[Candidate] = []
    for each in sorted(tried, key=lambda candidate: (candidate.cost, -candidate.found)):
        if not found or each.found > found[-1].found:
            found.append(each)
    return found


def within(candidate: Candidate, budget: float) -> Candidate:
    """Return a candidate with all doses shrunk alike, if it costs more than the budget."""
    if candidate.cost <= budget:
        return candidate
    share = budget / candidate.cost
    doses = tuple(dose * share for dose in candidate.doses)
    return _candidate(candidate.scenario, doses, candidate.starts)


def likelihood(ensemble: Ensemble, count: str) -> Interval:
    """Return the likelihood of a count, or of all of them together, with its interval."""
    summary = summary_of(ensemble)
    if count == JOINT:
        return summary.joint
    return next(each.likelihood for each in summary.counts if each.id == count)


def score(ensemble: Ensemble, count: str) -> float:
    """Return what the search climbs: the likelihood, and how near the rest comes."""
    values = outcomes(ensemble.counts, DUE, ensemble.scenario.readings).values
    shares = np.minimum(1.0, values / thresholds(0.0).strict)
    if count != JOINT:
        column = [entry.id for entry in PLAN.counts].index(count)
        shares = shares[:, column : column + 1]
    reached = (shares >= 1.0).all(axis=1)
    return float(reached.mean() + 0.1 * shares.mean())


def _candidate(base: Scenario, doses: tuple[float, ...], starts: tuple[str, ...]) -> Candidate:
    """Return a package: each plan and safeguard with one dose and one start."""
    settings = dict(base.settings)
    for lever, dose, start in zip(PLAN.levers, doses, starts, strict=True):
        for instrument in lever.instruments:
            old = settings[instrument.id]
            settings[instrument.id] = replace(
                old, on=dose > 0.0, dose=dose, start=start, end=None, later=()
            )
    scenario = replace(base, id=f"{base.id}-candidate", file=None, settings=settings)
    return Candidate(scenario, doses, starts, spent(scenario, DUE + 1), 0.0)


def _doses(base: Scenario) -> tuple[float, ...]:
    """Return each lever's mean dose in a scenario, each instrument at its greatest."""
    return tuple(
        float(
            np.mean([base.settings[each.id].greatest * base.settings[each.id].on for each in own])
        )
        for own in (lever.instruments for lever in PLAN.levers)
    )


def _starts(base: Scenario) -> tuple[str, ...]:
    """Return each lever's earliest start in a scenario."""
    return tuple(
        min(base.settings[each.id].start for each in lever.instruments) for lever in PLAN.levers
    )


def _parameters(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as the optimiser's parameters."""
    return dict(_pairs(candidate))


def _pairs(candidate: Candidate) -> Iterator[tuple[str, Any]]:
    for lever, dose, start in zip(LEVERS, candidate.doses, candidate.starts, strict=True):
        yield f"{lever}.dose", min(dose, MOST)
        yield f"{lever}.start", min(month_index(start), month_index(LATEST))


def _fresh(
    candidate: Candidate, given: Ensemble, count: str, sample: Sample, store: Store
) -> Candidate:
    """Return a candidate judged on fresh replicates, by itself and against the one given."""
    ensemble = load(candidate.scenario, sample, store)
    gain = differences(reached(given), reached(ensemble))[COLUMNS.index(count)]
    return candidate._replace(fresh=likelihood(ensemble, count), gain=gain)
