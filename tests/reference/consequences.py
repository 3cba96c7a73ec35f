"""Consequences (section 7.5): what breakthroughs do for firms and markets."""

from typing import Any

from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS, NOBODY

PROTECTION, PROMOTED = map(mechanism, ("ip_protection", "product_promotion"))


def consequences(model: Any, month: int) -> None:
    """Let what the firms of a track have brought forth help those who can use it."""
    del month
    p, living = model.p, [firm for firm in model.firms if firm.alive]
    for number, track in enumerate(model.tracks):
        own = [firm for firm in living if firm.track == number]
        track.components = float(sum(firm.components for firm in own))
        track.launched = sum((firm.fresh for firm in own), 0.0)
        led = sum(firm.standards for firm in own)
        track.followed = led / (led + p.standard_half)
    for firm in living:
        track = model.tracks[firm.track]
        local = firm.components + p.component_shared * track.components
        if firm.patron != NOBODY:
            local += model.firms[firm.patron].components
        firm.cover = local / (local + p.component_half)
        protected, promoted = (
            model.city.dose[number][CLUSTERS + firm.track][firm.place]
            for number in (PROTECTION, PROMOTED)
        )
        gain = (1.0 + p.ip_gain * protected) * (1.0 + p.recommended_gain * promoted)
        firm.edge = p.product_pull * gain * firm.fresh / (1.0 + firm.fresh)
        firm.edge += p.component_pull * firm.cover + p.standard_pull * track.followed
    for firm in living:
        firm.fresh *= 1.0 - 1.0 / (12.0 * p.product_life)
