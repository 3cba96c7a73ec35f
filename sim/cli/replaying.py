"""``sim replay``: one replicate again, through the Mesa model."""

from pathlib import Path

from sim.cli.screen import print_line
from sim.compiled import model_hash
from sim.language import Language, Text
from sim.model import replay
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST
from sim.store.result import check_replicate

NO_TRACE = Text("no --trace: firms' lives are not recorded yet", "不带 --trace：尚未记录企业历程")
OLD_MODEL = Text(
    "The result was made by another version of the model; replay it with that one",
    "结果由另一版本的模型生成，请用该版本重放",
)


def replay_one(folder: Path, replicate: int, traced: str | None, language: Language) -> None:
    """Rerun a replicate and say that it gives the bytes that are stored.

    Raises:
        Problem: the result is damaged, has no such replicate, or the bytes differ, as they may
            when another version of the model made it; or a trace is asked for.
    """
    if traced is not None:
        raise Problem(where="--trace", key="", found=traced, expected=NO_TRACE)
    result = load_result(folder, language)
    check_replicate(result, replicate)
    try:
        months = len(replay(result, replicate).counts)
    except Problem as problem:
        raise (_of_another_model(result) or problem) from None
    print_line(
        Text(
            f"replicate {replicate}: {months} months replayed through the Mesa model,"
            " the same bytes as stored",
            f"第 {replicate} 次模拟：经 Mesa 模型重放 {months} 个月，与存储的结果逐字节一致",
        ).in_(language)
    )


def _of_another_model(result: Result) -> Problem | None:
    found, expected = str(result.manifest["model_hash"]), model_hash()
    if found == expected:
        return None
    where = str(result.folder / MANIFEST)
    return Problem(where, "model_hash", found, Text(expected, expected), OLD_MODEL)
