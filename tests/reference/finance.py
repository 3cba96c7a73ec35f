"""Finance (section 7.6): firms' money, funds' money, rounds, loans and listings."""

from typing import Any

from sim.model.world import codes, ledgers, namespaces, purposes
from sim.model.world.codes import mechanism
from sim.model.world.tables import NOBODY
from tests.reference.luck import luck, name, normal
from tests.reference.policy import YUAN, worth
from tests.reference.stakes import sell_stakes

DEDUCTION, VOUCHERS, ZONES, FUND, FORUMS, STARS, SOURCING, PRODUCTS, GRANTS = map(
    mechanism,
    (
        *("super_deduction", "vouchers", "pilot_zones", "guidance_fund", "forums", "stars"),
        *("sourcing", "financial_products", "grants"),
    ),
)
MOST = 12
"""Funds that a firm meets at most."""


def finance(model: Any, month: int) -> None:
    """Settle the month's books, pay money into funds, and let firms raise, borrow or list."""
    city, p = model.city, model.p
    for firm in model.firms:
        if firm.alive:
            settle(model, firm, month)
    pay_in(model)
    for firm in model.firms:
        if not firm.alive or firm.distress >= p.insolvency_months:
            continue
        if firm.burn > 0.0 and firm.cash < p.runway_seek * firm.burn:
            if month - firm.last_round >= p.round_gap:
                firm.last_round = month
                raise_money(model, firm, month)
        elif is_listed(model, firm, month):
            sell_stakes(model, firm, p.value_to_sales * firm.sales)
            city.tallies[ledgers.SUCCESSES_HERE][firm.cluster][firm.district] += 1.0


def is_listed(model: Any, firm: Any, month: int) -> bool:
    """Return whether a backed firm is listed this month."""
    p = model.p
    ready = firm.first_deal != NOBODY and firm.level == 9 and firm.sales >= p.listing_sales
    return bool(ready) and luck(model, firm.id, month, purposes.VALUE)[0] < p.listing_rate / 12


def settle(model: Any, firm: Any, month: int) -> None:
    """Settle one firm's month and set its next budget."""
    city, p = model.city, model.p

    def dose(number: int) -> float:
        return float(city.dose[number][firm.cluster][firm.district])

    cost = p.talent_cost * model.tracks[firm.track].pay
    rent = p.overhead * (1.0 + p.core_rent * city.core[firm.district])
    if model.cells[firm.cell].zone != NOBODY:
        rent *= max(0.0, 1.0 - p.zone_discount * (1.0 + p.zone_call_gain * dose(ZONES)))
    firm.real_rd = firm.talents * cost
    firm.rd_stock += firm.talents * p.research_unit / 12 - p.rd_decay / 12 * firm.rd_stock
    income, research, overhead = firm.sales / 12, firm.real_rd / 12, rent * firm.talents / 12
    running = (1.0 - p.operating_margin) * income
    subsidy = research * p.voucher_share * dose(VOUCHERS) if firm.sales < p.small_sales else 0.0
    grant = research * min(1.0, p.grant_share * worth(p, dose(GRANTS)))
    subsidy += grant
    taken_up = min(1.0, p.deduction_usual + p.deduction_gain * dose(DEDUCTION))
    profit = income - running - research * (1.0 + p.deduction_rate * taken_up) - overhead
    tax = max(0.0, profit) * (p.tax_certified if firm.certificate_until > month else p.tax_rate)
    service = firm.debt * (1.0 / p.debt_term + p.debt_interest / 12)
    net = income - running - research - overhead - tax + subsidy - service
    firm.cash += net
    firm.debt -= firm.debt / p.debt_term
    firm.burn = max(0.0, -net)
    ceiling = p.cash_ceiling * (research + overhead)
    dividend = min(net, firm.cash - ceiling) if net > 0.0 and firm.cash > ceiling else 0.0
    firm.cash -= dividend
    firm.distress = firm.distress + 1 if firm.cash < 0.0 else 0
    budget = firm.rd_habit * firm.sales + p.cash_spending * max(0.0, firm.cash)
    budget += 12 * grant * (1.0 - p.grant_crowding)
    rate = p.tax_certified if firm.certificate_until > month else p.tax_rate
    net_of_tax, usual = (
        max(0.1, 1.0 - rate * (1.0 + p.deduction_rate * part))
        for part in (taken_up, p.deduction_usual)
    )
    if profit > 0.0:
        cost *= net_of_tax / usual
    firm.wanted = max(1, int(budget / (cost + rent)))
    for flow, money in (
        (ledgers.SALES, income),
        (ledgers.OPERATIONS, -running),
        (ledgers.RESEARCH, -research),
        (ledgers.OVERHEAD, -overhead),
        (ledgers.SUBSIDIES, subsidy),
        (ledgers.TAX, -tax),
        (ledgers.DEBT_PAID, -service),
        (ledgers.DIVIDENDS, -dividend),
    ):
        city.flows[flow] += money


