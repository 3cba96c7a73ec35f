"""What was done to a package: undo, redo, reset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sim.app.links import from_link, to_link
from sim.app.package import Package
from sim.problems import Problem

MOST = 200
"""Steps that can be undone."""
REMEMBERED = 50
"""Steps that outlive a reload of the page, in each direction."""


@dataclass(frozen=True)
class History:
    """The package of now, with those before it and those that were undone."""

    now: Package
    past: tuple[Package, ...] = ()
    undone: tuple[Package, ...] = ()

    def do(self, package: Package) -> "History":
        """Return the history after a change; one that changes nothing is no step."""
        if package.same_as(self.now):
            return self
        return History(package, (*self.past, self.now)[-MOST:])

    def undo(self) -> "History":
        """Return the history one step back; the same if there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.undone))

    def redo(self) -> "History":
        """Return the history with the last undone step done again; the same if there is none."""
        if not self.undone:
            return self
        return replace(
            self, now=self.undone[0], past=(*self.past, self.now), undone=self.undone[1:]
        )

    def links(self) -> dict[str, Any]:
        """Return the history as links, nearest first, for a browser to remember."""
        past, undone = reversed(self.past), self.undone
        return {
            "now": to_link(self.now),
            "past": [to_link(each) for each in islice(past, REMEMBERED)],
            "undone": [to_link(each) for each in undone[:REMEMBERED]],
        }

    def recalled(self, told: object) -> "History":
        """Return the history with the steps that a browser remembers.

        Args:
            told: what `links` said before the page was loaded again; anything that is not that, or
                is of another package, is ignored.
        """
        if not isinstance(told, dict) or told.get("now") != to_link(self.now):
            return self
        past = tuple(_packages(told.get("past")))[::-1]
        return replace(self, past=past, undone=tuple(_packages(told.get("undone"))))


def _packages(links: object) -> Iterator[Package]:
    """Yield the packages of links, up to the first that cannot be read."""
    if not isinstance(links, Sequence):
        return
    for link in links[:REMEMBERED]:
        try:
            yield from_link(str(link))
        except Problem:
            return
