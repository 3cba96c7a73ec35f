"""Process 6: firms spend and earn (``books``), funds are paid in, rounds raised, stakes sold."""

from sim.engine import rule
from sim.engine.chance import number
from sim.engine.process import process
from sim.model.rules.books import operate_firms
from sim.model.rules.common import MONTH, WAN_A_YI, choose
from sim.model.rules.rounds import (
    MOST_MEETINGS,
    draw_meetings,
    look_for_money,
    rate_meetings,
    runs_short,
)
from sim.model.world import purposes
from sim.model.world.codes import GUIDANCE, mechanism
from sim.model.world.ledgers import FUND_PAID_IN, FUND_RETURNED, OFFERED, SUCCESSES_HERE
from sim.model.world.luck import luck
from sim.model.world.tables import NOBODY, City, Draw, Firm, Tables

GUIDANCE_FUND = mechanism("guidance_fund")
TOGETHER = 64
"""Firms whose luck is drawn together: the words of their meetings fit into any world's."""


@process(
    "finance",
    reads=(
        "cells: zone",
        "city: deal_rows dose events firm_rows flows free_deal guidance_paid",
        "city: inflow_climate left_by_rivals mean_dose services tallies",
        "deals: alive fund next stake",
        "firms: alive capacity cash cell certificate_until cluster debt demanded distress district",
        "firms: first_deal",
        "firms: id kind lacking last_round leading level listed losses place plant_debt quality",
        "firms: raised rd_habit rd_stock sales seniors talents track",
        "funds: committed dry_powder invested portfolio returned",
        "tracks: pay senior_pay",
    ),
    writes=(
        "city: deal_rows events flows free_deal guidance_paid tallies",
        "deals: alive amount firm fund month next stake",
        "firms: burn cash commissioned debt distress first_deal last_round listed losses",
        "firms: plant_debt raised rd_stock real_rd wanted",
        "funds: committed dry_powder hurdle invested met portfolio returned",
    ),
    scratch=(
        "city: assessed bought deducted granted losses_left mean_purse meetings met_from",
        "city: plant_service rent repaid service talent_cost user_cost",
        "struck who words",
    ),
    draws=(
        purposes.MEETING,
        purposes.NEED,
        purposes.SCREENING,
        purposes.VALUE,
    ),
)
def finance(world: Tables, p: Draw, month: int) -> None:
    """Run the month's money: budgets, fund inflows, rounds, and sales of stakes."""
    operate_firms(world, p, month)
    pay_in(world, p)
    raise_money(world, p, month)


@rule
def raise_money(world: Tables, p: Draw, month: int) -> None:
    """Let firms that need money look for it, and investors of grown ones sell."""
    words = world.words
    listed = list_concerned(world, p, month)
    rate_meetings(world, p)
    for start in range(0, listed, TOGETHER):
        together = min(TOGETHER, listed - start)
        draw_meetings(world, start, together, month)
        for k in range(together):
            i, first = world.struck[start + k], together + k * MOST_MEETINGS
            ask_for_money(world, p, i, number(words[0, k]), first, month)


@rule
def ask_for_money(world: Tables, p: Draw, i: int, u: float, first: int, month: int) -> None:
    """Let a firm look for money if it needs any, or its investors sell if it has grown."""
    city, firm = world.city[0], world.firms[i]
    if firm.distress >= p.insolvency_months:
        return  # it ends this month
    needs = runs_short(p, firm) or firm.lacking >= p.smallest_ticket
    if needs and month - firm.last_round >= choose(firm.listed == 1, p.offer_gap, p.round_gap):
        if firm.listed == 1:
            offer_shares(city, p, firm, month)
        else:
            look_for_money(world, p, i, first, u, month)
    elif firm.listed == 0 and firm.sales >= p.listing_sales and firm.level == 9:
        u, _, _, _ = luck(city, firm.id, month, purposes.VALUE)
        if u < p.listing_rate * MONTH:
            go_public(world, p, i, month)


