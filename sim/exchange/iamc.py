"""A result as a table of the IAMC: Model, Scenario, Region, Variable, Unit, and a column a year.

https://pyam-iamc.readthedocs.io/en/stable/data.html says how such tables are read. Values are those
at the end of each year; of a count the plain variable is the median, beside it its 10th and 90th
percentile and, when it is due, its likelihoods.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_label
from sim.csv_files import table
from sim.estimate.records import CountSummary, Interval
from sim.exchange.result import (
    PACKAGE,
    Taken,
    counts_by_year,
    decembers,
    measures_by_year,
    only_runs,
)
from sim.model.world.layout import BREAKDOWN, CITY_MEASURES
from sim.plan import CITY, PLAN
from sim.text.catalogue import capital, worded
from sim.workbook import Sheet, Value, workbook

HEADS: Final = ("Model", "Scenario", "Region", "Variable", "Unit")
ENDS: Final = ("", "|10th Percentile", "|90th Percentile")
NEEDED: Final = worded("expected.likelihoods_told")
Line = tuple[str, str, str, str, dict[int, float]]
"""Scenario, region, variable, unit, and the values by year."""


def as_csv(taken: Taken) -> bytes:
    """Return the table as CSV that Excel opens.

    Raises:
        Problem: the result holds no counts.
    """
    heads, rows = _table(taken)
    return table(heads, rows).encode("utf-8-sig")


def as_workbook(taken: Taken) -> bytes:
    """Return the table as a workbook with the sheets ``data`` and ``meta``.

    Raises:
        Problem: the result holds no counts.
    """
    heads, rows = _table(taken)
    origin = [[key, value] for key, _, value in taken.origin()]
    return workbook([Sheet("data", [heads, *rows]), Sheet("meta", [["key", "value"], *origin])])


def _table(taken: Taken) -> tuple[list[str], list[list[Value]]]:
    if not taken.packages:
        raise only_runs(taken, NEEDED)
    lines = list(_of_run(taken) if taken.given.result is not None else ())
    lines += list(_of_packages(taken))
    merged: dict[tuple[str, ...], dict[int, float]] = {}
    for *who, values in lines:
        merged.setdefault((who[0], who[1], who[2], who[3]), {}).update(values)
    years = sorted({year for values in merged.values() for year in values})
    model = f"{PACKAGE} {taken.versions[PACKAGE]} ({str(taken.given.model)[:12]})"
    rows: list[list[Value]] = [
        [model, *who, *(values.get(year) for year in years)] for who, values in merged.items()
    ]
    return [*HEADS, *map(str, years)], rows


def _of_run(taken: Taken) -> Iterator[Line]:
    """Yield the course of a run: counts, then measures, of the city, its clusters and districts."""
    (package,) = taken.packages
    scenario, years = str(package.scenario["id"]), list(decembers(taken))
    entries = {count.id: count for count in PLAN.counts}
    for name, found in counts_by_year(taken):
        count = entries[name]
        yield from _ends(scenario, CITY.en, capital(count.name.en), count.unit.en, years, found)
    for name, found in measures_by_year(taken):
        region, variable, unit = measured(taken, name)
        yield from _ends(scenario, region, variable, unit, years, found)


def measured(taken: Taken, name: str) -> tuple[str, str, str]:
    """Return where a measure is of, what it is called, and its unit."""
    clusters = {each.id: each.name.en for each in PLAN.clusters}
    districts = {each.id: each.name.en for each in PLAN.districts}
    quantity, _, area = name.partition("_")
    if quantity in BREAKDOWN and area in clusters | districts:
        variable = f"By area|{worded(f'map.{quantity}').en}"
        unit = worded(f"map.{quantity}_unit").en
        if area in districts:
            return f"{CITY.en}|{districts[area]}", variable, unit
        return CITY.en, f"{variable}|{capital(clusters[area])}", unit
    result = taken.given.result
    told = {each["name"]: each for each in result.manifest["measures"]} if result else {}
    label = CITY_MEASURES[name][1].en if name in CITY_MEASURES else told[name]["label"]["en"]
    return CITY.en, f"Measure|{capital(label)}", str(told[name]["unit"])


def _ends(
    scenario: str,
    region: str,
    variable: str,
    unit: str,
    years: Sequence[int],
    found: NDArray[np.float64],
) -> Iterator[Line]:
    for end, values in zip(ENDS, found.tolist(), strict=True):
        told = dict(zip(years, values, strict=True))
        yield scenario, region, f"{variable}{end}", unit, told


def _of_packages(taken: Taken) -> Iterator[Line]:
    """Yield counts and likelihoods when counts are due."""
    for package in taken.packages:
        year = int(month_label(package.summary.at)[:4])
        scenario = str(package.scenario["id"])
        for count in package.summary.counts:
            yield from _due(scenario, count, year)


def _due(scenario: str, count: CountSummary, year: int) -> Iterator[Line]:
    entry = next(each for each in PLAN.counts if each.id == count.id)
    name = capital(entry.name.en)
    for end, value in zip(ENDS, (count.median, count.p10, count.p90), strict=True):
        yield scenario, CITY.en, f"{name}{end}", entry.unit.en, {year: value}
    for threshold, found in (("Strict", count.likelihood), ("About", count.about)):
        for end, value in _of_interval(found):
            variable = f"{name}|Likelihood|{threshold}{end}"
            yield scenario, CITY.en, variable, "1", {year: value}


def _of_interval(found: Interval) -> Iterator[tuple[str, float]]:
    yield "", found.value
    yield "|Low (95%)", found.low
    yield "|High (95%)", found.high
