"""``sim replay``: one replicate again, through the Mesa model."""

from pathlib import Path

from sim.cli.screen import print_line
from sim.language import Language, Text
from sim.model import replay
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
    expected = Text("no --trace: firms' lives are not recorded yet", "暂不支持 --trace")
    raise Problem(where="--trace", key="", found=traced, expected=expected)
