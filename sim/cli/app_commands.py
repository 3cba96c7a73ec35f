"""The command that starts the web lab; what it needs is loaded by no other command."""

import os
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption


def app(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="help.scenario_file_or_name")
    ] = "as-written",
    port: Annotated[int, typer.Option("--port", help="help.port_0_any", min=0, max=65535)] = 8080,
    host: Annotated[str, typer.Option("--host", help="help.address_to_listen_on")] = "127.0.0.1",
    no_open: Annotated[bool, typer.Option("--no-open", help="help.open_no_browser")] = False,
    lang: LangOption = None,
) -> None:
    """Open the web lab on this machine."""
    with guarded(lang) as language:
        from sim.app.links import to_link
        from sim.app.package import from_toml, preset
        from sim.app.server import Start, serve
        from sim.scenario import read_scenario, scenario_names

        if scenario in scenario_names():
            package = preset(scenario)
        else:
            file = read_scenario(scenario).file or Path(scenario)
            package = from_toml(file.read_text(encoding="utf-8"), str(file))
        package.scenario.fit()  # a posterior that cannot be used is told here, not in the page
        asked = language in (lang, os.environ.get("SIM_LANG"))
        start = Start(to_link(package), language, asked, host, port, not no_open)
        serve(start, lambda line: print(line, flush=True))
