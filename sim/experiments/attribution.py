"""All combinations of the plans, each on or off, and what they come to."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.estimate.groups import Floats, Ints
from sim.estimate.readings import outcomes
from sim.experiments.since import begun, stopped
from sim.experiments.targets import GROUPS
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.scenario import Scenario, derive
from sim.store.fill import Sample, load
from sim.store.store import Store

PLANS = GROUPS["plan"]
"""The players, in the order of their bits."""


def coalitions(base: Scenario, since: str | None = None) -> list[Scenario]:
    """Return the scenarios with each plan on or off; bit k of the number says plan k is on.

    Args:
        base: the scenario.
        since: month (``YYYY-MM``) from which on a plan is off, or one that is off in the base is
            on; what was done before stays. None: from the beginning.
    """
    numbers = range(2 ** len(PLANS))
    if since is not None:
        return [_since(base, number, since) for number in numbers]
    return [
        derive(base, {"plans": _switched(number)}, f"{base.id}-{number:02d}", "attribute")
        for number in numbers
    ]


def _since(base: Scenario, number: int, since: str) -> Scenario:
    settings = dict(base.settings)
    for lever in PLAN.plans:
        own = [instrument.id for instrument in lever.instruments]
        acts = any(settings[name].on for name in own)
        for name in own:
            setting = settings[name]
            if not _switched(number)[lever.id]:
                settings[name] = stopped(setting, since)
            elif not acts:
                settings[name] = begun(setting, since)
    return replace(base, id=f"{base.id}-{number:02d}-{since}", file=None, settings=settings)


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
