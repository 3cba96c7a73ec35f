"""Runs whose parameters and luck a design sets, kept in the store like any others."""

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.layout import DUE
from sim.model.world.setup import Design, Setup
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.scenario.posterior import PRIOR
from sim.store.block import REPLICATES
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNCERTAIN: Final = tuple(name for name, entry in PARAMETERS.items() if entry.uncertain)
"""Parameters that a design sets."""
TARGETS: Final = np.array([count.target for count in PLAN.counts], dtype=np.float64)
NOTHING: Final = Design((), np.zeros((0, 0)), np.zeros(0, np.int64))


@dataclass(frozen=True, eq=False)
class Designed(Scenario):
    """A scenario with a design."""

    design: Design = NOTHING

    def setup(self) -> Setup:
        """Return the scenario as numbers, with what the design sets instead of draws."""
        return super().setup()._replace(draws=None, design=self.design)

    def _effect(self) -> dict[str, Any]:
        digest = hashlib.sha256()
        for array in (self.design.values, self.design.lucks):
            digest.update(np.ascontiguousarray(array).tobytes())
        return {**super()._effect(), "design": [*self.design.names, digest.hexdigest()]}


def designed(base: Scenario, where: Floats, lucks: Ints, name: str) -> Designed:
    """Return a scenario whose replicates have given positions in the priors, and given luck.

    Rows are filled up to whole blocks of the store with the last one.

    Args:
        base: the scenario.
        where: positions in (0, 1) of the uncertain parameters, shape (rows, parameters).
        lucks: number of the replicate whose luck each row has, shape (rows,).
        name: id.
    """
    more = -len(where) % REPLICATES
    where = np.concatenate([where, np.repeat(where[-1:], more, axis=0)])
    lucks = np.concatenate([lucks, np.repeat(lucks[-1:], more)])
    said = {field.name: getattr(base, field.name) for field in fields(Scenario)}
    said |= {"id": name, "file": None, "draws": PRIOR}
    return Designed(**said, design=Design(UNCERTAIN, values_at(where), lucks.astype(np.int64)))


def values_at(where: Floats) -> Floats:
    """Return the values of the uncertain parameters at positions in their priors."""
    out = np.empty_like(where)
    for column, name in enumerate(UNCERTAIN):
        quantile = PARAMETERS[name].prior.quantile
        out[:, column] = [quantile(u) for u in where[:, column].tolist()]
    return out


class Runner:
    """Runs designs in parts, so that few parameter values are held at a time."""

    def __init__(
        self, base: Scenario, seed: int, store: Store, where: Where, watch: Watcher | None = None
    ) -> None:
        """Prepare to run.

        Args:
            base: what all designs start from.
            seed: of the luck.
            store: that keeps the runs.
            where: to run.
            watch: told how many replicates are there, and how many are in the parts so far.
        """
        self.base, self.seed, self.store, self.where = base, seed, store, where
        self._watch = watch
        self._done = 0

    def counts(self, where: Floats, lucks: Ints, name: str) -> Floats:
        """Return the counts over their targets when they are due, shape (rows, counts).

        Args:
            where: positions, shape (rows, parameters).
            lucks: shape (rows,).
            name: of the part.

        Raises:
            Problem: the store or the cluster cannot be used.
        """
        scenario = designed(self.base, where, lucks, name)
        sample = Sample(self.seed, len(scenario.design.lucks))
        fill([scenario], sample, self.store, self.where, self._tell)
        self._done += sample.replicates
        found = load(scenario, sample, self.store)
        return np.asarray(found.counts[: len(where), DUE] / TARGETS)

    def _tell(self, done: int, wanted: int) -> None:
        if self._watch is not None:
            self._watch(self._done + done, self._done + wanted)
