"""The progress bar: replicates that are there, of those that are wanted."""

import os
import sys
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

from sim.language import Language, Text
from sim.store import undone
from sim.store.fill import Watcher

CLEAR_AND_SHOW_CURSOR = b"\r\x1b[2K\x1b[?25h"
RUNNING = Text("replicates", "模拟次数")


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


@contextmanager
def watching(language: Language, what: Text = RUNNING) -> Iterator[Watcher]:
    """Show a bar on the terminal while the body of the ``with`` statement calls the watcher."""
    with bar() as progress:
        task = progress.add_task(what.in_(language), total=None)

        def watch(done: int, wanted: int) -> None:
            progress.update(task, completed=done, total=wanted)

        yield watch
