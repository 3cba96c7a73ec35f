"""Carry out a study into its result folder; `run` does that with one scenario."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiments.files import write_into
from sim.language import Language, default_language
from sim.present.tables import csv_files_of
from sim.ranges import check
from sim.scenario import Scenario, read_scenario
from sim.spec.findings import Figure, Findings
from sim.spec.stored import FILE, document
from sim.store import Result, check_free, draft
from sim.store.fill import Sample, Watcher
from sim.store.folder import RESULTS
from sim.store.store import PLACE, Store
from sim.store.work import Where, processors
from sim.studies.run import STUDY, of_scenario
from sim.studies.study import Design, Setting, Study, carried_out


def run(  # noqa: PLR0913 - keyword-only options of the command
    scenario: Scenario | str | Path,
    *,
    replicates: int | None = None,
    precision: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    out: str | Path | None = None,
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
    language: Language | None = None,
    figures: bool = True,
    watch: Watcher | None = None,
    store: str | None = None,
    cluster: str | None = None,
) -> Result:
    """Run a scenario and return its result.

    Args:
        scenario: a scenario, or the path or name of its file.
        replicates: how many; by default what the scenario says.
        precision: instead, the half-width that every 95 % interval must reach, as a fraction.
        seed: seed of the ensemble.
        workers: threads; any number gives the same bytes.
        out: folder of the result; by default a new one under ``results``.
        horizon: last month, a month ``YYYY-MM`` of those that the city has.
        as_of: month up to which it is known what has happened.
        draws: where parameters are drawn from, ``posterior`` or ``prior``.
        language: language of the figures, ``zh`` or ``en``.
        figures: whether to draw figures.
        watch: called after each replicate.
        store: folder or URL where replicates are kept, and read if they are there; by default
            nothing is kept, or, with a cluster, in ``results/store``.
        cluster: ``tcp://...`` of a Dask scheduler, or ``local:N``; by default threads.

    Raises:
        Problem: something given cannot be used, or the folder cannot be written.
    """
    chosen = scenario if isinstance(scenario, Scenario) else read_scenario(scenario, foreign=True)
    design = of_scenario(
        chosen,
        replicates=replicates,
        precision=precision,
        horizon=horizon,
        as_of=as_of,
        draws=draws,
    )
    here = setting(chosen, design.replicates, seed, workers, store, cluster)
    target = Path(out) if out is not None else None
    if target is not None:
        check_free(target)
    said = language or default_language()
    kept = here._replace(kept=bool(store or cluster))
    drawn_in = said if figures else None
    written = carry_out(STUDY, design, kept, watch or _nobody, target, drawn_in)
    result: Result = written.found.result
    return replace(result, folder=written.folder, language=said)


def _nobody(_done: int, _expected: int) -> None:
    """Watch nothing."""


def setting(
    scenario: Scenario,
    replicates: int | None,
    seed: int | None,
    workers: int | None,
    store: str | None,
    cluster: str | None,
) -> Setting:
    """Return what options come to; what is not given comes from the scenario.

    Raises:
        Problem: a value is out of range, or the store's place cannot be reached.
    """
    given = {"replicates": replicates, "seed": seed, "workers": workers}
    for name, value in given.items():
        if value is not None:
            check(name, value)
    sample = Sample(scenario.seed if seed is None else seed, replicates or scenario.replicates)
    return Setting(sample, Where(workers or processors(), cluster), Store(store or PLACE))


class Written(NamedTuple):
    """A study whose folder is there."""

    found: Any
    """What it computed."""
    findings: Findings
    folder: Path


def carry_out(
    study: Study[Any],
    design: Design,
    here: Setting,
    watch: Watcher,
    target: Path | None,
    language: Language | None,
) -> Written:
    """Carry out a study; nothing appears in its folder unless everything does.

    Args:
        study: its kind.
        design: what it looks at.
        here: with what luck, where, and into which store.
        watch: told how many replicates are there.
        target: its folder, or the first of `numbered` that is free; None: a new one in ``results``.
        language: of figures; None draws none.

    Raises:
        Problem: as the study does, or the folder cannot be written.
    """
    parent, stem = (RESULTS, design.stem) if target is None else (target.parent, target.name)
    with draft(parent, stem) as unfinished:
        done = carried_out(study, design, here._replace(folder=unfinished.path), watch)
        findings = done.findings
        texts = [*csv_files_of(findings.parts), *done.files]
        if study.own_folder is None:
            texts.append((FILE, document(findings)))
        write_into(unfinished.path, texts, partial(_draw, done.figures, language))
        named = f"{stem}-s{findings.seed}-n{findings.replicates}"
        folder = unfinished.settle(named if target is None else stem)
    return Written(done.found, findings, folder)


def _draw(figures: Iterable[Figure], language: Language | None, folder: Path) -> None:
    if language is None:
        return
    # Matplotlib takes half a second to load: not before the first replicate.
    from sim.present.figure import figures_of
    from sim.views.figures import draw_all

    draw_all(figures_of(figures, language), folder / "figures")
