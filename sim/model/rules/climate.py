"""How good the year is for everybody: drawn in January, for markets and for private money alone."""

import math

from sim.calendar import JANUARY, MONTHS_A_YEAR
from sim.engine import rule
from sim.engine.chance import identity
from sim.engine.process import process
from sim.model.world import namespaces, purposes
from sim.model.world.luck import luck, normal_pair
from sim.model.world.tables import Draw, Tables


@process(
    "climate",
    reads=("city: demand_swing inflow_swing",),
    writes=("city: demand_climate demand_swing inflow_climate inflow_swing",),
    draws=(purposes.CLIMATE,),
)
def climate(world: Tables, p: Draw, month: int) -> None:
    """Draw in January how good the year is; a part of the year before stays.

    What remains of 2022 is a year as usual. The luck is the city's, so that every scenario has the
    same years.
    """
    if (month - JANUARY) % MONTHS_A_YEAR != 0:
        return
    city = world.city[0]
    years = (month - JANUARY) // MONTHS_A_YEAR + 1
    a, b, c, d = luck(city, identity(namespaces.CITY, 0, 0, 0), month, purposes.CLIMATE)
    kept = p.climate_persistence
    city.demand_swing = kept * city.demand_swing + p.demand_spread * normal_pair(a, b)
    city.inflow_swing = kept * city.inflow_swing + p.inflow_spread * normal_pair(c, d)
    usual = 0.5 * years_added_up(kept * kept, years)
    city.demand_climate = math.exp(city.demand_swing - usual * p.demand_spread * p.demand_spread)
    city.inflow_climate = math.exp(city.inflow_swing - usual * p.inflow_spread * p.inflow_spread)


@rule
def years_added_up(kept: float, years: int) -> float:
    """Return the variance of what the years so far left, in that of one year's."""
    total = 0.0
    for _ in range(years):
        total = kept * total + 1.0
    return total
