"""How a firm comes into the world, whoever brings it: its row, its place, its first money."""

import math

from sim.chance import identity
from sim.compiled import helper
from sim.rules.common import choose
from sim.world import purposes
from sim.world.codes import ACCELERATOR, CLUSTER_OF, PILOT_ZONE, STILL_HERE, mechanism
from sim.world.luck import luck
from sim.world.rows import clear, draw_habit, find, place_firm, take_firm_row
from sim.world.tables import CLUSTERS, DISTRICTS, FIRMS_HERE, NOBODY

ZONES = mechanism("pilot_zones")
LAND = mechanism("land")


@helper
def found_firm(world, p, firm_id, track, kind, level, quality, home, month):
    """Create a firm and place it; return its row, or -1 if the table is full.

    Cash, weight and founder are the caller's to set.
    """
    city = world.city[0]
    row = take_firm_row(world)
    if row < 0:
        return -1
    firm = world.firms[row]
    clear(firm)
    firm.id = firm_id
    world.ids[row] = firm_id
    world.new_firms[city.sizes[3]] = row
    city.sizes[3] += 1
    firm.alive = 1
    firm.kind = kind
    firm.track = track
    firm.cluster = CLUSTER_OF[track]
    firm.level = level
    firm.quality = quality
    firm.founded = month
    firm.entered = month
    firm.spread = p.growth_spread
    firm.spillover = 1.0
    firm.rd_habit = draw_habit(city, p, firm_id)
    firm.wanted = 1
    firm.exit_reason = STILL_HERE
    district = choose_district(city, p, firm_id, firm.cluster, home, month)
    place_firm(world, row, choose_cell(world, firm_id, district, month))
    return row


@helper
def rate_locations(city, p):
    """Compute what each district offers a new firm of each cluster, before its own ties."""
    dose = city.dose
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            value = p.agglomeration * math.log1p(city.tallies[FIRMS_HERE, cluster, district])
            value += p.designation_pull * city.designated[cluster, district]
            value -= p.cost_push * city.core[district]
            zones = city.services[PILOT_ZONE, cluster, district]
            value += (
                p.zone_pull
                * min(1.0, zones)
                * (1.0 + p.zone_call_gain * dose[ZONES, cluster, district])
            )
            value += p.accelerator_pull * min(1.0, city.services[ACCELERATOR, cluster, district])
            value += p.land_pull * dose[LAND, cluster, district]
            value += math.log(city.people[district] / 1.0e6) * p.people_pull
            city.utility[cluster, district] = value
            city.patience[cluster, district] = math.exp(-value)


@helper
def choose_district(city, p, firm_id, cluster, home, month):
    """Choose a district by what it offers plus luck (logit; McFadden 1974).

    The highest of utilities with Gumbel luck is the first of exponential waiting times whose means
    are exp(-utility): one logarithm a district instead of two.
    """
    best, soonest = 0, 1.0e300
    at_home = math.exp(-p.home_pull)
    for group in range((DISTRICTS + 3) // 4):
        place = identity(firm_id, group, 0)
        draws = luck(city, place, month, purposes.DISTRICT_CHOICE)
        for j in range(min(4, DISTRICTS - 4 * group)):
            district = 4 * group + j
            wait = -math.log(draws[j]) * city.patience[cluster, district]
            wait *= choose(district == home, at_home, 1.0)
            if wait < soonest:
                best, soonest = district, wait
    return best


@helper
def weigh_cells(world, p):
    """Sum up the month's cell weights, district by district, for ``choose_cell``."""
    city = world.city[0]
    cells = world.cells
    land_cells = world.land_cells
    field = world.field
    for district in range(DISTRICTS):
        total = 0.0
        for k in range(city.district_start[district], city.district_start[district + 1]):
            total += cell_weight(p, cells[land_cells[k]])
            field[k] = total


@helper
def choose_cell(world, firm_id, district, month):
    """Choose a cell of the district in proportion to the month's cell weights."""
    city = world.city[0]
    u, _, _, _ = luck(city, firm_id, month, purposes.CELL_CHOICE)
    low, high = city.district_start[district], city.district_start[district + 1]
    return world.land_cells[find(world.field, low, high, u)]


@helper
def cell_weight(p, site):
    """Return how attractive a cell is within its district."""
    weight = site.land * (1.0 + p.cell_agglomeration * site.firms)
    if site.zone != NOBODY:
        weight *= 1.0 + p.zone_cell_pull
    if site.firms >= site.capacity:
        weight *= p.full_cell_pace
    return weight
