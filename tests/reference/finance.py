"""Finance (section 7.6): firms' money, funds' money, listings and offers of shares."""

from typing import Any

from sim.model.world import codes, ledgers, purposes
from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS, NOBODY
from tests.reference.luck import luck
from tests.reference.policy import YUAN
from tests.reference.rounds import look_for_money, put_on_the_way, runs_short
from tests.reference.stakes import sell_stakes

DEDUCTION, VOUCHERS, ZONES, FUND, GRANTS, ASSESSMENT = map(
    mechanism,
    ("super_deduction", "vouchers", "pilot_zones", "guidance_fund", "grants", "soe_assessment"),
)


def finance(model: Any, month: int) -> None:
    """Settle the month's books, pay money into funds, and let firms raise, borrow or list."""
    p = model.p
    for firm in model.firms:
        if firm.alive:
            settle(model, firm, month)
    pay_in(model)
    put_on_the_way(model)
    for firm in model.firms:
        if not firm.alive or firm.distress >= p.insolvency_months:
            continue
        waited = month - firm.last_round >= (p.offer_gap if firm.listed else p.round_gap)
        if waited and (runs_short(p, firm) or firm.lacking >= p.smallest_ticket):
            firm.last_round = month
            if firm.listed:
                offer_shares(model, firm)
            else:
                look_for_money(model, firm, month)
        elif goes_public(model, firm, month):
            list_firm(model, firm, month)


def goes_public(model: Any, firm: Any, month: int) -> bool:
    """Return whether a grown firm is listed this month."""
    p = model.p
    ready = not firm.listed and firm.level == 9 and firm.sales >= p.listing_sales
    return bool(ready) and luck(model, firm.id, month, purposes.VALUE)[0] < p.listing_rate / 12


def list_firm(model: Any, firm: Any, month: int) -> None:
    """Let investors sell their stakes, and the firm new shares."""
    if firm.first_deal != NOBODY:
        sell_stakes(model, firm, model.p.value_to_sales * firm.sales)
        model.city.tallies[ledgers.SUCCESSES_HERE][firm.cluster][firm.district] += 1.0
    firm.listed, firm.last_round = 1, month
    offer_shares(model, firm)


def offer_shares(model: Any, firm: Any) -> None:
    """Let the public pay a firm for new shares."""
    p = model.p
    wanted = firm.lacking + (p.runway_raised * firm.burn if runs_short(p, firm) else 0.0)
    money = min(wanted, p.offer_part * (p.value_to_sales * firm.sales))
    firm.cash += money
    model.city.flows[ledgers.OFFERED] += money


def bill(model: Any, firm: Any) -> float:
    """Return what a firm's talents cost against 2022, by level."""
    track, usual = model.tracks[firm.track], model.city.usual_seniors
    above, all_ = (firm.seniors, firm.talents) if firm.talents else (usual, 1.0)
    weight = model.p.senior_premium * above
    return float(((all_ - above) * track.pay + weight * track.senior_pay) / (all_ - above + weight))


