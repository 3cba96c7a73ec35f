"""The commands of ``sim``: each a few lines on a public function."""

import os
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from sim.cli import completion
from sim.cli.adding_facts import add as add_fact
from sim.cli.app_commands import app as lab
from sim.cli.city_asked import settle
from sim.cli.completion import completing
from sim.cli.eliciting import elicit_app
from sim.cli.export_command import give
from sim.cli.guard import (
    BAD_INPUT,
    STOPPED,
    UsageError,
    guarded,
    language_last,
    language_of,
    print_problem,
    say_at_interrupt,
    unknown_language,
    usage_problem,
)
from sim.cli.helping import told_in
from sim.cli.import_command import take_in
from sim.cli.interrupts import INTERRUPTED
from sim.cli.logs_asked import settle_logs
from sim.cli.options import File, LangOption, with_values
from sim.cli.report_command import report
from sim.cli.scenario_commands import check, new, scenarios, show
from sim.cli.schema_command import schema
from sim.cli.store_commands import store_app
from sim.cli.studying import commands
from sim.cli.terminal import outlets
from sim.language import Language, default_language
from sim.problems import Problem
from sim.text.catalogue import say


def _plan_names() -> list[str]:
    from sim.plan import PLAN

    entries = (*PLAN.levers, *PLAN.instruments)
    return [entry.id for entry in entries]


def _version(asked: bool) -> None:
    if asked:
        import sim

        print(f"sim {sim.__version__}")
        raise typer.Exit


def main_options(
    version: Annotated[
        bool, typer.Option("--version", help="help.version", callback=_version, is_eager=True)
    ] = False,
    city: Annotated[
        str | None,
        typer.Option("--city", help="help.folder_of_a_citys_pack"),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="help.print_what_is_done")] = False,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            metavar="SHELL",
            help="help.let_bash_zsh_fish_or",
            callback=completion.install,
            is_eager=True,
        ),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            metavar="SHELL",
            help="help.print_what_that_needs",
            callback=completion.show,
            is_eager=True,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Ask how likely a plan's counts are."""
    # Said, and chosen, before any command is looked for.
    del version, city, verbose, install_completion, show_completion, lang


def plan(
    name: Annotated[
        str | None,
        typer.Argument(
            help="help.a_plan_safeguard_or_instrument",
            autocompletion=completing(_plan_names),
        ),
    ] = None,
    text: Annotated[
        bool,
        typer.Option("--text", help="help.its_text_and_what_stands"),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Show the plan as data."""
    with guarded(lang) as language:
        from sim.cli.plan_pages import show_entry, show_plan, show_text

        if text:
            show_text(name, language)
        else:
            show_plan(language) if name is None else show_entry(name, language)


def parameters(
    name: Annotated[str | None, typer.Argument(help="help.a_group_or_a_name")] = None,
    lang: LangOption = None,
) -> None:
    """Parameters, priors, sources."""
    with guarded(lang) as language:
        from sim.cli.parameter_pages import show_parameters

        show_parameters(name, language)


def cards(
    name: Annotated[str | None, typer.Argument(help="help.a_parameter")] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="help.whether_they_tell_rightly_which"),
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="help.folder_for_csv_files")] = None,
    lang: LangOption = None,
) -> None:
    """What was published on parameters, and the priors that follow."""
    with guarded(lang) as language:
        from sim.cli.card_pages import check_cards, show_cards, write_cards

        if check:
            check_cards(language)
        else:
            show_cards(name, language)
        if out is not None:
            write_cards(out, language)


def replay(
    result: Annotated[Path, typer.Argument(help="help.result_folder")],
    replicate: Annotated[int, typer.Option("--replicate", help="help.which_replicate")],
    trace: Annotated[
        str | None,
        typer.Option("--trace", help="help.firm_id_a_firms_life"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Rerun one replicate, byte by byte."""
    with guarded(lang) as language:
        from sim.cli.replaying import replay_one

        replay_one(result, replicate, trace, language)


def trace(
    scenario: File,
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="help.firm_id_talent_id_fund"),
    ],
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="help.first_month")
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, help="help.how_many")] = 1,
    replicate: Annotated[int, typer.Option("--replicate", min=0, help="help.which_replicate")] = 0,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="help.instead_of_the_scenarios")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Tell what each process of a month changes."""
    with guarded(lang) as language:
        from sim.cli.tracing import trace_one

        trace_one(scenario, what, month, months, replicate, seed, language)


COMMANDS: Final = (
    *(plan, parameters, cards, scenarios, new, show, check, replay, trace),
    *(report, schema, lab),
)
"""The commands that are no studies, each under its own name."""
NAMED: Final[dict[str, Callable[..., Any]]] = {
    "facts add": add_fact,
    "import": take_in,
    "export": give,
}
"""Those that go by another."""
GROUPS: Final = (store_app, elicit_app)


class TwoWords(TyperGroup):
    """A group in which the name of a command may be two words."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first words name, and what follows them."""
        two = " ".join(args[:2])
        return super().resolve_command(ctx, [two, *args[2:]] if two in self.commands else args)


def whole_app(wanted: Container[str], language: Language) -> Any:
    """Return all commands.

    Args:
        wanted: names of the studies whose options are needed; nothing is loaded for others.
        language: of their help.
    """
    whole = typer.Typer(
        name="sim",
        cls=TwoWords,
        callback=main_options,
        help="help.sim_main_options",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for command in COMMANDS:
        whole.command(help=f"help.sim_{command.__name__}")(command)
    for name, called in NAMED.items():
        whole.command(name, help=f"help.sim_{called.__name__}")(called)
    for name, told, called in commands(wanted, language):
        whole.command(name, help=told)(called)
    for group in GROUPS:
        whole.add_typer(group)
    return told_in(whole, language)


def main() -> None:
    """Run the command line, or complete one for a shell; exit 2 on bad input."""
    if completion.ASKED in os.environ:
        completion.prepare()
        whole_app(completion.words_so_far(), default_language())(prog_name="sim")
    arguments = sys.argv[1:] or ["--help"]
    say_at_interrupt(language_of(arguments), STOPPED)
    with outlets():
        sys.exit(_status(arguments))


def _status(arguments: Sequence[str]) -> int | None:
    """Carry out a command line and return its exit status."""
    if (unknown := unknown_language()) is not None:
        print_problem(unknown, language_of(arguments))
        return BAD_INPUT
    try:
        rest = settle(settle_logs(language_last(with_values(arguments)), language_of(arguments)))
        rest = rest or ["--help"]
        whole = whole_app(rest[:1], language_of(arguments))
        status: int | None = whole(rest, prog_name="sim", standalone_mode=False)
    except Problem as problem:
        print_problem(problem, language_of(arguments))
        return BAD_INPUT
    except UsageError as error:
        print_problem(usage_problem(error), language_of(arguments))
        return BAD_INPUT
    except typer.Abort:  # the answer to a question was no
        print(say(STOPPED, language_of(arguments)), file=sys.stderr)
        return INTERRUPTED
    return status
