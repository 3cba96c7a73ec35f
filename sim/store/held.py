"""Runs in which some couplings are held at the path that they had in another run.

Like a scenario such a run has a hash and a description, so that `fill` runs and keeps its blocks
and `load` reads them back. Only some entries of a field may be held, such as the doses of one
mechanism: the reader then sees the other run's in these, and this run's in the rest.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.engine.coupling import Coupling
from sim.engine.schedule import Schedule
from sim.ensemble import Create, Trajectory
from sim.model.world.population import create
from sim.model.world.setup import Setup

if TYPE_CHECKING:
    from sim.scenario import Scenario

Values = NDArray[Any]
Path = list[Values]
"""What a reader sees, month by month."""
KEPT = 64
"""Replicates whose paths are kept: those of two blocks, under either scenario."""
HELD = "held"
"""Key of a description: what is held, and at whose path."""


class Part(NamedTuple):
    """A coupling that is held, wholly or in some entries."""

    coupling: str
    entries: tuple[int, ...] = ()
    """Numbers along the field's first axis after the row; none: all."""


class Held(NamedTuple):
    """What is held in a run; plain data, so that it can travel to another machine."""

    other: Setup
    """Of the run whose paths are taken."""
    mark: str
    """Hash of its scenario."""
    parts: tuple[Part, ...]
    together: tuple[str, ...] = ()
    """Couplings whose paths other runs with the same luck want too: recorded once, and kept."""


@dataclass(frozen=True)
class HeldRun:
    """A scenario with couplings held at their paths under another one."""

    scenario: "Scenario"
    other: "Scenario"
    parts: tuple[Part, ...]
    together: tuple[str, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        """Return by what a person may know it."""
        return f"{self.scenario.id}-held-at-{self.other.id}"

    @property
    def readings(self) -> Mapping[str, Any]:
        """Return how counts are read, as the scenario does."""
        return self.scenario.readings

    @cached_property
    def _hash(self) -> str:
        told = [self.scenario.hash(), self.other.hash(), [list(each) for each in self.parts]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def hash(self) -> str:
        """Return the SHA-256 of what determines its trajectories."""
        return self._hash

    def setup(self) -> Setup:
        """Return the setup of the scenario."""
        return self.scenario.setup()

    def held(self) -> Held:
        """Return what is held."""
        return Held(self.other.setup(), self.other.hash(), self.parts, self.together)

    def resolved(self) -> dict[str, Any]:
        """Return both scenarios and what is held, as plain data."""
        held = {"path_of": self.other.resolved(), "parts": [list(each) for each in self.parts]}
        return self.scenario.resolved() | {"id": self.id, HELD: held}


def parts_of(said: list[Any]) -> tuple[Part, ...]:
    """Return what is held, as `HeldRun.resolved` wrote it down."""
    return tuple(Part(str(name), tuple(entries)) for name, entries in said)


@dataclass(eq=False)
class _Holding:
    """Lets a reader see some entries of a field as they were in another run."""

    coupling: Coupling
    path: Path
    entries: tuple[int, ...]
    _own: Values | None = None

    def before(self, now: Values, month: int) -> None:
        """Put the other run's values in the place of this run's."""
        self._own = now.copy()
        if self.entries:
            chosen = list(self.entries)
            now[:, chosen] = self.path[month][:, chosen]
        else:
            now[...] = self.path[month]

    def after(self, now: Values) -> None:
        """Put this run's values back."""
        now[...] = self._own


@dataclass(eq=False)
class _Seeing:
    """Notes what a reader sees; values that stay the same are kept once."""

    coupling: Coupling
    last: dict[str, Values]
    """By field: shared among its readers."""
    path: Path = field(default_factory=list)

    def before(self, now: Values, month: int) -> None:
        """Write down what the reader is about to see."""
        del month
        name = self.coupling.field
        if name not in self.last or not np.array_equal(self.last[name], now):
            self.last[name] = now.copy()
        self.path.append(self.last[name])

    def after(self, now: Values) -> None:
        """Do nothing."""


def run_held(
    setup: Setup, seed: int, replicate: int, held: Held, create: Create = create
) -> Trajectory:
    """Run a replicate with couplings held at the paths that they have in the other run's.

    Both have the same luck and the same parameters: those of the first try that agrees with known
    facts in the other run. Where these are known, both do the same until then, and so does what is
    held; otherwise each would have to look for luck of its own.
    """
    number = _accepted(_Key(held.mark, seed, replicate, (), held.other, create))
    setup = setup._replace(observed=())
    names = held.together or tuple(part.coupling for part in held.parts)
    key = _Key(held.mark, seed, number, names, held.other._replace(observed=()), create)
    paths = _kept(key) if held.together else _paths(key)
    schedule = ensemble.schedule_of(setup)
    around = tuple(
        _Holding(schedule.couplings[part.coupling], paths[part.coupling], part.entries)
        for part in held.parts
    )
    found = ensemble.run_one(setup, seed, number, create, replace(schedule, around=around))
    tries = 1 + (number - replicate) // ensemble.STRIDE
    return found._replace(replicate=replicate, tries=tries)


class _Key:
    """A run whose paths are wanted: known by its scenario, its luck and the couplings."""

    def __init__(
        self,
        mark: str,
        seed: int,
        replicate: int,
        names: tuple[str, ...],
        setup: Setup,
        create: Create,
    ) -> None:
        self.setup, self.create, self.names = setup, create, names
        self.luck = seed, replicate
        self._known = (mark, seed, replicate, names)

    def __hash__(self) -> int:
        return hash(self._known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._known == other._known


@lru_cache(KEPT)
def _accepted(key: _Key) -> int:
    return ensemble.accepted(key.setup, *key.luck)


@lru_cache(KEPT)
def _kept(key: _Key) -> dict[str, Path]:
    return _paths(key)


def _paths(key: _Key) -> dict[str, Path]:
    """Run a replicate and return what the readers of couplings see in it."""
    schedule = ensemble.schedule_of(key.setup)
    seeing = dict(_seeing(schedule, key.names))
    schedule = replace(schedule, around=tuple(seeing.values()))
    ensemble.run_one(key.setup, *key.luck, key.create, schedule)
    return {name: each.path for name, each in seeing.items()}


def _seeing(schedule: Schedule, names: tuple[str, ...]) -> Iterator[tuple[str, _Seeing]]:
    last: dict[str, Values] = {}
    for name in names:
        yield name, _Seeing(schedule.couplings[name], last)
