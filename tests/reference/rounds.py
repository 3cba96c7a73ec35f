"""Rounds (section 7.6): who needs money, which funds a firm meets, and who pays."""

import math
from typing import Any

from sim.model.world import codes, ledgers, namespaces, purposes
from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS, NOBODY
from tests.reference.effort import stage
from tests.reference.luck import luck, name, normal

FUND, FORUMS, STARS, SOURCING, PRODUCTS = map(
    mechanism, ("guidance_fund", "forums", "stars", "sourcing", "financial_products")
)
MOST = 12
"""Funds that a firm meets at most."""


def put_on_the_way(model: Any) -> None:
    """Sum up the private funds' money at hand, of which firms meet a yuan at random."""
    total = 0.0
    for fund in model.funds:
        if fund.kind != codes.GUIDANCE:
            total += fund.dry_powder
        fund.met = total


def runs_short(p: Any, firm: Any) -> bool:
    """Return whether a firm burns money and has little left."""
    return bool(firm.burn > 0.0 and firm.cash < p.runway_seek * firm.burn)


def need_of(model: Any, firm: Any) -> float:
    """Return how much a firm wants to raise."""
    p, need = model.p, firm.lacking
    if runs_short(p, firm):
        need += max(p.runway_raised * firm.burn, cost_of_stage(model, firm))
    return float(max(p.smallest_ticket, need))


def cost_of_stage(model: Any, firm: Any) -> float:
    """Return what a firm needs for the stage in which it is."""
    p = model.p
    if firm.level == 9:
        return 0.0
    a, b, _, _ = luck(model, firm.id, 0, purposes.NEED)
    typical = p.stage_need[stage(firm.level)] * p.capital[firm.track]
    return float(typical * math.exp(p.need_spread * normal(a, b)))


def look_for_money(model: Any, firm: Any, month: int) -> None:
    """Let a firm meet funds; those convinced share a round, else a lender may help."""
    city, p = model.city, model.p
    c, d, b = firm.cluster, firm.district, CLUSTERS + firm.track
    need = need_of(model, firm)
    near = min(1.0, city.services[codes.ACCELERATOR][c][d])
    mean = p.meetings * (
        1.0 + p.forum_gain * city.dose[FORUMS][b][firm.place] + p.accelerator_meetings * near
    )
    purse = max(p.smallest_ticket, model.funds[-1].met / max(1, len(model.funds) - 1))
    number = mean * max(1.0, need / purse) + luck(model, firm.id, month, purposes.MEETING)[0]
    met = [meet(model, firm, j, month) for j in range(int(min(MOST, number)))]
    convinced = [(fund, z) for fund, z in met if beyond(model, fund, firm, z) > 0.0]
    if convinced:
        # The first of those that are equally keen leads.
        lead = max(convinced, key=lambda meeting: beyond(model, meeting[0], firm, meeting[1]))
        others = [meeting for meeting in convinced if meeting is not lead]
        close_round(model, firm, [lead, *others], need, month)
    elif firm.sales > 0.0 and firm.debt < p.debt_limit * firm.sales:
        lent = p.debt_usual + p.debt_gain * city.dose[PRODUCTS][b][firm.place]
        loan = firm.burn * p.debt_months * lent
        loan = min(loan, p.debt_limit * firm.sales - firm.debt)
        firm.debt += loan
        firm.cash += loan
        city.flows[ledgers.DEBT_DRAWN] += loan


def meet(model: Any, firm: Any, j: int, month: int) -> tuple[Any, float]:
    """Return the fund of a meeting, and the luck of its look at the firm."""
    meeting = name(namespaces.MEETING, firm.id, j)
    which, a, b, _ = luck(model, meeting, month, purposes.SCREENING)
    at = which * model.funds[-1].met
    fund = next((fund for fund in model.funds if fund.met > at), model.funds[-1])
    return fund, normal(a, b)