@rule
def list_concerned(world: Tables, p: Draw, month: int) -> int:
    """List all firms that may look for money or be sold, and few others; return their number.

    Whoever looks for money has no negative figure in ``short``, whoever is sold none in ``grown``.
    """
    firms, listed = world.firms, world.struck
    found = 0
    for i in range(world.city[0].firm_rows):  # no branch: who is listed cannot be guessed
        firm = firms[i]
        lacks = max(p.runway_seek * firm.burn - firm.cash, firm.lacking - p.smallest_ticket)
        short = min(lacks, month - firm.last_round - p.round_gap)
        grown = min(firm.sales - p.listing_sales, 0.5 - firm.listed)
        listed[found] = i
        found += int(firm.alive) & int(max(short, grown) >= 0.0)
    return found


@rule
def pay_in(world: Tables, p: Draw) -> None:
    """Pay the month's commitments into the funds."""
    city = world.city[0]
    funds = world.funds
    private = p.private_inflow * city.inflow_climate * WAN_A_YI * MONTH * city.left_by_rivals
    sizes = 0.0
    for k in range(city.fund_rows):
        sizes += funds[k].size
    for k in range(city.fund_rows):
        fund = funds[k]
        if fund.kind == GUIDANCE:
            called = city.mean_dose[GUIDANCE_FUND]
            size = p.guidance_size * WAN_A_YI * max(1.0, called)
            paid = p.guidance_size * WAN_A_YI * called / p.guidance_years * MONTH
            paid = min(paid, max(0.0, size - city.guidance_paid))
            city.guidance_paid += paid
        else:
            part = fund.size / sizes
            full = fund.dry_powder / (p.powder_years * p.private_inflow * WAN_A_YI * part)
            paid = private * part * max(0.0, 1.0 - full)
            fund.hurdle = p.hurdle + p.scarcity * max(0.0, 1.0 - full)
        fund.dry_powder += paid
        fund.committed += paid
        city.flows[FUND_PAID_IN] += paid


@rule
def go_public(world: Tables, p: Draw, i: int, month: int) -> None:
    """List a firm: investors sell their stakes, and it sells new shares if it lacks money."""
    city, firm = world.city[0], world.firms[i]
    if firm.first_deal != NOBODY:
        sell_stakes(world, p, i, p.value_to_sales * firm.sales)
        city.tallies[SUCCESSES_HERE, firm.cluster, firm.district] += 1.0
    firm.listed = 1
    offer_shares(city, p, firm, month)


@rule
def offer_shares(city: City, p: Draw, firm: Firm, month: int) -> None:
    """Let a listed firm sell new shares to the public for what it needs, as far as rules allow."""
    firm.last_round = month
    needed = runway_missing(p, firm) + firm.lacking
    sold = min(needed, p.offer_part * p.value_to_sales * firm.sales)
    firm.cash += sold
    city.flows[OFFERED] += sold


@rule
def runway_missing(p: Draw, firm: Firm) -> float:
    """Return what a firm that runs short burns in the time that a round buys."""
    return choose(runs_short(p, firm), p.runway_raised * firm.burn, 0.0)


@rule
def sell_stakes(world: Tables, p: Draw, i: int, value: float) -> None:
    """Return each investor its stake of the firm's value and close the deals."""
    city = world.city[0]
    firms = world.firms
    funds = world.funds
    deals = world.deals
    firm = firms[i]
    row = firm.first_deal
    while row != NOBODY:
        deal = deals[row]
        paid = deal.stake * value * p.recycled
        fund = funds[deal.fund]
        fund.dry_powder += paid
        fund.returned += paid
        fund.portfolio -= 1
        city.flows[FUND_RETURNED] += paid
        deal.alive = 0
        city.free_deal = min(city.free_deal, row)
        row = deal.next
    firm.first_deal = NOBODY
