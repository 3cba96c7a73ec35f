"""Exit (section 7.11): firms run out of money, are given up, bought, or leave."""

from typing import Any

from sim.model.world import codes, purposes
from sim.model.world.codes import mechanism
from sim.model.world.ledgers import CLOSED_CASH, ENDED, FIRMS_HERE, LEFT_CITY, SUCCESSES_HERE
from sim.model.world.tables import CLUSTERS, NOBODY
from tests.reference import glances
from tests.reference.hope import stops
from tests.reference.luck import glance, luck, whole
from tests.reference.stakes import sell_stakes

ACCELERATORS = mechanism("accelerators")


def exit(model: Any, month: int) -> None:
    """End the firms whose time has come, then their people's posts and the orders they gave."""
    ended = set()
    for firm in model.firms:
        if firm.alive:
            reason = reason_to_end(model, firm, month)
            if reason != codes.STILL_HERE:
                end(model, firm, reason)
                ended.add(firm.row)
    for person in model.talents:
        if person.alive and person.employer in ended:
            firm = model.firms[person.employer]
            if firm.founder == person.id and firm.exit_reason in (codes.INSOLVENT, codes.CLOSED):
                person.failures += 1
            person.employer, person.since = codes.SEARCHING, month
    for firm in model.firms:
        if firm.patron in ended:
            firm.patron = NOBODY


def reason_to_end(model: Any, firm: Any, month: int) -> int:
    """Return why a firm ends this month, or that it does not."""
    city, p = model.city, model.p
    given_up, bought, gone, _ = luck(model, firm.id, month, purposes.ENDING)
    given_up = whole(glance(model, firm.id, month, glances.CLOSING), given_up)
    bought = whole(glance(model, firm.id, month, glances.SALE), bought)
    gone = whole(glance(model, firm.id, month, glances.LEAVING), gone)
    if firm.distress >= p.insolvency_months:
        return codes.INSOLVENT
    free = firm.kind != codes.STATE_OWNED
    if free and firm.sales < p.closing_sales:
        near = min(1.0, city.services[codes.ACCELERATOR][firm.cluster][firm.district])
        dose = city.dose[ACCELERATORS][CLUSTERS + firm.track][firm.place]
        rate = p.closing_rate + stops(model, firm, month)
        if firm.commissioned and firm.level < p.first_selling_level[codes.GATE_OF[firm.track]]:
            rate += p.commission_stopping
        lost = max(0.0, 1.0 - p.accelerator_rescue) ** (near * (1.0 + dose))
        if given_up < rate / 12 * lost:
            return codes.CLOSED
    if (
        firm.first_deal != NOBODY
        and firm.level >= p.acquired_level
        and firm.sales < p.listing_sales
        and bought < p.acquisition_rate / 12
    ):
        return codes.ACQUIRED
    if free and gone < p.leaving_rate / 12:
        return codes.MOVED_AWAY
    return codes.STILL_HERE


def end(model: Any, firm: Any, reason: int) -> None:
    """Take a firm out of the world: its investors, its place, its ties."""
    city, p = model.city, model.p
    value = 0.0
    if reason == codes.ACQUIRED:
        value = max(p.value_to_money * firm.raised, p.value_to_sales * firm.sales)
        city.tallies[SUCCESSES_HERE][firm.cluster][firm.district] += p.acquired_success
    elif reason == codes.MOVED_AWAY:
        value = firm.raised
        city.events[LEFT_CITY] += 1.0
    sell_stakes(model, firm, value)
    if firm.patron != NOBODY:
        model.firms[firm.patron].partners -= 1
    if firm.consortium != NOBODY:
        model.programmes[firm.consortium].members -= 1
    model.cells[firm.cell].firms -= 1
    city.tallies[FIRMS_HERE][firm.cluster][firm.district] -= 1.0
    city.flows[CLOSED_CASH] -= firm.cash
    city.events[ENDED] += 1.0
    firm.exit_reason = reason
    model.end("firms", firm)
