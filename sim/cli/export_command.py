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
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="Result folder · 结果文件夹")],
    form: Annotated[
        Form,
        typer.Option("--format", help="xlsx, iamc, geojson, datapackage or rocrate · 格式"),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File or folder, else beside the result · 输出文件或文件夹"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """A result for Excel, maps and other programs · 供 Excel、地图等软件使用的结果."""
    with guarded(lang) as language:
        from sim.exchange.export import export

        print(export(result, form.value, out, language))
