"""Process 11: firms run out of money, close, are bought, or leave; their people are freed."""

from sim.engine import rule
from sim.engine.process import process
from sim.engine.rare import SLACK, list_flagged
from sim.model.rules.common import MONTH
from sim.model.rules.finance import sell_stakes
from sim.model.rules.readiness import gate_years
from sim.model.rules.staff import list_staff
from sim.model.rules.struck import CLOSING, LEAVING, SALE, flag_struck, is_struck, list_struck
from sim.model.world import purposes
from sim.model.world.codes import (
    ACCELERATOR,
    ACQUIRED,
    CLOSED,
    GATE_OF,
    INSOLVENT,
    MOVED_AWAY,
    STATE_OWNED,
    STILL_HERE,
    mechanism,
)
from sim.model.world.glances import draw_listed
from sim.model.world.hope import doubt, usual_pace
from sim.model.world.ledgers import CLOSED_CASH, ENDED, FIRMS_HERE, LEFT_CITY, SUCCESSES_HERE
from sim.model.world.rows import set_searching
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    PLACES,
    Draw,
    Firm,
    Tables,
)

ACCELERATORS = mechanism("accelerators")


@process(
    "exit",
    reads=(
        "cells: firms",
        "city: dose events firm_rows firms_listed flows free_deal free_firm searching",
        "city: services talent_rows tallies",
        "deals: fund month next stake",
        "firms: alive cash cell cluster commissioned consortium distress district first_deal",
        "firms: founder kind level partners patron place raised reached sales track",
        "funds: dry_powder portfolio returned",
        "programmes: members",
        "talents: employer failures home id track",
        "firm_glances ids new_firms",
    ),
    writes=(
        "cells: firms",
        "city: events flows free_deal free_firm searching tallies",
        "deals: alive",
        "firms: alive exit_reason first_deal partners patron",
        "funds: dry_powder portfolio returned",
        "programmes: members",
        "talents: employer failures since",
        "firm_glances",
    ),
    scratch=("ended flags seekers struck who words",),
    draws=(
        purposes.ENDING,
        purposes.GLANCE,
    ),
)
def exit_(world: Tables, p: Draw, month: int) -> None:
    """End the firms whose time has come, then free their people."""
    city = world.city[0]
    firms = world.firms
    ended = world.ended
    ended[:] = 0
    before = len(ended) - len(world.firms)
    draw_listed(world.firm_glances, world.new_firms, city.firms_listed, world.ids, world, month)
    number, orders = 0, 0
    likeliest = likeliest_closing(world, p)
    for k in range(list_endangered(world, p, likeliest, month)):
        i = world.struck[k]
        firm = firms[i]
        if firm.alive == 0:
            continue
        reason = reason_to_end(world, p, k, firm, likeliest, month)
        if reason != STILL_HERE:
            orders += firm.partners
            end_firm(world, p, i, reason)
            ended[before + i] = 1
            number += 1
    if number > 0:
        free_people(world, month)
    if orders > 0:  # in most months nobody ended who had given an order
        drop_orders(world)


@rule
def list_endangered(world: Tables, p: Draw, likeliest: float, month: int) -> int:
    """List in ``struck`` the firms that may end this month; return how many they are."""
    firms, flags = world.firms, world.flags
    for i in range(world.city[0].firm_rows):
        flags[i] = firms[i].distress >= p.insolvency_months
    flag_struck(world, CLOSING, likeliest)
    flag_struck(world, SALE, p.acquisition_rate * MONTH)
    flag_struck(world, LEAVING, p.leaving_rate * MONTH)
    return list_struck(world, month, purposes.ENDING)


@rule
def reason_to_end(world: Tables, p: Draw, k: int, firm: Firm, likeliest: float, month: int) -> int:
    """Return why the firm listed in place ``k`` ends this month, if it does.

    Nobody tells the model how long firms live: insolvency comes from money that runs out, giving up
    also from doubt and from life on commissions, and the other reasons have one constant rate each.
    """
    if firm.distress >= p.insolvency_months:
        return INSOLVENT
    free = firm.kind != STATE_OWNED
    if free and firm.sales < p.closing_sales:
        hazard = closing_hazard(world, p, firm, month)
        if is_struck(world, CLOSING, k, hazard, likeliest):
            return CLOSED
    backed = firm.first_deal != NOBODY and firm.sales < p.listing_sales
    rate = MONTH * p.acquisition_rate
    if backed and firm.level >= p.acquired_level and is_struck(world, SALE, k, rate, rate):
        return ACQUIRED
    rate = MONTH * p.leaving_rate
    if free and is_struck(world, LEAVING, k, rate, rate):
        return MOVED_AWAY
    return STILL_HERE


