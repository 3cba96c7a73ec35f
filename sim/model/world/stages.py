"""What the next stage of a firm's technology costs it."""

import math

from sim.engine import rule
from sim.model.world import purposes
from sim.model.world.codes import STAGE_OF_LEVEL
from sim.model.world.luck import luck, normal_pair
from sim.model.world.tables import City, Draw, Firm


@rule
def stage_cost(city: City, p: Draw, firm: Firm) -> float:
    """Return what the stage of a firm's level costs, in 万元; nothing where none is left.

    It is dearer in later stages and in tracks whose capacity is dear, and by a lasting trait far
    dearer for some firms than for others.
    """
    if firm.level == 9:
        return 0.0
    a, b, _, _ = luck(city, firm.id, 0, purposes.NEED)
    cost: float = p.stage_need[STAGE_OF_LEVEL[firm.level]] * p.capital[firm.track]
    cost *= math.exp(p.need_spread * normal_pair(a, b))
    return cost
