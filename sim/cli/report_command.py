"""``sim report``: results as one HTML file and one PDF, or as one page."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.text.catalogue import say

Results = Annotated[
    list[Path],
    typer.Argument(metavar="RESULT...", help="help.folders_of_runs_and_experiments"),
]


def report(
    results: Results,
    out: Annotated[Path | None, typer.Option("--out", help="help.folder_of_the_report")] = None,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="help.one_page_with_the_answer"),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Results as one HTML file and one PDF."""
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
