"""How a person adds a firm, a talent or a fund: what is given is checked, then tables change."""

from collections.abc import Mapping
from typing import Any, Final

from sim import interventions
from sim.engine.chance import identity
from sim.engine.driver import bound
from sim.model.world import codes
from sim.model.world.grid import OUTSIDE
from sim.model.world.namespaces import ADDED_FIRM, ADDED_FUND, ADDED_TALENT
from sim.model.world.tables import NOBODY
from sim.model.world.world import grow
from sim.plan import CITY, PLAN

NUMBERS: Final = {
    kind: {entry.id: number for number, entry in enumerate(entries)}
    for kind, entries in (
        ("track", PLAN.tracks),
        ("cluster", PLAN.clusters),
        ("district", PLAN.districts),
        ("instrument", PLAN.instruments),
    )
}


def number_of(kind: str, name: str | int | None) -> int:
    """Return the number of an entry of the plan, -1 for None.

    Args:
        kind: track, cluster, district or instrument.
        name: its id, a name that it goes by, or its number.

    Raises:
        Problem: nothing goes by the name.
        ValueError: nothing has the number.
    """
    numbers = NUMBERS[kind]
    if name is None:
        return NOBODY
    if isinstance(name, str):
        return numbers[PLAN.resolve(kind, name)]
    if not 0 <= name < len(numbers):
        raise ValueError(f"there is no {kind} {name!r}: they are 0 to {len(numbers) - 1}")
    return int(name)


def code_of(what: str, names: tuple[str, ...], name: str) -> int:
    """Return the code of one of some names.

    Raises:
        ValueError: it is none of them.
    """
    if name not in names:
        raise ValueError(f"{what} is {', '.join(filter(None, names))}; found {name!r}")
    return names.index(name)


def land_cell(model: Any, cell: Any) -> int:
    """Return the number of a cell of a model's space, -1 for None.

    Raises:
        ValueError: it is another model's, or has no land in the city.
    """
    if cell is None:
        return NOBODY
    number: int = model.cell_number(cell)
    site = model.world.cells[number]
    if site["district"] == OUTSIDE or site["land"] <= 0.0:
        raise ValueError(f"cell {cell.coordinate} has no land in {CITY.en}")
    return number


def add_firm(model: Any, values: Mapping[str, Any], founder: int, district: int, cell: int) -> int:
    """Found a firm and return its row.

    Args:
        model: a ``ClusterModel``.
        values: track, level, quality and cash (ten thousand yuan).
        founder: row of a talent; -1 if the firm comes from outside.
        district: number of the district, -1 for the firm's choice.
        cell: number of the cell, -1 for one of the district that chance picks.
    """
    kind = codes.MOVED_IN if founder == NOBODY else codes.STARTUP
    model.world = grow(model.world)
    row: int = do(
        model,
        interventions.found_firm,
        new_identity(model, ADDED_FIRM),
        values["track"],
        kind,
        values["level"],
        float(values["quality"]),
        float(values["cash"]),
        founder,
        district,
        cell,
        back=int,
    )
    return row


def add_talent(model: Any, values: Mapping[str, Any]) -> int:
    """Let a person come and return the row.

    Args:
        model: a ``ClusterModel``.
        values: track, level, home and skill.
    """
    model.world = grow(model.world)
    row: int = do(
        model,
        interventions.bring_talent,
        new_identity(model, ADDED_TALENT),
        values["track"],
        values["level"],
        values["home"],
        float(values["skill"]),
        back=int,
    )
    return row


def add_fund(model: Any, values: Mapping[str, Any]) -> int:
    """Set up a fund and return its row; ``values`` are of its table's fields."""
    named = {**values, "id": new_identity(model, ADDED_FUND)}
    model.world, row = interventions.open_fund(model.world, named)
    return row


def do(model: Any, rule: Any, *given: float, back: type | None = None) -> Any:
    """Call a rule on a model's world; ``back`` is int if it returns one."""
    return bound(model.world, model.record).call(rule, *given, back=back)


def new_identity(model: Any, namespace: int) -> int:
    """Return an identity that the rules give to nobody: its luck is its own."""
    return int(identity(namespace, next(model.added), 0, 0))
