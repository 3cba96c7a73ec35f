"""Process 6: firms spend and earn (``books``), funds are paid in, rounds raised, stakes sold."""

from sim.engine import rule
from sim.engine.chance import fill_columns, identity, number
from sim.engine.process import process
from sim.model.rules.books import operate_firms
from sim.model.rules.common import MONTH, WAN_A_YI
from sim.model.world import namespaces, purposes
from sim.model.world.codes import ACCELERATOR, GUIDANCE, mechanism
from sim.model.world.ledgers import (
    DEBT_DRAWN,
    EQUITY,
    FUND_INVESTED,
    FUND_PAID_IN,
    FUND_RETURNED,
    GUIDANCE_MONEY,
    SUCCESSES_HERE,
)
from sim.model.world.luck import luck, normal_pair
from sim.model.world.rows import take_deal_row
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY, City, Draw, Firm, Fund, Tables

GUIDANCE_FUND = mechanism("guidance_fund")
FINANCIAL_PRODUCTS = mechanism("financial_products")
FORUMS = mechanism("forums")
STARS = mechanism("stars")
SOURCING = mechanism("sourcing")
MOST_MEETINGS = 12
TOGETHER = 64
"""Firms whose luck is drawn together: the words of their meetings fit into any world's."""


@process(
    "finance",
    reads=(
        "cells: zone",
        "city: deal_rows dose events firm_rows flows free_deal guidance_invested",
        "city: guidance_paid mean_dose services tallies",
        "deals: alive fund next stake",
        "firms: alive cash cell certificate_until cluster debt distress district first_deal",
        "firms: id last_round level quality raised rd_habit rd_stock sales talents track",
        "funds: committed dry_powder invested portfolio returned",
        "tracks: pay",
    ),
    writes=(
        "city: deal_rows events flows free_deal guidance_invested guidance_paid tallies",
        "deals: alive amount firm fund month next stake",
        "firms: burn cash debt distress first_deal last_round raised rd_stock real_rd wanted",
        "funds: committed dry_powder invested portfolio returned",
    ),
    scratch=(
        "city: deducted granted meetings rent repaid service subsidised talent_cost user_cost",
        "struck who words",
    ),
    draws=(
        purposes.MEETING,
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
    """Let firms that run short look for capital, and investors of grown ones sell."""
    words = world.words
    listed = list_concerned(world, p, month)
    most = rate_meetings(world.city[0], p)
    for start in range(0, listed, TOGETHER):
        together = min(TOGETHER, listed - start)
        draw_meetings(world, start, together, most, month)
        for k in range(together):
            i, first = world.struck[start + k], together + k * most
            ask_for_money(world, p, i, number(words[0, k]), most, first, month)


@rule
def ask_for_money(
    world: Tables, p: Draw, i: int, u: float, most: int, first: int, month: int
) -> None:
    """Let a firm look for money if it runs short, or its investors sell if it has grown.

    It meets ``most`` funds at most; the luck of the first is in column ``first`` of the words.
    """
    city, firm = world.city[0], world.firms[i]
    if firm.distress >= p.insolvency_months:
        return  # it ends this month
    if firm.burn > 0.0 and firm.cash < p.runway_seek * firm.burn:
        if month - firm.last_round >= p.round_gap:
            meetings = int(city.meetings[firm.cluster, firm.district] + u)
            look_for_money(world, p, i, first, min(most, meetings), month)
    elif firm.first_deal != NOBODY and firm.sales >= p.listing_sales and firm.level == 9:
        u, _, _, _ = luck(city, firm.id, month, purposes.VALUE)
        if u < p.listing_rate * MONTH:
            sell_stakes(world, p, i, p.value_to_sales * firm.sales)
            city.tallies[SUCCESSES_HERE, firm.cluster, firm.district] += 1.0


@rule
def rate_meetings(city: City, p: Draw) -> int:
    """Compute how many funds a firm meets on average, by place; return how many at most."""
    most = 0.0
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            near = min(1.0, city.services[ACCELERATOR, cluster, district])
            met = 1.0 + p.forum_gain * city.dose[FORUMS, cluster, district]
            met += p.accelerator_meetings * near
            city.meetings[cluster, district] = p.meetings * met
            most = max(most, p.meetings * met)
    return min(MOST_MEETINGS, int(most + 1.0))


@rule
def draw_meetings(world: Tables, start: int, together: int, most: int, month: int) -> None:
    """Draw the luck of listed firms, from ``start`` on, and behind it that of their meetings."""
    city, who, words = world.city[0], world.who, world.words
    seed, replicate = city.seed, city.replicate
    for k in range(together):
        firm = world.firms[world.struck[start + k]].id
        who[k] = firm
        for j in range(most):
            who[together + k * most + j] = identity(namespaces.MEETING, firm, j, 0)
    fill_columns(words, 0, who, together, seed, replicate, month, purposes.MEETING)
    met, meetings = who[together:], together * most
    fill_columns(words, together, met, meetings, seed, replicate, month, purposes.SCREENING)


@rule
def list_concerned(world: Tables, p: Draw, month: int) -> int:
    """List all firms that may look for money or be sold, and few others; return their number.

    Whoever looks for money has no negative figure in ``short``, whoever is sold none in ``grown``.
    """
    firms, listed = world.firms, world.struck
    found = 0
    for i in range(world.city[0].firm_rows):  # no branch: who is listed cannot be guessed
        firm = firms[i]
        short = min(p.runway_seek * firm.burn - firm.cash, month - firm.last_round - p.round_gap)
        grown = min(firm.sales - p.listing_sales, firm.first_deal - NOBODY - 0.5)
        listed[found] = i
        found += int(firm.alive) & int(max(short, grown) >= 0.0)
    return found


@rule
def pay_in(world: Tables, p: Draw) -> None:
    """Pay the month's commitments into the funds; guidance money may crowd private money."""
    city = world.city[0]
    funds = world.funds
    private = p.private_inflow * WAN_A_YI * MONTH
    guided = city.guidance_invested / (p.private_inflow * WAN_A_YI)
    private *= max(0.0, 1.0 + p.crowding * guided)
    investors = max(1, city.fund_rows - 1)
    for k in range(city.fund_rows):
        fund = funds[k]
        if fund.kind == GUIDANCE:
            called = city.mean_dose[GUIDANCE_FUND]
            size = p.guidance_size * WAN_A_YI * max(1.0, called)
            paid = p.guidance_size * WAN_A_YI * called / p.guidance_years * MONTH
            paid = min(paid, max(0.0, size - city.guidance_paid))
            city.guidance_paid += paid
        else:
            full = fund.dry_powder * investors / (p.powder_years * p.private_inflow * WAN_A_YI)
            paid = private / investors * max(0.0, 1.0 - full)
        fund.dry_powder += paid
        fund.committed += paid
        city.flows[FUND_PAID_IN] += paid
    city.guidance_invested *= 1.0 - 1.0 * MONTH


@rule
def look_for_money(world: Tables, p: Draw, i: int, first: int, meetings: int, month: int) -> None:
    """Let a firm that runs short meet funds; the keenest invests, else a lender may help."""
    city, funds, words = world.city[0], world.funds, world.words
    firm = world.firms[i]
    firm.last_round = month
    need = max(p.smallest_ticket, p.runway_raised * firm.burn)
    best, keenest = NOBODY, p.hurdle
    for j in range(first, first + meetings):
        k = int(number(words[0, j]) * city.fund_rows)
        if may_back(p, firm, funds[k], need):
            noise = normal_pair(number(words[1, j]), number(words[2, j]))
            signal = screen(city, p, firm, funds[k].accuracy, noise)
            if signal > keenest:
                best, keenest = k, signal
    if best != NOBODY:
        invest_round(world, p, i, best, need, month)
    elif firm.sales > 0.0 and firm.debt < p.debt_limit * firm.sales:
        lend(city, p, firm)


@rule
def may_back(p: Draw, firm: Firm, fund: Fund, need: float) -> bool:
    """Return whether a fund's focus, stage, reach and purse let it back the firm."""
    return (
        fund.alive == 1
        and fund.kind != GUIDANCE
        and (fund.focus == NOBODY or fund.focus == firm.cluster)
        and (fund.district == NOBODY or fund.district == firm.district)
        and fund.lowest_level <= firm.level <= fund.highest_level
        and fund.dry_powder >= p.ticket_part * need
    )


@rule
def screen(city: City, p: Draw, firm: Firm, accuracy: float, noise: float) -> float:
    """Return the fund's noisy signal of a firm's merit; lists and sourcing sharpen it."""
    dose = city.dose
    sharper = p.stars_gain * dose[STARS, firm.cluster, firm.district]
    sharper += p.sourcing_gain * dose[SOURCING, firm.cluster, firm.district]
    blur = max(0.0, 1.0 - accuracy) / (1.0 + sharper)
    merit = firm.quality + p.level_merit * (firm.level - p.expected_level)
    return merit + p.screening_noise * blur * noise


@rule
def invest_round(world: Tables, p: Draw, i: int, k: int, need: float, month: int) -> None:
    """Let a fund back a firm; the guidance fund adds its part where the plan reaches."""
    city = world.city[0]
    firm = world.firms[i]
    fund = world.funds[k]
    ticket = min(need, fund.dry_powder)
    value = max(p.value_to_money * ticket, p.value_to_sales * firm.sales)
    invest(world, i, k, ticket, value, month)
    called = city.dose[GUIDANCE_FUND, firm.cluster, firm.district]
    guidance = world.funds[0]
    if called > 0.0 and guidance.dry_powder > 0.0:
        part = min(1.0, called) * ticket / (p.guidance_leverage - 1.0)
        part = min(part, guidance.dry_powder)
        invest(world, i, 0, part, value + ticket, month)
        city.guidance_invested += part
        city.events[GUIDANCE_MONEY] += part


@rule
def invest(world: Tables, i: int, k: int, ticket: float, before: float, month: int) -> None:
    """Move money from a fund to a firm against a stake that dilutes the older ones.

    ``before`` is the firm's value without the ticket; who joins a round pays the same price.
    """
    city = world.city[0]
    firms = world.firms
    funds = world.funds
    deals = world.deals
    firm = firms[i]
    fund = funds[k]
    stake = ticket / (before + ticket)
    older = firm.first_deal
    while older != NOBODY:
        deals[older].stake *= 1.0 - stake
        older = deals[older].next
    row = take_deal_row(world)
    if row < 0:
        return
    deal = deals[row]
    deal.alive = 1
    deal.fund = k
    deal.firm = i
    deal.next = firm.first_deal
    deal.month = month
    deal.amount = ticket
    deal.stake = stake
    firm.first_deal = row
    firm.cash += ticket
    firm.raised += ticket
    fund.dry_powder -= ticket
    fund.invested += ticket
    fund.portfolio += 1
    city.flows[EQUITY] += ticket
    city.flows[FUND_INVESTED] -= ticket


@rule
def lend(city: City, p: Draw, firm: Firm) -> None:
    """Lend a firm with sales some months of its burn; the plan's products make that commoner."""
    called = city.dose[FINANCIAL_PRODUCTS, firm.cluster, firm.district]
    loan = firm.burn * p.debt_months * (p.debt_usual + p.debt_gain * called)
    firm.debt += loan
    firm.cash += loan
    city.flows[DEBT_DRAWN] += loan


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
