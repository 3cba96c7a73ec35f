"""Couplings: what one process sees of another's doing, and how that is held at another run's path.

A coupling is a field that one process writes and another reads, in the same month or later: so its
name, ``city.dose > finance``, follows from what the processes declare. Held, its reader sees in
every month what the field was in the run whose path is given; what all others see is this run's.
So an effect that goes that way is cut, and no other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.process import Process
from sim.language import Text
from sim.problems import Problem

Values = NDArray[Any]
AGENTS = Text("coupling.agents")
CHANGES = Text("coupling.changes")


@dataclass(frozen=True)
class Coupling:
    """A field that a process reads and others write."""

    field: str
    """As table.field, or a table without fields."""
    reader: str
    writers: tuple[str, ...]
    refused: Text | None
    """Why it cannot be held; None: it can."""

    @property
    def name(self) -> str:
        """Return by what it goes."""
        return f"{self.field} > {self.reader}"


def couplings(processes: tuple[Process, ...], common: frozenset[str]) -> tuple[Coupling, ...]:
    """Return the couplings of some processes, by reader in their order, then by field.

    Args:
        processes: of a month.
        common: fields that stand for the same in every run, such as a district's.
    """
    return tuple(_couplings(processes, common))


def _couplings(processes: tuple[Process, ...], common: frozenset[str]) -> Iterator[Coupling]:
    for reader in processes:
        for name in sorted(reader.reads):
            writers = [each.name for each in processes if name in each.writes]
            if set(writers) - {reader.name}:
                refused = CHANGES if name in reader.writes else None
                refused = refused if name in common else AGENTS
                yield Coupling(name, reader.name, tuple(writers), refused)


class Around(Protocol):
    """Something that is done right before and right after a process."""

    coupling: Coupling

    def before(self, now: Values, month: int) -> None:
        """Look at or change the field before the reader runs."""

    def after(self, now: Values) -> None:
        """Do so once it has run."""


@dataclass(eq=False)
class Held:
    """A coupling whose reader sees the field as it was in another run."""

    coupling: Coupling
    path: Values
    """Shape (months, ...)."""
    _own: Values | None = None

    def before(self, now: Values, month: int) -> None:
        """Put the other run's values in the place of this run's.

        Raises:
            Problem: the path has no such month, or another shape.
        """
        if month >= len(self.path) or self.path.shape[1:] != now.shape:
            found = f"{month}: {self.path.shape}"
            shape = ("months", *now.shape)
            raise Problem("path", self.coupling.name, found, Text(str(shape), str(shape)))
        self._own = now.copy()
        now[...] = self.path[month]

    def after(self, now: Values) -> None:
        """Put this run's values back."""
        now[...] = self._own


@dataclass(eq=False)
class Recorder:
    """What the reader of a coupling sees, month by month."""

    coupling: Coupling
    _seen: dict[int, Values] = field(default_factory=dict)

    def before(self, now: Values, month: int) -> None:
        """Write down what the reader is about to see."""
        self._seen[month] = now.copy()

    def after(self, now: Values) -> None:
        """Do nothing."""

    def path(self) -> Values:
        """Return the path, shape (months, ...)."""
        return np.stack([self._seen[month] for month in range(len(self._seen))])


def held(found: Mapping[str, Coupling], name: str, path: Values) -> Held:
    """Return a coupling that is held at a path.

    Raises:
        Problem: there is no such coupling, or it cannot be held.
    """
    return Held(_holdable(found, name), path)


def recorded(found: Mapping[str, Coupling], name: str) -> Recorder:
    """Return what records a coupling.

    Raises:
        Problem: there is no such coupling, or it cannot be held.
    """
    return Recorder(_holdable(found, name))


def _holdable(found: Mapping[str, Coupling], name: str) -> Coupling:
    if name not in found:
        near = [each for each in found if each.endswith(name.rpartition(">")[2])]
        known = ", ".join(near or found)
        raise Problem("coupling", "", name, Text("expected.one_of_these", names=known))
    refused = found[name].refused
    if refused is not None:
        expected = Text("expected.can_be_held")
        raise Problem("coupling", name, found[name].field, expected, refused)
    return found[name]
