"""What a firm with nothing to sell still hopes for: it learns how fast it is from its waiting.

A firm believes at first that it climbs at the usual pace, and holds the belief as if it rested on
``belief`` climbs. All climbs that it should have made since its last milestone lower what it
expects: the mean of a gamma distribution that has seen no event. Where that falls below what else
its people could do, it begins to stop (Jovanovic 1982; Fichman and Levinthal 1991).
"""

import math

from sim.engine import rule
from sim.model.world.codes import STAGE_OF_LEVEL
from sim.model.world.tables import Draw


@rule
def usual_pace(p: Draw, track: int, level: int) -> float:
    """Return how many levels a year a firm with a usual team climbs, with no scenario in reach."""
    stage = STAGE_OF_LEVEL[level]
    pace: float = p.climb[track] * p.climb_pace * p.stage_pace[stage] * p.access_floor
    return pace


@rule
def doubt(p: Draw, pace: float, years: float) -> float:
    """Return the chance a year that a firm stops that has waited for some years in vain.

    Args:
        p: one parameter draw.
        pace: climbs a year of a usual firm.
        years: since its last milestone, without those in which nobody climbs.
    """
    hope = p.belief / (p.belief + pace * years)
    rate: float = p.stopping_rate * max(0.0, 1.0 - hope / p.outside_option)
    return rate


@rule
def doubt_gathered(p: Draw, pace: float, years: float) -> float:
    """Return the integral of ``doubt`` over a wait."""
    outside = p.outside_option
    honeymoon = p.belief / pace * (1.0 / outside - 1.0)
    if years <= honeymoon:
        return 0.0
    waited = p.belief + pace * years
    lost = p.belief / (pace * outside) * math.log(waited * outside / p.belief)
    gathered: float = p.stopping_rate * (years - honeymoon - lost)
    return gathered
