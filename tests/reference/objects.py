"""The reference's objects: a row of a table is an object, its fields are plain attributes.

Fields are named as in ``sim.model.world.tables`` and mean the same. Tables are lists by row; a row
whose agent is gone keeps it, with ``alive`` 0, until another takes the row. Arrays are nested
lists.
"""

import itertools
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from sim.engine.tables import Field
from sim.model.world import tables as t
from sim.model.world.aims import set_aims
from sim.model.world.place import land_cells, set_place
from sim.model.world.setup import Setup
from sim.parameters import as_record


class _Counters:
    """Each model's own numbering of agents: Mesa 3.3.1's keeps every model that ever was."""

    def __getitem__(self, model: Any) -> "itertools.count[int]":
        numbers: itertools.count[int] = model.numbers
        return numbers


class Agent(mesa.Agent):
    """What firms, talents and funds share: a row, and zero in every field."""

    _ids = _Counters()
    fields: tuple[Field, ...] = ()

    def __init__(self, model: Any) -> None:
        """Begin to exist."""
        super().__init__(model)
        for field in self.fields:
            setattr(self, field.name, 0.0 if field.type == "f8" else 0)


class Firm(Agent):
    """A firm; ``cell``, ``patron``, ``consortium`` and ``first_deal`` are numbers of rows."""

    fields = t.FIRM_FIELDS


class Talent(Agent):
    """A talent; ``employer`` is a number as in the table."""

    fields = t.TALENT_FIELDS


class Fund(Agent):
    """A fund."""

    fields = t.FUND_FIELDS


class Thing:
    """What only stands there: a deal, a programme, a breakthrough, a cell, a track, the city."""

    def __init__(self, fields: Iterable[Field]) -> None:
        """Begin with zero in every field, nested lists of zeros for arrays."""
        for field in fields:
            zero: Any = 0.0 if field.type == "f8" else 0
            value = np.full(field.shape, zero).tolist() if field.shape else zero
            setattr(self, field.name, value)


TABLES: dict[str, tuple[Field, ...]] = {
    "firms": t.FIRM_FIELDS,
    "talents": t.TALENT_FIELDS,
    "funds": t.FUND_FIELDS,
    "deals": t.DEAL_FIELDS,
    "programmes": t.PROGRAMME_FIELDS,
    "breakthroughs": t.BREAKTHROUGH_FIELDS,
    "cells": t.CELL_FIELDS,
    "tracks": t.TRACK_FIELDS,
}
AGENTS: dict[str, type[Agent]] = {"firms": Firm, "talents": Talent, "funds": Fund}


class Reference(mesa.Model):
    """One replicate: ``city``, the tables as lists of objects, ``p``, and what is recorded."""

    def __init__(
        self,
        setup: Setup,
        draw: dict[str, float],
        seed: int,
        replicate: int,
        *,
        laid_out: bool = True,
    ) -> None:
        """Lay out an empty Shanghai.

        Args:
            setup: policy and horizon.
            draw: the parameters' values; ``p`` has scalars as floats and vectors as lists.
            seed: of the ensemble.
            replicate: number of the replicate.
            laid_out: whether it has cells; else somebody gives it some.
        """
        super().__init__(rng=seed)
        self.numbers = itertools.count(1)
        self.setup = setup
        self.dose: list[list[float]] = setup.dose.tolist()
        """By month and instrument."""
        self.reach: list[list[list[float]]] = setup.reach.tolist()
        """By instrument, branch and place."""
        record = as_record(draw)
        values = {field: record[field][0].tolist() for field in record.dtype.names or ()}
        self.drawn = values
        self.p = SimpleNamespace(**values)
        self.city: Any = Thing(t.CITY_FIELDS)
        set_city(self.city, self.empty_city(seed, replicate))
        land = land_cells()
        self.land_cells: list[int] = land.cells.tolist()
        """Land cells, district by district: ``city.district_start`` says where each begins."""
        cells = len(land.cell_table)
        self.cells: list[Any] = [Thing(t.CELL_FIELDS) for _ in range(cells if laid_out else 0)]
        places = land.cell_table[["district", "place", "land"]].tolist()
        for cell, (number, place, area) in zip(self.cells, places, strict=laid_out):
            cell.district, cell.place, cell.land, cell.zone = number, place, area, t.NOBODY
            cell.capacity = area * self.p.land_capacity
        self.knowledge = [[0.0] * cells for _ in range(t.CLUSTERS)]
        """By cluster and cell."""
        self.tracks: list[Any] = [Thing(t.TRACK_FIELDS) for _ in range(t.TRACKS)]
        self.firms: list[Any] = []
        self.talents: list[Any] = []
        self.funds: list[Any] = []
        self.deals: list[Any] = []
        self.programmes: list[Any] = []
        self.breakthroughs: list[Any] = []
        self.scratch = SimpleNamespace()
        """What one process leaves to a later one of the same month, beside the tables."""
        self.first_free = dict.fromkeys(TABLES, 0)
        """By table: no row before this one is free."""
        self.counts: dict[int, list[float]] = {}
        """The thirteen counts by month."""
        self.measures: dict[int, list[float]] = {}
        """The measures by month."""

    @staticmethod
    def empty_city(seed: int, replicate: int) -> np.ndarray[Any, np.dtype[np.void]]:
        """Return the city's row before anything happened, shape (1,)."""
        city = np.zeros(1, t.CITY)
        city["seed"], city["replicate"], city["leading_pool"] = seed, replicate, t.NEVER
        set_place(city)
        set_aims(city)
        return city

    def new(self, table: str) -> Any:
        """Return a new object, all zero but alive, in the first free row of its table."""
        rows: list[Any] = getattr(self, table)
        row = self.first_free[table]
        while row < len(rows) and rows[row].alive:
            row += 1
        self.first_free[table] = row + 1
        thing: Any = AGENTS[table](self) if table in AGENTS else Thing(TABLES[table])
        thing.row, thing.alive = row, 1
        rows[row : row + 1] = [thing]
        return thing

    def end(self, table: str, thing: Any) -> None:
        """Let an object cease to exist: its row is free."""
        thing.alive = 0
        self.first_free[table] = min(self.first_free[table], thing.row)
        if table in AGENTS:
            thing.remove()


def set_city(city: Thing, row: Any) -> None:
    """Copy the city's row of a world into the object, arrays as nested lists."""
    for field in t.CITY_FIELDS:
        setattr(city, field.name, row[field.name][0].tolist())
