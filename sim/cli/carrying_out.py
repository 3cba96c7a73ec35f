"""From the designs of a study to what a person reads, and folders."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import typer

from sim import runner
from sim.cli.asking import Wanted, ask_about, say_prior
from sim.cli.experiment_options import Asked
from sim.cli.guard import BAD_INPUT, print_problem
from sim.cli.notes import print_notes
from sim.cli.progress import Meter, watching
from sim.estimate.precision import expected
from sim.language import Language, Text
from sim.present.as_json import failure_line, findings_line
from sim.present.terminal import print_parts
from sim.problems import Problem
from sim.ranges import check
from sim.store import check_free, numbered
from sim.store.store import DAMAGED, Store
from sim.studies.study import Design, Setting, Study
from sim.text.catalogue import say, worded


def carry_out(study: Study[Any], designs: Sequence[Design], asked: Asked) -> None:
    """Carry out a study once for each design, and say what was found.

    Of several designs one may fail: the others go on, and which failed, and why, is said at last.

    Raises:
        Problem: an option cannot be used, a folder cannot be written, or the study raises it.
        typer.Abort: somebody was asked whether it may take long, and said no.
        typer.Exit: one of several designs failed, or a scenario in one could not be run.
    """
    with redirect_stdout(sys.stderr) if asked.json else nullcontext():
        done = _carry_out(study, designs, asked)
    if asked.json:
        for each in done:
            print(each.line)
    if any(each.partly for each in done):
        print(say("study.partly", asked.language), file=sys.stderr)
    failed = [each.name.in_(asked.language) for each in done if each.failed]
    if failed:
        told = {"done": len(done) - len(failed), "all": len(done), "names": "; ".join(failed)}
        print(say("study.failed", asked.language, **told), file=sys.stderr)
    if any(each.failed or each.partly for each in done):
        raise typer.Exit(BAD_INPUT)


class _Ended(NamedTuple):
    """What became of one design."""

    name: Text
    line: str
    """Of JSON."""
    failed: bool = False
    partly: bool = False
    """Whether scenarios are missing in it that could not be run."""


def _carry_out(study: Study[Any], designs: Sequence[Design], asked: Asked) -> list[_Ended]:
    language = asked.language
    settings = [_setting(design, asked) for design in designs]
    targets = targets_of(asked.out, [design.scenarios[0].id for design in designs])
    for target in targets:
        if target is not None:
            check_free(target)
    for design in designs:
        for scenario in {each.file: each for each in design.scenarios}.values():
            print_notes(scenario, language)
    if study.seconds is None:
        ask_about(list(map(_wanted, [study] * len(designs), designs, settings)), asked)
    done = []
    for design, here, target in zip(designs, settings, targets, strict=True):
        try:
            line, partly = _one(study, design, here, target, asked)
        except Problem as problem:
            if len(designs) == 1 and not asked.json:
                raise
            print_problem(problem, language)
            line = failure_line(study.id, design.name, problem)
            done.append(_Ended(design.name, line, failed=True))
        else:
            done.append(_Ended(design.name, line, partly=partly))
    return done


def _one(
    study: Study[Any], design: Design, here: Setting, target: Path | None, asked: Asked
) -> tuple[str, bool]:
    """Carry out one design and say what was found.

    Returns:
        It as a line of JSON, and whether scenarios are missing in it that could not be run.
    """
    language = asked.language
    if study.seconds is not None:
        said = _duration(here, study.seconds(design, here))
        print(said.in_(language), file=sys.stderr)
    meter = Meter()
    with watching(language, design.name, meter) as watch:
        written = runner.carry_out(
            study, design, here, watch, target, language if asked.figures else None
        )
    say_prior(design.scenarios, language)
    if not asked.json:
        print_parts(written.findings.parts, language)
    _say_result(written.folder, here.store, language)
    if study.afterwards and (told := study.afterwards(written.found, design)):
        print(told.in_(language))
    print(meter.told().in_(language), file=sys.stderr)
    line = findings_line(written.findings, str(written.folder), written.left_out)
    return line, bool(written.left_out)


def _setting(design: Design, asked: Asked) -> Setting:
    precision = asked.precision
    if precision is not None:
        check("precision", precision)
        if asked.replicates is not None:
            found = f"--replicates {asked.replicates} --precision {precision:g}"
            raise Problem("--precision", "", found, worded("study.one_of_both"))
    wanted = design.replicates or (asked.replicates if precision is None else expected(precision))
    here = runner.setting(
        design.scenarios[0], wanted, asked.seed, asked.workers, asked.store, asked.cluster
    )
    return here._replace(precision=precision)


def targets_of(out: str | None, names: Sequence[str]) -> list[Path | None]:
    """Return each result's folder: ``out`` itself, or a folder in it if there are several.

    Args:
        out: what was asked for; None leaves the choice to the study.
        names: ids of the scenarios; files in two folders may have the same.
    """
    if out is None or len(names) == 1:
        return [None if out is None else Path(out)] * len(names)
    targets: list[Path | None] = []
    for name in names:
        places = numbered(Path(out) / name)
        targets.append(next(place for place in places if place not in targets))
    return targets


def _wanted(study: Study[Any], design: Design, here: Setting) -> Wanted:
    sample = here.sample
    if design.expected is not None:
        sample = sample._replace(replicates=design.expected)
    sample = sample._replace(replicates=sample.replicates * design.times)
    return Wanted(design.scenarios, here._replace(sample=sample), study.own_folder is not None)


def _duration(here: Setting, seconds: float) -> Text:
    workers = here.where.workers
    threads = worded("study.threads", number=workers)
    said = max(1, ceil(seconds))
    return worded(
        "study.duration", replicates=here.sample.replicates, seconds=said, workers=threads
    )


def _say_result(folder: Path, store: Store, language: Language) -> None:
    """Say what was wrong with the store, and where a result is."""
    _tell_set_aside(store, language)
    # Not through the screen, which would break a long path.
    print(say("cli.result", language, folder=folder))


def _tell_set_aside(store: Store, language: Language) -> None:
    """Say which blocks were found damaged and run anew, so that nobody has to notice."""
    if store.aside:
        place = f"{store.root}/{DAMAGED}"
        print(say("cli.set_aside", language, number=len(store.aside), place=place), file=sys.stderr)
