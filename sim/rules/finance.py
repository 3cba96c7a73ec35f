"""Process 6: firms spend and earn, funds are paid in, rounds are raised, stakes are sold."""

from sim.chance import identity
from sim.compiled import helper
from sim.rules.common import MONTH, WAN_A_YI, choose
from sim.world import purposes
from sim.world.codes import ACCELERATOR, GUIDANCE, instrument
from sim.world.luck import luck, normal_pair
from sim.world.rows import take_deal_row
from sim.world.tables import (
    CLUSTERS,
    DEBT_DRAWN,
    DEBT_PAID,
    DISTRICTS,
    DIVIDENDS,
    EQUITY,
    FUND_INVESTED,
    FUND_PAID_IN,
    FUND_RETURNED,
    GUIDANCE_MONEY,
    NOBODY,
    OPERATIONS,
    OVERHEAD,
    RESEARCH,
    SALES,
    SUBSIDIES,
    SUCCESSES_HERE,
    TAX,
)

GUIDANCE_FUND = instrument("guidance_fund")
FINANCIAL_PRODUCTS = instrument("financial_products")
FORUMS = instrument("forums")
STARS = instrument("stars")
SOURCING = instrument("sourcing")
SUPER_DEDUCTION = instrument("super_deduction")
VOUCHERS = instrument("vouchers")
ZONES = instrument("pilot_zones")
MOST_MEETINGS = 12


@helper
def finance(world, p, month):
    """Run the month's money: budgets, fund inflows, rounds, and sales of stakes."""
    operate_firms(world, p, month)
    pay_in(world, p)
    raise_money(world, p, month)


@helper
def operate_firms(world, p, month):
    """Let every firm earn and spend, and set its next budget."""
    city, firms, tracks, cells = world.city[0], world.firms, world.tracks, world.cells
    rate_costs(city, p)
    for i in range(city.firm_rows):
        if firms[i].alive == 1:
            firm = firms[i]
            in_zone = int(cells[firm.cell].zone != NOBODY)
            operate(city, p, firm, tracks[firm.track], in_zone, month)


@helper
def rate_costs(city, p):
    """Compute rent and deductions place by place, once for all firms of a place.

    Rent and administration are dearer in core districts and cheaper in zones.
    """
    dose = city.dose
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            rent = p.overhead * (1.0 + p.core_rent * city.core[district])
            called = 1.0 + p.zone_call_gain * dose[ZONES, cluster, district]
            city.rent[0, cluster, district] = rent
            city.rent[1, cluster, district] = rent * max(0.0, 1.0 - p.zone_discount * called)
            taken_up = p.deduction_usual
            taken_up += p.deduction_gain * dose[SUPER_DEDUCTION, cluster, district]
            city.deducted[cluster, district] = 1.0 + p.deduction_rate * min(1.0, taken_up)


@helper
def raise_money(world, p, month):
    """Let firms that run short look for capital, and investors of grown ones sell."""
    city, firms = world.city[0], world.firms
    for k in range(list_active(world, p, month)):
        i = world.struck[k]
        firm = firms[i]
        if firm.burn > 0.0 and firm.cash < p.runway_seek * firm.burn:
            look_for_money(world, p, i, month)
        else:
            u, _, _, _ = luck(city, firm.id, month, purposes.VALUE)
            if u < p.listing_rate * MONTH:
                sell_stakes(world, p, i, p.value_to_sales * firm.sales)
                city.tallies[SUCCESSES_HERE, firm.cluster, firm.district] += 1.0


@helper
def list_active(world, p, month):
    """List firms that look for money, or whose investors may sell; return how many they are."""
    firms, listed = world.firms, world.struck
    number = 0
    for i in range(world.city[0].firm_rows):  # no branch: who is listed cannot be guessed
        firm = firms[i]
        short = (firm.burn > 0.0) & (firm.cash < p.runway_seek * firm.burn)
        due = month - firm.last_round >= p.round_gap
        grown = (firm.first_deal != NOBODY) & (firm.sales >= p.listing_sales) & (firm.level == 9)
        listed[number] = i
        number += int(firm.alive) & int((short & due) | (grown & (not short)))
    return number


@helper
def operate(city, p, firm, track, in_zone, month):
    """Earn, pay for research and overhead, tax and debt; then set next month's R&D budget.

    Written without branches: a processor cannot guess which firm is small, certified or in debt.
    """
    flows = city.flows
    cluster, district = firm.cluster, firm.district
    talents, sales, debt = firm.talents, firm.sales, firm.debt
    cost = p.talent_cost * track.pay
    rent = city.rent[in_zone, cluster, district]
    real_rd = talents * cost
    income = sales * MONTH
    running = (1.0 - p.operating_margin) * income
    research = real_rd * MONTH
    overhead = rent * talents * MONTH
    small = float(int(sales < p.small_sales))
    subsidy = small * (research * p.voucher_share * city.dose[VOUCHERS, cluster, district])
    rate = choose(firm.certificate_until > month, p.tax_certified, p.tax_rate)
    deducted = research * city.deducted[cluster, district]
    tax = max(0.0, income - running - deducted - overhead) * rate
    service = debt * (1.0 / p.debt_term + p.debt_interest * MONTH)
    net = income - running - research - overhead - tax + subsidy - service
    earned = firm.cash + net
    ceiling = p.cash_ceiling * (research + overhead)
    dividend = min(max(0.0, net), max(0.0, earned - ceiling))
    cash = earned - dividend
    budget = firm.rd_habit * sales + p.cash_spending * max(0.0, cash)
    firm.wanted = max(1, int(budget / (cost + rent)))
    firm.distress = (firm.distress + 1) * int(cash < 0.0)
    firm.real_rd = real_rd
    firm.rd_stock += talents * p.talent_cost * MONTH - p.rd_decay * MONTH * firm.rd_stock
    firm.debt = debt - debt / p.debt_term
    firm.cash = cash
    firm.burn = max(0.0, -net)
    flows[SALES] += income
    flows[OPERATIONS] -= running
    flows[RESEARCH] -= research
    flows[OVERHEAD] -= overhead
    flows[SUBSIDIES] += subsidy
    flows[TAX] -= tax
    flows[DEBT_PAID] -= service
    flows[DIVIDENDS] -= dividend


