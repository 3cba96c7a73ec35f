"""Which large firm gives a small one its standing orders (section 7.8)."""

from typing import Any

from sim.model.world.codes import STATE_OWNED
from sim.model.world.tables import CLUSTERS, NOBODY

Hubs = list[list[Any]]


def hubs_of(model: Any) -> Hubs:
    """Return the firms that are large enough to give orders, by cluster, in the order of rows."""
    hubs: Hubs = [[] for _ in range(CLUSTERS)]
    for firm in model.firms:
        if firm.alive and firm.sales >= model.p.hub_sales:
            hubs[firm.cluster].append(firm)
    return hubs


def tie(model: Any, firm: Any, hubs: Hubs, u: float, v: float, mixed: float = 1.0) -> None:
    """Let a firm take the orders of the better of two hubs of its cluster, if there is one.

    ``mixed`` is what a hub of the other ownership counts against one of the same.
    """
    here = hubs[firm.cluster]
    if not here:
        return
    first, second = here[int(u * len(here))], here[int(v * len(here))]

    def merit(hub: Any) -> float:
        km = model.city.distance[firm.district][hub.district]
        counts = mixed if is_mixed(firm, hub) else 1.0
        return float(hub.sales / (model.p.order_distance + km) * counts)

    hub = first if merit(first) >= merit(second) else second
    firm.patron = hub.row
    hub.partners += 1


def is_mixed(firm: Any, other: Any) -> bool:
    """Return whether one of two firms is state-owned and the other is not."""
    return len({each.kind == STATE_OWNED for each in (firm, other)}) == 2


def can_be_tied(model: Any, firm: Any) -> bool:
    """Return whether a firm is able and small, and holds no orders."""
    p = model.p
    return bool(firm.patron == NOBODY and firm.level >= p.order_level and firm.sales < p.hub_sales)