@rule
def likeliest_closing(world: Tables, p: Draw) -> float:
    """Return a chance of being given up that no firm exceeds, help that harms included."""
    dose = world.city[0].dose
    most = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            most = max(most, dose[ACCELERATORS, branch, place])
    rate = p.closing_rate + p.stopping_rate + p.commission_stopping
    return SLACK * MONTH * rate * max(1.0, left_after(p, 1.0 + most))


@rule
def left_after(p: Draw, help_given: float) -> float:
    """Return the part of closings that so much help leaves; nobody is saved twice."""
    return max(0.0, 1.0 - p.accelerator_rescue) ** help_given


@rule
def closing_hazard(world: Tables, p: Draw, firm: Firm, month: int) -> float:
    """Return a small firm's chance of being given up: higher in doubt, lower with help.

    Whose people live on work for others may as well stop, if it has nothing to sell.
    """
    city = world.city[0]
    near = city.services[ACCELERATOR, firm.cluster, firm.district]
    support = 1.0 + city.dose[ACCELERATORS, CLUSTERS + firm.track, firm.place]
    rate = p.closing_rate
    if firm.level < p.first_selling_level[GATE_OF[firm.track]]:
        rate += doubt_of(world, p, firm, month) + p.commission_stopping * firm.commissioned
    return MONTH * rate * left_after(p, min(1.0, near) * support)


@rule
def doubt_of(world: Tables, p: Draw, firm: Firm, month: int) -> float:
    """Return the rate at which a firm without sales stops, for want of a climb or a round.

    What a trial takes at least, as the authority has it now, is no reason to doubt.
    """
    since = firm.reached
    if firm.first_deal != NOBODY:
        since = max(since, world.deals[firm.first_deal].month)
    years = (month - since) * MONTH
    if firm.level >= p.gate_level:
        gate = GATE_OF[firm.track]
        asked = gate_years(world.city[0], p, gate, CLUSTERS + firm.track, firm.place)
        years = max(0.0, years - asked)
    return doubt(p, usual_pace(p, firm.track, firm.level), years)


@rule
def end_firm(world: Tables, p: Draw, i: int, reason: int) -> None:
    """Take a firm out of the world: its cell, its investors, its ties."""
    city = world.city[0]
    firm = world.firms[i]
    value = 0.0
    if reason == ACQUIRED:
        value = max(p.value_to_money * firm.raised, p.value_to_sales * firm.sales)
        city.tallies[SUCCESSES_HERE, firm.cluster, firm.district] += p.acquired_success
    elif reason == MOVED_AWAY:
        value = firm.raised
        city.events[LEFT_CITY] += 1.0
    sell_stakes(world, p, i, value)
    if firm.patron != NOBODY:
        world.firms[firm.patron].partners -= 1
    if firm.consortium != NOBODY:
        world.programmes[firm.consortium].members -= 1
    world.cells[firm.cell].firms -= 1
    city.tallies[FIRMS_HERE, firm.cluster, firm.district] -= 1.0
    city.flows[CLOSED_CASH] -= firm.cash
    city.events[ENDED] += 1.0
    firm.alive = 0
    firm.exit_reason = reason
    city.free_firm = min(city.free_firm, i)


@rule
def drop_orders(world: Tables) -> None:
    """Let the orders of firms that ended end with them."""
    firms = world.firms
    flags, ended = world.flags, world.ended
    before = len(ended) - len(world.firms)
    rows = world.city[0].firm_rows
    for i in range(rows):
        patron = firms[i].patron
        flags[i] = ended[before + patron]
    for k in range(list_flagged(flags, rows, world.struck)):
        firms[world.struck[k]].patron = NOBODY


@rule
def free_people(world: Tables, month: int) -> None:
    """Let everyone whose firm ended search; a founder whose firm failed remembers it."""
    firms = world.firms
    people = world.talents
    for j in range(list_staff(world)):
        k = world.seekers[j]
        firm = firms[people.employer[k]]
        failed = firm.exit_reason == INSOLVENT or firm.exit_reason == CLOSED
        if failed and firm.founder == people.id[k]:
            people.failures[k] += 1
        set_searching(world.city[0], people, k, month)