def beyond(model: Any, fund: Any, firm: Any, z: float) -> float:
    """Return by how much a fund's signal passes its hurdle."""
    if not can_back(model.p, fund, firm):
        return -math.inf
    asked = float(fund.hurdle)
    if firm.level <= model.p.early_fund_ceiling and model.funds[0].dry_powder > 0.0:
        dose = model.city.dose[FUND][CLUSTERS + firm.track][firm.place]
        asked -= model.p.guidance_ease * min(1.0, dose)
    return signal(model, fund, firm, z) - asked


def can_back(p: Any, fund: Any, firm: Any) -> bool:
    """Return whether cluster, district, level and purse of a fund fit a firm."""
    return bool(
        fund.alive
        and fund.kind != codes.GUIDANCE
        and fund.focus in (NOBODY, firm.cluster)
        and fund.district in (NOBODY, firm.district)
        and fund.lowest_level <= firm.level <= fund.highest_level
        and fund.dry_powder >= p.ticket_part * p.smallest_ticket
    )


def signal(model: Any, fund: Any, firm: Any, z: float) -> float:
    """Return what a fund sees in a firm."""
    dose, p = model.city.dose, model.p
    sharper = p.stars_gain * dose[STARS][CLUSTERS + firm.track][firm.place]
    sharper += p.sourcing_gain * dose[SOURCING][CLUSTERS + firm.track][firm.place]
    noise = p.screening_noise * max(0.0, 1.0 - fund.accuracy) / (1.0 + sharper) * z
    seen = firm.quality + p.level_merit * (firm.level - p.expected_level)
    if firm.demanded > firm.capacity:
        seen += p.traction * min(1.0, firm.demanded / firm.capacity - 1.0)
    return float(seen + noise)


def close_round(
    model: Any, firm: Any, convinced: list[tuple[Any, float]], need: float, month: int
) -> None:
    """Let funds pay one after another until the need is met, the guidance fund its part on top."""
    city, p = model.city, model.p
    value = max(p.value_to_money * need, p.value_to_sales * firm.sales)
    dose, guidance = city.dose[FUND][CLUSTERS + firm.track][firm.place], model.funds[0]
    beside = min(1.0, dose) / (p.guidance_leverage - 1.0)
    if p.crowding < 0.0:
        need = max(0.0, need + p.crowding * min(beside * need, guidance.dry_powder))
    left = need
    for fund, z in convinced:
        # One who was met twice may have paid all it had.
        if left > 0.0 and beyond(model, fund, firm, z) > 0.0:
            ticket = min(left, fund.dry_powder)
            invest(model, firm, fund, ticket, value + (need - left), month)
            left -= ticket
    if dose > 0.0 and guidance.dry_powder > 0.0:
        added = min(beside * (need - left), guidance.dry_powder)
        invest(model, firm, guidance, added, value + (need - left), month)
        city.events[ledgers.GUIDANCE_MONEY] += added
        if p.crowding > 0.0:  # partners of sub-funds, through the one that leads
            lead, money = convinced[0][0], p.crowding * added
            lead.dry_powder += money
            lead.committed += money
            city.flows[ledgers.FUND_PAID_IN] += money
            invest(model, firm, lead, money, value + (need - left) + added, month)


def invest(model: Any, firm: Any, fund: Any, money: float, before: float, month: int) -> None:
    """Exchange money for a stake in a firm that was worth so much before it."""
    stake = money / (before + money)
    row = firm.first_deal
    while row != NOBODY:
        model.deals[row].stake *= 1.0 - stake
        row = model.deals[row].next
    deal = model.new("deals")
    deal.fund, deal.firm, deal.month = model.funds.index(fund), firm.row, month
    deal.amount, deal.stake, deal.next = money, stake, firm.first_deal
    firm.first_deal = deal.row
    firm.cash += money
    firm.raised += money
    fund.dry_powder -= money
    fund.invested += money
    fund.portfolio += 1
    model.city.flows[ledgers.EQUITY] += money
    model.city.flows[ledgers.FUND_INVESTED] -= money
