"""Published series and what of a trajectory each is compared with; later figures to score against.

The columns of later figures are those of ``sim/figures.csv``; of these, ``quantity``, ``scope``,
``year`` and ``value`` are used.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.figures import figures
from sim.language import Text
from sim.problems import Problem

FILE: Final = "series.csv"
NEEDED: Final = ("quantity", "scope", "year", "value")
START: Final = 2022
"""First year at whose end the model has something to compare."""


class Series(NamedTuple):
    """A published series of levels and its stand-in in the model."""

    figure: str
    """``quantity`` of its rows in a table of figures."""
    scope: str
    quantity: str
    """Count or measure that is to grow alike."""
    spread: float
    """Standard deviation, in logarithms, of what lies between figure and thing meant."""
    name: Text


class Case(NamedTuple):
    """A later figure to forecast from those known before."""

    series: Series
    year: int
    base: int
    """Year of the last figure known."""
    growth: float
    """Logarithm of the later figure over the last one known."""
    trend: float
    """What a straight line through the last two known figures gives for it; 0 if there is one."""


@cache
def all_series() -> tuple[Series, ...]:
    """Return the series, in the order of their file."""
    with (files("sim.evidence.hindcast") / FILE).open(encoding="utf-8") as file:
        return tuple(
            Series(
                row["figure"],
                row["scope"],
                row["quantity"],
                float(row["spread"]),
                Text(row["name_en"], row["name_zh"]),
            )
            for row in csv.DictReader(file)
        )


def own_figures() -> list[dict[str, str]]:
    """Return the rows of the project's figures."""
    return [vars(figure) for figure in figures().values()]


def read_figures(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of later figures.

    Raises:
        Problem: it cannot be read, or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else str(error)
        expected = Text("a CSV file in UTF-8", "UTF-8 编码的 CSV 文件")
        raise Problem(str(path), "", reason, expected) from error
    table = csv.DictReader(text.splitlines())
    found = tuple(table.fieldnames or ())
    missing = [name for name in NEEDED if name not in found]
    if missing:
        listed = ",".join(NEEDED)
        expected = Text(f"the columns {listed}", f"含各列 {listed}")
        raise Problem(str(path), missing[0], ",".join(found), expected)
    return list(table)


def cases(known: int, figures: Iterable[Mapping[str, str]]) -> list[Case]:
    """Return what can be forecast from the end of a year: later figures of known series.

    Args:
        known: the year; figures up to it may be used.
        figures: rows of figures, later ones among them.
    """
    rows = list(figures)
    found = []
    for series in all_series():
        levels = _levels(series, rows)
        past = [year for year in sorted(levels) if year <= known]
        if not past or past[-1] < START:
            continue
        base = past[-1]
        slope = (levels[base] - levels[past[-2]]) / (base - past[-2]) if len(past) > 1 else 0.0
        for year in sorted(levels):
            if year > known:
                line = max(levels[base] + slope * (year - base), 1e-9)
                growth = float(np.log(levels[year] / levels[base]))
                found.append(Case(series, year, base, growth, float(np.log(line / levels[base]))))
    return found


def _levels(series: Series, rows: Iterable[Mapping[str, str]]) -> dict[int, float]:
    """Return the levels of a series by year; rows with other forms of year or value are left."""
    levels: dict[int, float] = {}
    for row in rows:
        named = row["quantity"].partition(" (")[0].strip() == series.figure
        if named and row["scope"] == series.scope:
            with suppress(ValueError):
                level = float(row["value"])
                if level > 0.0 and np.isfinite(level):
                    levels[int(row["year"])] = level
    return levels
