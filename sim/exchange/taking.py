"""``sim import``: prices, targets and observed counts from a table, as files that commands read."""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.brought import QUANTITY, Brought, read_brought
from sim.csv_files import Row
from sim.estimate.objectives import FOLDER as OBJECTIVES
from sim.exchange.rows import FORMS, Asked, check_whole_city, cost, fact, target
from sim.language import visible
from sim.problems import Problem, gathering
from sim.scenario import read_scenario
from sim.scenario.files import BESIDE, SUFFIX
from sim.scenario.new_fact import Added, add_facts, usual_file
from sim.scenario.place import Place
from sim.store.scenario_text import inline
from sim.text.catalogue import worded


class Taken(NamedTuple):
    """What became of a table."""

    file: Path
    """What was written."""
    entries: int
    encoding: str
    left: tuple[Problem, ...]
    passed: tuple[str, ...]
    """Columns that were not read."""
    added: Added | None = None
    """Of observed counts: what became of the table of facts."""


class _Found(NamedTuple):
    entries: Mapping[str, Any]
    left: list[Problem]


_Made = tuple[Path, _Found, Added | None]
"""A file, what it says, and of observed counts what became of the table of facts."""


def take(path: Path, kind: str, asked: Asked) -> Taken:
    """Read a table, and write what it says as a file that commands read: wholly or not at all.

    Args:
        path: of the table.
        kind: one of ``FORMS``.
        asked: what else is said.

    Raises:
        Problem: the table cannot be read, something stands in it twice, rows cannot be used and
            were not to be left out, or the file is there already; nothing is written then.
    """
    brought = read_brought(path, FORMS[kind])
    file, found, added = KINDS[kind](path, brought, asked)
    told = (len(found.entries), brought.encoding, tuple(found.left), brought.passed)
    return Taken(file, *told, added)


def _costs(path: Path, brought: Brought, asked: Asked) -> _Made:
    """Write a scenario that fixes the prices of instruments."""
    base = read_scenario(asked.extends)
    found = _usable(brought, asked, cost)
    name = _name("Prices of", "采用单价：", path)
    lines = [f"extends = {json.dumps(base.id)}", f"name = {name}", "", "[parameters]"]
    lines += [f"{json.dumps(key)} = {value!r}" for key, value in found.entries.items()]
    file = asked.to or BESIDE / f"{_stem(path)}{SUFFIX}"
    return _written(file, lines), found, None


def _targets(path: Path, brought: Brought, asked: Asked) -> _Made:
    """Write an objective."""
    found = _usable(brought, asked, target)
    lines = [f"name = {_name('Targets of', '采用目标：', path)}", "", "[counts]"]
    lines += [f"{count} = {inline(told)}" for count, told in found.entries.items()]
    file = asked.to or BESIDE / OBJECTIVES / f"{_stem(path)}{SUFFIX}"
    return _written(file, lines), found, None


def _observed(path: Path, brought: Brought, asked: Asked) -> _Made:
    """Add facts to the table of facts that runs read, or to another."""
    file = asked.to or usual_file()
    read = partial(fact, asked=asked, brought_in=path.name, file=file)
    found = _usable(brought, asked, read)
    added = add_facts(list(found.entries.values()), file)
    return added.file, found, added


def _usable(brought: Brought, asked: Asked, use: Callable[[Row, Place], tuple[str, Any]]) -> _Found:
    """Return what rows come to, and why others do not.

    Raises:
        Problem: two rows say the same, some cannot be used and are not left out, or none can.
    """
    entries: dict[str, Any] = {}
    lines: dict[str, int] = {}
    left = list(brought.left)
    with gathering() as twice:
        for row in brought.rows:
            place = Place(brought.at(row))
            try:
                check_whole_city(row, place)
                name, entry = use(row, place)
            except Problem as problem:
                left.extend(problem.each)
                continue
            if name in lines:
                expected = worded("expected.once_only", line=lines[name])
                twice.add(place.under(QUANTITY).problem(row.cells[QUANTITY], expected))
            lines[name], entries[name] = row.line, entry
    if left and not asked.partly:
        *others, last = left
        hint = last.hint or worded("hint.partly")
        with gathering() as problems:
            for unused in others:
                problems.add(unused)
            problems.add(Problem(last.where, last.key, last.found, last.expected, hint))
    if not entries:
        raise Problem(brought.where, "", "0", worded("expected.usable_row"))
    return _Found(entries, left)


def _written(file: Path, lines: Iterable[str]) -> Path:
    """Write a file that must not be there yet, whole or not at all, and return it."""
    text = "\n".join((*lines, ""))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            try:
                new.write(text)
                new.flush()
            except OSError:
                file.unlink()
                raise
    except OSError as error:
        reason, hint = os.strerror(error.errno or 0), worded("hint.to_file")
        raise Problem(str(file), "", reason, worded("expected.new_file"), hint) from error
    return file


def _name(english: str, chinese: str, path: Path) -> str:
    """Return the name of what was brought, as TOML has it."""
    stem = visible(path.stem)
    return inline({"en": f"{english} {stem}", "zh": f"{chinese}{stem}"})


def _stem(path: Path) -> str:
    """Return the name of a file that a table gives its name."""
    return re.sub(r"[^\w-]+", "-", path.stem).strip("-") or "imported"


KINDS: Final[Mapping[str, Callable[[Path, Brought, Asked], _Made]]] = {
    "costs": _costs,
    "targets": _targets,
    "observed": _observed,
}
