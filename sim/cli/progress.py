"""The progress bar: replicates that are there, of those that are wanted."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from sim.language import Language, Text, visible
from sim.store import undone
from sim.store.fill import Watcher
from sim.text.catalogue import worded
from sim.text.joining import COLON

CLEAR_AND_SHOW_CURSOR = b"\r\x1b[2K\x1b[?25h"
RUNNING = worded("origin.replicates")
BEFORE = worded("cli.preparing")
AFTER = worded("cli.finishing")
LONG_ENOUGH = 0.5
"""Seconds of simulating after which its pace means something."""


@contextmanager
def bar(*more: ProgressColumn) -> Iterator[Progress]:
    """Show a bar on a terminal, with further columns; elsewhere nothing."""
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        *more,
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
        redirect_stdout=False,  # what is printed meanwhile goes through the outlets
        redirect_stderr=False,
    )

    def give_back() -> None:
        if not (progress.disable or progress.console.is_dumb_terminal):
            os.write(sys.stderr.fileno(), CLEAR_AND_SHOW_CURSOR)

    with undone(give_back), progress:
        yield progress


class Meter:
    """How fast replicates come in, counted from the first: compiling is not simulating."""

    def __init__(self) -> None:
        """Start the clock of the whole."""
        self.started = self.begun = self.last = time.perf_counter()
        self.before = self.done = self.earlier = 0

    def count(self, done: int) -> None:
        """Note that ``done`` replicates are there; fewer than before are those of a next batch."""
        self.last = time.perf_counter()
        if self.earlier + done < self.done:
            self.earlier = self.done
            self.before += done  # what a batch begins with was there before
        if self.done == 0:
            self.begun, self.before = self.last, done
        self.done = self.earlier + done

    @property
    def speed(self) -> str:
        """Replicates per second, once there is enough to tell; else nothing."""
        seconds = self.last - self.begun
        return f"{(self.done - self.before) / seconds:.1f}/s" if seconds > LONG_ENOUGH else ""

    def told(self) -> Text:
        """Return how many there are, and how long it took."""
        seconds = time.perf_counter() - self.started
        said = f"cli.ran{'_at_speed' if self.speed else ''}"
        return worded(said, done=self.done, speed=self.speed, seconds=seconds)


@contextmanager
def watching(
    language: Language, what: Text = RUNNING, meter: Meter | None = None
) -> Iterator[Watcher]:
    """Show a bar on the terminal while the body of the ``with`` statement calls the watcher.

    Args:
        language: of what it says.
        what: is done.
        meter: that is told, too.
    """
    pace, doing = meter or Meter(), visible(what.in_(language))
    ahead, after = (f"{doing}{COLON.in_(language)}{each.in_(language)}" for each in (BEFORE, AFTER))
    with bar(TextColumn("{task.fields[speed]}")) as progress:
        task = progress.add_task(ahead, total=None, speed="")

        def watch(done: int, wanted: int) -> None:
            pace.count(done)
            description = doing if done < wanted else after
            progress.update(
                task, description=description, completed=done, total=wanted, speed=pace.speed
            )

        yield watch
