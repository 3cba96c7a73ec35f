"""Long experiments that the lab starts: each runs what the store lacks, and ends in figures."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Event
from typing import Any, NamedTuple

from sim.app.growth import Engine
from sim.app.pictures import Drawing
from sim.app.works import Stopped, Work
from sim.experiments.sweep_file import FOLDER, read_sweep, sweep_names
from sim.language import Language, Text
from sim.present.figure import figures_of
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario import Scenario
from sim.scenario.check import both_languages
from sim.scenario.files import BESIDE, SHIPPED, read_toml
from sim.scenario.place import Place, shown
from sim.spec.findings import Figure, Part
from sim.store.block import REPLICATES
from sim.store.fill import Sample, Watcher, missing_blocks
from sim.store.inventory import entries
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import attribute, deadline, sweep
from sim.studies.shared.goals import count_id, counted
from sim.studies.study import Design, Setting, Study, carried_out

PACE = 0.4
"""Seconds between two looks at the progress."""
LEVEL = 0.5
"""Likelihood that a deadline is told for."""


class Outcome(NamedTuple):
    """What a job comes to."""

    drawings: tuple[Drawing, ...]
    texts: tuple[tuple[str, str], ...]
    """Names and texts of files."""
    parts: tuple[Part, ...] = ()
    """Of a study: what it says."""


Present = Callable[[Language], Outcome]
"""Tells what was found, in a language."""


class Job(NamedTuple):
    """Something that can be started, stopped, and started again where it was."""

    name: Text
    scenarios: tuple[Scenario, ...]
    """All that have to be in the store."""
    run: Callable[[Sample, Store, Where, Watcher], Present]


def sweep_job(name: str) -> Job:
    """Return a sweep of the folder, by its name in the list; no path is read.

    Raises:
        Problem: there is no such sweep, or its file is wrong.
    """
    if name not in sweep_names():
        expected = Text(f"one of {', '.join(sweep_names())}", f"{'、'.join(sweep_names())} 之一")
        raise Problem("sweeps", "", shown(name), expected)
    return study_job(sweep.STUDY, sweep.of_sweep(read_sweep(name), {}))


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
    """Return the attribution of every count to the plans, from a package."""
    return study_job(attribute.STUDY, attribute.combined(base))


def deadline_job(base: Scenario, lever: str, count: str) -> Job:
    """Return how late a lever may start, in a package in which it is on.

    Raises:
        Problem: there is no such lever or count, or the lever is off.
    """
    return study_job(deadline.STUDY, deadline.later(base, lever, counted(count_id(count)), LEVEL))


def study_job(study: Study[Any], design: Design) -> Job:
    """Return any study; a figure shows the numbers of the table of its own name, or the study's."""

    def run(sample: Sample, store: Store, where: Where, watch: Watcher) -> Present:
        done = carried_out(study, design, Setting(sample, where, store), watch)
        texts = dict(csv_files_of(done.findings.parts))
        figures = [part for part in done.findings.parts if isinstance(part, Figure)]

        def present(language: Language) -> Outcome:
            drawings = (
                Drawing(figure, partial(_numbers, texts, (declared.name, study.id)), declared)
                for declared in figures
                for figure in figures_of([declared], language)
            )
            return Outcome(tuple(drawings), tuple(texts.items()), done.findings.parts)

        return present

    return Job(design.name, tuple(design.scenarios), run)


def _numbers(texts: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the table of the first of some names that one has, or else the first table."""
    known = [texts[file] for name in names if (file := f"{name}.csv") in texts]
    return [*known, *texts.values()][0]


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


class Done(NamedTuple):
    """What a job found."""

    name: Text
    replicates: int
    """Of each scenario."""
    present: Present


async def run_job(engine: Engine, make: Callable[[], Job], sample: Sample, work: Work) -> None:
    """Run a job in a thread when it is its turn; the work is told how far it is and what was found.

    Raises:
        Problem: there is no such job, or it could not be run.
        Stopped: it was told to stop.
    """
    job = await engine.run(engine.aside, make)
    await engine.ready(job.scenarios[0])
    seen = [0, 0]

    def tell(done: int, wanted: int) -> None:
        seen[:] = done, wanted

    def run() -> Present:
        work.looks = True
        return job.run(sample, Store(), Where(engine.workers), stoppable(work.halting, tell))

    running = asyncio.ensure_future(engine.run(engine.sweeps, run))
    try:
        while not running.done():
            await asyncio.wait([running], timeout=PACE)
            if seen[1]:
                work.progress(*seen)
    finally:
        running.cancel()
    work.found = Done(job.name, sample.replicates, running.result())
    work.tell()


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
