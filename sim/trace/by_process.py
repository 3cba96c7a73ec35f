"""What each process of a month changes: of one agent, or because of one instrument."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.engine.driver import bound
from sim.engine.inputs import Inputs
from sim.engine.measure import PROCESS
from sim.engine.process import Process
from sim.engine.schedule import Schedule
from sim.model.world import tables as t
from sim.model.world.conditions import Conditions, in_month
from sim.model.world.setup import Setup
from sim.model.world.world import World, grow, twin
from sim.plan import PLAN
from sim.trace.names import Called, tail

TABLES = {"firm": "firms", "talent": "talents", "fund": "funds"}
"""Table of each kind of agent that can be traced."""
FIELDS = {
    "city": t.CITY_FIELDS,
    "firms": t.FIRM_FIELDS,
    "talents": t.TALENT_FIELDS,
    "funds": t.FUND_FIELDS,
    "deals": t.DEAL_FIELDS,
    "programmes": t.PROGRAMME_FIELDS,
    "breakthroughs": t.BREAKTHROUGH_FIELDS,
    "cells": t.CELL_FIELDS,
    "tracks": t.TRACK_FIELDS,
}
UNITS = {
    **{f"{table}.{field.name}": field.unit for table, each in FIELDS.items() for field in each},
    **dict.fromkeys(("knowledge", "counts", "measures"), "amount"),
}
"""Unit of each field in which two runs are compared: not of lists that a month leaves behind."""
NO_AMOUNTS = ("", "row", "rows", "month", "cell")
"""Units of numbers that stand for something else."""


class Stand(NamedTuple):
    """A run at the beginning of a month."""

    world: World
    inputs: Inputs
    schedule: Schedule
    measures: tuple[str, ...]
    """Names of what is measured."""
    conditions: Conditions

    @property
    def month(self) -> int:
        """Return the next month."""
        return int(self.world.city["month"][0])

    def told(self, process: Process) -> list[str]:
        """Return the fields that a process writes and that are compared, in their order."""
        if process.name.startswith(PROCESS):  # a measure of one's own writes no other
            return [f"measures.{process.name.removeprefix(PROCESS)}"]
        return sorted(filter(UNITS.__contains__, process.writes))


class Changed(NamedTuple):
    """A field of an agent that a process changed; None where the agent was not there."""

    month: int
    process: str
    field: str
    before: float | None
    after: float | None


class Moved(NamedTuple):
    """A field that differs, once a process has run, from what it would be without an instrument."""

    month: int
    process: str
    field: str
    """As table.field."""
    places: int
    """Rows or elements that differ."""
    difference: float | None
    """Sum of what they have with the instrument less what they would have without; None where the
    numbers stand for something (a row, a month, a kind) and have no sum."""


def stand_at(setup: Setup, seed: int, replicate: int, month: int) -> Stand:
    """Return a replicate at the beginning of a month."""
    number = ensemble.accepted(setup, seed, replicate)
    values, world = ensemble.begin(setup, seed, number)
    counts, measures = setup.nothing_recorded()
    record = parameters.as_record(values)
    world = ensemble.advance(world, record, setup, month, counts, measures)
    inputs = Inputs(record, setup.dose, setup.reach, counts, measures)
    return Stand(world, inputs, ensemble.schedule_of(setup), setup.measures, setup.conditions)


def changes_of(stand: Stand, kind: str, asked: Called, months: int) -> Iterator[Changed]:
    """Run some months and yield what each process changes of one agent, to its end if it ends.

    Args:
        stand: where to begin; its world is run on.
        kind: firm, talent or fund.
        asked: the agent.
        months: how many months.
    """
    before = _values(stand.world, TABLES[kind], asked)
    for _ in range(months):
        month = stand.month
        for process, stand in _processes(stand):  # noqa: B020 - the run goes on
            now = _values(stand.world, TABLES[kind], asked)
            for field in now or before:
                old, new = before.get(field), now.get(field)
                if old != new:
                    yield Changed(month, process.name, field, old, new)
            before = now
        if before.get("alive") == 0:
            return


def moved_by(stand: Stand, instrument: int, months: int) -> Iterator[Moved]:
    """Run some months with and without an instrument's dose, and yield what differs when."""
    doses = stand.inputs.doses.copy()
    doses[stand.month :, instrument] = 0.0
    without = beside(stand, doses)._replace(conditions=stand.conditions.without(instrument))
    return moved_between(stand, without, months)


