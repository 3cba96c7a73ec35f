"""What the columns of a result's files are: type, and as far as it is known name and unit."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sim.csv_files import ENCODING
from sim.exchange.result import Taken
from sim.language import NOTHING, Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.spec.table import Table
from sim.store.columns import DRAW, LUCK, MONTH, REACHED, REPLICATE
from sim.text.catalogue import worded

ENDS: Final[Mapping[str, Text]] = {
    end: worded(f"column.end{end}") for end in ("_low", "_high", "_p10", "_p90")
}
"""How names of columns end that are ends of an interval, and what that means everywhere."""
WORDS: Final[Mapping[str, Text]] = {
    name: worded(f"column.{name}")
    for name in (
        *(REPLICATE, MONTH, DRAW, LUCK, "count", "target", "unit", "median", "p10", "p90"),
        *("likelihood", "about", "median_year", "parameter", "share", "draws", "explained"),
        *("source", "direction", "low_quarter", "high_quarter", "observed", "known", "known_by"),
        *("known_all_sectors", "known_all_sectors_by"),
    )
}
"""Columns of the files of runs."""


class Field(NamedTuple):
    """A column of a file."""

    name: str
    kind: str
    """As Table Schema calls it: string, integer, number, boolean, year."""
    meaning: Text
    unit: str = ""


def fields_of(taken: Taken, path: Path) -> list[Field] | None:
    """Return the columns of a table, None of a file that is none."""
    kinds = _csv(path) if path.suffix == ".csv" else None
    if path.suffix == ".parquet":
        kinds = {each.name: _kind(each.type) for each in pq.read_schema(path)}
    if kinds is None:
        return None
    units, words = _units(taken), _words(taken, path.stem)
    return [Field(name, kind, meaning(name, words), units.get(name, ""))
            for name, kind in kinds.items()]  # fmt: skip


def meaning(name: str, words: Mapping[str, Text]) -> Text:
    """Return what a column means, NOTHING if nobody said it."""
    if name in words:
        return words[name]
    for end, told in ENDS.items():
        if name.endswith(end):
            of = words.get(name.removesuffix(end), NOTHING)
            return worded("column.end_of", of=of, end=told) if of.en else told
    return NOTHING


def _words(taken: Taken, stem: str) -> Mapping[str, Text]:
    """Return what columns of a table mean, by name."""
    counts = {count.id: count.name for count in PLAN.counts}
    reached = {
        f"{name}{REACHED}": worded("column.reached", count=told) for name, told in counts.items()
    }
    parameters = {name: each.meaning for name, each in PARAMETERS.items()}
    parts = taken.findings.parts if taken.findings is not None else ()
    heads = {
        field: head.text
        for part in parts
        if isinstance(part, Table) and part.name == stem
        for head in part.heads
        for field in head.fields
        if head.text.en
    }
    return {**parameters, **counts, **reached, **WORDS, **heads}


def _units(taken: Taken) -> Mapping[str, str]:
    """Return units of counts, measures and parameters, by name."""
    units = {name: each.unit for name, each in PARAMETERS.items()}
    units |= {count.id: count.unit.en for count in PLAN.counts}
    if taken.given.result is not None:
        units |= {each["name"]: each["unit"] for each in taken.given.result.manifest["measures"]}
    return units


def rows_of(path: Path) -> list[list[str]]:
    """Return the lines of a CSV file of ours, the heading first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding=ENCODING), newline="")))


def _csv(path: Path) -> dict[str, str]:
    heads, *rows = rows_of(path) or [[]]
    return {head: _guessed(row[at] for row in rows) for at, head in enumerate(heads)}


def _guessed(cells: Iterable[str]) -> str:
    """Return the narrowest kind of value that all cells have that are not empty."""
    given = {cell for cell in cells if cell}
    if given and given <= {"True", "False"}:
        return "boolean"
    for kind, typed in (("integer", int), ("number", float)):
        if given and all(_is(cell, typed) for cell in given):
            return kind
    return "string"


def _is(cell: str, typed: type[int] | type[float]) -> bool:
    try:
        typed(cell)
    except ValueError:
        return False
    return "_" not in cell


def _kind(column: Any) -> str:
    if pa.types.is_integer(column):
        return "integer"
    return "number" if pa.types.is_floating(column) else "string"


def as_schema(fields: Sequence[Field]) -> dict[str, Any]:
    """Return columns as a Table Schema."""
    return {"fields": [_as_field(each) for each in fields], "missingValues": [""]}


def _as_field(each: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": each.name, "type": each.kind}
    if each.kind == "boolean":
        told |= {"trueValues": ["True"], "falseValues": ["False"]}
    if each.meaning.en:
        told |= {"title": each.meaning.en, "description": f"{each.meaning.en} · {each.meaning.zh}"}
    return told | ({"unit": each.unit} if each.unit else {})
