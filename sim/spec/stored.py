"""Findings as JSON, and back: whoever reads them needs nothing of the study that made them."""

import json
from dataclasses import fields, is_dataclass, replace
from math import isfinite
from typing import Any, Final

from sim.language import Text
from sim.spec import findings, marks, table
from sim.spec.findings import Findings
from sim.spec.table import Table

FILE: Final = "study.json"
KIND, NUMBER = "is", "number"
KINDS: Final[dict[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        *(findings.Findings, findings.Sentence, findings.Listing, findings.Figure),
        *(table.Table, table.Head, table.Cell),
        *(marks.Panels, marks.Panel, marks.Scale, marks.Tick, marks.Ending),
        *(marks.Rows, marks.Row, marks.Series, marks.Interval, marks.Beside, marks.Told),
        *(marks.Map, marks.Plot),
        *(marks.Heat, marks.HeatRow, marks.Shade),
        *(marks.Flow, marks.Node, marks.Stream),
        *(marks.Line, marks.Dots, marks.Area, marks.Bars, marks.Pieces, marks.Rule, marks.Strip),
    )
}


def as_json(said: Any) -> str:
    """Return plain data as a JSON file that people can read; numbers are finite."""
    return json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def document(found: Findings) -> str:
    """Return findings as JSON; tables that only programs read are in files of their own."""
    parts = tuple(part for part in found.parts if not (isinstance(part, Table) and not part.read))
    told = _plain(replace(found, parts=parts))
    return json.dumps(told, ensure_ascii=False, allow_nan=False) + "\n"


def findings_of(text: str) -> Findings:
    """Return the findings that `document` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    found = _read(json.loads(text))
    if not isinstance(found, Findings):
        raise TypeError(type(found).__name__)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.each()
    if type(value).__name__ in KINDS:
        usual = getattr(value, "_field_defaults", {})
        said = {name: getattr(value, name) for name in _fields(type(value))}
        told = {
            name: each for name, each in said.items() if name not in usual or each != usual[name]
        }
        return {KIND: type(value).__name__} | {name: _plain(each) for name, each in told.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return {KIND: NUMBER, "value": str(value)}
    return value


def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else tuple(kind._fields)


def _read(said: Any) -> Any:
    if isinstance(said, list):
        return tuple(_read(each) for each in said)
    if not isinstance(said, dict):
        return said
    own = {name: _read(value) for name, value in said.items() if name != KIND}
    if KIND not in said:
        return Text(**own)
    return float(own["value"]) if said[KIND] == NUMBER else KINDS[said[KIND]](**own)
