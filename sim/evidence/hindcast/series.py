"""Published series, what of a trajectory each is compared with, and what can be forecast of it."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from sim import city
from sim.calendar import START
from sim.csv_files import is_number
from sim.figures import Figure, figures
from sim.language import Text

FILE: Final = "evidence/series.csv"


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

    @property
    def names(self) -> frozenset[str]:
        """Return what its rows may be called, in small letters."""
        return frozenset(name.casefold() for name in (self.figure, *self.name))


Levels = Mapping[Series, Mapping[int, float]]
"""Levels of series by year."""


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
    with city.present(FILE).open(encoding="utf-8") as file:
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


def series_of(quantity: str, scope: str) -> Series | None:
    """Return the series that a row of a table of figures belongs to, if it does to one.

    Args:
        quantity: as the row has it; what follows in brackets says more about the row.
        scope: what kind of thing it is about.
    """
    name = quantity.partition(" (")[0].strip().casefold()
    return next((each for each in all_series() if name in each.names and scope == each.scope), None)


@cache
def own_units() -> Mapping[Series, str]:
    """Return the unit in which the project's own figures give each series."""
    return {series: unit_of(row.unit) for series, row in _own_rows()}


def unit_of(written: str) -> str:
    """Return a unit without what is remarked in brackets."""
    return written.partition("(")[0].strip()


def own_levels() -> Levels:
    """Return the levels of the project's own figures; what was looked for in vain is left out."""
    levels: dict[Series, dict[int, float]] = {}
    for series, row in _own_rows():
        if is_number(row.value) and row.year.isdigit():
            levels.setdefault(series, {})[int(row.year)] = float(row.value)
    return levels


def _own_rows() -> Iterator[tuple[Series, Figure]]:
    for row in figures().values():
        if (series := series_of(row.quantity, row.scope)) is not None:
            yield series, row


def with_later(own: Levels, later: Levels) -> Levels:
    """Return levels with others beside them or, for the same year, in their place."""
    return {
        series: {**own.get(series, {}), **later.get(series, {})}
        for series in all_series()
        if series in own or series in later
    }


class Overruled(NamedTuple):
    """A figure of the project's own in whose place another is used."""

    series: Series
    year: int
    own: float
    brought: float


def overruled(own: Levels, later: Levels) -> tuple[Overruled, ...]:
    """Return what `with_later` puts another value in the place of."""
    return tuple(
        Overruled(series, year, own[series][year], level)
        for series, levels in later.items()
        for year, level in sorted(levels.items())
        if own.get(series, {}).get(year, level) != level
    )


def cases(known: int, levels: Levels) -> list[Case]:
    """Return what can be forecast from the end of a year: later figures of known series.

    Args:
        known: the year; figures up to it may be used.
        levels: published levels, later ones among them.
    """
    return [case for series, found in levels.items() for case in _cases(series, known, found)]


def _cases(series: Series, known: int, levels: Mapping[int, float]) -> Iterator[Case]:
    past = [year for year in sorted(levels) if year <= known]
    if not past or past[-1] < START[0]:
        return
    base = past[-1]
    slope = (levels[base] - levels[past[-2]]) / (base - past[-2]) if len(past) > 1 else 0.0
    for year in sorted(levels):
        if year > known:
            line = max(levels[base] + slope * (year - base), 1e-9)
            growth = float(np.log(levels[year] / levels[base]))
            yield Case(series, year, base, growth, float(np.log(line / levels[base])))
