"""A new fact: checked field by field, and added as one line to a table of facts."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim import city
from sim.csv_files import table
from sim.figures import figures
from sim.ledger import ledger
from sim.problems import Problem, meant, nearest
from sim.scenario.facts import (
    COLUMNS,
    FILE,
    ORDER,
    check_past,
    facts_file,
    field,
    read_facts,
)
from sim.scenario.files import BESIDE
from sim.scenario.place import Place
from sim.text.catalogue import worded

OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {"opened": ("place",), "count": ("low", "high")}
"""Fields that a fact of a kind has beside those of all."""
_ONLY: Final = frozenset(name for names in OF_KIND.values() for name in names)


class Added(NamedTuple):
    """What became of a new fact."""

    file: Path
    """The table in which it stands."""
    copied: bool
    """Whether the table was begun as a copy of the city's."""
    used: bool
    """Whether runs read that table."""


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that a fact of a kind has, in the order in which they are asked for."""
    own = OF_KIND.get(kind, ())
    return tuple(name for name in ORDER if name not in _ONLY or name in own)


def usual_id(said: Mapping[str, str]) -> str:
    """Return what a fact is called unless somebody says otherwise."""
    parts = (said["what"], said.get("place", ""), said["date"])
    return "-".join(part for part in parts if part)


def checked(name: str, said: Mapping[str, str], place: Place) -> str:
    """Return a field of a new fact as it stands in the table.

    Args:
        name: of the field.
        said: the field, and those before it in ``ORDER``.
        place: of the field, for the message.

    Raises:
        Problem: it is not what it should be, its month is in the future, or it cites a row of the
            figures or the ledger that there is not.
    """
    found = field(name, {**dict.fromkeys(COLUMNS, ""), **said}, place)
    if name == "date":
        check_past(str(found), place)
    if name == "source":
        _check_cited(str(found), place)
    return said[name].strip() if isinstance(found, float) else str(found or "")


def _check_cited(source: str, place: Place) -> None:
    known = {*figures(), *ledger()}
    for word in source.replace(",", " ").split():
        if word[0] in "FG" and word[1:].isdigit() and word not in known:
            hint = meant(nearest(word, known))
            expected = worded("expected.ids_or_reference")
            raise place.problem(word, expected, hint)


def usual_file() -> Path:
    """Return the table that a new fact is for: the user's own, which a pack of the user's has."""
    return BESIDE / FILE if city.comes_along() else city.file(FILE)


def check_new(identity: str, file: Path, place: Place) -> None:
    """Make sure that a table, or the one that it begins as a copy of, has no fact of that id.

    Raises:
        Problem: it has, or cannot be read.
    """
    if not (source := file if file.exists() else _origin(file)):
        return
    if identity in {fact.id for fact in read_facts(source)}:
        raise place.problem(identity, worded("expected.new_id"))


def _origin(file: Path) -> Path | None:
    """Return the table that a new one begins as a copy of."""
    own = file == BESIDE / FILE and city.comes_along() and city.file(FILE).is_file()
    return city.file(FILE) if own else None


def add_facts(facts: Sequence[Mapping[str, str]], file: Path) -> Added:
    """Add facts to a table, which is begun if it is not there: all of them or none.

    Args:
        facts: the fields of each, checked.
        file: the table.

    Raises:
        Problem: the table cannot be read or written.
    """
    exists, origin = file.exists(), _origin(file)
    if exists:
        read_facts(file)
    lines = [[said.get(name, "") for name in COLUMNS] for said in facts]
    try:
        before = file.read_bytes() if exists else origin.read_bytes() if origin else b""
        end = "\r\n" if b"\r\n" in before else "\n"
        new = (table(lines[0], lines[1:]) if before else table(COLUMNS, lines)).replace("\n", end)
        gap = end if before and not before.endswith(b"\n") else ""
        file.parent.mkdir(exist_ok=True)
        with file.open("ab") as written:
            head = before if not exists else b""
            written.write(head + (gap + new).encode())
    except OSError as error:
        expected = worded("expected.writable_file")
        hint = worded("hint.to_file")
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected, hint) from error
    used = file.resolve() == facts_file().resolve()
    return Added(file, not exists and origin is not None, used)
