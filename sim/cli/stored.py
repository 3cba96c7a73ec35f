"""What a store holds, on the terminal."""

from collections.abc import Sequence
from typing import Any

from sim.csv_files import table
from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store.block import Kept
from sim.store.inventory import Entry
from sim.store.store import PLACE, Store
from sim.text.catalogue import say, titles, worded

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
    heads = ("scenario", "name", "hash", "seed", "replicates", "megabytes", "model")
    present = say("store.this_version", language)
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
    print_table(titles("store", heads, language), rows, numbers=(3, 4, 5), whole=(0,))
    size = sum(entry.bytes for entry in found) / MEGABYTE
    runs = worded("store.replicates_held", number=sum(entry.replicates for entry in found))
    scenarios = worded("store.scenarios_held", number=len(found))
    print_line(say("store.held", language, replicates=runs, scenarios=scenarios, size=size))


def print_damaged(found: Sequence[Kept], repaired: bool, drafts: int, language: Language) -> None:
    """Print which blocks are damaged, and what was done about them and about old drafts."""
    for block in found:
        print_line(block.path)
    done = worded(f"store.{'set_aside' if repaired else 'left_alone'}")
    said = "store.damaged" if found else "store.sound"
    print_line(say(said, language, number=len(found), done=done))
    if drafts:
        print_line(say("store.half_written", language, number=drafts))


def print_origin(entry: Entry, language: Language) -> None:
    """Print which model, scenario, seed and parameters made an entry, and how to make it again."""
    said = entry.said
    rows = {
        "scenario": f"{said['id']} ({Text(**said['name']).in_(language)})",
        "scenario_hash": str(said["hash"]),
        "model_hash": str(said["model_hash"]),
        "seed": entry.seed,
        "replicates": _ranges(entry),
        "instruments_on": _instruments(said),
        "parameters_from": f"{said.get('draws')} {said.get('as_of') or ''}",
        "fixed_parameters": _pairs(said["parameters"]),
        "multiplied_parameters": _pairs(said.get("multipliers", {})),
        "variants": _pairs(said.get("variants", {})),
        "made_again_by": _again(entry),
    }
    heads = titles("store", ("what", "value"), language)
    print_table(heads, list(zip(titles("store", rows, language), rows.values(), strict=True)))


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
    said = "store.some_differ" if false else "store.none_differs"
    print_line(say(said, language, number=rerun, false=len(false)))


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
        heads = [
            say("store.row", language),
            *(str(n + 1) for n in range(len(cells[:BESIDE]))),
        ]
        columns = [names, *cells[:BESIDE]]
        print_table(heads, list(zip(*columns, strict=True)))
    shown = len(cells) if len(names) <= MOST_COLUMNS else len(cells[:BESIDE])
    if shown < len(rows):
        print_line(say("store.rows_shown", language, shown=shown, number=len(rows)))


def _cell(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
