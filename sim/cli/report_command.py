"""``sim report``: results as one HTML file and one PDF, or as one page."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.text.catalogue import say

Results = Annotated[
    list[Path],
    typer.Argument(
        metavar="RESULT...", help="Folders of runs and experiments · 运行与实验的结果文件夹"
    ),
]


def report(
    results: Results,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the report · 报告文件夹")
    ] = None,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief", help="One page with the answer instead, as PDF and PNG · 只写一页要点"
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Results as one HTML file and one PDF · 把结果写成 HTML 与 PDF 报告."""
    with guarded(lang) as language:
        from sim.present.report import brief as one_page
        from sim.present.report.write import HTML, PDF, write_report
        from sim.store import check_free
        from sim.store.folder import RESULTS

        if out is not None:
            check_free(out)
        kind, write, names = "report", write_report, (HTML, PDF)
        if brief:
            kind, write, names = "brief", one_page.write_brief, (one_page.PDF, one_page.PNG)
        target = out or RESULTS / f"{kind}-{results[0].resolve().name}-{language}"
        folder = write(results, target, language)
        for name in names:
            print(say("cli.report", language, name=folder / name))
