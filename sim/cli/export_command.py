"""``sim export``: a result in a form that other programs read."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption


class Form(StrEnum):
    """Forms that a result can be given."""

    xlsx = "xlsx"
    iamc = "iamc"
    geojson = "geojson"
    datapackage = "datapackage"
    rocrate = "rocrate"


def give(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="help.result_folder")],
    form: Annotated[
        Form,
        typer.Option("--format", help="help.xlsx_iamc_geojson_datapackage_or"),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="help.file_or_folder_else_beside"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """A result for Excel, maps and other programs."""
    with guarded(lang) as language:
        from sim.exchange.export import export

        print(export(result, form.value, out, language))