def beside(stand: Stand, doses: NDArray[np.float64]) -> Stand:
    """Return the same run once more, from here on with other doses."""
    inputs = stand.inputs._replace(
        doses=doses, counts=stand.inputs.counts.copy(), measures=stand.inputs.measures.copy()
    )
    return stand._replace(world=twin(stand.world), inputs=inputs)


def moved_between(stand: Stand, without: Stand, months: int) -> Iterator[Moved]:
    """Run some months of two runs that stand at the same one, and yield what differs when.

    A field is told when a process that writes it has changed how far it differs. Rows are compared
    by their number.
    """
    told: dict[str, tuple[int, float | None]] = {}
    for _ in range(months):
        month = stand.month
        both = zip(_processes(stand), _processes(without), strict=True)
        for (process, stand), (_, without) in both:
            for field in stand.told(process):
                unit = UNITS.get(field, "amount")
                found = _difference(_array(stand, field), _array(without, field), unit)
                if found != told.get(field, (0, found[1] and 0.0)):
                    told[field] = found
                    yield Moved(month, process.name, field, *found)


def is_there(stand: Stand, kind: str, asked: Called) -> bool:
    """Return whether an agent has a row in its table."""
    return bool(_values(stand.world, TABLES[kind], asked))


def examples(stand: Stand, kind: str, number: int) -> list[str]:
    """Return what some agents that are there go by: the largest firms, the first others."""
    table: Any = getattr(stand.world, TABLES[kind])
    here = np.flatnonzero(_column(table, "alive") == 1)
    if kind == "firm":
        here = here[np.argsort(-table["sales"][here], kind="stable")]
        return [tail(int(table["id"][row]), int(table["founded"][row])) for row in here[:number]]
    return list(map(str, _column(table, "id")[here[:number]].tolist()))


def instrument_number(name: str) -> int:
    """Return the number of an instrument that goes by a name.

    Raises:
        Problem: none does.
    """
    return [entry.id for entry in PLAN.instruments].index(PLAN.resolve("instrument", name))


def _processes(stand: Stand) -> Iterator[tuple[Process, Stand]]:
    """Run a month and yield each process once it has run."""
    month = stand.month
    stand = stand._replace(world=grow(stand.world))
    seen = bound(stand.world, in_month(stand.inputs, stand.conditions, month))
    last = len(stand.schedule) - 1
    for number, process in enumerate(stand.schedule):
        seen.run(process, month)
        if number == last:
            stand.world.city["month"] = month + 1
        yield process, stand


def _values(world: World, name: str, asked: Called) -> dict[str, float]:
    """Return the fields of an agent; of one that has ended, those that it had at last."""
    table: Any = getattr(world, name)
    founded = table["founded"] if name == "firms" else None
    rows = np.flatnonzero(asked.among(_column(table, "id"), founded))
    if not len(rows):
        return {}
    row = int(rows[0])
    names = [field.name for field in FIELDS[name]]
    return {field: _column(table, field)[row].item() for field in names}


def _array(stand: Stand, field: str) -> NDArray[Any]:
    """Return what a process may write: a column, or a table or an input without fields."""
    name, _, inner = field.partition(".")
    if name == "measures" and inner:
        return stand.inputs.measures[:, stand.measures.index(inner)]
    table: Any = getattr(stand.inputs, name, None)
    if table is None:
        table = getattr(stand.world, name)
    return _column(table, inner) if inner else table


def _column(table: Any, name: str) -> NDArray[Any]:
    found: NDArray[Any] = getattr(table, name) if isinstance(table, tuple) else table[name]
    return found


def _difference(with_: NDArray[Any], without: NDArray[Any], unit: str) -> tuple[int, float | None]:
    """Return how many places differ, and by how much together."""
    length = min(len(with_), len(without))
    one, other = (each[:length].astype(np.float64) for each in (with_, without))
    differ = one != other
    total = None if unit in NO_AMOUNTS else float((one - other)[differ].sum())
    return int(differ.sum()), total
