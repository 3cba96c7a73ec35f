"""Entry (section 7.9): talents found firms, firms come from outside, a few move."""

from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import mechanism
from sim.model.world.ledgers import BROUGHT, CAME, FIRMS_HERE, FOUNDED, MOVED_DISTRICT, SEED
from sim.model.world.tables import CLUSTERS, NOBODY
from tests.reference.birth import about, choose_cell, choose_district, found_firm, place_firm
from tests.reference.luck import luck, name, normal, pick
from tests.reference.people import join, leave
from tests.reference.policy import mean
from tests.reference.talent import worth_a_firm

ACCELERATORS, FORUMS, LAND, ATTRACTION, ACCESS = map(
    mechanism, ("accelerators", "forums", "land", "firm_attraction", "market_access")
)
ROOM = 6.0
"""Room for this many times the usual number of firms that come."""


def entry(model: Any, month: int) -> None:
    """Let firms be founded, come and, once a quarter, move."""
    for row in model.scratch.founders:
        person = model.talents[row]
        if person.alive and person.employer != codes.SEARCHING:
            found(model, person, month)
    come(model, month)
    if month % 3 == 0:
        for firm in model.firms:
            if firm.alive:
                move(model, firm, month)


def found(model: Any, person: Any, month: int) -> None:
    """Let a talent found a firm and join it."""
    city, p = model.city, model.p
    for_level, for_cash, a, b = luck(model, person.id, month, purposes.FOUNDING)
    parent = model.firms[person.employer].quality if person.employer >= 0 else p.institute_quality
    quality = (
        p.heredity * parent + (1 - p.heredity) * person.skill + p.founding_noise * normal(a, b)
    )
    level = 1 + int(p.founding_levels * for_level)
    who = name(namespaces.START_UP, person.id, month)
    usual = worth_a_firm(model, person)
    beyond = luck(model, who, month, purposes.NEW_FIRM)[0] * usual > 1.0
    if beyond:
        quality -= p.margin_gap
    elif usual < 1.0:
        quality += p.margin_gap * (1.0 / usual - 1.0)
    firm = found_firm(model, who, person.track, codes.STARTUP, level, quality, person.home, month)
    near = min(1.0, city.services[codes.ACCELERATOR][firm.cluster][firm.district])
    dose = city.dose[ACCELERATORS][CLUSTERS + firm.track][firm.place]
    support = 1.0 + p.accelerator_seed * near * (1.0 + dose)
    firm.cash = p.seed_money * about(model, for_cash) * support
    if beyond:
        firm.cash *= p.margin_money
    firm.founder = person.id
    leave(model, person, month)
    join(firm, person, month)
    city.flows[SEED] += firm.cash
    city.events[FOUNDED] += 1.0


def come(model: Any, month: int) -> None:
    """Let firms from outside come: each candidate with the same small chance."""
    city, p = model.city, model.p
    usual = p.moving_in / 12
    candidates = 16 + int(ROOM * usual)
    for k in range(candidates):
        who = name(namespaces.FIRM_FROM_OUTSIDE, k, month)
        for_coming, for_track, for_level, for_cash = luck(model, who, month, purposes.MOVING_IN)
        track = pick(p.firm_weight, for_track)
        forums = mean(city.dose[FORUMS][CLUSTERS + track])
        land = mean(city.dose[LAND][CLUSTERS + track])
        called = mean(city.dose[ATTRACTION][CLUSTERS + track])
        eased = mean(city.dose[ACCESS][CLUSTERS + track])
        pull = 1.0 + p.forum_moving * forums + p.land_moving * land + p.attraction_gain * called
        pull = (pull + p.access_entry * eased) * city.left_by_rivals
        if for_coming >= usual / candidates * pull:
            continue
        a, b, for_age, _ = luck(model, who, month, purposes.NEW_FIRM)
        level = int(p.moving_level) + int(p.moving_levels * for_level)
        quality = p.moving_quality + p.founding_noise * normal(a, b)
        firm = found_firm(model, who, track, codes.MOVED_IN, level, quality, NOBODY, month)
        firm.founded = month - int(12.0 * p.moving_age * for_age)
        firm.cash = p.moving_money * about(model, for_cash)
        city.flows[BROUGHT] += firm.cash
        city.events[CAME] += 1.0


def move(model: Any, firm: Any, month: int) -> None:
    """Let a firm whose turn it is, every sixteenth quarter, consider another district."""
    city, p = model.city, model.p
    if firm.id // 8 % 16 != month // 3 % 16:
        return
    if luck(model, firm.id, month, purposes.MOVE)[0] >= 16 * p.relocation / 4:
        return
    district = choose_district(model, firm.id, firm.track, firm.district, month)
    if district != firm.district:
        model.cells[firm.cell].firms -= 1
        city.tallies[FIRMS_HERE][firm.cluster][firm.district] -= 1.0
        place_firm(model, firm, choose_cell(model, firm.id, district, month))
        city.events[MOVED_DISTRICT] += 1.0
