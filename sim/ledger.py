"""Dated public facts of the plan and its counts, each with its source and with how it is used.

The table is ``ledger.csv``, which a pack may do without. A row that nothing uses says why. Like
figures, many were read from mirrors: cite one by its id and quality, and check it first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Final

from sim import city
from sim.csv_files import is_number, read_rows
from sim.figures import QUALITIES
from sim.language import Text
from sim.problems import Problem, gathering, meant, nearest
from sim.text.catalogue import worded
from sim.text.joining import alternatives

TABLE: Final = "ledger.csv"
COLUMNS: Final = (
    *("id", "date", "kind", "what", "place", "value", "unit", "scope"),
    *("source_url", "publisher", "quality", "use", "note_en", "note_zh"),
)
KINDS: Final = ("designation", "stock", "flow", "growth", "money", "policy")
"""Something was named, there was so much, so much in a while, it grew, was paid, was decided."""
USES: Final[Mapping[str, Text]] = {
    use: worded(f"use.{use}") for use in ("conditions", "informs", "shown", "unused")
}
"""How a row is used, the strongest use first where there are several."""

_DATE = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2]))?")
_NEEDED = ("id", "date", "what", "scope", "source_url", "publisher", "note_en", "note_zh")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "quality": tuple(QUALITIES),
    "use": tuple(USES),
}


@dataclass(frozen=True)
class Entry:
    """One dated fact."""

    id: str
    date: str
    """Month (``YYYY-MM``), or year where the month is not known."""
    kind: str
    """One of ``KINDS``."""
    what: str
    """Count that it bears on, or what else it is about."""
    place: str
    """Part of the city; nothing: all of it."""
    value: float | None
    """None: the fact has no number."""
    unit: str
    """What was counted, in words."""
    scope: str
    """How much more than future industries it covers."""
    source_url: str
    """Where it was read, often a copy."""
    publisher: str
    quality: str
    """How far to trust it: one of ``QUALITIES``."""
    use: str
    """One of ``USES``."""
    note: Text
    """How it is used, or why not."""


@cache
def ledger() -> dict[str, Entry]:
    """Return the city's ledger by id, empty if its pack has none. Do not change it.

    Raises:
        Problem: it cannot be read, or rows are not what they should be; names row and field.
    """
    file = city.file(TABLE)
    return read_ledger(file, city.about().known) if file.is_file() else {}


def read_ledger(file: Path, known: str | None) -> dict[str, Entry]:
    """Return the rows of a ledger by id.

    Args:
        file: the table.
        known: month up to which the record was looked through: no row can be later.

    Raises:
        Problem: it cannot be read, or rows are not what they should be; names row and field.
    """
    found: dict[str, Entry] = {}
    with gathering() as problems:
        for line, cells in read_rows(file, COLUMNS):
            with problems.noted():
                entry = _entry(cells, f"{file}:{line}", known)
                if entry.id in found:
                    raise Problem(f"{file}:{line}", "id", entry.id, worded("expected.new_row_id"))
                found[entry.id] = entry
    return found


def _entry(cells: Mapping[str, str], where: str, known: str | None) -> Entry:
    for key in _NEEDED:
        if not cells[key].strip():
            raise Problem(where, key, "—", worded("expected.some_text"))
    for key, choices in _CHOICES.items():
        if cells[key] not in choices:
            hint = meant(nearest(cells[key], choices))
            raise Problem(where, key, cells[key] or "—", alternatives(choices), hint)
    date, value = cells["date"], cells["value"]
    if _DATE.fullmatch(date) is None:
        raise Problem(where, "date", date, worded("expected.month_or_year"))
    if known is not None and date[:7] > known[: len(date)]:
        expected = worded("expected.month_of_record", last=known, file=city.CITY)
        raise Problem(where, "date", date, expected)
    if value and not (is_number(value) and isfinite(float(value))):
        raise Problem(where, "value", value, worded("expected.number_or_nothing"))
    told = {key: text for key, text in cells.items() if key not in ("value", "note_en", "note_zh")}
    note = Text(cells["note_en"], cells["note_zh"])
    return Entry(**told, value=float(value) if value else None, note=note)
