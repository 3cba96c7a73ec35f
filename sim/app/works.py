"""Long work that a visitor started: it goes on whoever looks, and what it found is kept.

A view asks for work and shows what is known of it. Leaving the view, another language or theme, a
reload or a closed tab touch the view alone: who comes back finds the work further on, or done.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import Any

from sim.app.package import Package
from sim.problems import Problem
from sim.text.catalogue import worded

SWEEPS, ANSWERS, FILMS = "sweeps", "answers", "films"
LIMITS: Mapping[str, int] = {SWEEPS: 2, ANSWERS: 2, FILMS: 3}
"""How much of each kind one visitor may have under way."""
KEPT = 12
"""Works of a visitor that are kept when they are done."""
VISITORS = 100
"""Visitors that are remembered."""


class BusyError(Exception):
    """A visitor has as much of a kind under way as one visitor may have."""

    def __init__(self, kind: str) -> None:
        """Tell of which kind."""
        super().__init__(kind)
        self.kind, self.limit = kind, LIMITS[kind]


class Stopped(Exception):  # noqa: N818 - not a fault: somebody asked for it
    """The work was told to stop; what was found is kept."""


class Work:
    """Something that was asked for, and what is known of it so far."""

    def __init__(self, view: str, packages: tuple[Package, ...], chosen: Hashable) -> None:
        """Begin with nothing known.

        Args:
            view: that asked for it.
            packages: that it is about.
            chosen: what else was asked.
        """
        self.view, self.packages, self.chosen = view, packages, chosen
        self.number = self.wanted = 0
        """Replicates that are there, and that are needed."""
        self.found: Any = None
        """The last answer, whole in itself; None before the first."""
        self.problem: Problem | None = None
        self.running, self.stopped = True, False
        self.halting = Event()
        """Set when it has to end."""
        self.looks = False
        """Whether it looks at that itself: a thread has begun, and what it has run is kept."""
        self.listeners: list[Callable[[], None]] = []
        self.place = ExitStack()
        """Among what its visitor may have under way; left when it ends."""
        self.task: asyncio.Task[None] | None = None

    def about(self, packages: tuple[Package, ...], chosen: Hashable = None) -> bool:
        """Return whether this is the answer for just these packages and this choice."""
        return (
            self.chosen == chosen
            and len(self.packages) == len(packages)
            and all(map(Package.same_as, self.packages, packages))
        )

    def progress(self, number: int, wanted: int) -> None:
        """Say how far it is."""
        self.number, self.wanted = number, wanted
        self.tell()

    def tell(self) -> None:
        """Let all who look know that something is new."""
        for listener in list(self.listeners):
            listener()

    def stop(self) -> None:
        """End it soon; what was found stays."""
        self.halting.set()
        if self.task is not None and not self.looks:
            self.stopped = self.running
            self.running = False
            self.place.close()
            self.task.cancel()
            self.tell()


class Desk:
    """What one visitor has under way, and found."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.works: list[Work] = []
        """The newest last."""
        self.listeners: list[Callable[[], None]] = []
        """Told whenever something is new of any work."""
        self._used = dict.fromkeys(LIMITS, 0)

    @property
    def idle(self) -> bool:
        """Return whether nothing is under way."""
        return not any(self._used.values())

    @contextmanager
    def claim(self, kind: str) -> Iterator[None]:
        """Take a place among what a visitor may have under way.

        Raises:
            BusyError: there is none left.
        """
        if self._used[kind] >= LIMITS[kind]:
            raise BusyError(kind)
        self._used[kind] += 1
        try:
            yield
        finally:
            self._used[kind] -= 1

    def start(self, kind: str, work: Work, run: Callable[[Work], Awaitable[None]]) -> None:
        """Let work run in the background.

        Args:
            kind: whose limit it counts against.
            work: that is told how far it is and what was found.
            run: does it.

        Raises:
            BusyError: the visitor has too much of it under way.
        """
        work.place.enter_context(self.claim(kind))
        work.listeners.append(self._tell)
        self.works.append(work)
        done = [each for each in self.works if not each.running]
        for old in done[: max(0, len(self.works) - KEPT)]:
            self.works.remove(old)

        async def finish() -> None:
            try:
                await run(work)
            except (Stopped, asyncio.CancelledError):
                work.stopped = True
            except Problem as problem:
                work.problem = problem
            except Exception as error:  # whatever it is: who waits has to hear of it
                logging.getLogger(__name__).exception("work in the background failed")
                work.problem = Problem(work.view, "", f"{type(error).__name__}: {error}", SOUND)
            work.running = False
            work.place.close()
            work.tell()

        work.task = asyncio.create_task(finish())
        self._tell()

    def _tell(self) -> None:
        for listener in list(self.listeners):
            listener()

    def latest(self, view: str, fits: Callable[[Work], bool]) -> Work | None:
        """Return the newest work of a view that fits, None if there is none."""
        return next((each for each in self.works[::-1] if each.view == view and fits(each)), None)


SOUND = worded("expected.work_ends")
"""What is expected of work that failed for a reason that nobody foresaw."""


class Desks:
    """The desk of each visitor."""

    def __init__(self) -> None:
        """Begin with none."""
        self._of: OrderedDict[str, Desk] = OrderedDict()

    def of(self, visitor: str) -> Desk:
        """Return a visitor's desk; those that wait for nothing are cleared, the oldest first."""
        desk = self._of.setdefault(visitor, Desk())
        self._of.move_to_end(visitor)
        idle = [name for name, each in self._of.items() if each.idle and name != visitor]
        for name in idle[: max(0, len(self._of) - VISITORS)]:
            del self._of[name]
        return desk

    def close(self) -> None:
        """End all work: the server ends."""
        for desk in self._of.values():
            for work in desk.works:
                work.stop()
