"""What is rare in a small population, and in which months of a compiled run it happens."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.model.world import codes
from sim.model.world.ledgers import FUND_RETURNED, GUIDANCE_MONEY, LEFT_CITY, MOVED_DISTRICT
from sim.model.world.setup import Setup
from sim.model.world.tables import NOBODY
from sim.model.world.world import World, grow
from tests.reference.processes import ORDER, Run

Tables = dict[str, Any]
"""A world's records by name, as they stood before a process."""


def _ended(table: str, field: str, value: int) -> Callable[[Tables, World], bool]:
    """Return what tells whether a row with this value is no more."""

    def tell(before: Tables, now: World) -> bool:
        gone = (before[table]["alive"] == 1) & (getattr(now, table)["alive"] == 0)
        # An exit's reason is written as the firm ends, a programme's stage stands before.
        where = getattr(now, table) if field == "exit_reason" else before[table]
        return bool(np.any(gone & (where[field] == value)))

    return tell


def _noted(kind: int) -> Callable[[Tables, World], bool]:
    """Return what tells whether a breakthrough of a kind is written down."""

    def tell(before: Tables, now: World) -> bool:
        first = int(before["city"]["breakthrough_rows"][0])
        last = int(now.city["breakthrough_rows"][0])
        return bool(np.any(now.breakthroughs["kind"][first:last] == kind))

    return tell


def _moved(ledger: str, entry: int) -> Callable[[Tables, World], bool]:
    """Return what tells whether a month's ledger has something under an entry."""
    return lambda before, now: bool(
        now.city[ledger][0][entry] > 0.0 and before["city"][ledger][0][entry] == 0.0
    )


def _used_up(_: Tables, now: World) -> bool:
    """Return whether the guidance fund put its last money into a round."""
    return bool(now.city["events"][0][GUIDANCE_MONEY] > 0.0 and now.funds["dry_powder"][0] == 0.0)


def _shared(_: Tables, now: World) -> bool:
    """Return whether several funds pay for one round, besides the guidance fund."""
    month = now.city["month"][0]
    paid = (now.deals["alive"] == 1) & (now.deals["month"] == month) & (now.deals["fund"] > 0)
    pairs = np.unique(np.stack([now.deals[name][paid] for name in ("firm", "fund")]), axis=1)
    return bool(np.any(np.bincount(pairs[0], minlength=1) > 1))


def _tied(before: Tables, now: World) -> bool:
    """Return whether a firm wins an order."""
    return bool(np.any((before["firms"]["patron"] == NOBODY) & (now.firms["patron"] != NOBODY)))


def _parted(before: Tables, now: World) -> bool:
    """Return whether a firm has fewer people than before."""
    return bool(np.any(now.firms["talents"] < before["firms"]["talents"]))


EVENTS: dict[str, tuple[str, Callable[[Tables, World], bool]]] = {
    "a proposal lapses": ("programmes", _ended("programmes", "stage", codes.PROPOSED)),
    "an open programme closes": ("programmes", _ended("programmes", "stage", codes.OPEN)),
    "a component is made": ("breakthroughs", _noted(codes.COMPONENT)),
    "a product is launched": ("breakthroughs", _noted(codes.PRODUCT)),
    "a standard is led": ("breakthroughs", _noted(codes.STANDARD)),
    "guidance money is used up": ("finance", _used_up),
    "a round is shared": ("finance", _shared),
    "a listing returns money": ("finance", _moved("flows", FUND_RETURNED)),
    "somebody is dismissed": ("layoffs", _parted),
    "an order is won": ("linkage", _tied),
    "a leading firm's move counts": ("linkage", _noted(codes.LEADING_MOVE)),
    "a firm moves to another district": ("entry", _moved("events", MOVED_DISTRICT)),
    "an insolvent firm ends": ("exit", _ended("firms", "exit_reason", codes.INSOLVENT)),
    "a firm is given up": ("exit", _ended("firms", "exit_reason", codes.CLOSED)),
    "a firm is bought": ("exit", _ended("firms", "exit_reason", codes.ACQUIRED)),
    "a firm leaves the city": ("exit", _moved("events", LEFT_CITY)),
}
"""What is looked for: the process in which it happens, and what tells that it has."""


def happened(setup: Setup, months: int, seed: int, replicate: int) -> dict[str, set[int]]:
    """Return the months of a compiled run in which each of ``EVENTS`` happens."""
    run = Run(setup, seed, replicate)
    found: dict[str, set[int]] = defaultdict(set)
    for month in range(months):
        run.world = grow(run.world)
        run.world.city["month"] = month
        for process in ORDER:
            before = {
                table: getattr(run.world, table).copy() for table in ("city", "firms", "programmes")
            }
            run.process(process, month)
            for event, (where, tell) in EVENTS.items():
                if where == process and tell(before, run.world):
                    found[event].add(month)
    return found
