"""Good and bad years (section 7): what January draws for everybody."""

import math
from typing import Any

from sim.model.world import namespaces, purposes
from tests.reference.luck import luck, name, normal

FIRST = 3
"""January 2023."""


def climate(model: Any, month: int) -> None:
    """Draw the year's factors on demand and on private money."""
    if month % 12 != FIRST:
        return
    city, p = model.city, model.p
    a, b, c, d = luck(model, name(namespaces.CITY, 0), month, purposes.CLIMATE)
    for what, z in (("demand", normal(a, b)), ("inflow", normal(c, d))):
        spread = getattr(p, f"{what}_spread")
        swing = p.climate_persistence * getattr(city, f"{what}_swing") + spread * z
        earlier = range((month - FIRST) // 12 + 1)
        variance = spread**2 * sum(p.climate_persistence ** (2 * ago) for ago in earlier)
        setattr(city, f"{what}_swing", swing)
        setattr(city, f"{what}_climate", math.exp(swing - variance / 2))