def pay_in(model: Any) -> None:
    """Pay the month's money into the funds."""
    city, p = model.city, model.p
    inflow = YUAN * p.private_inflow
    crowded = max(0.0, 1.0 + p.crowding * city.guidance_invested / inflow)
    private = max(1, len(model.funds) - 1)
    for fund in model.funds:
        if fund.kind == codes.GUIDANCE:
            dose, size = city.mean_dose[FUND], YUAN * p.guidance_size
            left = max(0.0, size * max(1.0, dose) - city.guidance_paid)
            paid = min(size * dose / p.guidance_years / 12, left)
            city.guidance_paid += paid
        else:
            full = fund.dry_powder / (p.powder_years * inflow / private)
            paid = inflow / 12 * crowded / private * max(0.0, 1.0 - full)
        fund.dry_powder += paid
        fund.committed += paid
        city.flows[ledgers.FUND_PAID_IN] += paid
    city.guidance_invested -= city.guidance_invested / 12


def raise_money(model: Any, firm: Any, month: int) -> None:
    """Let a firm meet funds; the keenest backs it, or a lender may."""
    city, p = model.city, model.p
    c, d = firm.cluster, firm.district
    near = min(1.0, city.services[codes.ACCELERATOR][c][d])
    mean = p.meetings * (
        1.0 + p.forum_gain * city.dose[FORUMS][c][d] + p.accelerator_meetings * near
    )
    number = int(mean + luck(model, firm.id, month, purposes.MEETING)[0])
    need = max(p.smallest_ticket, p.runway_raised * firm.burn)
    keenest, most = None, p.hurdle
    for j in range(min(MOST, number)):
        meeting = name(namespaces.MEETING, firm.id, j)
        which, a, b, _ = luck(model, meeting, month, purposes.SCREENING)
        fund = model.funds[int(which * len(model.funds))]
        if can_back(p, fund, firm, need):
            seen = signal(model, fund, firm, normal(a, b))
            if seen > most:
                keenest, most = fund, seen
    if keenest is not None:
        close_round(model, firm, keenest, need, month)
    elif firm.sales > 0.0 and firm.debt < p.debt_limit * firm.sales:
        loan = firm.burn * p.debt_months * (p.debt_usual + p.debt_gain * city.dose[PRODUCTS][c][d])
        firm.debt += loan
        firm.cash += loan
        city.flows[ledgers.DEBT_DRAWN] += loan


def can_back(p: Any, fund: Any, firm: Any, need: float) -> bool:
    """Return whether cluster, district, level and purse of a fund fit a firm."""
    return bool(
        fund.alive
        and fund.kind != codes.GUIDANCE
        and fund.focus in (NOBODY, firm.cluster)
        and fund.district in (NOBODY, firm.district)
        and fund.lowest_level <= firm.level <= fund.highest_level
        and fund.dry_powder >= p.ticket_part * need
    )


def signal(model: Any, fund: Any, firm: Any, z: float) -> float:
    """Return what a fund sees in a firm."""
    dose, p = model.city.dose, model.p
    sharper = p.stars_gain * dose[STARS][firm.cluster][firm.district]
    sharper += p.sourcing_gain * dose[SOURCING][firm.cluster][firm.district]
    noise = p.screening_noise * max(0.0, 1.0 - fund.accuracy) / (1.0 + sharper) * z
    return float(firm.quality + p.level_merit * (firm.level - p.expected_level) + noise)


def close_round(model: Any, firm: Any, fund: Any, need: float, month: int) -> None:
    """Let a fund invest, and the guidance fund add its part at the same price."""
    city, p = model.city, model.p
    ticket = min(need, fund.dry_powder)
    value = max(p.value_to_money * ticket, p.value_to_sales * firm.sales)
    invest(model, firm, fund, ticket, value, month)
    dose, guidance = city.dose[FUND][firm.cluster][firm.district], model.funds[0]
    if dose > 0.0 and guidance.dry_powder > 0.0:
        added = min(1.0, dose) * ticket / (p.guidance_leverage - 1.0)
        added = min(added, guidance.dry_powder)
        invest(model, firm, guidance, added, value + ticket, month)
        city.guidance_invested += added
        city.events[ledgers.GUIDANCE_MONEY] += added


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
