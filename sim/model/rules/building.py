"""Process 7, second part: firms pay for capacity before it stands, and it takes time to build."""

from sim.engine import rule
from sim.engine.process import process
from sim.model.rules.common import MONTH, choose
from sim.model.world.codes import mechanism
from sim.model.world.ledgers import DEBT_DRAWN, PLANT
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    PLACES,
    City,
    Draw,
    Firm,
    Tables,
)

FINANCIAL_PRODUCTS = mechanism("financial_products")
LAND = mechanism("land")
MOST_LENT = 0.9
"""Part of a capacity's cost beyond which banks never lend."""
LEAST = 1.0e-9
"""What is asked of a firm at least, 万元, so that nothing asked is nothing paid."""


@process(
    "building",
    reads=(
        "cells: firms",
        "city: dose firm_rows flows",
        "firms: alive burn capacity cash cell debt demanded ordered patron place",
        "firms: plant_debt real_rd sales to_patron track",
    ),
    writes=(
        "city: flows",
        "firms: capacity cash lacking ordered plant_debt",
    ),
    scratch=("city: lent room",),
)
def building(world: Tables, p: Draw, month: int) -> None:
    """Let every firm go on building, and order the capacity that it can pay for."""
    city, firms, cells = world.city[0], world.firms, world.cells
    rate_room(city, p)
    rate_loans(city, p)
    spent = borrowed = 0.0
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 1:
            site = cells[firm.cell]
            build(city, p, firm, int(site.firms > site.capacity))
            paid, loan = order(city, p, firm)
            spent += paid + loan
            borrowed += loan
    city.flows[PLANT] -= spent
    city.flows[DEBT_DRAWN] += borrowed


@rule
def rate_room(city: City, p: Draw) -> None:
    """Compute how fast firms can build in a place.

    A firm builds more slowly on a full cell, unless the land reform helps.
    """
    growth = p.capacity_growth * MONTH
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            called = city.dose[LAND, branch, place]
            crowded = min(1.0, p.full_cell_pace + p.land_gain * called)
            city.room[0, branch, place] = growth
            city.room[1, branch, place] = growth * crowded


@rule
def rate_loans(city: City, p: Draw) -> None:
    """Compute what part of capacity's cost banks lend; the plan's products add to it."""
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            called = city.dose[FINANCIAL_PRODUCTS, branch, place]
            city.lent[branch, place] = min(MOST_LENT, p.debt_usual + p.debt_gain * called)


@rule
def build(city: City, p: Draw, firm: Firm, full: int) -> None:
    """Build a month's part of what is ordered."""
    pace = city.room[full, CLUSTERS + firm.track, firm.place] * max(firm.capacity, first_plant(p))
    built = min(firm.ordered, pace)
    firm.capacity += built
    firm.ordered -= built


@rule
def order(city: City, p: Draw, firm: Firm) -> tuple[float, float]:
    """Let a firm order the capacity that it misses, as far as its own money and credit go.

    Banks lend to no firm that burns money but on the orders of a patron, who pays. On these they
    also lend to who has no money of its own to add.

    Returns:
        What it pays itself, and what a bank lends it.
    """
    missing = missing_capacity(p, firm)
    cost = p.capital[firm.track] * missing
    lent = choose(firm.burn > 0.0, 0.0, city.lent[CLUSTERS + firm.track, firm.place])
    lent += choose(firm.patron != NOBODY, p.order_credit, 0.0)
    left = max(0.0, p.debt_limit * firm.sales - firm.debt - firm.plant_debt)
    credit = min(min(MOST_LENT, lent) * cost, left)
    asked = cost - credit
    kept = max(p.cash_ceiling * MONTH * firm.real_rd, p.runway_raised * firm.burn)
    paid = min(asked, max(0.0, firm.cash - kept))
    part = paid / max(LEAST, asked)
    pledged = min(credit, p.order_credit * cost, earned_by_orders(p, firm))
    loan = pledged + (credit - pledged) * part
    firm.ordered += (paid + loan) / p.capital[firm.track]
    firm.cash -= paid
    firm.plant_debt += loan
    firm.lacking = asked - paid
    return paid, loan


@rule
def earned_by_orders(p: Draw, firm: Firm) -> float:
    """Return what a patron's orders earn in the term of a loan, less what is owed already."""
    earned = p.operating_margin * firm.to_patron * p.plant_term * MONTH
    return choose(firm.patron != NOBODY, max(0.0, earned - firm.plant_debt), 0.0)


@rule
def first_plant(p: Draw) -> float:
    """Return the capacity of a usual first plant, which the smallest firm may want and build."""
    return p.entry_capacity * p.entry_weight


@rule
def missing_capacity(p: Draw, firm: Firm) -> float:
    """Return the capacity that a firm wants beyond what stands and is ordered.

    Once what its market takes nearly fills it, it wants that and some to spare, but no more than
    it can build in the time that a round pays for, or a first plant.
    """
    coming = firm.capacity + firm.ordered
    most = firm.capacity * (1.0 + p.capacity_growth * MONTH * p.runway_raised)
    wanted = min((1.0 + p.spare_capacity) * firm.demanded, max(most, first_plant(p)))
    short = firm.demanded > p.capacity_use * coming
    return choose(short, max(0.0, wanted - coming), 0.0)
