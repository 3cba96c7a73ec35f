"""What a firm with nothing to sell still hopes for (section 7.11, Hope)."""

import math
from typing import Any

from sim.model.world.codes import GATE_OF
from sim.model.world.tables import NOBODY
from tests.reference.readiness import months_asked

STAGES = {range(1, 5): 0, range(5, 8): 1, range(8, 10): 2}
"""Stages by the levels that they hold (section 7.4)."""


def expected_pace(p: Any, track: int, level: int) -> float:
    """Return the climbs a year that a firm expects of itself at first."""
    stage = next(stage for levels, stage in STAGES.items() if level in levels)
    return float(p.climb[track] * p.climb_pace * p.stage_pace[stage] * p.access_floor)


def stops(model: Any, firm: Any, month: int) -> float:
    """Return the rate a year at which a firm stops because it has waited for too long."""
    p = model.p
    gate = GATE_OF[firm.track]
    if firm.level >= p.first_selling_level[gate]:
        return 0.0
    milestones = [firm.reached]
    if firm.first_deal != NOBODY:
        milestones.append(model.deals[firm.first_deal].month)
    waited = (month - max(milestones)) / 12
    if firm.level >= p.gate_level:
        waited = max(0.0, waited - months_asked(model, firm, gate) / 12)
    hope = p.belief / (p.belief + expected_pace(p, firm.track, firm.level) * waited)
    return float(p.stopping_rate * max(0.0, 1.0 - hope / p.outside_option))


def stops_over(p: Any, pace: float, waited: float) -> float:
    """Return the integral of that rate over a wait."""
    at_ease = p.belief / pace * (1.0 / p.outside_option - 1.0)
    if waited <= at_ease:
        return 0.0
    ratio = (p.belief + pace * waited) * p.outside_option / p.belief
    lost = p.belief / (pace * p.outside_option) * math.log(ratio)
    return float(p.stopping_rate * (waited - at_ease - lost))
