"""Process 6, third part: a firm that needs money meets funds, which share a round between them."""

import math

from sim.engine import rule
from sim.engine.chance import fill_columns, identity, number
from sim.model.rules.common import choose
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    ACCELERATOR,
    CLUSTER_OF_BRANCH,
    DISTRICT_OF_PLACE,
    GUIDANCE,
    mechanism,
)
from sim.model.world.ledgers import DEBT_DRAWN, EQUITY, FUND_INVESTED, FUND_PAID_IN, GUIDANCE_MONEY
from sim.model.world.luck import normal_pair
from sim.model.world.rows import take_deal_row
from sim.model.world.stages import stage_cost
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    MET_PARTS,
    NOBODY,
    PLACES,
    City,
    Draw,
    Firm,
    Fund,
    Tables,
)

GUIDANCE_FUND = mechanism("guidance_fund")
FINANCIAL_PRODUCTS = mechanism("financial_products")
FORUMS = mechanism("forums")
STARS = mechanism("stars")
SOURCING = mechanism("sourcing")
MOST_MEETINGS = 12
LEAST = 1.0e-9
"""Capacity, 万元 a year, that stands for none, so that nothing beyond nothing is nothing."""


@rule
def rate_meetings(world: Tables, p: Draw) -> None:
    """Compute how many funds a firm meets on average, by place, and which are met how often."""
    city, funds = world.city[0], world.funds
    for branch in range(CLUSTERS, BRANCHES):
        cluster = CLUSTER_OF_BRANCH[branch]
        for place in range(DISTRICTS, PLACES):
            district = DISTRICT_OF_PLACE[place]
            near = min(1.0, city.services[ACCELERATOR, cluster, district])
            met = 1.0 + p.forum_gain * city.dose[FORUMS, branch, place]
            met += p.accelerator_meetings * near
            city.meetings[branch, place] = p.meetings * met
    total = 0.0
    for k in range(city.fund_rows):
        total += choose(funds[k].kind == GUIDANCE, 0.0, funds[k].dry_powder)
        funds[k].met = total
    city.mean_purse = max(p.smallest_ticket, total / max(1, city.fund_rows - 1))
    k = 0
    for part in range(MET_PARTS):  # where to begin to look for the fund that a number meets
        while k < city.fund_rows - 1 and funds[k].met <= part / MET_PARTS * total:
            k += 1
        city.met_from[part] = k


@rule
def draw_meetings(world: Tables, start: int, together: int, month: int) -> None:
    """Draw the luck of listed firms, from ``start`` on, and behind it that of their meetings."""
    city, who, words = world.city[0], world.who, world.words
    seed, replicate = city.seed, city.replicate
    for k in range(together):
        firm = world.firms[world.struck[start + k]].id
        who[k] = firm
        for j in range(MOST_MEETINGS):
            who[together + k * MOST_MEETINGS + j] = identity(namespaces.MEETING, firm, j, 0)
    fill_columns(words, 0, who, together, seed, replicate, month, purposes.MEETING)
    met, meetings = who[together:], together * MOST_MEETINGS
    fill_columns(words, together, met, meetings, seed, replicate, month, purposes.SCREENING)


@rule
def runs_short(p: Draw, firm: Firm) -> bool:
    """Return whether a firm's cash covers too few months of what it burns."""
    return firm.burn > 0.0 and firm.cash < p.runway_seek * firm.burn


@rule
def money_needed(city: City, p: Draw, firm: Firm) -> float:
    """Return what a firm needs: the capacity that it lacks, and what it takes to go on.

    To go on it needs what it burns in the time that a round buys, or what its stage costs if that
    is more.
    """
    going_on = 0.0
    if runs_short(p, firm):
        going_on = max(p.runway_raised * firm.burn, stage_cost(city, p, firm))
    return max(p.smallest_ticket, going_on + firm.lacking)


@rule
def look_for_money(world: Tables, p: Draw, i: int, first: int, u: float, month: int) -> None:
    """Let a firm meet funds; where none is convinced, a lender may help.

    What is more than a fund has at hand is shown to more of them. The luck of the first meeting is
    in column ``first`` of the words.
    """
    city, firm = world.city[0], world.firms[i]
    firm.last_round = month
    need = money_needed(city, p, firm)
    usual = city.meetings[CLUSTERS + firm.track, firm.place]
    meetings = int(min(MOST_MEETINGS, usual * max(1.0, need / city.mean_purse) + u))
    lead = keenest(world, p, firm, first, meetings)
    if lead != NOBODY:
        raise_round(world, p, i, lead, first, meetings, need, month)
    elif firm.sales > 0.0 and firm.debt < p.debt_limit * firm.sales:
        lend(city, p, firm)


@rule
def keenest(world: Tables, p: Draw, firm: Firm, first: int, meetings: int) -> int:
    """Return the column of the meeting with the fund that is most convinced, or -1."""
    best, most = NOBODY, 0.0
    for j in range(first, first + meetings):
        beyond = conviction(world, p, firm, j)
        if beyond > most:
            best, most = j, beyond
    return best


@rule
def fund_met(world: Tables, j: int) -> int:
    """Return the fund that is met in a column of the words: money is met, in proportion to it."""
    city, funds, u = world.city[0], world.funds, number(world.words[0, j])
    last = city.fund_rows - 1
    k = city.met_from[int(u * MET_PARTS)]
    while k < last and funds[k].met <= u * funds[last].met:
        k += 1
    return k


