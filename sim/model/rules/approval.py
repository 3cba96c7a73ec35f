"""What naming rests on, whoever decides: proposals, money by kind, how long building takes."""

from sim.engine import rule
from sim.engine.chance import fill_words
from sim.model.rules.common import MONTH, WAN_A_YI, choose
from sim.model.world import purposes
from sim.model.world.codes import (
    APPROVED,
    COLLEGE,
    INNOVATION_CENTRE,
    INSTITUTE,
    INSTRUMENTS,
    PAYS_FOR,
    PROPOSED,
    mechanism,
)
from sim.model.world.luck import luck
from sim.model.world.tables import NOBODY, City, Draw, Programme, Tables

MINISTRIES = mechanism("ministry_cooperation")
NATIONAL = (COLLEGE, INSTITUTE, INNOVATION_CENTRE)
"""Kinds of programme that the nation places: its projects and platforms."""


@rule
def fund_programmes(city: City, p: Draw) -> None:
    """Set a month's money aside for each kind of programme."""
    for k in range(INSTRUMENTS):
        if PAYS_FOR[k] != NOBODY:
            budget = p.cost[k] * WAN_A_YI * MONTH
            city.purse[PAYS_FOR[k]] += budget * (p.usual_budget + city.given[k])


@rule
def list_proposals(world: Tables) -> int:
    """List in ``struck`` the proposals on the table and draw their words; return their number."""
    city, who = world.city[0], world.who
    programmes = world.programmes
    proposals = 0
    for row in range(city.programme_rows):  # no branch: what is proposed cannot be guessed
        entry = programmes[row]
        who[proposals] = entry.id
        world.struck[proposals] = row
        proposals += int(entry.alive) & int(entry.stage == PROPOSED)
    fill_words(world.words, who, proposals, city.seed, city.replicate, 0, purposes.PRIORITY)
    return proposals


@rule
def can_be_named(city: City, p: Draw, entry: Programme, month: int) -> bool:
    """Return whether a proposal still stands, can be paid, and opens no earlier than is known."""
    return (
        entry.stage == PROPOSED
        and entry.alive == 1
        and city.purse[entry.kind] >= price_of(city, p, entry.kind)
        and opening(city, p, entry, month) >= city.held[entry.kind]
    )


@rule
def name_programme(city: City, p: Draw, chosen: Programme, month: int) -> None:
    """Approve a proposal and pay for it."""
    city.purse[chosen.kind] -= price_of(city, p, chosen.kind)
    chosen.stage = APPROVED
    chosen.starts = month + 1
    chosen.opens = opening(city, p, chosen, month)


@rule
def price_of(city: City, p: Draw, kind: int) -> float:
    """Return what the city pays for a programme; the nation shares what it places here itself."""
    won = city.mean_dose[MINISTRIES]
    shared = choose(kind in NATIONAL, p.ministry_share * won, 0.0)
    return p.price[kind] * max(0.0, 1.0 - shared)


@rule
def opening(city: City, p: Draw, entry: Programme, month: int) -> int:
    """Return the month in which a proposal would open if it were approved now."""
    u, _, _, _ = luck(city, entry.id, 0, purposes.BUILDING_TIME)
    stretch = 1.0 + p.building_spread * (2.0 * u - 1.0)
    return month + 1 + max(1, round(p.building_months[entry.kind] * stretch))
