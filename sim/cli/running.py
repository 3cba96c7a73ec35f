"""``sim run``: progress while it runs, and what came out."""

import sys
import time
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from rich.progress import TextColumn

from sim.cli.asking import LARGE, ask_if_many
from sim.cli.experiment_options import Asked
from sim.cli.notes import print_notes
from sim.cli.options import Lang
from sim.cli.progress import bar
from sim.estimate.paired import Z
from sim.language import Language, Text, visible
from sim.present.screen import COLON
from sim.present.terminal import print_parts
from sim.run_specification import RunSpecification, check, specified
from sim.runner import run
from sim.scenario import Scenario
from sim.store import Result, numbered
from sim.store.block import REPLICATES
from sim.store.fill import Sample
from sim.store.store import PLACE, Store
from sim.store.work import Where
from sim.studies.run import said
from sim.studies.study import Setting

PREPARING = Text("preparing (the first run compiles)", "准备中（首次运行需编译）")
FINISHING = Text("finishing", "收尾")
LONG_ENOUGH = 0.5
"""Seconds of simulating after which its pace means something."""


def targets_of(out: Path | None, names: Sequence[str]) -> list[Path | None]:
    """Return each result's folder: ``out`` itself, or a folder in it if there are several.

    Args:
        out: what was asked for; None leaves the choice to the run.
        names: ids of the scenarios; files in two folders may have the same.
    """
    if out is None or len(names) == 1:
        return [out] * len(names)
    targets: list[Path | None] = []
    for name in names:
        targets.append(next(place for place in numbered(out / name) if place not in targets))
    return targets


def ask_before(
    scenarios: Sequence[Scenario],
    language: Language,
    options: Mapping[str, Any],
    store: str | None,
    cluster: str | None,
    *,
    yes: bool,
) -> None:
    """Say how long runs will take, and ask whether to go on, if that is long.

    Args:
        scenarios: what is to be run, each as the options say.
        language: of the question.
        options: of `specified`.
        store: place of the store, None for the usual one.
        cluster: where to run, None for threads here.
        yes: whether nobody wants to be asked.

    Raises:
        Problem: an option cannot be used, the cluster is not there, or it is long and there is
            nobody to ask.
        typer.Abort: the answer is no.
    """
    asked_for = [specified(scenario, **options) for scenario in scenarios]
    many = sum(expected(each) for each in asked_for)
    first = asked_for[0]
    here = Setting(
        Sample(first.seed, first.replicates), Where(first.workers, cluster), Store(store or PLACE)
    )
    asked = Asked(yes=yes, lang=Lang(language))
    if cluster is not None or many >= LARGE:
        many -= sum(_kept(each, here.store) for each in asked_for)
        ask_if_many(many, first.scenario, here, asked)


def expected(asked: RunSpecification) -> int:
    """Return how many replicates a run will take, at most about."""
    if asked.precision is None:
        return asked.replicates
    # Independent replicates that know a likelihood of one half so well.
    return min(asked.replicates, ceil((Z / asked.precision) ** 2 / 4.0))


def _kept(asked: RunSpecification, store: Store) -> int:
    folder = store.folder(asked.scenario)
    missing = store.missing(folder, asked.seed, range(expected(asked)), whole=True)
    return max(0, expected(asked) - REPLICATES * len(missing))


class Meter:
    """How fast replicates come in, counted from the first: compiling is not simulating."""

    def __init__(self) -> None:
        """Start the clock of the whole run."""
        self.started = time.perf_counter()
        self.first = self.last = self.started
        self.done = 0

    def count(self, done: int) -> None:
        """Note that ``done`` replicates are there."""
        self.last = time.perf_counter()
        if self.done == 0:
            self.first = self.last
        self.done = done

    @property
    def speed(self) -> str:
        """Replicates per second, once there is enough to tell; else nothing."""
        seconds = self.last - self.first
        return f"{(self.done - 1) / seconds:.1f}/s" if seconds > LONG_ENOUGH else ""

    @property
    def seconds(self) -> float:
        """Seconds since the start of the whole run."""
        return time.perf_counter() - self.started


def run_file(scenario: Scenario, language: Language, **options: Any) -> None:
    """Run one scenario with a progress bar and print its result."""
    asked = options.get("replicates")
    if asked is not None and options.get("precision") is None:
        check("replicates", asked)
    print_notes(scenario, language)
    meter = Meter()
    result = _run_watched(scenario, language, meter, options)
    print_parts(said(result), language)
    # Not through the screen, which would break a long path.
    print(Text(f"Result: {result.folder}", f"结果：{result.folder}").in_(language))
    print(_pace(result.replicates, meter).in_(language), file=sys.stderr)


def _pace(replicates: int, meter: Meter) -> Text:
    speed = Text(f" ({meter.speed})", f"（{meter.speed}）") if meter.speed else Text("", "")
    return Text(
        f"{replicates} replicates{speed.en}, {meter.seconds:.0f} s in all",
        f"{replicates} 次模拟{speed.zh}，共 {meter.seconds:.0f} 秒",
    )


def _run_watched(
    scenario: Scenario, language: Language, meter: Meter, options: dict[str, Any]
) -> Result:
    title = visible(scenario.name.in_(language))
    colon = COLON.in_(language)
    with bar(TextColumn("{task.fields[speed]}")) as progress:
        waiting = f"{title}{colon}{PREPARING.in_(language)}"
        task = progress.add_task(waiting, total=None, speed="")

        def watch(done: int, expected: int) -> None:
            meter.count(done)
            doing = title if done < expected else f"{title}{colon}{FINISHING.in_(language)}"
            progress.update(
                task, description=doing, completed=done, total=expected, speed=meter.speed
            )

        kept = options.pop("store") or PLACE
        return run(scenario, language=language, watch=watch, store=kept, **options)
