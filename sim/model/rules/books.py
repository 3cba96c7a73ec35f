"""Process 6, first part: firms earn and spend, and set their next budgets."""

from sim.engine import inlined, rule
from sim.model.rules.common import MONTH, MONTHS_A_YEAR, choose
from sim.model.world.codes import DISTRICT_OF_PLACE, STATE_OWNED, mechanism
from sim.model.world.ledgers import (
    COMMISSIONS,
    DEBT_PAID,
    DIVIDENDS,
    OPERATIONS,
    OVERHEAD,
    RESEARCH,
    SALES,
    SUBSIDIES,
    TAX,
)
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    PLACES,
    TRACKS,
    City,
    Draw,
    Firm,
    Tables,
)

SUPER_DEDUCTION = mechanism("super_deduction")
VOUCHERS = mechanism("vouchers")
GRANTS = mechanism("grants")
ZONES = mechanism("pilot_zones")
ASSESSMENT = mechanism("soe_assessment")
LEAST = 0.1
"""Part of a yuan of research that no relief pays back."""


@rule
def operate_firms(world: Tables, p: Draw, month: int) -> None:
    """Let every firm earn and spend, and set its next budget; add up the city's flows."""
    city, firms, cells = world.city[0], world.firms, world.cells
    rate_costs(world, p)
    sales = research = overhead = subsidies = tax = debt = plant = dividends = worked = 0.0
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 1:
            in_zone = int(cells[firm.cell].zone != NOBODY)
            sales += firm.sales
            debt += firm.debt
            plant += firm.plant_debt
            paid, rented, grant, taxed, dividend, fees = operate(city, p, firm, in_zone, month)
            research += paid
            overhead += rented
            subsidies += grant
            tax += taxed
            dividends += dividend
            worked += fees
    flows = city.flows
    flows[SALES] += sales * MONTH
    flows[OPERATIONS] -= (1.0 - p.operating_margin) * sales * MONTH
    flows[RESEARCH] -= research
    flows[OVERHEAD] -= overhead
    flows[SUBSIDIES] += subsidies
    flows[TAX] -= tax
    flows[DEBT_PAID] -= debt * city.service + plant * city.plant_service
    flows[DIVIDENDS] -= dividends
    flows[COMMISSIONS] += worked


@rule
def rate_costs(world: Tables, p: Draw) -> None:
    """Compute once what all firms of a place or track pay and get.

    Rent and administration are dearer in core districts and cheaper in zones.
    """
    city, tracks = world.city[0], world.tracks
    dose = city.dose
    city.repaid = 1.0 / p.debt_term
    city.assessed = max(0.0, 1.0 + p.assessment_habit * city.mean_dose[ASSESSMENT])
    city.service = city.repaid + p.debt_interest * MONTH
    for longer in range(2):
        years = choose(longer == 1, p.loss_years_technology, p.loss_years)
        city.losses_left[longer] = 1.0 - MONTH / max(MONTH, years)
    city.plant_service = 1.0 / p.plant_term + p.debt_interest * MONTH
    for k in range(TRACKS):
        city.talent_cost[0, k] = p.talent_cost * tracks[k].pay
        city.talent_cost[1, k] = p.talent_cost * tracks[k].senior_pay
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            district = DISTRICT_OF_PLACE[place]
            rent = p.overhead * (1.0 + p.core_rent * city.core[district])
            called = 1.0 + p.zone_call_gain * dose[ZONES, branch, place]
            city.rent[0, branch, place] = rent
            city.rent[1, branch, place] = rent * max(0.0, 1.0 - p.zone_discount * called)
            taken_up = p.deduction_usual
            taken_up += p.deduction_gain * dose[SUPER_DEDUCTION, branch, place]
            city.deducted[branch, place] = MONTH * (1.0 + p.deduction_rate * min(1.0, taken_up))
            rate_user_cost(city, p, branch, place, min(1.0, taken_up))
            city.bought[branch, place] = p.voucher_share * dose[VOUCHERS, branch, place]
            paid = p.grant_share * dose[GRANTS, branch, place]
            city.granted[branch, place] = min(1.0, paid)


