"""The beginning of a month: doses, their cost, empty ledgers."""

from typing import Any

from sim.world.codes import INSTRUMENTS
from sim.world.tables import CLUSTERS, DISTRICTS, EVENTS, FLOWS

YUAN = 10_000
"""Ten thousand yuan in a hundred million, the unit of costs and prices."""


def policy(model: Any, month: int) -> None:
    """Spread the month's doses, book what they cost and clear the month's ledgers."""
    city, p = model.city, model.p
    for i in range(INSTRUMENTS):
        dose, reach = model.dose[month][i], model.reach[i]
        city.dose[i] = [[dose * reach[c][d] for d in range(DISTRICTS)] for c in range(CLUSTERS)]
        city.mean_dose[i] = sum(map(sum, city.dose[i])) / (CLUSTERS * DISTRICTS)
        city.public_cost += YUAN * p.cost[i] / 12 * city.mean_dose[i]
    city.sold = [[0.0] * DISTRICTS for _ in range(CLUSTERS)]
    city.flows = [0.0] * len(FLOWS)
    city.events = [0.0] * len(EVENTS)