@rule
def conviction(world: Tables, p: Draw, firm: Firm, j: int) -> float:
    """Return how much more the fund of a meeting sees in a firm than it asks for."""
    words = world.words
    fund = world.funds[fund_met(world, j)]
    if not may_back(p, firm, fund):
        return -math.inf
    noise = normal_pair(number(words[1, j]), number(words[2, j]))
    return screen(world.city[0], p, firm, fund.accuracy, noise) - hurdle(world, p, firm, fund)


@rule
def hurdle(world: Tables, p: Draw, firm: Firm, fund: Fund) -> float:
    """Return the signal that a fund asks for: another where guidance money joins an early round."""
    called = world.city[0].dose[GUIDANCE_FUND, CLUSTERS + firm.track, firm.place]
    joins = int(firm.level <= p.early_fund_ceiling) & int(world.funds[0].dry_powder > 0.0)
    return fund.hurdle - choose(joins == 1, p.guidance_ease * min(1.0, called), 0.0)


@rule
def may_back(p: Draw, firm: Firm, fund: Fund) -> bool:
    """Return whether a fund's focus, stage, reach and purse let it back the firm."""
    return (
        fund.alive == 1
        and fund.kind != GUIDANCE
        and (fund.focus == NOBODY or fund.focus == firm.cluster)
        and (fund.district == NOBODY or fund.district == firm.district)
        and fund.lowest_level <= firm.level <= fund.highest_level
        and fund.dry_powder >= p.ticket_part * p.smallest_ticket
    )


@rule
def screen(city: City, p: Draw, firm: Firm, accuracy: float, noise: float) -> float:
    """Return the fund's noisy signal of a firm's merit; lists and sourcing sharpen it."""
    dose = city.dose
    sharper = p.stars_gain * dose[STARS, CLUSTERS + firm.track, firm.place]
    sharper += p.sourcing_gain * dose[SOURCING, CLUSTERS + firm.track, firm.place]
    blur = max(0.0, 1.0 - accuracy) / (1.0 + sharper)
    merit = firm.quality + p.level_merit * (firm.level - p.expected_level) + traction(p, firm)
    return merit + p.screening_noise * blur * noise


@rule
def traction(p: Draw, firm: Firm) -> float:
    """Return what it adds to a firm's merit that its market takes more than it can make."""
    beyond = min(firm.capacity, max(0.0, firm.demanded - firm.capacity))
    return p.traction * beyond / max(LEAST, firm.capacity)


@rule
def raise_round(
    world: Tables, p: Draw, i: int, lead: int, first: int, meetings: int, need: float, month: int
) -> None:
    """Let the keenest fund lead a round, and convinced ones join it until the need is met.

    They join in the order in which the firm met them; the last pays exactly what is left. The
    guidance fund adds its part where the plan reaches, and may do so in place of theirs. All pay
    one price, set on what is needed.
    """
    firm = world.firms[i]
    before = max(p.value_to_money * need, p.value_to_sales * firm.sales)
    displaced = max(0.0, -p.crowding) * guidance_part(world, p, firm, need)
    asked = max(0.0, need - displaced)
    left = asked - join(world, i, fund_met(world, lead), asked, before, month)
    for j in range(first, first + meetings):
        if left > 0.0 and j != lead and conviction(world, p, firm, j) > 0.0:
            value = before + (asked - left)
            left -= join(world, i, fund_met(world, j), left, value, month)
    raised = asked - left
    add_guidance(world, p, i, fund_met(world, lead), raised, before + raised, month)


@rule
def join(world: Tables, i: int, k: int, asked: float, before: float, month: int) -> float:
    """Let a fund pay what is asked or what it has; return what it pays."""
    ticket = min(asked, world.funds[k].dry_powder)
    invest(world, i, k, ticket, before, month)
    return ticket


@rule
def guidance_part(world: Tables, p: Draw, firm: Firm, raised: float) -> float:
    """Return what the guidance fund adds to a round of so much private money."""
    called = world.city[0].dose[GUIDANCE_FUND, CLUSTERS + firm.track, firm.place]
    part = min(1.0, called) * raised / (p.guidance_leverage - 1.0)
    return min(part, world.funds[0].dry_powder)


@rule
def add_guidance(
    world: Tables, p: Draw, i: int, lead: int, raised: float, before: float, month: int
) -> None:
    """Let the guidance fund add its part to a round, and its partners pay theirs.

    Private partners of sub-funds pay in beside it, through the fund that leads.
    """
    city = world.city[0]
    part = guidance_part(world, p, world.firms[i], raised)
    if part > 0.0:
        invest(world, i, 0, part, before, month)
        city.events[GUIDANCE_MONEY] += part
        brought = max(0.0, p.crowding) * part
        if brought > 0.0:
            fund = world.funds[lead]
            fund.dry_powder += brought
            fund.committed += brought
            city.flows[FUND_PAID_IN] += brought
            invest(world, i, lead, brought, before + part, month)


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
    """Lend a firm with sales some months of its burn; the plan's products make that commoner.

    No loan takes its debt beyond the limit.
    """
    called = city.dose[FINANCIAL_PRODUCTS, CLUSTERS + firm.track, firm.place]
    loan = firm.burn * p.debt_months * (p.debt_usual + p.debt_gain * called)
    loan = min(loan, p.debt_limit * firm.sales - firm.debt)
    firm.debt += loan
    firm.cash += loan
    city.flows[DEBT_DRAWN] += loan
