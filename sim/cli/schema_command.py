"""``sim schema``: what the keys of a file may be, for editors, as JSON Schema."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.text.catalogue import say, worded


class FileKind(StrEnum):
    """Kinds of files that have a schema."""

    scenario = "scenario"
    sweep = "sweep"
    objective = "objective"


def schema(
    kind: Annotated[
        FileKind, typer.Argument(metavar="KIND", help="help.scenario_sweep_or_objective")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="help.file_to_write_instead_of")] = None,
    lang: LangOption = None,
) -> None:
    """JSON Schema of a kind of file, for editors."""
    with guarded(lang) as language:
        from sim.experiments.schemas import FIRST
        from sim.experiments.schemas import schema as schema_of
        from sim.spec.stored import as_json

        told = as_json(schema_of(kind.value))
        if out is None:
            print(told, end="")
            return
        _write(out, told)
        line = f"{FIRST} ./{out.name}"
        print(say("schema.first_line", language, out=out, line=line))


def _write(out: Path, told: str) -> None:
    """Write the schema; one that is there already is made anew.

    Raises:
        Problem: the file cannot be written.
    """
    from sim.problems import Problem

    try:
        out.write_text(told, encoding="utf-8")
    except OSError as error:
        expected = worded("expected.writable_file")
        raise Problem(str(out), "", os.strerror(error.errno or 0), expected) from error
