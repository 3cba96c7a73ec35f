"""``sim import``: tables from Excel or CSV become files that commands read."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.language import Language
from sim.text.catalogue import say, worded

if TYPE_CHECKING:
    from sim.exchange.taking import Taken


class TableKind(StrEnum):
    """What can be brought."""

    costs = "costs"
    targets = "targets"
    observed = "observed"


def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="help.table_xlsx_or_csv")],
    kind: Annotated[
        TableKind,
        typer.Option("--as", help="help.costs_targets_or_observed"),
    ],
    to: Annotated[Path | None, typer.Option("--to", help="help.file_to_write")] = None,
    extends: Annotated[
        str, typer.Option("--extends", help="help.of_costs_scenario_that_they")
    ] = "as-written",
    within: Annotated[
        float | None,
        typer.Option(
            "--within",
            min=0.0,
            max=1.0,
            help="help.of_observed_values_without_a",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="help.of_observed_rows_that_name"),
    ] = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="help.leave_out_rows_that_cannot")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Own costs, targets and observed counts from a table."""
    with guarded(lang) as language:
        from sim.exchange.rows import Asked
        from sim.exchange.taking import take

        taken = take(file, kind.value, Asked(to, extends, within, source, partly))
        _say(taken, kind.value, language)


def _say(taken: "Taken", kind: str, language: Language) -> None:
    """Say what was written, and name each row and column that was not used."""
    from sim.cli.adding_facts import say_where
    from sim.present.screen import print_line

    what = worded(f"import.{kind}", number=taken.entries)
    said = {"file": taken.file, "what": what, "encoding": taken.encoding}
    print_line(say("import.taken", language, **said))
    if taken.added is not None:
        say_where(taken.added, language)
    print_line(say(f"import.{kind}_used", language, to=taken.file))
    if taken.passed:
        listed = ", ".join(taken.passed)
        print_line(say("import.columns_not_read", language, listed=listed))
    for problem in taken.left:
        print_line(say("import.not_used", language, problem=problem.in_(language)))
