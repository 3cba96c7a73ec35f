"""Long experiments that the lab starts: each runs what the store lacks, and ends in figures."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from threading import Event
from typing import NamedTuple

from sim.app.answers import Change, change_of
from sim.app.pictures import Drawing
from sim.app.scatter import Spot
from sim.app.tables import of_attribution, of_sweep
from sim.experiments.attribution import attribution, coalitions
from sim.experiments.attribution_files import files_of_attribution
from sim.experiments.block import REPLICATES
from sim.experiments.deadlines import late, started, starts
from sim.experiments.fill import Sample, Watcher, load, missing_blocks
from sim.experiments.inventory import entries
from sim.experiments.store import Store
from sim.experiments.sweep import SweepResult, files_of_sweep, run_sweep
from sim.experiments.sweep_file import FOLDER, read_sweep, sweep_names
from sim.experiments.tables import files_of_late
from sim.experiments.work import Where
from sim.language import Language, Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.scenario.check import both_languages
from sim.scenario.files import BESIDE, SHIPPED, read_toml
from sim.scenario.place import Place, shown
from sim.views.figures import Named
from sim.views.from_attribution import attribution_figures
from sim.views.from_search import deadline_figures
from sim.views.from_sweep import (
    names_of_combinations,
    names_of_points,
    points_of,
    sweep_figures,
)
from sim.views.sweep_source import all_of

SWEEP, SHAPLEY, DEADLINE = "sweep", "shapley", "deadline"
DOTS = "sweep_scatter"
"""Stem of the figure that draws points as dots."""
LEVEL = 0.5
"""Likelihood that a deadline is told for."""


class Stopped(Exception):  # noqa: N818 - not a fault: somebody asked for it
    """The job was told to stop; what was run is kept."""


class Effect(NamedTuple):
    """What one point of a sweep changes against its base."""

    name: str
    change: Change


class Outcome(NamedTuple):
    """What a job comes to."""

    drawings: tuple[Drawing, ...]
    texts: tuple[tuple[str, str], ...]
    """Names and texts of files."""
    effects: tuple[Effect, ...] = ()
    """Of a sweep that varies one thing at a time."""
    spots: tuple[Spot, ...] = ()
    """Of a sweep of many points, which are drawn as dots."""


class Job(NamedTuple):
    """Something that can be started, stopped, and started again where it was."""

    name: Text
    scenarios: tuple[Scenario, ...]
    """All that have to be in the store."""
    run: Callable[[Sample, Store, Where, Watcher, Language], Outcome]


def sweep_job(name: str) -> Job:
    """Return a sweep of the folder, by its name in the list; no path is read.

    Raises:
        Problem: there is no such sweep, or its file is wrong.
    """
    if name not in sweep_names():
        expected = Text(f"one of {', '.join(sweep_names())}", f"{'、'.join(sweep_names())} 之一")
        raise Problem("sweeps", "", shown(name), expected)
    sweep = read_sweep(name)

    def run(
        sample: Sample, store: Store, where: Where, watch: Watcher, language: Language
    ) -> Outcome:
        result = run_sweep(sweep, sample, store, where, watch)
        figures = tuple(sweep_figures(result, language))
        numbers = partial(of_sweep, result, language)
        found = _outcome(figures, numbers, files_of_sweep(result))
        dots = any(figure.stem == DOTS for figure in figures)
        return found._replace(
            effects=tuple(effects(result, sample, store, language)),
            spots=tuple(spots(result, language)) if dots else (),
        )

    return Job(sweep.name, sweep.scenarios, run)


def effects(
    result: SweepResult, sample: Sample, store: Store, language: Language
) -> Iterator[Effect]:
    """Yield what each point changes against the base; nothing if it varies several at a time."""
    points = list(zip(result.sweep.points, result.sweep.scenarios, strict=True))
    base = [scenario for values, scenario in points if all(value is None for value in values)]
    if result.sweep.design != "one-at-a-time" or not base:
        return
    before = load(base[0], sample, store)
    names = names_of_points(result, language)
    for name, (_, scenario) in zip(names, points, strict=True):
        if scenario is not base[0]:
            after = load(scenario, sample, store)
            found = change_of(before.counts, after.counts, after.draws, base[0])
            yield Effect(name, found)


def spots(result: SweepResult, language: Language) -> Iterator[Spot]:
    """Yield what each dot of a sweep is."""
    names = names_of_combinations(result, language)
    for name, point in zip(names, points_of(result), strict=True):
        yield Spot(name, point.cost, all_of(point))


def sweep_title(name: str) -> Text:
    """Return what a sweep is called, without laying out its points.

    Raises:
        Problem: its file cannot be read.
    """
    files = [folder / FOLDER / f"{name}.toml" for folder in (BESIDE, SHIPPED)]
    file = next(path for path in files if path.is_file())
    told = read_toml(file).get("name", name)
    return both_languages(told, Place(str(file), ("name",)))


def shapley_job(base: Scenario) -> Job:
    """Return the attribution of every count to the six plans, from a package."""

    def run(
        sample: Sample, store: Store, where: Where, watch: Watcher, language: Language
    ) -> Outcome:
        found = attribution(base, sample, store, where, watch)
        figures = list(attribution_figures(found, base, sample, language))[:1]
        numbers = partial(of_attribution, found)
        return _outcome(figures, numbers, files_of_attribution(base, found, sample))

    name = Text("What each plan is owed (Shapley values)", "各计划的贡献（沙普利值）")
    return Job(name, tuple(coalitions(base)), run)


def deadline_job(base: Scenario, lever: str, count: str) -> Job:
    """Return how late a lever may start, in a package in which it is on.

    Raises:
        Problem: there is no such lever or count, or the lever is off.
    """
    lever, count = PLAN.resolve("lever", lever), PLAN.resolve("count", count)

    def run(
        sample: Sample, store: Store, where: Where, watch: Watcher, language: Language
    ) -> Outcome:
        found = late(base, lever, count, LEVEL, sample, store, where, watch)
        ((_, content),) = texts = tuple(files_of_late(found))
        figures = deadline_figures(found, base, sample, language)
        return _outcome(figures, lambda: content, texts)

    name = Text("How late a plan may start", "计划最迟何时启动")
    return Job(name, tuple(started(base, lever, start) for start in starts()), run)


def _outcome(
    figures: Iterable[Named], numbers: Callable[[], str], texts: Iterable[tuple[str, str]]
) -> Outcome:
    """Return what a job comes to whose figures show the same numbers."""
    return Outcome(tuple(Drawing(figure, numbers) for figure in figures), tuple(texts))


def stoppable(stop: Event, tell: Watcher) -> Watcher:
    """Return a watcher that ends the job at its next block once it is told to stop.

    Raises:
        Stopped: the watcher, when so told.
    """

    def watch(done: int, wanted: int) -> None:
        if stop.is_set():
            raise Stopped
        tell(done, wanted)

    return watch


def there(job: Job, sample: Sample, store: Store) -> tuple[int, int]:
    """Return how many blocks of a job the store holds, and how many it needs.

    Raises:
        Problem: the store cannot be read.
    """
    missing = missing_blocks(job.scenarios, sample, store)
    needed = len(missing) * -(-sample.replicates // REPLICATES)
    return needed - sum(map(len, missing.values())), needed


def of_other_versions(store: Store) -> int:
    """Return how many replicates of other versions of the model lie in a store, unused.

    Raises:
        Problem: the store cannot be read.
    """
    return sum(entry.replicates for entry in entries(store) if not entry.current)
