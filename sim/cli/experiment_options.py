"""Arguments and options that the commands of experiments share, each written once."""

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from sim.cli.guard import KEPT, STOPPED, guarded, language_chosen, say_at_interrupt
from sim.cli.options import LangOption
from sim.language import Language


class Asked(NamedTuple):
    """What the options that all experiments have ask for; None leaves it to the scenario."""

    replicates: Annotated[
        int | None, typer.Option("--replicates", help="help.of_each_scenario")
    ] = None
    precision: Annotated[
        float | None,
        typer.Option(
            "--precision",
            help="help.instead_of_replicates_half_width",
        ),
    ] = None
    seed: Annotated[int | None, typer.Option("--seed", help="help.seed")] = None
    workers: Annotated[int | None, typer.Option("--workers", help="help.threads")] = None
    store: Annotated[str | None, typer.Option("--store", help="help.store_folder_or_url")] = None
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="help.tcp_host_port_or_local")
    ] = None
    out: Annotated[str | None, typer.Option("--out", help="help.result_folder")] = None
    yes: Annotated[bool, typer.Option("--yes", help="help.do_not_ask")] = False
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="help.draw")] = True
    json: Annotated[
        bool,
        typer.Option("--json", help="help.findings_as_json_and_nothing"),
    ] = False
    lang: LangOption = None

    @property
    def language(self) -> Language:
        """Return the language of all that is shown."""
        return language_chosen(self.lang)


def experiment(
    without: Collection[str] = (), each: str = "", **defaults: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `Asked` after its own, and tell its problems.

    Args:
        without: names of those that it does not have.
        each: name of the command's own argument of which each value has a folder of its own.
        **defaults: of some of them, where they differ.

    Returns:
        A decorator. The command takes what they ask for as its argument ``asked``; on the command
        line it takes them one by one.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(Asked, include_extras=True)
        shared = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=defaults.get(name, default),
                annotation=hints[name],
            )
            for name, default in Asked._field_defaults.items()
            if name not in without
        ]
        signature = inspect.signature(command)
        own = [entry for name, entry in signature.parameters.items() if name != "asked"]

        @wraps(command)
        def run(**given: Any) -> None:
            asked = Asked(**{entry.name: given.pop(entry.name) for entry in shared})
            if "store" not in without:
                say_at_interrupt(asked.language, KEPT, STOPPED)
            with guarded(asked.lang, None if len(given.get(each, ())) > 1 else asked.out):
                if asked.out is None:
                    from sim.store import check_writable
                    from sim.store.folder import RESULTS

                    check_writable(RESULTS)
                command(asked=asked, **given)

        run.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*own, *shared]
        )
        return run

    return decorate
