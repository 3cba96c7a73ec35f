"""``sim run``: progress while it runs, and what came out."""

import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from sim.cli.report import print_result
from sim.language import Language, Text
from sim.runner import run
from sim.scenario import Scenario


def target_of(out: Path | None, name: str, many: int) -> Path | None:
    """Return the folder of one result: ``out`` itself, or a folder in it if there are several."""
    if out is None:
        return None
    return out if many == 1 else out / name


def run_file(scenario: Scenario, language: Language, **options: Any) -> None:
    """Run one scenario with a progress bar and print its result."""
    started = time.perf_counter()
    title = scenario.name.in_(language)
    preparing = Text("preparing (the first run compiles)", "准备中（首次运行需编译）")
    waiting = preparing.in_(language)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        task = progress.add_task(f"{title}: {waiting}", total=None, speed="")

        def watch(done: int, expected: int) -> None:
            speed = done / (time.perf_counter() - started)
            progress.update(
                task, description=title, completed=done, total=expected, speed=f"{speed:.1f}/s"
            )

        result = run(scenario, language=language, watch=watch, **options)
    seconds = time.perf_counter() - started
    print_result(result, language)
    print(
        Text(
            f"{result.replicates} replicates in {seconds:.0f} s, figures included",
            f"{result.replicates} 次模拟，含绘图共 {seconds:.0f} 秒",
        ).in_(language),
        file=sys.stderr,
    )
