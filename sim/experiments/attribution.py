"""Which plan is owed how much of a likelihood: exact Shapley values over the 64 combinations."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate import thresholds
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.readings import outcomes
from sim.estimate.shapley import Attribution, attribute, attribute_median
from sim.experiments.targets import GROUPS
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.scenario import Scenario, derive
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

PLANS = GROUPS["plan"]
"""The players, in the order of their bits."""
SEED = 0
"""Of the bootstrap."""


class CountAttribution(NamedTuple):
    """What each plan is owed of one count."""

    id: str
    likelihood: Attribution
    """Shares of the likelihood (fractions), at the strict threshold."""
    median: Attribution
    """Shares of the median when counts are due, in the count's unit."""
    without: float
    """Likelihood without any of the plans."""
    with_all: float


def coalitions(base: Scenario) -> list[Scenario]:
    """Return the 64 scenarios with each plan on or off; bit k of the number says plan k is on."""
    return [
        derive(base, {"plans": _switched(number)}, f"{base.id}-{number:02d}", "attribute")
        for number in range(2 ** len(PLANS))
    ]


def _switched(number: int) -> dict[str, bool]:
    return {name: bool(number >> bit & 1) for bit, name in enumerate(PLANS)}


def attribution(
    base: Scenario, sample: Sample, store: Store, where: Where, watch: Watcher | None = None
) -> list[CountAttribution]:
    """Run what is missing of the 64 combinations and attribute every count to the plans.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    scenarios = coalitions(base)
    fill(scenarios, sample, store, where, watch)
    values, draws = values_of(scenarios, sample, store)
    strict = thresholds(0.0).strict
    found = []
    for number, count in enumerate(PLAN.counts):
        reached: Bools = values[:, :, number] >= strict[number]
        found.append(
            CountAttribution(
                count.id,
                attribute(reached, draws),
                attribute_median(values[:, :, number], draws, SEED),
                float(reached[0].mean()),
                float(reached[-1].mean()),
            )
        )
    return found


def values_of(scenarios: Sequence[Scenario], sample: Sample, store: Store) -> tuple[Floats, Ints]:
    """Return every coalition's counts when counts are due, shape (64, R, 13), and the draws."""
    rows = []
    for scenario in scenarios:
        found = load(scenario, sample, store)
        rows.append(outcomes(found.counts, DUE, scenario.readings).values)
        draws = found.draws
    return np.stack(rows), draws
