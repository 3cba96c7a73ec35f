"""What the figures need to know of a finished run, whoever provides it."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.estimate import CountSummary, Summary
from sim.estimate.records import Decisions


class Run(Protocol):
    """A finished run as the figures see it; a stored result is one."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made: scenario, hashes, seed, replicates."""

    @property
    def summary(self) -> Summary:
        """Likelihoods and spreads when counts are due."""

    def counts(self) -> NDArray[np.float64]:
        """Return the counts in the readings of the run, shape (replicates, months, 13)."""

    def recorded_count(self, name: str) -> NDArray[np.float64]:
        """Return a count as the model recorded it, whatever its reading, (replicates, months)."""

    def decisions(self) -> Decisions | None:
        """Return what decides each count; None where nobody asked."""

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return a measure, shape (replicates, months)."""


def count_summary(run: Run, count: str) -> CountSummary:
    """Return one count's summary.

    Raises:
        KeyError: the run's summary has no such count.
    """
    for summary in run.summary.counts:
        if summary.id == count:
            return summary
    raise KeyError(count)


def tolerance(run: Run) -> float | None:
    """Return how far below a target still counts as 左右, as a fraction; None if not stated."""
    value = run.manifest["scenario"].get("tolerance")
    return None if value is None else float(value)
