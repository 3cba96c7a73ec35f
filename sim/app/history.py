"""What was done to a package: undo, redo, reset."""

from dataclasses import dataclass, replace

from sim.app.package import Package

MOST = 200
"""Steps that can be undone."""


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
