"""Protects what compiled code believes of tables whose blocks are turned: where each field lies."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim import ensemble, parameters
from sim.engine.spread import LARGE, LONG, ROWS, place_in_block, spread, spread_paths
from sim.model.world.tables import FIRM
from sim.scenario import read_scenario

PATH = ("firms",)
SEED = 2022
MANY = ROWS * (LARGE // (ROWS * FIRM.itemsize) + 1)
"""Rows of the smallest table of firms that is turned."""


def filled(rows: int) -> np.ndarray[Any, Any]:
    """Return firms of which no byte is like the others."""
    table = np.zeros(rows, FIRM)
    table.view(np.uint8)[:] = np.random.default_rng(SEED).integers(0, 256, rows * FIRM.itemsize)
    return table


def test_every_field_lies_where_compiled_code_looks_for_it_and_comes_back() -> None:
    table = filled(3 * ROWS)
    table[ROWS : 2 * ROWS] = np.zeros(1, FIRM)
    kept = table.tobytes()
    before = np.frombuffer(kept, FIRM)
    with spread([(PATH, table)], frozenset({PATH})):
        memory = table.view(np.uint8)
        for name, (kind, offset, *_) in (FIRM.fields or {}).items():
            for row in (0, 1, ROWS - 1, ROWS, 3 * ROWS - 1):
                start = row // ROWS * ROWS * FIRM.itemsize + row % ROWS * 8
                start += place_in_block(offset)
                seen = memory[start : start + kind.itemsize].tobytes()
                assert seen == before[name][row].tobytes(), (name, row)
    assert table.tobytes() == kept


@pytest.mark.parametrize(
    "table",
    [
        np.zeros(MANY + 1, FIRM),
        np.zeros(MANY - ROWS, FIRM),
        np.zeros(MANY, [("few", "f8", (LONG,))]),
        np.zeros(64 * MANY, [("few", "f8"), ("more", "f8")]),
        np.zeros((MANY, LONG)),
    ],
    ids=["broken block", "small", "fields of several numbers", "short records", "numbers"],
)
def test_other_tables_stay_as_they_are(table: np.ndarray[Any, Any]) -> None:
    assert not spread_paths([(PATH, table)])


def test_firms_are_turned() -> None:
    assert spread_paths([(PATH, filled(MANY))]) == {PATH}


def test_a_whole_run_and_months_one_by_one_leave_the_same_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sim.engine.spread.LARGE", 0)
    setup = replace(read_scenario("as-written"), draws="prior").setup()
    found = []
    for many in (True, False):
        values, world = ensemble.begin(setup, SEED, 0)
        record, recorded = parameters.as_record(values), setup.nothing_recorded()
        for until in (30,) if many else range(1, 31):
            world = ensemble.advance(world, record, setup, until, *recorded, many=many)
        found.append((world, recorded))
    (one, left), (other, right) = found
    assert [each.tobytes() for each in left] == [each.tobytes() for each in right]
    for name in ("city", "firms", "funds", "deals", "cells", "tracks", "programmes", "ids"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
