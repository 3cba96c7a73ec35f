"""Findings as JSON for programs: sentences in both languages, and tables as records."""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from math import isfinite
from typing import Any

from sim.language import Text
from sim.problems import Problem
from sim.spec.findings import Findings, Listing, Part, Sentence
from sim.spec.table import Cell, Table, Value


def findings_line(found: Findings, folder: str, left_out: Mapping[str, str]) -> str:
    """Return what a study found, and where its files are, as one line of JSON.

    Args:
        found: the findings.
        folder: of the result.
        left_out: ids of scenarios that could not be run, and why.
    """
    said = {
        "status": "partly done" if left_out else "done",
        "study": found.study,
        "name": found.name._asdict(),
        "model_hash": found.model_hash,
        "seed": found.seed,
        "replicates": found.replicates,
        "folder": folder,
        **({"left_out": dict(left_out)} if left_out else {}),
        **_told(found.parts),
    }
    return _line(said)


def failure_line(study: str, name: Text, problem: Problem) -> str:
    """Return that a study of something failed, and why."""
    cause = {"en": problem.in_("en"), "zh": problem.in_("zh")}
    return _line({"status": "failed", "study": study, "name": name._asdict(), "cause": cause})


def parts_line(parts: Iterable[Part]) -> str:
    """Return parts that belong to no findings, such as what there is to choose from."""
    return _line(_told(list(parts)))


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def _told(parts: Iterable[Part]) -> dict[str, Any]:
    """Return sentences (those of listings too) and tables; figures are in files."""
    sentences: list[dict[str, str]] = []
    tables: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, Sentence):
            sentences.append({"tone": part.tone, **part.text._asdict()})
        elif isinstance(part, Listing):
            sentences += [{"tone": "body", **item._asdict()} for item in part.items]
        elif isinstance(part, Table):
            tables.append(_table(part))
    return {"sentences": sentences, "tables": tables}


def _table(found: Table) -> dict[str, Any]:
    """Return a table: what files hold by field, or else what people read, cell by cell."""
    said: dict[str, Any] = {"name": found.name, "title": found.title._asdict()}
    fields = [field for head in found.heads for field in head.fields]
    if fields:
        rows = (chain.from_iterable(cell.values for cell in row) for row in found.rows)
        return said | {"rows": [dict(zip(fields, map(_plain, row), strict=True)) for row in rows]}
    shown = [number for number, head in enumerate(found.heads) if head.shown]
    heads = [found.heads[number].text._asdict() for number in shown]
    cells = [[_read(row[number]) for number in shown] for row in found.rows]
    return said | {"heads": heads, "read": cells}


def _plain(value: Value) -> Value:
    """Return a value that JSON has; what is not finite is written."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _read(cell: Cell) -> str | dict[str, str]:
    text: Text = cell.text
    return text.en if text.en == text.zh else text._asdict()
