"""What streams in, as a run that the figures can draw and a table can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.app.deciding import decisions
from sim.app.growth import Replicates
from sim.digest import model_hash
from sim.estimate import Summary
from sim.estimate.readings import in_readings
from sim.estimate.records import Decisions
from sim.language import Text
from sim.model.world.layout import COUNTS, MEASURES
from sim.scenario import Scenario


@dataclass(frozen=True)
class LiveRun:
    """The first replicates of a package, as `sim.views.source.Run`."""

    scenario: Scenario
    name: Text
    replicates: Replicates
    number: int
    summary: Summary

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        return {
            "scenario": {**self.scenario.resolved(), "name": self.name._asdict()},
            "replicates": self.number,
            "seed": self.scenario.seed,
            "scenario_hash": self.scenario.hash(),
            "model_hash": model_hash(),
        }

    def counts(self) -> NDArray[np.float64]:
        """Return the counts in the scenario's readings, shape (replicates, months, 13)."""
        return in_readings(self.replicates.counts[: self.number], self.scenario.readings)

    def recorded_count(self, name: str) -> NDArray[np.float64]:
        """Return a count as the model recorded it, shape (replicates, months)."""
        return self.replicates.counts[: self.number, :, COUNTS.index(name)]

    def decisions(self) -> Decisions:
        """Return what decides each count."""
        return decisions(self.scenario, self.replicates, self.number)

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return a measure, shape (replicates, months)."""
        return self.replicates.measures[: self.number, :, MEASURES.index(name)]
