"""From a compiled world to a reference, and what differs between the two, in words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.world import tables as t
from sim.world.setup import Setup
from sim.world.world import World
from tests.reference.objects import AGENTS, TABLES, Reference, Thing, set_city

WORKING = {
    "firm_rows",
    "talent_rows",
    "fund_rows",
    "deal_rows",
    "programme_rows",
    "breakthrough_rows",
    "free_firm",
    "free_talent",
    "free_deal",
    "overflow",
    "hub_start",
    "sizes",
    "vacant_start",
    "posts",
    "post_start",
    "needs",
    "access",
    "utility",
    "pull",
    "founding",
}
"""Fields of the city that are working space of a process, or are told by the tables."""
SINGULAR = {
    "firms": "firm",
    "talents": "talent",
    "funds": "fund",
    "deals": "deal",
    "programmes": "programme",
    "breakthroughs": "breakthrough",
}
RELATIVE = 1e-9
ABSOLUTE = 1e-8
"""Numbers agree if they differ by less than either: sums are taken in different orders."""


def column(world: World, table: str, field: str) -> NDArray[Any]:
    """Return a column of a world's table, for the rows in use."""
    rows: Any = getattr(world, table)
    values: NDArray[Any] = getattr(rows, field) if table == "talents" else rows[field]
    if table in SINGULAR:
        values = values[: int(world.city[f"{SINGULAR[table]}_rows"][0])]
    return values


def read(world: World, setup: Setup, draw: dict[str, float]) -> Reference:
    """Return a reference that stands where the world stands."""
    city = world.city[0]
    model = Reference(setup, draw, int(city["seed"]), int(city["replicate"]))
    set_city(model.city, world.city)
    for table, fields in TABLES.items():
        columns = {field.name: column(world, table, field.name).tolist() for field in fields}
        rows: list[Any] = []
        for values in zip(*columns.values(), strict=True):
            thing: Any = AGENTS[table](model) if table in AGENTS else Thing(fields)
            for name, value in zip(columns, values, strict=True):
                setattr(thing, name, value)
            thing.row = len(rows)
            rows.append(thing)
            if table in AGENTS and not thing.alive:
                thing.remove()
        setattr(model, table, rows)
    model.knowledge = world.knowledge.tolist()
    # What the processes of this month have left behind so far.
    model.scratch.founders = world.founders[: int(city["sizes"][1])].tolist()
    model.scratch.cell_sums = world.field[: len(model.land_cells)].tolist()
    return model


def differences(model: Reference, world: World) -> list[str]:
    """Return where the reference and the world differ, one line for a table and field."""
    found = []
    for table, fields in TABLES.items():
        rows: list[Any] = getattr(model, table)
        here = np.ones(len(rows), np.bool_)
        if any(field.name == "alive" for field in fields):
            living = column(world, table, "alive")
            ours = np.array([thing.alive for thing in rows], np.int64)
            found += _lines(_long(ours, len(living)), _long(living, len(ours)), f"{table}.alive")
            size = min(len(living), len(ours))
            here = (living[:size] == 1) & (ours[:size] == 1)
        elif len(column(world, table, fields[0].name)) != len(rows):
            found.append(f"{table}: {len(rows)} rows, {len(column(world, table, fields[0].name))}")
            continue
        chosen = np.flatnonzero(here)
        for field in fields:
            ours = np.array([getattr(rows[k], field.name) for k in chosen])
            found += _lines(
                ours, column(world, table, field.name)[chosen], f"{table}.{field.name}", chosen
            )
    for field in t.CITY_FIELDS:
        if field.name not in WORKING:
            ours = np.array(getattr(model.city, field.name))
            found += _lines(ours, world.city[field.name][0], f"city.{field.name}")
    return [*found, *_lines(np.array(model.knowledge), world.knowledge, "knowledge")]


def _long(values: NDArray[Any], rows: int) -> NDArray[Any]:
    """Return the values of ``alive`` with zeros added where the other has more rows."""
    return np.pad(values, (0, max(0, rows - len(values))))


def _lines(
    ours: NDArray[Any], theirs: NDArray[Any], what: str, rows: NDArray[Any] | None = None
) -> list[str]:
    """Return at most one line, about the first place where two arrays differ."""
    if np.issubdtype(theirs.dtype, np.floating):
        apart = np.abs(ours - theirs)
        same = apart <= np.maximum(ABSOLUTE, RELATIVE * np.maximum(np.abs(ours), np.abs(theirs)))
    else:
        same = np.asarray(ours == theirs)
    if same.all():
        return []
    places = np.argwhere(~np.atleast_1d(same))
    first = tuple(places[0].tolist())
    a, b = np.atleast_1d(ours)[first], np.atleast_1d(theirs)[first]
    where = first if rows is None else (int(rows[first[0]]), *first[1:])
    return [f"{what}{list(where)}: reference {a!r}, rules {b!r} ({len(places)} places)"]


def agree(model: Reference, world: World) -> None:
    """Compare the two.

    Raises:
        AssertionError: they differ; says where.
    """
    found = differences(model, world)
    assert not found, "\n".join(found)
