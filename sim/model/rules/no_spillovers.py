"""Process 3 where knowledge reaches nobody: the variant ``spillovers = "none"``."""

from typing import Final

from sim.engine import rule
from sim.engine.process import process
from sim.model.rules.knowledge import (
    PERIOD,
    add_firms_part,
    add_institutes_part,
    decay_and_spread,
)
from sim.model.world.tables import Draw, Tables

NO_SPILLOVER: Final = 1.0
"""What a firm's research is multiplied by where no knowledge comes from around it."""


@process(
    "knowledge",
    reads=(
        "city: dose firm_rows programme_rows",
        "firms: alive cell cluster commissioned place scientists seniors talents track",
        "programmes: alive cell cluster district kind stage talents",
        "knowledge",
    ),
    writes=(
        "city: knowledge most_spillover",
        "firms: spillover",
        "exposure knowledge",
    ),
    scratch=("city: row_reach row_stock", "field partial"),
)
def knowledge_kept(world: Tables, p: Draw, month: int) -> None:
    """Twice a year add what was learnt and let it decay; no firm gains by what others know."""
    if month % PERIOD == 0:
        add_firms_part(world, p)
        add_institutes_part(world, p)
        decay_and_spread(world, p)
        clear_spillovers(world)


@rule
def clear_spillovers(world: Tables) -> None:
    """Let every firm research as if it were alone."""
    city = world.city[0]
    for i in range(city.firm_rows):
        if world.firms[i].alive == 1:
            world.firms[i].spillover = NO_SPILLOVER
    city.most_spillover = NO_SPILLOVER
