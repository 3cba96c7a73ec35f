"""How a firm comes into the world, whoever brings it: its row, its place, its first money."""

import math
from typing import Final

from sim.engine import rule
from sim.engine.chance import identity
from sim.model.rules.common import choose
from sim.model.world import namespaces, purposes
from sim.model.world.codes import CLUSTER_OF, STILL_HERE
from sim.model.world.luck import luck
from sim.model.world.rows import clear, draw_habit, find, place_firm, take_firm_row
from sim.model.world.tables import CLUSTERS, DISTRICTS, City, Draw, Tables

FOUNDS: Final = (
    "cells: firms",
    "city: firm_rows firms_listed free_firm tallies",
    "firms: alive burn capacity cash cell centre_since certificate_until cluster commissioned",
    "firms: components consortium cover debt demanded distress district ecosystem edge entered",
    "firms: exit_reason first_deal founded founder fresh id kind lacking last_round leading level",
    "firms: listed losses ordered partners patron place plant_debt products quality raised",
    "firms: rd_habit rd_stock reached real_rd reported_rd sales scientists seniors spillover",
    "firms: spread staff standards talents technology_centre to_patron track wanted weight",
    "ids new_firms",
)
"""What founding a firm writes: its row and its place."""


@rule
def found_firm(
    world: Tables,
    p: Draw,
    firm_id: int,
    track: int,
    kind: int,
    level: int,
    quality: float,
    home: int,
    month: int,
) -> int:
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
    world.new_firms[city.firms_listed] = row
    city.firms_listed += 1
    firm.alive = 1
    firm.kind = kind
    firm.track = track
    firm.cluster = CLUSTER_OF[track]
    firm.level = level
    firm.quality = quality
    firm.founded = month
    firm.entered = month
    firm.reached = month
    firm.spread = p.growth_spread
    firm.spillover = 1.0
    firm.rd_habit = draw_habit(city, p, firm_id)
    firm.wanted = 1
    firm.exit_reason = STILL_HERE
    district = choose_district(city, p, firm_id, track, home, month)
    place_firm(world, row, choose_cell(world, firm_id, district, month))
    return row


@rule
def choose_district(city: City, p: Draw, firm_id: int, track: int, home: int, month: int) -> int:
    """Choose a district by what it offers plus luck (logit; McFadden 1974).

    The highest of utilities with Gumbel luck is the first of exponential waiting times whose means
    are exp(-utility): one logarithm a district instead of two.
    """
    best, soonest = 0, 1.0e300
    at_home = math.exp(-p.home_pull)
    for group in range((DISTRICTS + 3) // 4):
        place = identity(namespaces.CHOICE, firm_id, group, 0)
        draws = luck(city, place, month, purposes.DISTRICT_CHOICE)
        for j in range(min(4, DISTRICTS - 4 * group)):
            district = 4 * group + j
            wait = -math.log(draws[j]) * city.patience[CLUSTERS + track, district]
            wait *= choose(district == home, at_home, 1.0)
            if wait < soonest:
                best, soonest = district, wait
    return best


@rule
def choose_cell(world: Tables, firm_id: int, district: int, month: int) -> int:
    """Choose a cell of the district in proportion to the month's cell weights."""
    city = world.city[0]
    u, _, _, _ = luck(city, firm_id, month, purposes.CELL_CHOICE)
    low, high = city.district_start[district], city.district_start[district + 1]
    return world.land_cells[find(world.field, low, high, u)]
