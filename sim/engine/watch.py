"""What a process touches while it runs in plain Python: the checked mode holds it to its word."""

from contextvars import ContextVar
from typing import Final

WATCH: Final[ContextVar["Watch | None"]] = ContextVar("watch", default=None)
"""Who watches the process that runs now."""


class Watch:
    """The fields that a process has read and written, and the purposes for which it has drawn."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.reads: set[str] = set()
        self.writes: set[str] = set()
        self.first_reads: set[str] = set()
        """Fields that were read before this process wrote anything to them."""
        self.draws: set[int] = set()

    def read(self, field: str) -> None:
        """Note that a field was read."""
        if field not in self.reads:
            self.reads.add(field)
            if field not in self.writes:
                self.first_reads.add(field)

    def write(self, field: str) -> None:
        """Note that a field was written."""
        self.writes.add(field)


def note_draw(purpose: int) -> None:
    """Note that luck was drawn for a purpose."""
    watch = WATCH.get()
    if watch is not None:
        watch.draws.add(purpose)
