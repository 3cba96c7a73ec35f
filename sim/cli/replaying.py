"""``sim replay``: one replicate again, through the Mesa model, and a firm's life in it."""

from pathlib import Path

from sim.calendar import month_label
from sim.cluster_model import ClusterModel, compare, model_of
from sim.digest import model_hash
from sim.language import Language, Text
from sim.present.screen import COMMA, print_line, print_table
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST
from sim.store.result import check_replicate
from sim.trace import Event, Listed, life_of, some_firms

LIST = "firms"
FIRM = "firm:"
EXAMPLES = 3
TRACEABLE = Text(
    "firm:ID with the number of a firm, or firms for a list of some",
    "firm:ID（企业编号），或用 firms 列出部分企业",
)
LISTS_SOME = Text("--trace firms lists some", "--trace firms 可列出部分企业")
OLD_MODEL = Text(
    "The result was made by another version of the model; replay it with that one",
    "结果由另一版本的模型生成，请用该版本重放",
)
LISTED = Text(
    "The largest firms at the end, the largest of those that came since October 2022, and some"
    " that ended:",
    "期末规模最大的企业、2022年10月以来进入的最大企业，以及部分已退出企业：",
)
HEADS = (
    Text("--trace", "--trace"),
    Text("track", "赛道"),
    Text("district", "区"),
    Text("founded", "成立年份"),
    Text("readiness", "成熟度"),
    Text("sales, 亿元", "营收（亿元）"),
    Text("at the end", "期末状态"),
)
LIFE = (Text("month", "月份"), Text("what happens", "事件"))
ENDS_THERE = Text("The run ends; the firm is at work.", "模拟结束，企业仍存续。")


def replay_one(folder: Path, replicate: int, traced: str | None, language: Language) -> None:
    """Rerun a replicate, say that it gives the bytes that are stored, and trace a firm if asked.

    Args:
        folder: of the result.
        replicate: number of the replicate.
        traced: ``firm:ID``, ``firms``, or None.
        language: of what is printed.

    Raises:
        Problem: the result is damaged, has no such replicate, or the bytes differ, as they may
            when another version of the model made it; or there is no such firm.
    """
    identity = _identity(traced)
    result = load_result(folder, language)
    check_replicate(result, replicate)
    model = model_of(result, replicate)
    life = [] if identity is None else list(life_of(model, identity))
    while model.running:
        model.step()
    _check(result, model)
    if identity is not None and not life:
        raise _unknown(identity, model)
    print_line(
        Text(
            f"replicate {replicate}: {model.month} months replayed through the Mesa model,"
            " the same bytes as stored",
            f"第 {replicate} 次模拟：经 Mesa 模型重放 {model.month} 个月，与存储的结果逐字节一致",
        ).in_(language)
    )
    if traced == LIST:
        _print_firms(some_firms(model), language)
    elif life:
        _print_life(life, language)


def _check(result: Result, model: ClusterModel) -> None:
    """Compare a model that has run with what is stored.

    Raises:
        Problem: the bytes differ.
    """
    try:
        compare(result, model)
    except Problem as problem:
        raise (_of_another_model(result) or problem) from None


def _of_another_model(result: Result) -> Problem | None:
    found, expected = str(result.manifest["model_hash"]), model_hash()
    if found == expected:
        return None
    where = str(result.folder / MANIFEST)
    return Problem(where, "model_hash", found, Text(expected, expected), OLD_MODEL)


def _identity(traced: str | None) -> int | None:
    """Return the identity of the firm to trace; None if none is named.

    Raises:
        Problem: it is written wrongly.
    """
    if traced is None or traced == LIST:
        return None
    number = traced.removeprefix(FIRM)
    if number == traced or not (number.isascii() and number.isdecimal()):
        raise Problem(where="--trace", key="", found=traced, expected=TRACEABLE)
    return int(number)


def _unknown(identity: int, model: ClusterModel) -> Problem:
    examples = [f"{FIRM}{firm.identity}" for firm in some_firms(model)[:EXAMPLES]]
    expected = Text(
        f"a firm of this replicate, such as {COMMA.en.join(examples)}",
        f"本次模拟中的企业，例如 {COMMA.zh.join(examples)}",
    )
    return Problem("--trace", "", f"{FIRM}{identity}", expected, LISTS_SOME)


def _print_firms(firms: list[Listed], language: Language) -> None:
    rows = [
        [
            f"{FIRM}{firm.identity}",
            firm.track.in_(language),
            firm.district.in_(language),
            str(firm.founded),
            str(firm.level),
            f"{firm.sales:.2f}",
            firm.fate.in_(language),
        ]
        for firm in firms
    ]
    print_line(LISTED.in_(language))
    print_table([head.in_(language) for head in HEADS], rows, numbers=(3, 4, 5), whole=(0,))


def _print_life(life: list[Event], language: Language) -> None:
    rows = [[month_label(max(event.month, 0)), event.what.in_(language)] for event in life]
    print_table([head.in_(language) for head in LIFE], rows, whole=(0,))
    if life[-1].kind != "ends":
        print_line(ENDS_THERE.in_(language))