@rule
def rate_user_cost(city: City, p: Draw, branch: int, place: int, taken_up: float) -> None:
    """Compute what research costs who pays tax, against what it costs where relief is as usual.

    A yuan of research saves the tax on it and on what may be deducted more (Hall and Jorgenson
    1967).
    """
    for certified in range(2):
        rate = choose(certified == 1, p.tax_certified, p.tax_rate)
        cost = max(LEAST, 1.0 - rate * (1.0 + p.deduction_rate * taken_up))
        usual = max(LEAST, 1.0 - rate * (1.0 + p.deduction_rate * p.deduction_usual))
        city.user_cost[certified, branch, place] = cost / usual


@inlined
def cost_of(city: City, p: Draw, firm: Firm) -> float:
    """Return what a talent costs a firm: both levels' pay, by their part in its bill of 2022."""
    seniors = choose(firm.talents > 0, 1.0 * firm.seniors, city.usual_seniors)
    juniors = choose(firm.talents > 0, 1.0 * firm.talents, 1.0) - seniors
    weighed = p.senior_premium * seniors
    bill = juniors * city.talent_cost[0, firm.track] + weighed * city.talent_cost[1, firm.track]
    return bill / (juniors + weighed)


@inlined
def operate(
    city: City, p: Draw, firm: Firm, in_zone: int, month: int
) -> tuple[float, float, float, float, float, float]:
    """Earn, pay for research and overhead, tax and debt; then set next month's R&D budget.

    What vouchers buy is research that others do for a small firm, in part instead of what it would
    have paid for. Written without branches: a processor cannot guess which firm is small, certified
    or in debt.

    Returns:
        What is paid for research and overhead, got as grant, paid as tax and as dividend, and got
        for commissions.
    """
    branch, place = CLUSTERS + firm.track, firm.place
    talents, sales, debt, plant = firm.talents, firm.sales, firm.debt, firm.plant_debt
    cost = cost_of(city, p, firm)
    rent = city.rent[in_zone, branch, place]
    own = talents * cost
    earned = p.operating_margin * (sales * MONTH)
    overhead = rent * talents * MONTH
    bought = choose(sales < p.small_sales, own * city.bought[branch, place], 0.0)
    paid = own - p.grant_crowding * bought
    research = paid * MONTH
    grant = research * city.granted[branch, place]
    certified = int(firm.certificate_until > month)
    rate = choose(certified == 1, p.tax_certified, p.tax_rate)
    profit = earned - overhead - paid * city.deducted[branch, place]
    longer = int(certified + int(sales <= p.technology_sales) > 0)
    earlier = firm.losses * city.losses_left[longer]
    taxable = max(0.0, profit - earlier)
    tax = taxable * rate
    user_cost = choose(taxable > 0.0, city.user_cost[certified, branch, place], 1.0)
    service = debt * city.service + plant * city.plant_service
    net = earned - overhead - research + grant - service - tax
    burn = max(0.0, -net)
    short = int(firm.cash < p.runway_seek * burn) & int(talents > 0)
    fees = short * min(burn, p.commission_part * (cost + rent) * MONTH)
    net += fees
    after = firm.cash + net
    owners = choose(sales >= p.listing_sales, p.payout * max(0.0, net), 0.0)
    ceiling = min(after - owners, p.cash_ceiling * (research + overhead) + firm.lacking)
    cash = max(firm.cash + min(0.0, net), ceiling)  # a gain above it is paid out
    spending = choose(sales > 0.0, p.cash_spending, p.burn_before_sales)
    habit = firm.rd_habit * choose(firm.kind == STATE_OWNED, city.assessed, 1.0)
    budget = habit * sales + spending * max(0.0, cash)
    budget += (1.0 - p.grant_crowding) * MONTHS_A_YEAR * grant  # it is for research
    paid_for = budget / (cost * user_cost + rent)
    taken_in = choose(firm.leading > 0, paid_for, 1.0 + (1.0 + p.taking_in) * talents)
    firm.wanted = int(max(1.0, min(paid_for, taken_in)))
    firm.distress = (firm.distress + 1) * int(cash < 0.0)
    firm.real_rd = paid + bought
    firm.commissioned = short
    people = firm.real_rd / cost - p.commission_time * short
    firm.rd_stock += MONTH * (people * p.research_unit - p.rd_decay * firm.rd_stock)
    firm.losses = max(0.0, earlier - profit)
    firm.debt = debt - debt * city.repaid
    firm.plant_debt = plant - plant / p.plant_term
    firm.cash = cash
    firm.burn = burn
    return research, overhead, grant, tax, after - cash, fees
