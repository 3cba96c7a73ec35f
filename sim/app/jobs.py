"""Studies that the lab starts: each runs what the store lacks, and ends in what it says."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, Final, NamedTuple

from sim import runner
from sim.app.asking import Asked, values
from sim.app.growth import Engine
from sim.app.package import FIRST_BASE, Package, preset
from sim.app.pictures import Drawing
from sim.app.works import Stopped, Work
from sim.estimate.precision import expected
from sim.experiments.files import write_into
from sim.language import Language, Text
from sim.present.as_json import findings_line
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.spec.findings import Figure, Findings, Part
from sim.spec.marks import Map, Mark
from sim.store.block import REPLICATES
from sim.store.fill import Watcher, missing_blocks
from sim.store.inventory import entries
from sim.store.store import Store
from sim.studies import registry
from sim.studies.carried import Done as Carried
from sim.studies.carried import carried_out
from sim.studies.study import Design, Setting, Study
from sim.text.catalogue import worded

PACE = 0.4
"""Seconds between two looks at the progress."""
OF_MARK: Final[Mapping[type[Mark], str]] = {Map: "areas"}
"""Tables with the numbers of figures of a kind, where none has the figure's name."""
LONGEST = 12 * 3600.0
"""Seconds that a study may be expected to take; longer ones are left to the command line."""


class Job(NamedTuple):
    """A study that can be started, stopped, and started again where it was."""

    study: Study[Any]
    design: Design
    here: Setting


def job_of(asked: Asked, packages: Sequence[Package], store: Store, workers: int) -> Job:
    """Return what somebody asks for.

    Args:
        asked: the study and what is chosen of it.
        packages: that are chosen, in the order of the options.
        store: where replicates are kept.
        workers: threads.

    Raises:
        Problem: a value cannot be used, or a scenario names code, which no page may run.
    """
    study = registry.study(asked.study)
    design = study.design(values(study, asked, packages))
    for each in design.scenarios:
        if each.processes.added or each.processes.measures:
            raise Problem(each.id, "processes", "*.py", worded("lab.no_code"))
    precision = asked.precision
    wanted = asked.replicates if precision is None else expected(precision)
    seed = None if "seed" in study.without else asked.seed
    first = design.scenarios[0]
    here = runner.setting(first, design.replicates or wanted, seed, workers, None, None)
    return Job(study, design, here._replace(store=store, precision=precision))


class Outlook(NamedTuple):
    """What a job still needs."""

    there: int
    needed: int
    """Blocks of replicates: in the store, and in all; both 0 where nobody knows before."""
    seconds: float


