"""The order of a month: processes that can be taken out, put in and exchanged, and are checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from sim.engine.coupling import Around, Coupling, Recorder, Values, couplings, held, recorded
from sim.engine.process import Process
from sim.language import Text
from sim.problems import Problem

WHERE = "schedule"


@dataclass(frozen=True)
class Schedule:
    """The processes of a month in the order in which they run."""

    processes: tuple[Process, ...]
    monthly: frozenset[str] = frozenset()
    """Fields that are worth something within one month only: made anew by one process before
    others read them."""
    common: frozenset[str] = frozenset()
    """Fields that stand for the same in every run, of places and tracks: not of agents or rows."""
    around: tuple[Around, ...] = ()
    """Couplings that are held or recorded."""

    def __post_init__(self) -> None:
        """Check the declarations.

        Raises:
            Problem: two processes have one name; or one reads what no process has made this month.
        """
        made: set[str] = set()
        names: set[str] = set()
        for each in self.processes:
            if each.name in names:
                expected = Text("expected.each_process_once")
                raise Problem(WHERE, each.name, each.name, expected)
            names.add(each.name)
            missing = sorted((each.reads & self.monthly) - made)
            if missing:
                self._refuse(each, missing[0])
            made |= each.writes

    def _refuse(self, reader: Process, field: str) -> None:
        """Say which process reads what no process has made.

        Raises:
            Problem: always.
        """
        after = [each.name for each in self.processes if field in each.writes]
        if after:
            expected = Text("expected.maker_before", name=after[0], field=field)
        else:
            expected = Text("expected.some_maker_before", field=field)
        raise Problem(WHERE, reader.name, f"{reader.name!r} reads {field}", expected)

    def __iter__(self) -> Iterator[Process]:
        """Yield the processes in order."""
        return iter(self.processes)

    def __len__(self) -> int:
        """Return the number of processes."""
        return len(self.processes)

    @property
    def changing(self) -> frozenset[str]:
        """Return the fields that some process writes; anybody may read the others."""
        return frozenset().union(*(each.writes | each.scratch for each in self.processes))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the processes in order."""
        return tuple(each.name for each in self.processes)

    @cached_property
    def couplings(self) -> dict[str, Coupling]:
        """Return what processes see of each other's doing, by name, in the readers' order."""
        return {each.name: each for each in couplings(self.processes, self.common)}

    def hold(self, name: str, path: Values) -> Self:
        """Return the schedule with a coupling held at the path that it had in another run.

        Args:
            name: of the coupling.
            path: what its reader saw there, shape (months, ...), as ``recorded`` notes it.

        Raises:
            Problem: there is no such coupling, or it cannot be held.
        """
        return replace(self, around=(*self.around, held(self.couplings, name, path)))

    def recorded(self, *names: str) -> tuple[Self, dict[str, Recorder]]:
        """Return the schedule with couplings recorded, and what notes the path of each.

        Raises:
            Problem: there is no such coupling, or it cannot be held.
        """
        found = {name: recorded(self.couplings, name) for name in names}
        return replace(self, around=(*self.around, *found.values())), found

    def without(self, *names: str) -> Self:
        """Return the schedule without some processes.

        Raises:
            Problem: there is no such process, or another reads what it makes.
        """
        for name in names:
            self._at(name)
        return self._of(each for each in self.processes if each.name not in names)

    def replace(self, name: str, process: Process) -> Self:
        """Return the schedule with another process in the place of one.

        Raises:
            Problem: there is no such process, or a declaration is broken.
        """
        at = self._at(name)
        return self._of((*self.processes[:at], process, *self.processes[at + 1 :]))

    def insert_after(self, name: str, process: Process) -> Self:
        """Return the schedule with a process more, right after another.

        Raises:
            Problem: there is no such process, or a declaration is broken.
        """
        at = self._at(name) + 1
        return self._of((*self.processes[:at], process, *self.processes[at:]))

    def insert_before(self, name: str, process: Process) -> Self:
        """Return the schedule with a process more, right before another.

        Raises:
            Problem: there is no such process, or a declaration is broken.
        """
        at = self._at(name)
        return self._of((*self.processes[:at], process, *self.processes[at:]))

    def _of(self, processes: Iterable[Process]) -> Self:
        return replace(self, processes=tuple(processes))

    def _at(self, name: str) -> int:
        """Return the place of a process.

        Raises:
            Problem: there is none of that name.
        """
        if name not in self.names:
            known = ", ".join(self.names)
            raise Problem(WHERE, "", name, Text("expected.one_of_these", names=known))
        return self.names.index(name)
