"""All combinations of the plans, each on or off, and what they come to."""

from collections.abc import Sequence

import numpy as np

from sim.estimate.groups import Floats, Ints
from sim.estimate.readings import outcomes
from sim.experiments.targets import GROUPS
from sim.model.world.layout import DUE
from sim.scenario import Scenario, derive
from sim.store.fill import Sample, load
from sim.store.store import Store

PLANS = GROUPS["plan"]
"""The players, in the order of their bits."""


def coalitions(base: Scenario) -> list[Scenario]:
    """Return the 64 scenarios with each plan on or off; bit k of the number says plan k is on."""
    return [
        derive(base, {"plans": _switched(number)}, f"{base.id}-{number:02d}", "attribute")
        for number in range(2 ** len(PLANS))
    ]


def _switched(number: int) -> dict[str, bool]:
    return {name: bool(number >> bit & 1) for bit, name in enumerate(PLANS)}


def values_of(scenarios: Sequence[Scenario], sample: Sample, store: Store) -> tuple[Floats, Ints]:
    """Return every coalition's counts when counts are due, shape (64, R, 13), and the draws."""
    rows = []
    for scenario in scenarios:
        found = load(scenario, sample, store)
        rows.append(outcomes(found.counts, DUE, scenario.readings).values)
        draws = found.draws
    return np.stack(rows), draws
