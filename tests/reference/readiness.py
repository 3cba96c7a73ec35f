"""Readiness (section 7.4): firms climb a level, or fall back one."""

from typing import Any

from sim.model.world import purposes
from tests.reference import glances
from tests.reference.effort import effort, stage
from tests.reference.luck import glance, luck, whole


def readiness(model: Any, month: int) -> None:
    """Let firms below level nine climb or fall back."""
    city, p = model.city, model.p
    for firm in model.firms:
        if not firm.alive or firm.level == 9 or firm.talents == 0:
            continue
        a, b, c, _ = luck(model, firm.id, month, purposes.CLIMB)
        a = whole(glance(model, firm.id, month, glances.CLIMB), a)
        c = whole(glance(model, firm.id, month, glances.SETBACK), c)
        at = stage(firm.level)
        access = city.access[at][firm.cluster][firm.district]
        pace = p.climb[firm.track] * p.climb_pace * p.stage_pace[at]
        chance = pace * effort(model, firm) * firm.spillover * access / 12
        if a < chance:
            firm.level += 1
            firm.quality += p.learning_by_climbing * b
        elif firm.level > 1 and c < p.setback / 12:
            firm.level -= 1
