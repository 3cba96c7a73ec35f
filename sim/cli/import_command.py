"""``sim import``: tables from Excel or CSV become files that commands read."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption, language_chosen
from sim.language import Language, Text

if TYPE_CHECKING:
    from sim.exchange.taking import Taken


class TableKind(StrEnum):
    """What can be brought."""

    costs = "costs"
    targets = "targets"
    observed = "observed"


ENTRIES: Final = {
    "costs": Text("{many} prices of instruments", "{many} 项政策工具的单价"),
    "targets": Text("{many} targets", "{many} 项目标"),
    "observed": Text("{many} observed counts", "{many} 项观测"),
}
USED_BY: Final = {
    "costs": Text("sim rank {to} --per-cost uses them", "sim rank {to} --per-cost 采用这些单价"),
    "targets": Text(
        "--objective {to} asks how likely they are", "--objective {to} 即问其实现的可能性"
    ),
    "observed": Text("sim run --as-of holds runs to them", "sim run --as-of 以其为条件"),
}


def take_in(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Table: .xlsx or CSV · Excel 或 CSV 表格")
    ],
    kind: Annotated[
        TableKind,
        typer.Option("--as", help="costs, targets or observed · 成本、目标或观测"),
    ],
    to: Annotated[Path | None, typer.Option("--to", help="File to write · 写入的文件")] = None,
    extends: Annotated[
        str, typer.Option("--extends", help="Of costs: scenario that they are for · 成本所属情景")
    ] = "as-written",
    within: Annotated[
        float | None,
        typer.Option(
            "--within",
            min=0.0,
            max=1.0,
            help="Of observed values without a range, as a share · 观测值的误差比例",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="Of observed rows that name none · 观测的来源"),
    ] = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="Leave out rows that cannot be used · 略去不可用的行")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Own costs, targets and observed counts from a table · 从表格导入成本、目标与观测."""
    language = language_chosen(lang)
    with guarded(language):
        from sim.exchange.taking import Asked, take

        taken = take(file, kind.value, Asked(to, extends, within, source, partly))
        _say(taken, kind.value, language)


def _say(taken: "Taken", kind: str, language: Language) -> None:
    """Say what was written, and name each row and column that was not used."""
    from sim.cli.adding_facts import say_where
    from sim.present.screen import print_line

    what = Text(*(each.format(many=taken.entries) for each in ENTRIES[kind]))
    told = Text(
        f"{taken.file}: {what.en} (read as {taken.encoding})",
        f"{taken.file}：{what.zh}（按 {taken.encoding} 读取）",
    )
    print_line(told.in_(language))
    if taken.added is not None:
        say_where(taken.added, language)
    print_line(USED_BY[kind].in_(language).format(to=taken.file))
    if taken.passed:
        listed = ", ".join(taken.passed)
        print_line(Text(f"Columns not read: {listed}", f"未读取的列：{listed}").in_(language))
    for problem in taken.left:
        print_line(
            Text(f"Not used: {problem.in_('en')}", f"未采用：{problem.in_('zh')}").in_(language)
        )
