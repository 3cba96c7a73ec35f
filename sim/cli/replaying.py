"""``sim replay``: one replicate again, through the Mesa model."""

from pathlib import Path

from sim.calendar import month_label
from sim.cli.screen import print_line, print_table
from sim.compiled import model_hash
from sim.language import Language, Text
from sim.model import replay
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST
from sim.store.result import check_replicate
from sim.trace import largest_firms, trace_firm

TRACEABLE = Text("firm:ID, or firms for a list of some", "firm:编号，或用 firms 列出部分企业")
LIST = "firms"
OLD_MODEL = Text(
    "The result was made by another version of the model; replay it with that one",
    "结果由另一版本的模型生成，请用该版本重放",
)


def replay_one(folder: Path, replicate: int, traced: str | None, language: Language) -> None:
    """Rerun a replicate, say that it gives the bytes that are stored, and trace a firm if asked.

    Raises:
        Problem: the result is damaged, has no such replicate, or the bytes differ, as they may
            when another version of the model made it; or there is no such firm.
    """
    wanted = _wanted(traced)
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
    if traced == LIST:
        _list_firms(result, replicate, language)
    elif wanted is not None:
        _print_life(result, replicate, wanted, language)


def _of_another_model(result: Result) -> Problem | None:
    found, expected = str(result.manifest["model_hash"]), model_hash()
    if found == expected:
        return None
    where = str(result.folder / MANIFEST)
    return Problem(where, "model_hash", found, Text(expected, expected), OLD_MODEL)


def _wanted(traced: str | None) -> int | None:
    """Return the identity of the firm to trace; None if none is named.

    Raises:
        Problem: it is written wrongly.
    """
    if traced in (None, LIST):
        return None
    kind, _, identity = str(traced).partition(":")
    if kind != "firm" or not identity.isdecimal():
        raise Problem(where="--trace", key="", found=str(traced), expected=TRACEABLE)
    return int(identity)


def _list_firms(result: Result, replicate: int, language: Language) -> None:
    heads = (
        Text("--trace", "--trace"),
        Text("track", "赛道"),
        Text("district", "区"),
        Text("founded", "成立"),
        Text("sales, 亿元", "营收（亿元）"),
    )
    rows = [
        [
            f"firm:{firm.identity}",
            firm.track.in_(language),
            firm.district.in_(language),
            str(firm.founded),
            f"{firm.sales:.1f}",
        ]
        for firm in largest_firms(result.scenario().setup(), result.seed, replicate)
    ]
    print_table([head.in_(language) for head in heads], rows, numbers=(4,), whole=(0,))


def _print_life(result: Result, replicate: int, identity: int, language: Language) -> None:
    for event in trace_firm(result.scenario().setup(), result.seed, replicate, identity):
        when = month_label(max(event.month, 0))
        print_line(f"{when}  {event.what.in_(language)}")
