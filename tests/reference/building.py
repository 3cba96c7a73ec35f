"""Building (section 7.7): capacity is paid for, then it is built."""

from typing import Any

from sim.model.world import ledgers
from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS

LAND, PRODUCTS = map(mechanism, ("land", "financial_products"))


def building(model: Any, month: int) -> None:
    """Let firms build what they have ordered, and order what they can pay."""
    del month
    for firm in model.firms:
        if firm.alive:
            finish(model, firm)
            order(model, firm)


def pace(model: Any, firm: Any) -> float:
    """Return the part of its capacity that a firm can add in a month where it stands."""
    p, cell = model.p, model.cells[firm.cell]
    if cell.firms <= cell.capacity:
        return float(p.capacity_growth / 12)
    freed = p.land_gain * model.city.dose[LAND][CLUSTERS + firm.track][firm.place]
    return float(p.capacity_growth / 12 * min(1.0, p.full_cell_pace + freed))


def plant(p: Any) -> float:
    """Return the capacity of a first plant."""
    return float(p.entry_weight * p.entry_capacity)


def a_month(model: Any, firm: Any) -> float:
    """Return what a firm can build in a month: as much as if it had a first plant, at least."""
    return float(pace(model, firm) * max(plant(model.p), firm.capacity))


def finish(model: Any, firm: Any) -> None:
    """Let as much of the capacity that was ordered stand as can be built in a month."""
    built = min(firm.ordered, a_month(model, firm))
    firm.ordered -= built
    firm.capacity += built


def missing(p: Any, firm: Any) -> float:
    """Return the capacity that a firm should order."""
    if firm.demanded <= p.capacity_use * (firm.capacity + firm.ordered):
        return 0.0
    longest = 1.0 + p.runway_raised * p.capacity_growth / 12
    most = max(plant(p), firm.capacity * longest)
    wanted = min(firm.demanded * (1.0 + p.spare_capacity), most)
    return float(max(0.0, wanted - (firm.capacity + firm.ordered)))


def order(model: Any, firm: Any) -> None:
    """Let a firm order capacity with a bank's loan beside its own money."""
    city, p = model.city, model.p
    more = missing(p, firm)
    cost, share = more * p.capital[firm.track], 0.0
    if firm.burn == 0.0:
        dose = city.dose[PRODUCTS][CLUSTERS + firm.track][firm.place]
        share = p.debt_usual + p.debt_gain * dose
    if firm.patron >= 0:
        share += p.order_credit
    left = p.debt_limit * firm.sales - firm.debt - firm.plant_debt
    loan = max(0.0, min(cost * min(0.9, share), left))
    own = cost - loan
    pledged = 0.0
    if firm.patron >= 0:
        earned = p.operating_margin * firm.to_patron * p.plant_term / 12
        pledged = min(loan, p.order_credit * cost, max(0.0, earned - firm.plant_debt))
    spare = firm.cash - max(p.cash_ceiling * firm.real_rd / 12, p.runway_raised * firm.burn)
    paid = min(own, max(0.0, spare))
    firm.lacking = own - paid
    if paid > 0.0 or pledged > 0.0:
        loan = pledged + (loan - pledged) * (paid / own)
        firm.cash -= paid
        firm.ordered += (paid + loan) / p.capital[firm.track]
        firm.plant_debt += loan
        city.flows[ledgers.PLANT] -= paid + loan
        city.flows[ledgers.DEBT_DRAWN] += loan


def building_free(model: Any, month: int) -> None:
    """Let capacity that is short grow, whatever it costs."""
    del month
    p = model.p
    for firm in model.firms:
        if firm.alive and firm.demanded > p.capacity_use * firm.capacity:
            firm.capacity += a_month(model, firm)
