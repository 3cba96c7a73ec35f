"""The Mesa model: one compiled month a step, the same rules as the ensemble."""

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np

from sim import ensemble, parameters
from sim.ensemble import Trajectory
from sim.language import Text
from sim.problems import Problem
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create
from sim.world.setup import Setup


class ClusterModel(mesa.Model):
    """Shanghai's future industries, month by month, in Mesa."""

    def __init__(self, setup: Setup, seed: int, replicate: int = 0) -> None:
        """Start in October 2022 with the luck and parameters of one replicate."""
        super().__init__()
        self.setup = setup
        self.luck = (seed, replicate)
        self.draw: Mapping[str, float] = ensemble.draw_for(setup, seed, replicate)
        self.record = parameters.as_record(self.draw)
        self.counts = np.zeros((setup.months, len(COUNTS)))
        self.measures = np.zeros((setup.months, len(MEASURES)))
        self.month = 0
        self.world = create(self.record, seed, replicate)

    def step(self) -> None:
        """Run one compiled month."""
        after = self.month + 1
        self.world = ensemble.advance(
            self.world, self.record, self.setup, after, self.counts, self.measures
        )
        self.month = after
        self.running = after < self.setup.months

    def trajectory(self) -> Trajectory:
        """Return what has been recorded so far."""
        replicate = self.luck[1]
        measures: Any = self.measures.astype(np.float32)
        return Trajectory(
            replicate, ensemble.draw_of(replicate), self.counts, measures, dict(self.draw)
        )


def replay(result: Any, replicate: int) -> Trajectory:
    """Rerun one replicate of a stored result and compare it with what is stored.

    Raises:
        Problem: the bytes differ.
    """
    counts, measures = result.recorded(replicate)
    model = ClusterModel(result.scenario().setup(), result.seed, replicate)
    while model.running:
        model.step()
    found = model.trajectory()
    if not (np.array_equal(counts, found.counts) and np.array_equal(measures, found.measures)):
        expected = Text("the stored bytes", "存储的字节")
        raise Problem(str(result.folder), "replicate", str(replicate), expected)
    return found