@helper
def pay_in(world, p):
    """Pay the month's commitments into the funds; guidance money may crowd private money."""
    city = world.city[0]
    funds = world.funds
    private = p.private_inflow * WAN_A_YI * MONTH
    guided = city.guidance_invested / (p.private_inflow * WAN_A_YI)
    private *= max(0.0, 1.0 + p.crowding * guided)
    number = max(1, city.fund_rows - 1)
    for k in range(city.fund_rows):
        fund = funds[k]
        if fund.kind == GUIDANCE:
            called = city.mean_dose[GUIDANCE_FUND]
            size = p.guidance_size * WAN_A_YI * max(1.0, called)
            paid = p.guidance_size * WAN_A_YI * called / p.guidance_years * MONTH
            paid = min(paid, max(0.0, size - city.guidance_paid))
            city.guidance_paid += paid
        else:
            full = fund.dry_powder * number / (p.powder_years * p.private_inflow * WAN_A_YI)
            paid = private / number * max(0.0, 1.0 - full)
        fund.dry_powder += paid
        fund.committed += paid
        city.flows[FUND_PAID_IN] += paid
    city.guidance_invested *= 1.0 - 1.0 * MONTH


@helper
def look_for_money(world, p, i, month):
    """Let a firm that runs short meet funds; the keenest invests, else a lender may help."""
    city = world.city[0]
    firms = world.firms
    funds = world.funds
    firm = firms[i]
    firm.last_round = month
    dose = city.dose
    cluster, district = firm.cluster, firm.district
    u, _, _, _ = luck(city, firm.id, month, purposes.MEETING)
    near = min(1.0, city.services[ACCELERATOR, cluster, district])
    met = 1.0 + p.forum_gain * dose[FORUMS, cluster, district] + p.accelerator_meetings * near
    meetings = int(p.meetings * met + u)
    need = max(p.smallest_ticket, p.runway_raised * firm.burn)
    best, keenest = NOBODY, p.hurdle
    for j in range(min(MOST_MEETINGS, meetings)):
        meeting = identity(firm.id, j, 0)
        a, b, c, _ = luck(city, meeting, month, purposes.SCREENING)
        k = int(a * city.fund_rows)
        if may_back(p, firm, funds[k], need):
            signal = screen(city, p, firm, funds[k].accuracy, normal_pair(b, c))
            if signal > keenest:
                best, keenest = k, signal
    if best != NOBODY:
        invest_round(world, p, i, best, need, month)
    elif firm.sales > 0.0 and firm.debt < p.debt_limit * firm.sales:
        lend(city, p, firm)


@helper
def may_back(p, firm, fund, need):
    """Return whether a fund's focus, stage, reach and purse let it back the firm."""
    return (
        fund.alive == 1
        and fund.kind != GUIDANCE
        and (fund.focus == NOBODY or fund.focus == firm.cluster)
        and (fund.district == NOBODY or fund.district == firm.district)
        and fund.lowest_level <= firm.level <= fund.highest_level
        and fund.dry_powder >= p.ticket_part * need
    )


@helper
def screen(city, p, firm, accuracy, noise):
    """Return the fund's noisy signal of a firm's merit; lists and sourcing sharpen it."""
    dose = city.dose
    sharper = p.stars_gain * dose[STARS, firm.cluster, firm.district]
    sharper += p.sourcing_gain * dose[SOURCING, firm.cluster, firm.district]
    blur = max(0.0, 1.0 - accuracy) / (1.0 + sharper)
    merit = firm.quality + p.level_merit * (firm.level - p.expected_level)
    return merit + p.screening_noise * blur * noise


@helper
def invest_round(world, p, i, k, need, month):
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


@helper
def invest(world, i, k, ticket, before, month):
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


@helper
def lend(city, p, firm):
    """Lend a firm with sales some months of its burn; the plan's products make that commoner."""
    called = city.dose[FINANCIAL_PRODUCTS, firm.cluster, firm.district]
    loan = firm.burn * p.debt_months * (p.debt_usual + p.debt_gain * called)
    firm.debt += loan
    firm.cash += loan
    city.flows[DEBT_DRAWN] += loan


@helper
def sell_stakes(world, p, i, value):
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
