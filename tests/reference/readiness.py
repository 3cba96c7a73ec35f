"""Readiness (section 7.4): firms climb a level, or fall back one."""

from typing import Any

from sim.model.world import purposes
from sim.model.world.codes import GATE_OF, IS_LICENSED, mechanism
from sim.model.world.tables import CLUSTERS
from tests.reference import glances
from tests.reference.effort import effort, stage
from tests.reference.luck import glance, luck, whole

ACCESS, FOCUS = mechanism("market_access"), mechanism("track_focus")


def readiness(model: Any, month: int) -> None:
    """Let firms below level nine climb or fall back."""
    city, p = model.city, model.p
    for firm in model.firms:
        if not firm.alive or firm.level == 9 or firm.talents == 0:
            continue
        a, b, c, d = luck(model, firm.id, month, purposes.CLIMB)
        a = whole(glance(model, firm.id, month, glances.CLIMB), a)
        c = whole(glance(model, firm.id, month, glances.SETBACK), c)
        at = stage(firm.level)
        access = city.access[at][CLUSTERS + firm.track][firm.place]
        pace = p.climb[firm.track] * p.climb_pace * p.stage_pace[at]
        pace *= 1.0 + p.focus_gain * city.dose[FOCUS][CLUSTERS + firm.track][firm.place]
        chance = pace * effort(model, firm) * firm.spillover * access / 12
        gate = GATE_OF[firm.track]
        if firm.level >= p.gate_level and month - firm.reached < months_asked(model, firm, gate):
            chance = 0.0
        if a < chance:
            if firm.level >= p.gate_level and d >= p.gate_odds[gate]:
                firm.level = int(p.gate_level) - 1
            else:
                firm.level += 1
                firm.quality += p.learning_by_climbing * b
            firm.reached = month
        elif firm.level > 1 and c < p.setback / 12:
            firm.level -= 1
            firm.reached = month


def months_asked(model: Any, firm: Any, gate: int) -> float:
    """Return how long a firm must stay at a level beyond the gate at least."""
    p, months = model.p, 12.0 * model.p.gate_years[gate]
    if IS_LICENSED[gate]:
        dose = model.city.dose[ACCESS][CLUSTERS + firm.track][firm.place]
        months /= 1.0 + p.approval_gain * dose
    return float(months)
