"""Process 7, second part, another form: capacity costs nothing and only takes time to build."""

from sim.engine import rule
from sim.engine.process import process
from sim.model.rules.building import rate_room
from sim.model.rules.common import choose
from sim.model.world.tables import Draw, Firm, Tables


@process(
    "building",
    reads=(
        "cells: firms",
        "city: dose firm_rows",
        "firms: alive capacity cell cluster demanded district weight",
    ),
    writes=("firms: capacity",),
    scratch=("city: room",),
)
def building_free(world: Tables, p: Draw, month: int) -> None:
    """Let every firm build that is short of capacity."""
    city, firms, cells = world.city[0], world.firms, world.cells
    rate_room(city, p)
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 1:
            site = cells[firm.cell]
            full = int(site.firms > site.capacity)
            short = firm.demanded > p.capacity_use * firm.capacity
            grown = firm.capacity * (1.0 + city.room[full, firm.cluster, firm.district])
            firm.capacity = choose(short, max(grown, first_plant(p, firm)), firm.capacity)


@rule
def first_plant(p: Draw, firm: Firm) -> float:
    """Return the capacity with which a firm that has none begins."""
    return choose(firm.capacity > 0.0, 0.0, p.entry_capacity * firm.weight)
