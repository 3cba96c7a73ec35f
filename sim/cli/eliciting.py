"""``sim elicit form`` and ``sim elicit read``: ask experts, and score and pool what they say."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import completing
from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.text.catalogue import worded

elicit_app = typer.Typer(name="elicit", help="help.ask_experts", rich_markup_mode=None)


def _parameters() -> list[str]:
    from sim.parameters import UNCERTAIN

    return list(UNCERTAIN)


@elicit_app.command(help="help.sim_elicit_form")
def form(
    out: Annotated[Path, typer.Option("--out", help="help.form_to_write")],
    parameters: Annotated[
        str | None,
        typer.Option(
            "--parameters",
            help="help.names_with_commas_between",
            autocompletion=completing(_parameters, listed=True),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write a form for experts."""
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


@elicit_app.command(help="help.sim_elicit_read")
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="help.filled_in_forms")],
    out: Annotated[
        Path | None, typer.Option("--out", help="help.folder_for_tables_and_pools")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Read, score and pool experts' forms."""
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
