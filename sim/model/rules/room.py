"""Whether the tables have room for another month's births."""

from sim.engine import rule
from sim.model.world.tables import Tables
from sim.model.world.world import (
    BREAKTHROUGH_MARGIN,
    DEAL_MARGIN,
    FIRM_MARGIN,
    PROGRAMME_MARGIN,
    TALENT_MARGIN,
)


@rule
def has_room(world: Tables) -> bool:
    """Return whether every table has its margin of unused rows."""
    city = world.city[0]
    return (
        city.overflow == 0
        and len(world.firms) - city.firm_rows >= FIRM_MARGIN
        and len(world.talents.id) - city.talent_rows >= TALENT_MARGIN
        and len(world.deals) - city.deal_rows >= DEAL_MARGIN
        and len(world.programmes) - city.programme_rows >= PROGRAMME_MARGIN
        and len(world.breakthroughs) - city.breakthrough_rows >= BREAKTHROUGH_MARGIN
    )
