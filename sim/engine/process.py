"""Processes: rules that run once a month and say what they read, write, draw and use as scratch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from sim.engine.marks import Mark, mark_of, rule


class Rule(Protocol):
    """What a process does in a month."""

    def __call__(self, world: Any, p: Any, month: int, /) -> None:
        """Change the world, given one parameter draw, in a month."""


@dataclass(frozen=True)
class Process:
    """A rule that runs once a month, and what it says of itself; fields are named table.field."""

    name: str
    run: Rule
    reads: frozenset[str] = frozenset()
    """State, and results of other processes of the month, that it looks at."""
    writes: frozenset[str] = frozenset()
    """State that it changes, and results of the month that others may read."""
    scratch: frozenset[str] = frozenset()
    """Working space: written before it is read, worth nothing afterwards."""
    draws: frozenset[int] = frozenset()
    """Purposes for which it draws random numbers."""

    @property
    def mark(self) -> Mark:
        """Return how its rule is compiled."""
        found = mark_of(self.run)
        if found is None:
            raise TypeError(f"{self.name}: not a rule")
        return found

    def __call__(self, world: Any, p: Any, month: int) -> None:
        """Run it, as any rule that another rule calls."""
        self.run(world, p, month)


def process(
    name: str,
    *,
    reads: Iterable[str] = (),
    writes: Iterable[str] = (),
    scratch: Iterable[str] = (),
    draws: Iterable[int] = (),
) -> Callable[[Rule], Process]:
    """Make a process of a function of world, parameters and month.

    Args:
        name: by which a schedule knows it.
        reads: entries such as "firms: level cluster", or a table's name where it has no fields.
        writes: likewise.
        scratch: likewise.
        draws: purposes.
    """

    def declare(function: Rule) -> Process:
        return Process(
            name,
            rule(function),
            frozenset(fields(reads)),
            frozenset(fields(writes)),
            frozenset(fields(scratch)),
            frozenset(draws),
        )

    return declare


def fields(entries: Iterable[str]) -> Iterable[str]:
    """Yield the fields that entries such as "firms: level cluster" name."""
    for entry in entries:
        table, _, names = entry.partition(":")
        if names:
            yield from (f"{table}.{name}" for name in names.split())
        else:
            yield from table.split()
