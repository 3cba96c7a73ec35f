"""``sim elicit form`` and ``sim elicit read``: ask experts, and score and pool what they say."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.text.catalogue import worded

elicit_app = typer.Typer(name="elicit", help="Ask experts · 专家问卷", rich_markup_mode=None)


@elicit_app.command()
def form(
    out: Annotated[Path, typer.Option("--out", help="File to write, CSV · 写入的 CSV 文件")],
    parameters: Annotated[
        str | None,
        typer.Option("--parameters", help="Names, with commas between · 参数名称，以逗号分隔"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write a form for experts · 写出专家问卷."""
    with guarded(lang) as language:
        from sim.csv_files import ENCODING
        from sim.evidence import forms
        from sim.present.screen import print_line
        from sim.problems import Problem
        from sim.store.folder import writing
        from sim.studies.shared.experts import asked
        from sim.text.catalogue import say

        if out.exists():
            raise Problem("--out", "", str(out), worded("expected.a_new_file"))
        questions = asked(parameters)
        with writing(out):
            out.write_text(forms.form(questions), encoding=ENCODING, newline="")
        print_line(say("elicit.form", language, number=len(questions), file=out))


@elicit_app.command()
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Filled-in forms · 已填问卷")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for tables and pools · 输出文件夹")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Read, score and pool experts' forms · 读取、评分并合并专家问卷."""
    with guarded(lang, None if out is None else str(out)) as language:
        from sim.csv_files import encoding_of
        from sim.evidence.elicitation import panel
        from sim.present.screen import print_line
        from sim.present.tables import csv_files_of
        from sim.present.terminal import print_parts
        from sim.store.folder import writing
        from sim.studies.shared.experts import pools, said
        from sim.text.catalogue import say

        found = panel(files)
        scored = found.scored()
        parts = list(said(found, scored))
        print_parts(parts, language)
        if out is not None:
            with writing(out):
                out.mkdir(parents=True, exist_ok=True)
                for name, text in (*csv_files_of(parts), *pools(found, scored)):
                    (out / name).write_text(text, encoding=encoding_of(name), newline="")
            print_line(say("elicit.written", language, folder=out))
