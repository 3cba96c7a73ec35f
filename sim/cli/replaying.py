"""``sim replay``: one replicate again, through the Mesa model."""

from pathlib import Path

from sim.calendar import month_label
from sim.cli.screen import print_line, print_table
from sim.language import Language, Text
from sim.model import replay, trace
from sim.problems import Problem
from sim.store import load_result


def replay_one(folder: Path, replicate: int, traced: str | None, language: Language) -> None:
    """Rerun a replicate, compare it with what is stored, and print a firm's life if asked.

    Raises:
        Problem: the result is damaged or of another model version, or the bytes differ.
    """
    result = load_result(folder, language)
    if traced is None:
        trajectory = replay(result, replicate)
        months = len(trajectory.counts)
        print_line(
            Text(
                f"replicate {replicate}: {months} months replayed through the Mesa model,"
                " the same bytes as stored",
                f"第 {replicate} 次模拟：经 Mesa 模型重放 {months} 个月，与存储的结果逐字节一致",
            ).in_(language)
        )
        return
    rows = trace(result, replicate, _firm_id(traced))
    heads = list(rows[0]._fields)
    print_table(
        heads,
        [[_cell(head, value) for head, value in zip(heads, row, strict=True)] for row in rows],
    )


def _cell(head: str, value: object) -> str:
    if head == "month" and isinstance(value, int):
        return month_label(value)
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _firm_id(traced: str) -> int:
    kind, _, number = traced.partition(":")
    if kind != "firm" or not number.isdecimal():
        expected = Text("firm:ID with a whole number", "firm:ID，ID 为整数")
        raise Problem(where="--trace", key="", found=traced, expected=expected)
    return int(number)
