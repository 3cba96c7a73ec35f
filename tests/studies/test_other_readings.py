"""A comparison says what becomes of a difference where a count is read in its other way."""

from dataclasses import replace

import numpy as np

from sim.estimate import Readings
from sim.experiments.compare import Comparison, compare
from sim.model.world.layout import DUE, MEASURES
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.store.fill import Ensemble
from sim.studies.shared.other_readings import Other, other_readings, other_readings_file

FIRMS = next(n for n, each in enumerate(PLAN.counts) if each.id == "ecosystem_firms")
"""A stock, of which at least 20 are wanted."""
BEFORE, REPLICATES = 10.0, 32
AT_EVERY = {"as-written": 25.0, "double-yulin": 31.0}
"""How many there are in the end: all targets are met as a stock, and one as what is new."""


def packages(readings: Readings | None = None) -> tuple[Ensemble, Ensemble]:
    """Return two packages that differ in one count alone."""
    found = []
    for name, last in AT_EVERY.items():
        counts = np.full((REPLICATES, DUE + 1, len(PLAN.counts)), BEFORE)
        counts[:, -1, FIRMS] = last
        scenario = replace(read_scenario(name), readings=readings or PLAN.readings, draws="prior")
        measures = np.zeros((REPLICATES, 1 + DUE // 12, len(MEASURES)), dtype=np.float32)
        found.append(Ensemble(scenario, counts, np.arange(REPLICATES), measures, 7))
    first, second = found
    return first, second


def others(found: Comparison) -> list[Other]:
    ids = (found.first.id, found.second.id)
    return [Other(ids, found.second.name, each.other) for each in found.counts if each.other]


def test_a_difference_is_told_in_the_other_reading_where_that_is_another() -> None:
    found = compare(*packages())
    count = found.counts[FIRMS]
    assert (count.first, count.second, count.likelihood.value) == (1.0, 1.0, 0.0)
    assert count.other is not None and count.other.reading == "new"
    assert count.other.likelihoods == (0.0, 1.0) and not count.other.likelihood.tie
    (table,), (file,) = other_readings(others(found)), other_readings_file(others(found))
    (row,) = (each for each in table.rows if each[0].values == ("ecosystem_firms",))
    assert row[1].text.zh == "2022年10月以来新增"
    assert "0 → 100%" in row[2].text.en and not row[2].quiet
    (held,) = (each for each in file.rows if each[1].values == ("ecosystem_firms",))
    values = [value for cell in held for value in cell.values]
    assert values[:6] == ["as-written", "double-yulin", "ecosystem_firms", "new", 0.0, 1.0]


def test_the_other_of_what_is_read_otherwise_is_the_usual_reading() -> None:
    read_so: Readings = {**PLAN.readings, "ecosystem_firms": "new"}
    count = compare(*packages(read_so)).counts[FIRMS]
    assert (count.first, count.second) == (0.0, 1.0)
    assert count.other is not None and count.other.reading == "stock"
    assert count.other.likelihoods == (1.0, 1.0) and count.other.likelihood.tie


def test_nothing_is_said_where_both_readings_are_alike() -> None:
    first, _ = packages()
    first = first._replace(counts=np.where(np.arange(DUE + 1)[:, None] < DUE, 0.0, first.counts))
    none = others(compare(first, first))
    assert not [*other_readings(none), *other_readings_file(none)]
