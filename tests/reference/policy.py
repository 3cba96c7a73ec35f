"""The beginning of a month: doses, their cost, empty ledgers."""

from typing import Any

from sim.mechanisms import MECHANISMS
from sim.model.world.codes import MOVED
from sim.model.world.ledgers import EVENTS, FLOWS
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES
from sim.plan import PLAN

YUAN = 10_000
"""Ten thousand yuan in a hundred million, the unit of costs and prices."""


def worth(p: Any, dose: float) -> float:
    """Return what a dose is worth in doses as written: each one more is worth less."""
    return float(dose * (1.0 + p.dose_half) / (dose + p.dose_half))


def mean(doses: list[float]) -> float:
    """Return the mean of a branch's doses over districts."""
    return sum(doses[:DISTRICTS]) / DISTRICTS


def part_of(p: Any, i: int) -> float:
    """Return an instrument's part of its mechanism's dose: its own, or what sentences share."""
    whole = PLAN.instruments[i].part_of
    named = [entry.part_of for entry in PLAN.instruments]
    if whole is not None:
        return float(p.safeguard_part / named.count(whole))
    return 1.0 - p.safeguard_part if PLAN.instruments[i].id in named else 1.0


def policy(model: Any, month: int) -> None:
    """Spread the month's doses, book what they cost and clear the month's ledgers."""
    city, p = model.city, model.p
    city.dose = [[[0.0] * PLACES for _ in range(BRANCHES)] for _ in MECHANISMS]
    city.mean_dose = [0.0] * len(MECHANISMS)
    for i, moved in enumerate(MOVED):
        dose, reach, part = model.dose[month][i], model.reach[i], part_of(p, i)
        for b in range(BRANCHES):
            for place in range(PLACES):
                city.dose[moved][b][place] += part * worth(p, dose * reach[b][place])
        everywhere = sum(sum(row[:DISTRICTS]) for row in reach[:CLUSTERS])
        city.given[i] = dose * everywhere / (CLUSTERS * DISTRICTS)
        city.mean_dose[moved] += part * worth(p, city.given[i])
        city.public_cost += YUAN * p.cost[i] / 12 * city.given[i]
    city.sold = [[0.0] * DISTRICTS for _ in range(CLUSTERS)]
    city.flows = [0.0] * len(FLOWS)
    city.events = [0.0] * len(EVENTS)
