"""The commands on scenario files: listed, begun, shown and checked."""

from typing import Annotated

import typer

from sim.cli.guard import BAD_INPUT, guarded
from sim.cli.options import File, Files, LangOption


def scenarios(lang: LangOption = None) -> None:
    """List the scenarios that can be run."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import list_scenarios

        list_scenarios(language)


def new(
    name: Annotated[str, typer.Argument(help="help.name_of_the_scenario")],
    extends: Annotated[
        str, typer.Option("--extends", help="help.scenario_that_it_differs_from")
    ] = "as-written",
    lang: LangOption = None,
) -> None:
    """Start a scenario file in scenarios/."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import start_scenario

        start_scenario(name, extends, language)


def show(
    file: File,
    couplings: Annotated[
        bool, typer.Option("--couplings", help="help.what_processes_see_of_each")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Show a scenario fully resolved."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import show_couplings, show_scenario

        (show_couplings if couplings else show_scenario)(file, language)


def check(files: Files, lang: LangOption = None) -> None:
    """Check scenario files without running them."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import check_scenarios

        if not check_scenarios(files, language):
            raise typer.Exit(BAD_INPUT)
