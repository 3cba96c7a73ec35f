"""From a compiled world to a reference, and what differs between the two, in words."""

from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world import codes
from sim.model.world import tables as t
from sim.model.world.setup import Setup
from sim.model.world.world import World
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
    "firms_listed",
    "founders_listed",
    "newcomers_listed",
    "seekers_listed",
    "vacant_start",
    "posts",
    "post_start",
    "needs",
    "access",
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
RELATIVE = 1e-13
"""Numbers agree to this part of themselves, some 450 last bits: terms are added, and factors
multiplied, in different orders. Whole runs of 99 months come to 25 last bits at most."""
LEFT_OVER = {
    "firms.cash": "peak",
    "firms.burn": "peak",
    "firms.debt": "peak",
    "firms.plant_debt": "peak",
    "firms.lacking": "peak",
    "firms.losses": "peak",
    "firms.ordered": "peak",
    "firms.capacity": "peak",
    "funds.dry_powder": "committed",
}
"""What is left when money came in and went out may be far less than either, but not more exact. It
is compared to the same part of the largest sum that it is made of: this field of the same row."""
LEAST = {
    "firms.sales": 1000.0,
    "firms.staff": 1.0,
    "firms.quality": 1.0,
    "deals.amount": 1000.0,
    "deals.stake": 0.01,
    "city.utility": 1.0,
    "city.sold": 1000.0 / 12,
    "city.sales_history": 1000.0 / 12,
}
"""万元 and persons below which a firm's sales and staff, and what an area sells in a month, are as
exact as these: they come from capacity that left-over cash paid for. The last fund of a round pays
what the others left of it. Quality and utility are sums of numbers around one."""
LEDGERS = {"calls", "carried", "flows", "purse"}
"""What is left over in the city: compared to the same part of the largest entry."""


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
    model = Reference(setup, draw, int(city["seed"]), int(city["replicate"]), laid_out=False)
    set_city(model.city, world.city)
    for table, fields in TABLES.items():
        columns = {field.name: column(world, table, field.name).tolist() for field in fields}
        rows: list[Any] = []
        for values in zip(*columns.values(), strict=True):
            thing: Any = AGENTS[table](model) if table in AGENTS else Thing(())
            vars(thing).update(zip(columns, values, strict=True))
            thing.row = len(rows)
            rows.append(thing)
            if table in AGENTS and not thing.alive:
                thing.remove()
        setattr(model, table, rows)
    model.knowledge = world.knowledge.tolist()
    # What the processes of this month have left behind so far.
    model.scratch.seekers = world.seekers[: int(city["seekers_listed"])].tolist()
    model.scratch.founders = world.founders[: int(city["founders_listed"])].tolist()
    model.scratch.cell_sums = world.field[: len(model.land_cells)].tolist()
    return model


def differences(model: Reference, world: World) -> list[str]:
    """Return where the reference and the world differ, one line for a table and field."""
    found = []
    note_peaks(model)
    count_people(model)
    for table, fields in TABLES.items():
        rows: list[Any] = getattr(model, table)
        here = np.ones(len(rows), np.bool_)
        if any(field.name == "alive" for field in fields):
            living = column(world, table, "alive")
            ours = np.array([thing.alive for thing in rows], np.int64)
            either = _long(ours, len(living))
            found += _lines(either, _long(living, len(ours)), f"{table}.alive", either)
            size = min(len(living), len(ours))
            here = (living[:size] == 1) & (ours[:size] == 1)
        elif len(column(world, table, fields[0].name)) != len(rows):
            found.append(f"{table}: {len(rows)} rows, {len(column(world, table, fields[0].name))}")
            continue
        chosen = np.flatnonzero(here)
        looked_at = [rows[k] for k in chosen]
        for field in fields:
            what = f"{table}.{field.name}"
            ours = np.array(list(map(attrgetter(field.name), looked_at)))
            theirs = column(world, table, field.name)[chosen]
            sums = ours
            if what in LEFT_OVER:
                sums = np.array(list(map(attrgetter(LEFT_OVER[what]), looked_at)))
            sums = np.maximum(np.abs(sums), LEAST[what]) if what in LEAST else sums
            found += _lines(ours, theirs, what, sums, chosen)
    for field in t.CITY_FIELDS:
        if field.name not in WORKING:
            ours = np.array(getattr(model.city, field.name))
            what = f"city.{field.name}"
            sums = np.abs(ours).max() if field.name in LEDGERS else ours
            sums = np.maximum(np.abs(sums), LEAST[what]) if what in LEAST else sums
            found += _lines(ours, world.city[field.name][0], what, sums)
    ours = np.array(model.knowledge)
    found += _lines(ours, world.knowledge, "knowledge", ours)
    return [*found, *_founders(model, world)]


def _founders(model: Reference, world: World) -> list[str]:
    """Return a line if others think of founding a firm: they wait, in no table, for `entry`."""
    ours: list[int] = getattr(model.scratch, "founders", [])
    theirs = world.founders[: int(world.city["founders_listed"][0])].tolist()
    return [] if ours == theirs else [f"founders: reference {ours}, rules {theirs}"]


def count_people(model: Reference) -> None:
    """Count who searches where and who has which level: rules keep books of it, objects do not."""
    model.city.searching = np.zeros(t.BY_AREA).tolist()
    model.city.levels = np.zeros(t.BY_LEVEL).tolist()
    for person in model.talents:
        if person.alive:
            model.city.levels[person.origin][person.level] += 1.0
            if person.employer == codes.SEARCHING:
                cluster = codes.CLUSTER_OF[person.track]
                model.city.searching[cluster][person.home] += 1.0


def note_peaks(model: Reference) -> None:
    """Note with each firm the largest sum of money that it had or turned over so far."""
    for firm in model.firms:
        if firm.alive:
            now = max(abs(firm.cash), firm.sales, firm.real_rd, firm.debt, firm.capacity)
            firm.peak = max(getattr(firm, "peak", 0.0), now)


def _long(values: NDArray[Any], rows: int) -> NDArray[Any]:
    """Return the values of ``alive`` with zeros added where the other has more rows."""
    return np.pad(values, (0, max(0, rows - len(values))))


def _lines(
    ours: NDArray[Any],
    theirs: NDArray[Any],
    what: str,
    sums: NDArray[Any],
    rows: NDArray[Any] | None = None,
) -> list[str]:
    """Return at most one line, about the first place where two arrays differ.

    ``sums`` is how large the sums are that the numbers are made of: rounding is relative to them.
    """
    if np.issubdtype(theirs.dtype, np.floating):
        largest = np.maximum(np.maximum(np.abs(ours), np.abs(theirs)), np.abs(sums))
        same = np.abs(ours - theirs) <= RELATIVE * largest
    else:
        same = np.asarray(ours == theirs)
    if same.all():
        return []
    places = np.argwhere(~np.atleast_1d(same))
    first = tuple(places[0].tolist())
    a, b = (np.atleast_1d(each)[first].item() for each in (ours, theirs))
    where = first if rows is None else (int(rows[first[0]]), *first[1:])
    return [f"{what}{list(where)}: reference {a!r}, rules {b!r} ({len(places)} places)"]


def agree(model: Reference, world: World) -> None:
    """Compare the two.

    Raises:
        AssertionError: they differ; says where.
    """
    found = differences(model, world)
    assert not found, "\n".join(found)
