"""From a search, and from starts tried later and later, to their figures."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from sim.experiments import search
from sim.experiments.search import Searched
from sim.language import Language, Text
from sim.plan import PLAN
from sim.store.fill import Sample
from sim.text.catalogue import worded
from sim.views.experiment import experiment
from sim.views.figures import Named
from sim.views.front import Candidate, front
from sim.views.of_scenario import count_name


def search_figures(found: Searched, sample: Sample, language: Language) -> Iterator[Named]:
    """Yield the figure of a search, undrawn.

    Args:
        found: what the search came to.
        sample: replicates and seed of the search.
        language: of all labels.
    """
    goal = count_name(found.count_id)
    base = found.base.scenario
    rests = experiment(worded("experiment.search", count=goal), base, sample)
    on_front = {id(each.scenario) for each in found.front}
    anew = {id(each.scenario): each.fresh for each in (*found.best, *found.front)}
    candidates = [
        Candidate(
            package_text(each),
            each.cost,
            each.found,
            anew.get(id(each.scenario)),
            id(each.scenario) in on_front,
        )
        for each in found.tried
    ]
    start = worded("front.base", base=base.name)
    candidates.append(Candidate(start, found.base.cost, None, found.base.fresh, False))
    yield Named("front", partial(front, rests, goal, candidates, language))


def package_text(found: search.Candidate) -> Text:
    """Return a package in words: the dose of each plan, and the mean dose of the safeguards."""
    doses = dict(zip((lever.id for lever in PLAN.levers), found.doses, strict=True))
    plans = [lever for lever in PLAN.levers if lever.kind == "plan"]
    others = [doses[lever.id] for lever in PLAN.levers if lever.kind != "plan"]
    listed = [
        worded("front.dose", lever=lever.name, dose=_same(doses[lever.id])) for lever in plans
    ]
    listed.append(worded("front.safeguards", dose=_same(float(np.mean(others)))))
    return Text(", ".join(each.en for each in listed), "、".join(each.zh for each in listed))


def _same(dose: float) -> Text:
    return Text(f"{dose:.1f}", f"{dose:.1f}")
