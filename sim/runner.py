"""Carry out a study into its result folder."""

import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sim import ensemble
from sim.experiments.files import write_into
from sim.language import Language
from sim.model.world.setup import Setup
from sim.present.tables import csv_files_of
from sim.ranges import check
from sim.scenario import Scenario
from sim.spec.findings import Figure, Findings
from sim.spec.stored import FILE, document
from sim.store import draft
from sim.store.fill import Sample, Watcher
from sim.store.folder import RESULTS
from sim.store.store import PLACE, Store
from sim.store.work import Where, processors
from sim.studies.carried import carried_out
from sim.studies.study import Design, Setting, Study


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
    left_out: Mapping[str, str]
    """Ids of scenarios that could not be run, and why."""


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
        whole = study.own_folder is None
        write_into(
            unfinished.path,
            files_of(findings, done.files, whole=whole),
            partial(draw, done.figures, language),
        )
        named = f"{stem}-s{findings.seed}-n{findings.replicates}"
        folder = unfinished.settle(named if target is None else stem)
    return Written(done.found, findings, folder, done.left_out)


def files_of(
    findings: Findings, beside: Iterable[tuple[str, str]], *, whole: bool = True
) -> list[tuple[str, str]]:
    """Return names and texts of the files of a study's folder.

    Args:
        findings: whose tables are in files.
        beside: what else lies there.
        whole: whether the folder says itself what was found, for the report.
    """
    said = [(FILE, document(findings))] if whole else []
    return [*csv_files_of(findings.parts), *beside, *said]


def draw(figures: Iterable[Figure], language: Language | None, folder: Path) -> None:
    """Draw figures into their place in a study's folder; without a language, none."""
    if language is None:
        return
    # Matplotlib takes half a second to load: not before the first replicate.
    from sim.present.figure import figures_of
    from sim.views.figures import draw_all

    draw_all(figures_of(figures, language), folder / "figures")


def seconds_a_replicate(setup: Setup, seed: int) -> float:
    """Return how long a replicate takes on one thread, measured on two."""
    ensemble.warm_up(setup, seed)
    start = time.perf_counter()
    for replicate in range(2):
        ensemble.run_one(setup, seed, replicate)
    return (time.perf_counter() - start) / 2
