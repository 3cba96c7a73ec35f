"""A store whose blocks nobody ran: counts are made up, the more the more plans are on."""

from collections.abc import Sequence

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import Trajectory
from sim.model.world.layout import MEASURES
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.scenario import Scenario
from sim.store.block import Task, run_block
from sim.store.store import Store

TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)
MADE_UP = 4242
"""Seed of what is made up, so that nobody who shares the store takes it for run."""
REACH = 0.04
"""Share of the targets that each instrument that is on adds, of the least luck."""


def store_of(store: Store, scenarios: Sequence[Scenario], seed: int) -> None:
    """Write one block of made-up replicates of each scenario."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ensemble, "run_one", _made_up)
        for scenario in scenarios:
            task = Task(scenario.setup(), seed, 0, scenario.hash())
            store.write(store.folder_of(scenario.hash()), task, run_block(task))
            store.describe(scenario, scenario.hash())


def _made_up(setup: Setup, _seed: int, replicate: int, _create: object) -> Trajectory:
    luck = 0.5 + replicate / 16.0
    level = luck * REACH * float((setup.dose.max(axis=0) > 0.0).sum())
    counts = np.tile(level * TARGETS, (setup.months, 1))
    measures = np.zeros((setup.months, len(MEASURES)), np.float32)
    return Trajectory(replicate, draw_of(replicate), counts, measures, {})
