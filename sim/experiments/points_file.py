"""Points of a sweep given one by one: in a table of its own (CSV), or as ``[[points]]``."""

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.csv_files import read_rows, text_of
from sim.experiments.designs import LARGEST, Factor, Point
from sim.experiments.factors import Entry, check_apart, lever, value_of
from sim.experiments.targets import SETTABLE, Target, name_of
from sim.parameters import find as find_parameter
from sim.problems import gathering
from sim.scenario import check
from sim.scenario.place import Place
from sim.scenario.variants import known as known_variants
from sim.text.catalogue import worded

ENDING: Final = ".csv"
PASSED: Final = frozenset({"point", "base", "public_cost"})
"""Columns that ``points.csv`` of a finished sweep has besides its factors."""
COUPLED: Final = "+"
SWITCHES: Final = {"true": True, "false": False}


class Listed(NamedTuple):
    """Points with what they change."""

    entries: list[Entry]
    points: list[Point]


class _Row(NamedTuple):
    place: Place
    cells: Mapping[str, object]


def listed(given: object, declared: Sequence[Entry], place: Place) -> Listed:
    """Return the points that a sweep file gives.

    A column is a factor that the file declares, or is named as in ``points.csv``: what is set of a
    lever (``guidance_fund.dose``; several that move together are joined by ``+``), a parameter, or
    a mechanism. An empty cell is as in the base.

    Args:
        given: the name of a table beside the file, or a list of tables.
        declared: factors of the file.
        place: of the key in the file.

    Raises:
        Problem: it is neither, or something in it is wrong; all that is wrong is told.
    """
    rows = list(_rows(given, place))
    heads = dict.fromkeys(
        head for row in rows for head in row.cells if head.casefold() not in PASSED
    )
    if not rows or not heads:
        raise place.problem(given, worded("expected.point"))
    if len(rows) > LARGEST:
        raise place.problem(len(rows), worded("expected.points_up_to", most=LARGEST))
    known = {entry.factor.name: entry for entry in declared}
    first = Place(rows[0].place.file.rpartition(":")[0] + ":1") if _of_table(rows) else place
    with gathering() as problems:
        columns: dict[str, Entry] = {}
        for head in heads:
            with problems.noted():
                columns[head] = known.get(head) or _column(head, first)
    check_apart([each for entry in columns.values() for each in entry.targets], first)
    points: dict[Point, None] = {}
    with gathering() as problems:
        for name in known:
            if name not in heads:
                problems.add(first.problem(list(heads), worded("expected.column", name=name)))
        for row in rows:
            with problems.noted():
                points[_point(row, columns, points)] = None
    entries = []
    for (head, entry), own in zip(columns.items(), zip(*points, strict=True), strict=True):
        values = tuple(dict.fromkeys(value for value in own if value is not None))
        if not values:
            raise first.under(head).problem("", worded("expected.value_in_some_row"))
        entries.append(Entry(entry.targets, Factor(entry.factor.name, values)))
    return Listed(entries, list(points))


def _of_table(rows: Sequence[_Row]) -> bool:
    return not rows[0].place.keys


def _rows(given: object, place: Place) -> Iterator[_Row]:
    if isinstance(given, str):
        file = Path(place.file).parent / given
        for row in read_rows(file, (), more=True):
            cells = {head: text_of(cell.strip()) for head, cell in row.cells.items()}
            yield _Row(Place(f"{file}:{row.line}"), cells)
        return
    if not isinstance(given, list):
        raise place.problem(given, worded("expected.points"))
    for number, entry in enumerate(given, start=1):
        here = place.under(str(number))
        yield _Row(here, check.mapping(entry, here))


def _column(head: str, place: Place) -> Entry:
    """Return what a column changes."""
    names, _, field = head.rpartition(".")
    if names:
        check.one_of(*SETTABLE)(field, place.under(head))
        targets = tuple(lever(each, field, place.under(head)) for each in names.split(COUPLED))
    elif head in known_variants():
        targets = (Target("variant", head, ""),)
    else:
        with place.under(head).blamed_for(head):
            targets = (Target("parameter", find_parameter(head).name, ""),)
    return Entry(targets, Factor(name_of(targets), ()))


def _point(row: _Row, columns: Mapping[str, Entry], before: Container[Point]) -> Point:
    """Return a row's values.

    Raises:
        Problem: one is not what it may be, or the same point stands above; all are told.
    """
    values: list[Any] = []
    with gathering() as problems:
        for head, entry in columns.items():
            cell = row.cells.get(head, "")
            with problems.noted():
                here = row.place.under(head)
                told = _typed(cell, entry.targets[0]) if isinstance(cell, str) else cell
                values.append(None if told is None else value_of(entry.targets, told, here))
    point = tuple(values)
    if point in before:
        raise row.place.problem(list(row.cells.values()), worded("expected.each_point_once"))
    return point


def _typed(cell: str, target: Target) -> Any:
    """Return a cell of a table as a file of TOML would say it; None where it is empty."""
    if not cell:
        return None
    if target.field == "on":
        return SWITCHES.get(cell.casefold(), cell)
    if target.field in ("districts", "clusters"):
        return cell if cell == "all" else cell.split()
    if target.field in ("start", "end") or target.kind == "variant":
        return cell
    try:
        number = float(cell.replace(",", ""))
    except ValueError:
        return cell
    return int(number) if target.field == "ramp_months" and number.is_integer() else number
