"""A firm's life: a model is stepped month by month, and the firm's row compared each time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.calendar import DECEMBER
from sim.cluster_model import ClusterModel
from sim.language import NOTHING, Text
from sim.model.world.tables import NEVER, NOBODY
from sim.trace.changes import CHANGES, Look, Saying, began, ended, years_end
from sim.trace.names import Called, name_of, talent_name

START = -1
"""Month of what was so when October 2022 began."""
"""Number of the first December; every twelfth month after it is one too."""
NEWBORN = {
    "components": 0,
    "products": 0,
    "standards": 0,
    "technology_centre": 0,
    "ecosystem": 0,
    "certificate_until": NEVER,
    "patron": NOBODY,
    "consortium": NOBODY,
}
"""What a firm has before anything happens to it."""


class Event(NamedTuple):
    """Something that happened to a firm."""

    month: int
    """Number of the month; -1 is the start of October 2022."""
    kind: str
    """What sort of thing it is, in one word."""
    what: Text


def life_of(model: ClusterModel, asked: Called) -> Iterator[Event]:
    """Step a model until a firm has ended, or the run has, and yield what happens to the firm.

    A firm is known by its identity: its row may have been another's, and may become one.

    Args:
        model: at its beginning, or where the life is to be followed from.
        asked: the firm; nothing is yielded if no such firm lives from here on.
    """
    row = _row_of(model, asked)
    before = None if row is None else look(model, row)
    if before is not None:
        yield _event(model.month - 1, began(before, there=True))
    hired = left = 0
    while model.running:
        model.step()
        row = _row_of(model, asked) if row is None else row
        if row is None:
            continue
        now = look(model, row)
        month = model.month - 1
        if before is None:
            before = _newborn(now)
            yield _event(month, began(now, there=False))
        for change in CHANGES:
            yield from (_event(month, saying) for saying in change(before, now))
        if now.firm["alive"] == 0:
            yield _event(month, ended(now))
            return
        hired += len(now.staff - before.staff)
        left += len(before.staff - now.staff)
        if month % 12 == DECEMBER:
            yield _event(month, years_end(now, hired, left))
            hired = left = 0
        before = now


def look(model: ClusterModel, row: int) -> Look:
    """Return what a firm's row, and what points at it, say after the model's latest month."""
    world, month = model.world, model.month - 1
    firm = world.firms[row].copy()
    patron = None if firm["patron"] == NOBODY else world.firms[firm["patron"]]
    # Not along the firm's list of deals: that is emptied when investors sell.
    deals = world.deals[(world.deals["firm"] == row) & (world.deals["month"] == month)]
    rounds = [(deal, int(world.funds[deal["fund"]]["kind"])) for deal in deals if deal["amount"]]
    people = world.talents
    staff = people.id[(people.employer == row) & (people.alive == 1)]
    return Look(
        month,
        firm,
        None if patron is None else int(patron["id"]),
        NOTHING if patron is None else name_of(patron),
        talent_name(int(firm["founder"])),
        rounds,
        frozenset(staff.tolist()),
    )


def _row_of(model: ClusterModel, asked: Called) -> int | None:
    """Return the row of a firm that lives, or that came and ended within the latest month."""
    firms = model.world.firms[: model.world.city[0]["firm_rows"]]
    found = np.flatnonzero(
        asked.among(firms["id"], firms["founded"])
        & ((firms["alive"] == 1) | ((firms["entered"] == model.month - 1) & (model.month > 0)))
    )
    return int(found[0]) if len(found) else None


def _newborn(now: Look) -> Look:
    """Return a firm as it was before the rest of its first month."""
    firm: Any = now.firm.copy()
    for name, value in NEWBORN.items():
        firm[name] = value
    firm["leading"] = min(firm["leading"], 1)
    return now._replace(firm=firm, patron=None, patron_name=NOTHING, rounds=[])


def _event(month: int, saying: Saying) -> Event:
    return Event(month, *saying)
