"""Process 7, second part, another form: capacity costs nothing and only takes time to build."""

from sim.engine.process import process
from sim.model.rules.building import first_plant, rate_room
from sim.model.rules.common import choose
from sim.model.world.tables import CLUSTERS, Draw, Tables


@process(
    "building",
    reads=(
        "cells: firms",
        "city: dose firm_rows",
        "firms: alive capacity cell demanded place track",
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
            built = city.room[full, CLUSTERS + firm.track, firm.place]
            built *= max(firm.capacity, first_plant(p))
            firm.capacity += choose(short, built, 0.0)
