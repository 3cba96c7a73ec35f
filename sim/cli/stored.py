"""What a store holds, on the terminal."""

from collections.abc import Sequence
from typing import Any

from sim.csv_files import table
from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store.inventory import Entry
from sim.store.store import PLACE, Kept, Store
from sim.text.numbers import many

FROM_THE_START = {"start": "2022-10", "end": None, "districts": None, "clusters": None}
"""How instruments are used unless a scenario says otherwise."""
MEGABYTE = 1_000_000
SHOWN = 100
"""Rows of an answer on the terminal."""
MOST_COLUMNS = 8
"""Columns of an answer that a terminal can show side by side."""
BESIDE = 4
"""Rows that stand side by side where columns stand one below the other."""


def open_store(place: str | None) -> Store:
    """Return the store at a place, or the usual one."""
    return Store(place or PLACE)


def print_entries(found: Sequence[Entry], language: Language) -> None:
    """Print what a store holds, scenario by scenario."""
    heads = (
        Text("scenario", "情景"),
        Text("name", "名称"),
        Text("hash", "哈希"),
        Text("seed", "种子"),
        Text("replicates", "模拟次数"),
        Text("MB", "MB"),
        Text("model", "模型"),
    )
    present = Text("this version", "本版本").in_(language)
    rows = [
        [
            ", ".join(entry.names),
            Text(**entry.said["name"]).in_(language),
            entry.scenario[:8],
            entry.seed,
            str(entry.replicates),
            f"{entry.bytes / MEGABYTE:.1f}",
            present if entry.current else entry.model[:8],
        ]
        for entry in found
    ]
    print_table([head.in_(language) for head in heads], rows, numbers=(3, 4, 5), whole=(0,))
    size = sum(entry.bytes for entry in found) / MEGABYTE
    runs = sum(entry.replicates for entry in found)
    print_line(
        Text(
            f"{many(runs, 'replicate')} of {many(len(found), 'scenario')}, {size:.1f} MB",
            f"共 {len(found)} 个情景、{runs} 次模拟，{size:.1f} MB",
        ).in_(language)
    )


def print_damaged(found: Sequence[Kept], repaired: bool, drafts: int, language: Language) -> None:
    """Print which blocks are damaged, and what was done about them and about old drafts."""
    for block in found:
        print_line(block.path)
    done = Text("set aside", "已移开") if repaired else Text("left alone", "未处理")
    print_line(
        Text(
            f"{many(len(found), 'damaged or contradicting block')}, {done.en}"
            if found
            else "every block is sound",
            f"{len(found)} 个数据块损坏或互相矛盾，{done.zh}" if found else "全部数据块完好",
        ).in_(language)
    )
    if drafts:
        print_line(
            Text(
                f"half-written, left by killed processes and removed: {many(drafts, 'file')}",
                f"已清除中断进程遗留的 {drafts} 个未完成文件",
            ).in_(language)
        )


def print_origin(entry: Entry, language: Language) -> None:
    """Print which model, scenario, seed and parameters made an entry, and how to make it again."""
    said = entry.said
    rows = [
        (Text("scenario", "情景"), f"{said['id']} ({Text(**said['name']).in_(language)})"),
        (Text("scenario hash", "情景哈希"), str(said["hash"])),
        (Text("model hash", "模型哈希"), str(said["model_hash"])),
        (Text("seed", "种子"), entry.seed),
        (Text("replicates", "模拟次数"), _ranges(entry)),
        (Text("instruments on", "已开启的政策工具"), _instruments(said)),
        (Text("parameters from", "参数取自"), f"{said.get('draws')} {said.get('as_of') or ''}"),
        (Text("fixed parameters", "固定参数"), _pairs(said["parameters"])),
        (Text("multiplied parameters", "倍乘参数"), _pairs(said.get("multipliers", {}))),
        (Text("variants", "模型变体"), _pairs(said.get("variants", {}))),
        (Text("made again by", "重新生成"), _again(entry)),
    ]
    heads = [Text("what", "项目").in_(language), Text("value", "内容").in_(language)]
    print_table(heads, [[label.in_(language), value] for label, value in rows])


def _ranges(entry: Entry) -> str:
    """Return which replicates there are, as ranges."""
    ranges: list[list[int]] = []
    for block in entry.blocks:
        if ranges and block.first <= ranges[-1][1] + 1:
            ranges[-1][1] = block.last
        else:
            ranges.append([block.first, block.last])
    return ", ".join(f"{first} - {last}" for first, last in ranges)


def _instruments(said: dict[str, Any]) -> str:
    """Return the instruments that are on, with what is not as the plan describes it."""
    usual = {"on": True, "dose": 1.0, **FROM_THE_START}
    told = []
    for name, setting in sorted(said["settings"].items()):
        if setting["on"]:
            own = (f"{k} {_cell(v)}" for k, v in setting.items() if k in usual and v != usual[k])
            more = ", ".join(own)
            told.append(f"{name} ({more})" if more else name)
    return ", ".join(told) or "—"


def _pairs(said: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in said.items()) or "—"


def _again(entry: Entry) -> str:
    """Return the commands that make an entry's replicates again, with the model that made them."""
    sample = f"--seed {entry.seed} --replicates {entry.blocks[-1].last + 1}"
    name = str(entry.said["id"])
    try:
        known = read_scenario(name).hash() == entry.said["hash"]
    except Problem:  # a point of a design has no file of its own
        known = False
    if known:
        return f"sim run {name} {sample}"
    return (
        f"sim store explain {entry.scenario[:8]} --file > again.toml; sim run again.toml {sample}"
    )


def print_differing(false: Sequence[Kept], rerun: int, language: Language) -> None:
    """Print which of the blocks that were run again hold other numbers."""
    for block in false:
        print_line(block.path)
    if false:
        said = Text(
            f"of {many(rerun, 'block')} run again, {len(false)} with other numbers than this"
            " model's; remove what is listed, and ask where the store comes from",
            f"重算的 {rerun} 个数据块中有 {len(false)} 个与本模型的数字不符；请删除，"
            "并查明结果库的来源",
        )
    else:
        said = Text(
            f"{many(rerun, 'block')} run again: all hold the numbers of this model",
            f"重算了 {rerun} 个数据块：均与本模型的数字一致",
        )
    print_line(said.in_(language))


def print_answer(
    names: Sequence[str], rows: Sequence[tuple[Any, ...]], language: Language, *, as_csv: bool
) -> None:
    """Print the answer to a question: as CSV, or as a table of what a terminal can show.

    Many columns are shown one below the other, row by row.
    """
    if as_csv:
        print(table(names, rows), end="")
        return
    cells = [[_cell(value) for value in row] for row in rows[:SHOWN]]
    if len(names) <= MOST_COLUMNS:
        print_table(names, cells)
    else:
        heads = [Text("row", "行").in_(language), *(str(n + 1) for n in range(len(cells[:BESIDE])))]
        columns = [names, *cells[:BESIDE]]
        print_table(heads, list(zip(*columns, strict=True)))
    shown = len(cells) if len(names) <= MOST_COLUMNS else len(cells[:BESIDE])
    if shown < len(rows):
        print_line(
            Text(
                f"{shown} of {many(len(rows), 'row')}; --csv writes all of them",
                f"共 {len(rows)} 行，显示 {shown} 行；--csv 可输出全部",
            ).in_(language)
        )


def _cell(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
