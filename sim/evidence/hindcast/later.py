"""Tables of later figures that people bring: each row is used, or it is said why it is not.

The columns are those of ``figures.csv``; of these ``quantity``, ``scope``, ``year`` and
``value`` are needed, and ``unit`` is looked at where there is one. Tables as the IAMC has them
(``Region``, ``Variable``, ``Unit``, and a column a year or ``Year`` and ``Value``) are read too.
"""

import math
import re
from pathlib import Path
from typing import Final, NamedTuple

from sim import city
from sim.csv_files import Row, heading, is_number, read_rows
from sim.evidence.hindcast.series import Levels, Series, all_series, own_units, series_of, unit_of
from sim.language import Text
from sim.problems import Problem, Problems, nearest
from sim.scenario import HORIZONS

NEEDED: Final = ("quantity", "scope", "year", "value")
IAMC: Final = ("Region", "Variable", "Unit")
"""Columns by which such a table is known (https://pyam-iamc.readthedocs.io/en/stable/data.html)."""
CITY: Final = "city"
"""Scope of what is about the whole city."""
LAST: Final = int(HORIZONS[-1][:4])
"""Last year of the model."""
THOUSANDS = re.compile(r"[0-9]{1,3}([,，\u00a0\u2009\u202f ][0-9]{3})+(\.[0-9]+)?")


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
    left: list[Problem] = []
    twice = False
    for row in _rows(path):
        try:
            series, year, level = _read(row, str(path))
        except Problem as problem:
            left.append(problem)
            continue
        if (first := lines.setdefault((series, year), row.line)) != row.line:
            twice = True
            left.append(_another(f"{path}:{row.line}", row, series, year, first))
        levels.setdefault(series, {})[year] = level
    if twice:
        raise Problems(left)
    return Later(levels, tuple(left))


def _rows(path: Path) -> list[Row]:
    """Return the rows of a table, one a value, with the columns of ``NEEDED``."""
    heads = heading(path)
    if not set(IAMC) <= set(heads):
        return read_rows(path, NEEDED, more=True)
    by_year = [head for head in heads if head.isascii() and head.isdigit()]
    if not by_year:
        long = read_rows(path, (*IAMC, "Year", "Value"), more=True)
        return [_as_needed(row, row.cells["Year"], row.cells["Value"]) for row in long]
    return [
        _as_needed(row, year, row.cells[year])
        for row in read_rows(path, IAMC, more=True)
        for year in by_year
        if row.cells[year].strip()
    ]


def _as_needed(row: Row, year: str, value: str) -> Row:
    """Return one value of an IAMC table; the region that the city is, is all of it."""
    region, *rest = (row.cells[name].strip() for name in IAMC)
    names = {name.casefold() for name in city.about().name}
    scope = CITY if region.casefold() in names else region
    quantity, unit = rest
    cells = {"quantity": quantity, "scope": scope, "year": year, "value": value, "unit": unit}
    return Row(row.line, cells)


def _another(where: str, row: Row, series: Series, year: int, first: int) -> Problem:
    expected = Text(
        f"one value for {series.figure} in {year}: line {first} has another",
        f"{series.name.zh}{year}年只有一个值：第 {first} 行已有",
    )
    return Problem(where, "value", row.cells["value"], expected)


def _read(row: Row, path: str) -> tuple[Series, int, float]:
    where, cells = f"{path}:{row.line}", row.cells
    series = _series(cells["quantity"], cells["scope"].strip(), where)
    unit, own = unit_of(cells.get("unit", "")), own_units()[series]
    if unit and unit != own:
        expected = Text(f"{own}, as the project's own figures", f"与本项目数据相同的单位 {own}")
        raise Problem(where, "unit", unit, expected)
    year = cells["year"].strip()
    if not (year.isascii() and year.isdigit() and int(year) <= LAST):
        raise Problem(
            where, "year", year or "—", Text(f"a year up to {LAST}", f"不晚于{LAST}年的年份")
        )
    level = amount(cells["value"])
    if level is None:
        expected = Text("a number above 0", "大于 0 的数")
        raise Problem(where, "value", cells["value"] or "—", expected)
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
    hint = None
    if close is not None:
        meant = names[close]
        hint = Text(
            f"Did you mean {meant.figure}?", f"是否想写 {meant.figure}（{meant.name.zh}）？"
        )
    expected = Text(
        "one of the series " + "; ".join(each.figure for each in all_series()),
        "下列序列之一：" + "；".join(f"{each.figure}（{each.name.zh}）" for each in all_series()),
    )
    raise Problem(where, "quantity", quantity or "—", expected, hint)


def amount(written: str) -> float | None:
    """Return a number above 0, which may have separators between thousands; None if it is none."""
    text = written.strip()
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"[^0-9.]", "", text)
    number = float(text) if is_number(text) else math.nan
    return number if 0.0 < number < math.inf else None
