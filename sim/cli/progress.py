"""The progress bar of experiments: replicates that are there, of those that are wanted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from sim.language import Language, Text

RUNNING = Text("replicates", "模拟次数")

Watcher = Callable[[int, int], None]


@contextmanager
def watching(language: Language, what: Text = RUNNING) -> Iterator[Watcher]:
    """Show a bar on the terminal while the body of the ``with`` statement calls the watcher."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        task = progress.add_task(what.in_(language), total=None)

        def watch(done: int, wanted: int) -> None:
            progress.update(task, completed=done, total=wanted)

        yield watch
