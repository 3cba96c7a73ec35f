"""The commands of ``sim``: each a few lines on a public function."""

import inspect
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
    language_of,
    print_problem,
    say_at_interrupt,
    unknown_language,
    usage_problem,
)
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
        bool, typer.Option("--version", help="Version · 版本", callback=_version, is_eager=True)
    ] = False,
    city: Annotated[
        str | None,
        typer.Option("--city", help="Folder of a city's pack · 城市数据包文件夹"),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Print what is done · 输出运行日志")
    ] = False,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            metavar="SHELL",
            help="Let bash, zsh, fish or powershell complete names · 让命令行补全名称",
            callback=completion.install,
            is_eager=True,
        ),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            metavar="SHELL",
            help="Print what that needs · 输出补全脚本",
            callback=completion.show,
            is_eager=True,
        ),
    ] = None,
) -> None:
    """How likely are a plan's counts? · 行动方案的目标有多大可能实现？."""
    # Said, and chosen, before any command is looked for.
    del version, city, verbose, install_completion, show_completion


def plan(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A plan, safeguard or instrument · 计划、保障措施或政策工具",
            autocompletion=completing(_plan_names),
        ),
    ] = None,
    text: Annotated[
        bool,
        typer.Option("--text", help="Its text and what stands for it · 逐句对照"),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Show the plan as data · 查看行动方案."""
    with guarded(lang) as language:
        from sim.cli.plan_pages import show_entry, show_plan, show_text

        if text:
            show_text(name, language)
        else:
            show_plan(language) if name is None else show_entry(name, language)


def parameters(
    name: Annotated[str | None, typer.Argument(help="A group or a name · 分组或名称")] = None,
    lang: LangOption = None,
) -> None:
    """Parameters, priors, sources · 参数、先验与来源."""
    with guarded(lang) as language:
        from sim.cli.parameter_pages import show_parameters

        show_parameters(name, language)


def cards(
    name: Annotated[str | None, typer.Argument(help="A parameter · 参数名称")] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Whether they tell rightly which priors are used · 核对先验"),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for CSV files · CSV 文件夹")
    ] = None,
    lang: LangOption = None,
) -> None:
    """What was published on parameters, and the priors that follow · 证据卡与推得先验."""
    with guarded(lang) as language:
        from sim.cli.card_pages import check_cards, show_cards, write_cards

        if check:
            check_cards(language)
        else:
            show_cards(name, language)
        if out is not None:
            write_cards(out, language)


def replay(
    result: Annotated[Path, typer.Argument(help="Result folder · 结果文件夹")],
    replicate: Annotated[int, typer.Option("--replicate", help="Which replicate · 第几次模拟")],
    trace: Annotated[
        str | None,
        typer.Option(
            "--trace", help="firm:ID, a firm's life; firms, some ids · 企业历程；firms 列出编号"
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Rerun one replicate, byte by byte · 逐字节重放一次模拟."""
    with guarded(lang) as language:
        from sim.cli.replaying import replay_one

        replay_one(result, replicate, trace, language)


def trace(
    scenario: File,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="firm:ID, talent:ID, fund:ID or an instrument · 或一项举措"
        ),
    ],
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="First month · 首月")
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, help="How many · 月数")] = 1,
    replicate: Annotated[
        int, typer.Option("--replicate", min=0, help="Which replicate · 第几次模拟")
    ] = 0,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Instead of the scenario's · 种子")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Tell what each process of a month changes · 逐个过程说明变化."""
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


def help_of(command: Callable[..., Any] | None) -> str:
    """Return a docstring as help: without the stop at its end, which Chinese has not."""
    return (inspect.getdoc(command) or "").removesuffix(".")


def whole_app(wanted: Container[str]) -> typer.Typer:
    """Return all commands.

    Args:
        wanted: names of the studies whose options are needed; nothing is loaded for others.
    """
    whole = typer.Typer(
        name="sim",
        cls=TwoWords,
        callback=main_options,
        help=help_of(main_options),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for command in COMMANDS:
        whole.command()(command)
    for name, called in {**NAMED, **commands(wanted)}.items():
        whole.command(name)(called)
    for group in GROUPS:
        whole.add_typer(group)
    for made in (whole, *GROUPS):
        for each in made.registered_commands:
            each.help = each.short_help = each.help or help_of(each.callback)
    return whole


def main() -> None:
    """Run the command line, or complete one for a shell; exit 2 on bad input."""
    if completion.ASKED in os.environ:
        completion.prepare()
        whole_app(completion.words_so_far())(prog_name="sim")
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
        rest = settle(settle_logs(with_values(arguments), language_of(arguments)))
        rest = rest or ["--help"]
        whole = whole_app(rest[:1])
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
