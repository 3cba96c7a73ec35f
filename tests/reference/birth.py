"""How a firm comes into being, and where (section 7.9, Place)."""

import math
from bisect import bisect_right
from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import CLUSTER_OF, mechanism
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.tables import CLUSTERS, DISTRICTS, NEVER, NOBODY
from tests.reference.luck import luck, name, normal

ZONES, LAND, NAMED, ACCESS = map(
    mechanism, ("pilot_zones", "land", "designations", "market_access")
)


def about(model: Any, u: float) -> float:
    """Return what one agent has against the mean."""
    return float(1.0 + model.p.unevenness * (2.0 * u - 1.0))


def rd_habit(model: Any, who: int) -> float:
    """Return the share of sales that a firm budgets for R&D all its life."""
    p = model.p
    a, b, _, _ = luck(model, who, 0, purposes.RD_HABIT)
    return float(p.rd_ratio * math.exp(p.rd_spread * normal(a, b) - p.rd_spread**2 / 2))


def rate_places(model: Any) -> None:
    """Work out, once a month, what districts and cells offer new firms."""
    city, p = model.city, model.p
    for b, c in enumerate(CLUSTER_OF, CLUSTERS):
        for d in range(DISTRICTS):
            zones = min(1.0, city.services[codes.PILOT_ZONE][c][d])
            city.utility[b][d] = (
                p.agglomeration * math.log(1.0 + city.tallies[FIRMS_HERE][c][d])
                + p.designation_pull * city.designated[c][d] * city.dose[NAMED][b][d]
                - p.cost_push * city.core[d]
                + p.zone_pull * zones * (1.0 + p.zone_call_gain * city.dose[ZONES][b][d])
                + p.accelerator_pull * min(1.0, city.services[codes.ACCELERATOR][c][d])
                + p.land_pull * city.dose[LAND][b][d]
                + p.access_entry * city.dose[ACCESS][b][d]
                + p.people_pull * math.log(city.people[d] / 1_000_000)
            )
    model.scratch.cell_sums = []
    for d in range(DISTRICTS):
        total = 0.0
        for number in model.land_cells[city.district_start[d] : city.district_start[d + 1]]:
            total += cell_weight(p, model.cells[number])
            model.scratch.cell_sums.append(total)


def cell_weight(p: Any, cell: Any) -> float:
    """Return what a cell offers against others of its district."""
    weight = cell.land * (1.0 + p.cell_agglomeration * cell.firms)
    if cell.zone != NOBODY:
        weight *= 1.0 + p.zone_cell_pull
    if cell.firms >= cell.capacity:
        weight *= p.full_cell_pace
    return float(weight)


def choose_district(model: Any, who: int, track: int, home: int, month: int) -> int:
    """Return the district of highest utility with Gumbel luck; ``home`` has an advantage."""
    values = []
    for district in range(DISTRICTS):
        place = name(namespaces.CHOICE, who, district // 4)
        u = luck(model, place, month, purposes.DISTRICT_CHOICE)[district % 4]
        value = model.city.utility[CLUSTERS + track][district] - math.log(-math.log(u))
        values.append(value + model.p.home_pull * (district == home))
    return values.index(max(values))


def choose_cell(model: Any, who: int, district: int, month: int) -> int:
    """Return a land cell of the district, chosen in proportion to its weight."""
    u = luck(model, who, month, purposes.CELL_CHOICE)[0]
    first, end = model.city.district_start[district : district + 2]
    sums = model.scratch.cell_sums
    at = bisect_right(sums, u * sums[end - 1], first, end - 1)
    return int(model.land_cells[at])


def place_firm(model: Any, firm: Any, cell: int) -> None:
    """Let a firm stand on a cell."""
    site = model.cells[cell]
    firm.cell, firm.district, firm.place = cell, site.district, site.place
    model.cells[cell].firms += 1
    model.city.tallies[FIRMS_HERE][firm.cluster][firm.district] += 1.0


def found_firm(
    model: Any,
    who: int,
    track: int,
    kind: int,
    level: int,
    quality: float,
    home: int,
    month: int,
) -> Any:
    """Return a new firm in its place; what it owns and who founded it are the caller's to say."""
    firm = model.new("firms")
    firm.id, firm.track, firm.cluster, firm.kind = who, track, CLUSTER_OF[track], kind
    firm.level, firm.quality, firm.founded, firm.entered = level, quality, month, month
    firm.reached = month
    firm.founder = firm.patron = firm.consortium = firm.first_deal = NOBODY
    firm.certificate_until, firm.last_round = NEVER, -12
    firm.spread, firm.spillover, firm.wanted = model.p.growth_spread, 1.0, 1
    firm.rd_habit = rd_habit(model, who)
    district = choose_district(model, who, track, home, month)
    place_firm(model, firm, choose_cell(model, who, district, month))
    return firm
