"""A month, in order. This file is the table of contents of the model."""

from typing import Final

from sim.engine import rule
from sim.engine.driver import Clock
from sim.engine.process import fields
from sim.engine.schedule import Schedule
from sim.rules.access import access
from sim.rules.breakthroughs import breakthroughs
from sim.rules.certification import certification
from sim.rules.entry import entry
from sim.rules.exit import exit_
from sim.rules.finance import finance
from sim.rules.knowledge import knowledge
from sim.rules.linkage import linkage
from sim.rules.locations import locations
from sim.rules.market import market
from sim.rules.policy import policy
from sim.rules.programmes import programmes
from sim.rules.readiness import readiness
from sim.rules.record import record
from sim.rules.room import has_room
from sim.rules.screening import screening_draws
from sim.rules.talent import talent
from sim.world.tables import Tables

SCHEDULE: Final = Schedule(
    (
        policy,
        programmes,
        talent,
        knowledge,
        screening_draws,
        access,
        readiness,
        breakthroughs,
        finance,
        market,
        locations,
        linkage,
        entry,
        certification,
        exit_,
        record,
    ),
    monthly=frozenset(
        fields(
            (
                "city: access dose events firms_listed flows founders_listed given junior",
                "city: mean_dose patience sold support",
                "field firm_glances founders new_firms",
            )
        )
    ),
)
"""The processes of a month, in the order in which they run."""


@rule
def ready(world: Tables, until: int) -> bool:
    """Return whether another month before ``until`` can run: not where a table is short of rows."""
    return world.city[0].month < until and has_room(world)


@rule
def month_of(world: Tables) -> int:
    """Return the next month."""
    return world.city[0].month


@rule
def turn(world: Tables) -> None:
    """Let the next month be the one after."""
    world.city[0].month += 1


CLOCK: Final = Clock(ready, month_of, turn)