def settle(model: Any, firm: Any, month: int) -> None:
    """Settle one firm's month and set its next budget."""
    city, p = model.city, model.p

    def dose(number: int) -> float:
        return float(city.dose[number][CLUSTERS + firm.track][firm.place])

    cost = p.talent_cost * bill(model, firm)
    rent = p.overhead * (1.0 + p.core_rent * city.core[firm.district])
    if model.cells[firm.cell].zone != NOBODY:
        rent *= max(0.0, 1.0 - p.zone_discount * (1.0 + p.zone_call_gain * dose(ZONES)))
    income, own, overhead = firm.sales / 12, firm.talents * cost / 12, rent * firm.talents / 12
    running = (1.0 - p.operating_margin) * income
    bought = own * p.voucher_share * dose(VOUCHERS) if firm.sales < p.small_sales else 0.0
    research = own - p.grant_crowding * bought
    firm.real_rd = 12 * (research + bought)
    grant = research * min(1.0, p.grant_share * dose(GRANTS))
    taken_up = min(1.0, p.deduction_usual + p.deduction_gain * dose(DEDUCTION))
    profit = income - running - research * (1.0 + p.deduction_rate * taken_up) - overhead
    rate = p.tax_certified if firm.certificate_until > month else p.tax_rate
    firm.losses -= firm.losses / 12 / carried_for(p, firm, firm.certificate_until > month)
    taxable = profit - firm.losses
    firm.losses = max(0.0, -taxable)
    tax = max(0.0, taxable) * rate
    service = firm.debt * (1.0 / p.debt_term + p.debt_interest / 12)
    service += firm.plant_debt * (1.0 / p.plant_term + p.debt_interest / 12)
    net = income - running - research - overhead - tax + grant - service
    firm.burn = max(0.0, -net)
    firm.commissioned, fees = 0, 0.0
    if firm.talents > 0 and firm.cash < p.runway_seek * firm.burn:
        firm.commissioned, fees = 1, min(firm.burn, p.commission_part * (cost + rent) / 12)
    net += fees
    firm.cash += net
    at_work = firm.real_rd / cost - p.commission_time * firm.commissioned
    firm.rd_stock += at_work * p.research_unit / 12 - p.rd_decay / 12 * firm.rd_stock
    firm.debt -= firm.debt / p.debt_term
    firm.plant_debt -= firm.plant_debt / p.plant_term
    ceiling = p.cash_ceiling * (research + overhead) + firm.lacking
    due = p.payout * net if firm.sales >= p.listing_sales else 0.0
    dividend = max(0.0, min(net, max(due, firm.cash - ceiling)))
    firm.cash -= dividend
    firm.distress = firm.distress + 1 if firm.cash < 0.0 else 0
    spends = p.cash_spending if firm.sales > 0.0 else p.burn_before_sales
    budget = habit_of(model, firm) * firm.sales + spends * max(0.0, firm.cash)
    budget += 12 * grant * (1.0 - p.grant_crowding)
    net_of_tax, usual = (
        max(0.1, 1.0 - rate * (1.0 + p.deduction_rate * part))
        for part in (taken_up, p.deduction_usual)
    )
    if taxable > 0.0:
        cost *= net_of_tax / usual
    taken_in = firm.talents + p.taking_in * firm.talents + 1
    most = budget / (cost + rent)
    firm.wanted = max(1, int(most if firm.leading else min(most, taken_in)))
    for flow, money in (
        (ledgers.SALES, income),
        (ledgers.COMMISSIONS, fees),
        (ledgers.OPERATIONS, -running),
        (ledgers.RESEARCH, -research),
        (ledgers.OVERHEAD, -overhead),
        (ledgers.SUBSIDIES, grant),
        (ledgers.TAX, -tax),
        (ledgers.DEBT_PAID, -service),
        (ledgers.DIVIDENDS, -dividend),
    ):
        city.flows[flow] += money


def habit_of(model: Any, firm: Any) -> float:
    """Return a firm's R&D habit; the state's owners assess theirs."""
    if firm.kind != codes.STATE_OWNED:
        return float(firm.rd_habit)
    assessed = 1.0 + model.p.assessment_habit * model.city.mean_dose[ASSESSMENT]
    return float(firm.rd_habit * max(0.0, assessed))


def carried_for(p: Any, firm: Any, certified: bool) -> float:
    """Return for how many years the law lets a firm set off a loss."""
    longer = certified or firm.sales <= p.technology_sales
    return max(1 / 12, float(p.loss_years_technology if longer else p.loss_years))


def pay_in(model: Any) -> None:
    """Pay the month's money into the funds."""
    city, p = model.city, model.p
    inflow = YUAN * p.private_inflow
    sizes = sum(fund.size for fund in model.funds)
    for fund in model.funds:
        if fund.kind == codes.GUIDANCE:
            dose, size = city.mean_dose[FUND], YUAN * p.guidance_size
            left = max(0.0, size * max(1.0, dose) - city.guidance_paid)
            paid = min(size * dose / p.guidance_years / 12, left)
            city.guidance_paid += paid
        else:
            part = fund.size / sizes
            empty = max(0.0, 1.0 - fund.dry_powder / (p.powder_years * inflow * part))
            paid = inflow * city.inflow_climate * city.left_by_rivals / 12 * part * empty
            fund.hurdle = p.hurdle + p.scarcity * empty
        fund.dry_powder += paid
        fund.committed += paid
        city.flows[ledgers.FUND_PAID_IN] += paid
