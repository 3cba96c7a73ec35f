"""Measures of one's own: numbers that are read off the tables at the end of every month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sim.engine.marks import rule
from sim.engine.process import Process, fields
from sim.language import Text

PROCESS: Final = "measure "
"""What the process that records a measure is called, before the measure's name."""
RECORDER: Final = """\
def record(world, p, month):
    world.measures[month, column] = float(measured(world, p, month))
"""


class Reading(Protocol):
    """What a measure is in a month."""

    def __call__(self, world: Any, p: Any, month: int, /) -> float:
        """Read a number off the world, which stays as it is."""


@dataclass(frozen=True)
class Measure:
    """A rule that reads a number off the tables, and what it says of itself."""

    name: str
    unit: str
    label: Text
    run: Reading
    reads: frozenset[str] = frozenset()


def measure(
    name: str, *, unit: str, label: Text | None = None, reads: Iterable[str] = ()
) -> Callable[[Reading], Measure]:
    """Make a measure of a function of world, parameters and month that returns a number.

    Args:
        name: by which results know it.
        unit: of the number.
        label: what it is, in both languages; None: its name.
        reads: entries as a process has them.
    """

    def declare(function: Reading) -> Measure:
        found = frozenset(fields(reads))
        return Measure(name, unit, label or Text(name, name), rule(function), found)

    return declare


def recording(measure: Measure, column: int) -> Process:
    """Return the process that writes a measure down in a column of the measures."""
    # Kept machine code looks its module up by name.
    known: dict[str, Any] = {
        "__name__": measure.run.__module__,
        "measured": measure.run,
        "column": column,
    }
    exec(compile(RECORDER, "<measure>", "exec"), known)
    name, writes = PROCESS + measure.name, frozenset({"measures"})
    return Process(name, rule(known["record"]), measure.reads, writes)
