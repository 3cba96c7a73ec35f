"""The start of a month: what dose of each mechanism reaches where, and what that costs."""

from sim.engine import rule
from sim.engine.process import process
from sim.engine.tables import Numbers
from sim.model.rules.common import MONTH, WAN_A_YI
from sim.model.world.codes import INSTRUMENTS, MOVED, SAFEGUARDS_PART, WHOLE
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES, Draw, Tables


@process(
    "policy",
    reads=("city: public_cost",),
    writes=("city: dose events flows given mean_dose public_cost sold",),
)
def policy(world: Tables, p: Draw, month: int) -> None:
    """Spread the month's doses over branches and places, and clear the month's ledgers.

    What rules read of a mechanism is what its instruments' doses are worth in doses as written.
    These add up; each costs what it costs. Where a safeguard's sentences say a part of a plan's
    instrument, their parts make one dose together.
    """
    city = world.city[0]
    city.dose[:] = 0.0
    city.mean_dose[:] = 0.0
    for k in range(INSTRUMENTS):
        part = WHOLE[k] + SAFEGUARDS_PART[k] * p.safeguard_part
        city.given[k] = spread(p, city.dose[MOVED[k]], part, world.doses[month, k], world.reach[k])
        city.mean_dose[MOVED[k]] += part * worth(p, city.given[k])
        cost = p.cost[k] * WAN_A_YI * MONTH
        city.public_cost += cost * city.given[k]
    city.flows[:] = 0.0
    city.events[:] = 0.0
    city.sold[:] = 0.0


@rule
def spread(p: Draw, doses: Numbers, part: float, dose: float, reach: Numbers) -> float:
    """Add an instrument's part of a dose where it reaches; return its own dose, mean over all."""
    for branch in range(BRANCHES):
        for place in range(PLACES):
            doses[branch, place] += part * worth(p, dose * reach[branch, place])
    total = 0.0
    for cluster in range(CLUSTERS):
        here = 0.0
        for district in range(DISTRICTS):
            here += dose * reach[cluster, district]
        total += here / DISTRICTS
    return total / CLUSTERS


@rule
def worth(p: Draw, dose: float) -> float:
    """Return what a dose is worth in doses as written: 1 for 1, ever less for each more.

    Four of one instrument are worth at most 2.5 as long as ``dose_half`` is at most 4.
    """
    return dose * (1.0 + p.dose_half) / (dose + p.dose_half)