def outlook(job: Job) -> Outlook:
    """Return how much of a job is there, and about how long the rest takes.

    Raises:
        Problem: the store cannot be read.
    """
    study, design, here = job
    if study.seconds is not None:
        return Outlook(0, 0, study.seconds(design, here))
    sample = here.sample
    if design.expected is not None:
        sample = sample._replace(replicates=design.expected)
    sample = sample._replace(replicates=sample.replicates * design.times)
    missing = missing_blocks(design.scenarios, sample, here.store)
    needed = len(missing) * -(-sample.replicates // REPLICATES)
    left = sum(map(len, missing.values()))
    seconds = left * REPLICATES * seconds_a_replicate() / here.where.workers if left else 0.0
    open_ended = design.times > 1 or design.expected is not None or here.precision is not None
    return Outlook(0, 0, seconds) if open_ended else Outlook(needed - left, needed, seconds)


@cache
def seconds_a_replicate() -> float:
    """Return how long a replicate takes on one thread of this machine, measured once."""
    written = preset(FIRST_BASE).scenario
    return runner.seconds_a_replicate(written.setup(), written.seed)


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

    findings: Findings
    figures: tuple[Figure, ...]
    texts: tuple[tuple[str, str], ...]
    """Names and texts of the files beside tables and figures."""
    left_out: Mapping[str, str]
    """Ids of scenarios that could not be run, and why."""

    @property
    def tables(self) -> list[tuple[str, str]]:
        """Return names and texts of all files with numbers."""
        return [*csv_files_of(self.findings.parts), *self.texts]

    @property
    def drawings(self) -> list[Drawing]:
        """Return the figures, each with the numbers of the table of its name, or the study's."""
        return drawings_of(self.figures, self.findings.study, dict(self.tables))

    def as_json(self) -> str:
        """Return what the command says with ``--json``; the folder is nowhere yet."""
        return findings_line(self.findings, "", self.left_out) + "\n"

    @contextmanager
    def folder(self, language: Language) -> Iterator[Path]:
        """Let the folder be there that the command writes, for as long as it is looked at."""
        with TemporaryDirectory() as place:
            found = Path(place) / self.findings.study
            found.mkdir()
            draw = partial(runner.draw, self.figures, language)
            write_into(found, runner.files_of(self.findings, self.texts), draw)
            yield found

    def as_zip(self, language: Language) -> bytes:
        """Return the folder that the command writes, packed."""
        content = io.BytesIO()
        with self.folder(language) as folder, zipfile.ZipFile(content, "w") as packed:
            for file in sorted(each for each in folder.rglob("*") if each.is_file()):
                packed.write(file, file.relative_to(folder.parent), zipfile.ZIP_DEFLATED)
        return content.getvalue()

    def as_report(self, language: Language) -> bytes:
        """Return the report as one page of HTML."""
        from sim.present.report.write import HTML, write_report

        with self.folder(language) as folder:
            return (write_report([folder], folder.parent / "report", language) / HTML).read_bytes()


def kept(done: Carried) -> Done:
    """Return what a page keeps of a study that was carried out."""
    return Done(done.findings, tuple(done.figures), tuple(done.files), done.left_out)


def drawings_of(figures: Iterable[Figure], study: str, texts: Mapping[str, str]) -> list[Drawing]:
    """Return figures, each with the numbers that it shows."""
    return [
        Drawing(each, partial(_numbers, texts, (each.name, OF_MARK.get(type(each.mark)), study)))
        for each in figures
    ]


def _numbers(texts: Mapping[str, str], names: Iterable[str | None]) -> str:
    """Return the table of the first of some names that one has, or else the first table."""
    known = [texts[file] for name in names if (file := f"{name}.csv") in texts]
    return [*known, *texts.values()][0]


def ready_made(name: str) -> tuple[Part, ...]:
    """Return what there is of a study before anybody starts it: what is shipped, or listed."""
    study = registry.study(name)
    found = study.shipped or study.listed
    return () if found is None else tuple(found())


async def run_job(engine: Engine, make: Callable[[], Job], work: Work) -> None:
    """Run a job in a thread when it is its turn; the work is told how far it is and what was found.

    Raises:
        Problem: there is no such job, it would take too long, or it could not be run.
        Stopped: it was told to stop.
    """
    job = await engine.run(engine.aside, make)
    await engine.ready(job.design.scenarios[0])
    check_length(job.study.id, (await engine.run(engine.aside, outlook, job)).seconds)
    seen = [0, 0]

    def tell(done: int, wanted: int) -> None:
        seen[:] = done, wanted

    def run() -> Done:
        work.looks = True
        return kept(carried_out(job.study, job.design, job.here, stoppable(work.halting, tell)))

    running = asyncio.ensure_future(engine.run(engine.sweeps, run))
    try:
        while not running.done():
            await asyncio.wait([running], timeout=PACE)
            if seen[1]:
                work.progress(*seen)
    finally:
        running.cancel()
    work.found = running.result()
    work.tell()


def check_length(study: str, seconds: float) -> None:
    """Refuse what would keep the machine busy for a day, whoever asks for it.

    Raises:
        Problem: it takes too long.
    """
    if seconds > LONGEST:
        told = worded("lab.at_most", time=lasting(LONGEST))
        raise Problem(study, "", f"{seconds / 3600.0:.0f} h", told)


def lasting(seconds: float) -> Text:
    """Return a time as people say it, rounded."""
    if seconds < 90.0:
        return worded("lab.seconds", number=max(1, round(seconds)))
    if seconds < 5400.0:
        return worded("lab.minutes", number=round(seconds / 60.0))
    return worded("lab.hours", number=round(seconds / 3600.0))


def of_other_versions(store: Store) -> int:
    """Return how many replicates of other versions of the model lie in a store, unused.

    Raises:
        Problem: the store cannot be read.
    """
    return sum(entry.replicates for entry in entries(store) if not entry.current)
