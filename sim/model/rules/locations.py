"""What the city's places offer new firms this month, for all who come in it."""

import math

from sim.engine import rule
from sim.engine.process import process
from sim.model.world.codes import ACCELERATOR, CLUSTER_OF_BRANCH, PILOT_ZONE, mechanism
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, NOBODY, Cell, City, Draw, Tables

DESIGNATIONS = mechanism("designations")
ZONES = mechanism("pilot_zones")
LAND = mechanism("land")
MARKET_ACCESS = mechanism("market_access")


@process(
    "locations",
    reads=(
        "cells: firms zone",
        "city: dose services tallies",
    ),
    writes=(
        "city: patience",
        "field",
    ),
    scratch=("city: utility",),
)
def locations(world: Tables, p: Draw, month: int) -> None:
    """Rate districts for the firms of each track, and cells within districts."""
    rate_locations(world.city[0], p)
    weigh_cells(world, p)


@rule
def rate_locations(city: City, p: Draw) -> None:
    """Compute what each district offers a new firm of each track, before its own ties."""
    dose = city.dose
    for branch in range(CLUSTERS, BRANCHES):
        cluster = CLUSTER_OF_BRANCH[branch]
        for district in range(DISTRICTS):
            value = p.agglomeration * math.log1p(city.tallies[FIRMS_HERE, cluster, district])
            named = city.designated[cluster, district]
            named *= dose[DESIGNATIONS, branch, district]
            value += p.designation_pull * named
            value -= p.cost_push * city.core[district]
            zones = city.services[PILOT_ZONE, cluster, district]
            value += (
                p.zone_pull
                * min(1.0, zones)
                * (1.0 + p.zone_call_gain * dose[ZONES, branch, district])
            )
            value += p.accelerator_pull * min(1.0, city.services[ACCELERATOR, cluster, district])
            value += p.land_pull * dose[LAND, branch, district]
            value += p.access_entry * dose[MARKET_ACCESS, branch, district]
            value += math.log(city.people[district] / 1.0e6) * p.people_pull
            city.utility[branch, district] = value
            city.patience[branch, district] = math.exp(-value)


@rule
def weigh_cells(world: Tables, p: Draw) -> None:
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


@rule
def cell_weight(p: Draw, site: Cell) -> float:
    """Return how attractive a cell is within its district."""
    weight = site.land * (1.0 + p.cell_agglomeration * site.firms)
    if site.zone != NOBODY:
        weight *= 1.0 + p.zone_cell_pull
    if site.firms >= site.capacity:
        weight *= p.full_cell_pace
    return weight
