"""Variants: other forms of a mechanism, which a scenario may choose in place of the usual one.

A choice says what stands in the place of processes of the schedule. What replaces a process bears
its name, since a name is a place in the month: what is left out, or put in after it, is found under
either form.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sim.engine.process import Process
from sim.engine.schedule import Schedule
from sim.language import Text

Chosen = tuple[tuple[str, str], ...]
"""Subjects and choices other than the usual ones, in the table's order."""


class Choice(NamedTuple):
    """One form that a mechanism may have."""

    name: Text
    instead: Mapping[str, tuple[Process, ...]] = {}
    """Name of a process -> what stands in its place: one of the same name, with others beside it
    if need be; an empty tuple takes it out."""


class Variant(NamedTuple):
    """A mechanism that has several forms."""

    name: Text
    choices: Mapping[str, Choice]
    """The usual one first: it changes nothing."""

    @property
    def usual(self) -> str:
        """Return the choice that holds where a scenario says nothing."""
        return next(iter(self.choices))


def varied(schedule: Schedule, variants: Mapping[str, Variant], chosen: Chosen) -> Schedule:
    """Return the schedule with mechanisms in the forms that are chosen.

    Args:
        schedule: as usual.
        variants: by subject.
        chosen: what is not as usual.

    Raises:
        Problem: a declaration is broken, as where two choices are made that exclude each other.
    """
    instead: dict[str, tuple[Process, ...]] = {}
    for subject, choice in chosen:
        instead |= variants[subject].choices[choice].instead
    if not instead:
        return schedule
    order = (other for each in schedule for other in instead.get(each.name, (each,)))
    return replace(schedule, processes=tuple(order))
