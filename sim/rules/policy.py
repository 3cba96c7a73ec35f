"""The start of a month: what dose of each instrument reaches where, and what that costs."""

from sim.compiled import helper
from sim.rules.common import MONTH, WAN_A_YI, average
from sim.world.codes import INSTRUMENTS
from sim.world.tables import CLUSTERS, DISTRICTS


@helper
def begin_month(city, p, dose, reach):
    """Spread the month's doses over clusters and districts, and clear the month's ledgers."""
    for k in range(INSTRUMENTS):
        for cluster in range(CLUSTERS):
            for district in range(DISTRICTS):
                city.dose[k, cluster, district] = dose[k] * reach[k, cluster, district]
        city.mean_dose[k] = average(city.dose[k])
        cost = p.cost[k] * WAN_A_YI * MONTH
        city.public_cost += cost * city.mean_dose[k]
    city.flows[:] = 0.0
    city.events[:] = 0.0
    city.sold[:] = 0.0
