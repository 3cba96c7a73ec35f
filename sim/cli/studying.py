"""The commands of studies, made from what each study declares."""

import inspect
import math
import sys
from collections.abc import Callable, Container
from typing import Annotated, Any

import typer

from sim.cli.experiment_options import Asked, experiment
from sim.language import Text
from sim.studies import registry
from sim.text.catalogue import worded


def commands(wanted: Container[str]) -> dict[str, Callable[..., None]]:
    """Return the command of every kind of study, by its name.

    Args:
        wanted: names of those that are called; of all others only name and help are there, so that
            nothing is loaded for them.
    """
    return {
        name: _command(name) if name in wanted else _stub(registry.help_of(name))
        for name in registry.names()
    }


def _stub(help_: Text) -> Callable[..., None]:
    def stub() -> None:
        raise AssertionError("a command that is called is there in full")

    stub.__doc__ = f"{_both(help_)}."
    return stub


def _both(text: Text) -> str:
    return f"{text.en} · {text.zh}"


def _command(name: str) -> Callable[..., None]:
    """Return a command that carries out a kind of study."""
    study = registry.study(name)

    def command(asked: Asked, **given: Any) -> None:
        from sim.cli.asking import ask_if_large, say_prior
        from sim.cli.experiment_setting import finish, setting
        from sim.cli.notes import print_processes
        from sim.cli.progress import watching
        from sim.present.figure import figures_of
        from sim.present.tables import csv_files_of
        from sim.present.terminal import print_parts
        from sim.spec.stored import FILE, document
        from sim.studies.study import carried_out

        design = study.design(given)
        for scenario in {each.file: each for each in design.scenarios}.values():
            print_processes(scenario, asked.language)
        here = setting(design.scenarios[0], asked)
        if study.seconds is None:
            ask_if_large(design.scenarios, here, asked)
        else:
            say_prior(design.scenarios, asked.language)
            said = _duration(here, study.seconds(design, here))
            print(said.in_(asked.language), file=sys.stderr)
        with watching(asked.language) as watch:
            findings, more = carried_out(study, design, here, watch)
        print_parts(findings.parts, asked.language)
        figures = figures_of(findings.parts, asked.language)
        stem = f"{study.id}-{design.stem}"
        texts = [*csv_files_of(findings.parts), *more, (FILE, document(findings))]
        finish(asked, stem, here, texts, figures)

    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=inspect.Parameter.empty if each.default is None else each.default,
            annotation=_annotation(each),
        )
        for each in study.options
    ]
    command.__doc__ = f"{_both(study.help)}."
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return experiment(study.without, **study.defaults)(command)


def _annotation(option: Any) -> Any:
    told = _both(option.help)
    if option.argument:
        return Annotated[option.kind, typer.Argument(metavar=option.argument, help=told)]
    name = f"--{option.name.replace('_', '-')}"
    limits = {"min": option.least, "max": option.most}
    return Annotated[option.kind, typer.Option(name, help=told, **limits)]


def _duration(here: Any, seconds: float) -> Text:
    workers = here.where.workers
    threads = worded("study.one_thread" if workers == 1 else "study.threads", number=workers)
    said = max(1, math.ceil(seconds))
    return worded(
        "study.duration", replicates=here.sample.replicates, seconds=said, workers=threads
    )
