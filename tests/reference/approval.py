"""What naming rests on (section 7.1): money by kind, and how long building takes."""

from typing import Any

from sim.model.world import codes, purposes
from sim.model.world.codes import APPROVED, PROPOSED
from sim.model.world.tables import NOBODY
from tests.reference.luck import luck

MINISTRIES = codes.mechanism("ministry_cooperation")


def earn(model: Any) -> None:
    """Add a month to what the city can pay."""
    city, p = model.city, model.p
    for i, kind in enumerate(codes.PAYS_FOR):
        if kind != NOBODY:
            city.purse[kind] += 10_000 * p.cost[i] / 12 * (p.usual_budget + city.given[i])


def payable(model: Any, month: int) -> list[Any]:
    """Return the proposals that can be paid and would open no earlier than is known."""
    city = model.city
    return [
        entry
        for entry in model.programmes
        if entry.alive
        and entry.stage == PROPOSED
        and city.purse[entry.kind] >= price_of(model, entry.kind)
        and opening(model, entry, month) >= city.held[entry.kind]
    ]


def approve(model: Any, entry: Any, month: int) -> None:
    """Approve a proposal and pay for it."""
    model.city.purse[entry.kind] -= price_of(model, entry.kind)
    entry.stage, entry.starts, entry.opens = APPROVED, month + 1, opening(model, entry, month)


def price_of(model: Any, kind: int) -> float:
    """Return what the city pays for a programme, less what the nation pays."""
    p = model.p
    shared = 0.0
    if kind in (codes.COLLEGE, codes.INSTITUTE, codes.INNOVATION_CENTRE):
        shared = p.ministry_share * model.city.mean_dose[MINISTRIES]
    return float(p.price[kind] * max(0.0, 1.0 - shared))


def luck_of(model: Any, entry: Any) -> float:
    """Return a proposal's luck among proposals."""
    return float(luck(model, entry.id, 0, purposes.PRIORITY)[0])


def opening(model: Any, entry: Any, month: int) -> int:
    """Return the month in which a programme opens that is approved now."""
    p, u = model.p, luck(model, entry.id, 0, purposes.BUILDING_TIME)[0]
    stretch = 1.0 + p.building_spread * (2.0 * u - 1.0)
    return int(month + 1 + max(1, round(p.building_months[entry.kind] * stretch)))
