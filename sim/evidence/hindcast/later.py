"""Tables of later figures that people bring: each row is used, or it is said why it is not.

The columns are those of ``figures.csv``; of these ``quantity``, ``scope``, ``year`` and
``value`` are needed, and ``unit`` is looked at where there is one. Excel's files and tables as the
IAMC has them are read too (`sim.brought`).
"""

from pathlib import Path
from typing import Final, NamedTuple

from sim.brought import QUANTITY, SCOPE, UNIT, VALUE, YEAR, Form, number_of, read_brought
from sim.csv_files import Row
from sim.evidence.hindcast.series import Levels, Series, all_series, own_units, series_of, unit_of
from sim.language import Text
from sim.problems import Problem, Problems, nearest
from sim.scenario import HORIZONS
from sim.text.catalogue import worded
from sim.text.joining import semicolons

COLUMNS: Final = Form(
    {QUANTITY: ("指标",), SCOPE: ("范围",), YEAR: ("年份",), VALUE: ("数值",)}, {UNIT: ("单位",)}
)
LAST: Final = int(HORIZONS[-1][:4])
"""Last year of the model."""


class Later(NamedTuple):
    """What a table of later figures says."""

    levels: Levels
    left: tuple[Problem, ...]
    """Why each of the other rows is not used."""


def read_later(path: Path) -> Later:
    """Return the figures of a table.

    Raises:
        Problem: it cannot be read, lacks a column, or has two values for the same year; then the
            rows that would not be used are told with it.
    """
    levels: dict[Series, dict[int, float]] = {}
    lines: dict[tuple[Series, int], int] = {}
    brought = read_brought(path, COLUMNS)
    left = list(brought.left)
    twice = False
    for row in brought.rows:
        where = brought.at(row)
        try:
            series, year, level = _read(row, where)
        except Problem as problem:
            left.append(problem)
            continue
        if (first := lines.setdefault((series, year), row.line)) != row.line:
            twice = True
            left.append(_another(where, row, series, year, first))
        levels.setdefault(series, {})[year] = level
    if twice:
        raise Problems(left)
    return Later(levels, tuple(left))


def _another(where: str, row: Row, series: Series, year: int, first: int) -> Problem:
    expected = worded(
        "expected.one_value", year=year, first=first, figure=Text(series.figure, series.name.zh)
    )
    return Problem(where, "value", row.cells["value"], expected)


def _read(row: Row, where: str) -> tuple[Series, int, float]:
    cells = row.cells
    series = _series(cells["quantity"], cells["scope"].strip(), where)
    unit, own = unit_of(cells.get("unit", "")), own_units()[series]
    if unit and unit != own:
        raise Problem(where, "unit", unit, worded("expected.own_unit", unit=own))
    year = cells["year"].strip()
    if not (year.isascii() and year.isdigit() and int(year) <= LAST):
        raise Problem(where, "year", year or "—", worded("expected.year_until", last=LAST))
    level = amount(cells["value"])
    if level is None:
        raise Problem(where, "value", cells["value"] or "—", worded("expected.number_greater_0"))
    return series, int(year), level


def _series(quantity: str, scope: str, where: str) -> Series:
    found = series_of(quantity, scope)
    if found is not None:
        return found
    of_quantity = [each for each in all_series() if series_of(quantity, each.scope) == each]
    if of_quantity:
        scopes = " ".join(each.scope for each in of_quantity)
        raise Problem(where, "scope", scope or "—", Text(scopes, scopes))
    names = {name: each for each in all_series() for name in each.names}
    close = nearest(quantity, names)
    hint = None if close is None else worded("hint.did_you_mean", name=_called(names[close]))
    expected = worded("expected.one_of_series", names=semicolons(map(_called, all_series())))
    raise Problem(where, "quantity", quantity or "—", expected, hint)


def _called(series: Series) -> Text:
    """Return what a series goes by: its figure, which is a word in English only."""
    return Text(series.figure, f"{series.figure}（{series.name.zh}）")


def amount(written: str) -> float | None:
    """Return a number above 0, which may have separators between thousands; None if it is none."""
    number = number_of(written)
    return number if number is not None and number > 0.0 else None
