"""The commands on scenario files: listed, begun, shown and checked."""

from typing import Annotated

import typer

from sim.cli.guard import BAD_INPUT, guarded
from sim.cli.options import File, Files, LangOption


def scenarios(lang: LangOption = None) -> None:
    """List the scenarios that can be run · 列出情景."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import list_scenarios

        list_scenarios(language)


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario · 情景名称")],
    extends: Annotated[
        str, typer.Option("--extends", help="Scenario that it differs from · 所继承的情景")
    ] = "as-written",
    lang: LangOption = None,
) -> None:
    """Start a scenario file in scenarios/ · 新建情景文件."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import start_scenario

        start_scenario(name, extends, language)


def show(
    file: File,
    couplings: Annotated[
        bool, typer.Option("--couplings", help="What processes see of each other · 过程间的联系")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Show a scenario fully resolved · 显示完整解析后的情景."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import show_couplings, show_scenario

        (show_couplings if couplings else show_scenario)(file, language)


def check(files: Files, lang: LangOption = None) -> None:
    """Check scenario files without running them · 校验情景文件."""
    with guarded(lang) as language:
        from sim.cli.scenario_pages import check_scenarios

        if not check_scenarios(files, language):
            raise typer.Exit(BAD_INPUT)
