"""Whether the tables have room for another month's births."""

from sim.engine import rule
from sim.model.world.tables import Tables
from sim.model.world.world import (
    BREAKTHROUGH_MARGIN,
    DEAL_MARGIN,
    FIRM_MARGIN,
    PROGRAMME_MARGIN,
    TALENT_MARGIN,
    is_short,
)


@rule
def has_room(world: Tables) -> bool:
    """Return whether every table has its margin of unused rows."""
    city, found = world.city[0], world.breakthroughs
    short = (
        is_short(len(world.firms), city.firm_rows, FIRM_MARGIN)
        or is_short(len(world.talents.id), city.talent_rows, TALENT_MARGIN)
        or is_short(len(world.deals), city.deal_rows, DEAL_MARGIN)
        or is_short(len(world.programmes), city.programme_rows, PROGRAMME_MARGIN)
        or is_short(len(found), city.breakthrough_rows, BREAKTHROUGH_MARGIN)
    )
    return city.overflow == 0 and not short
