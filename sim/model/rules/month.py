"""A month, in order. This file is the table of contents of the model."""

from typing import Final

from sim.engine import rule
from sim.engine.driver import Clock
from sim.engine.process import fields
from sim.engine.schedule import Schedule
from sim.engine.tables import fields_of
from sim.model.rules.access import access
from sim.model.rules.administration import administration
from sim.model.rules.breakthroughs import breakthroughs
from sim.model.rules.building import building
from sim.model.rules.certification import certification
from sim.model.rules.climate import climate
from sim.model.rules.consequences import consequences
from sim.model.rules.entry import entry
from sim.model.rules.exit import exit_
from sim.model.rules.finance import finance
from sim.model.rules.jobs import jobs
from sim.model.rules.knowledge import knowledge
from sim.model.rules.layoffs import layoffs
from sim.model.rules.linkage import linkage
from sim.model.rules.locations import locations
from sim.model.rules.market import market
from sim.model.rules.policy import policy
from sim.model.rules.programmes import programmes
from sim.model.rules.proposals import proposals
from sim.model.rules.readiness import readiness
from sim.model.rules.record import record
from sim.model.rules.rivals import rivals
from sim.model.rules.room import has_room
from sim.model.rules.screening import screening_draws
from sim.model.rules.talent import talent
from sim.model.world.tables import Cell, City, Tables, Track

BOOKS: Final = ("row", "rows")
"""Units of fields that tell of rows, which hold other agents in another run."""
COMMON: Final = frozenset(
    f"{table}.{field.name}"
    for table, record in (("city", City), ("cells", Cell), ("tracks", Track))
    for field in fields_of(record)
    if field.unit not in BOOKS
) - {"city.most_spillover"} | {"field", "knowledge", "exposure"}
"""Fields that stand for the same in every run. The greatest spillover is no state but a bound:
without this run's own, firms would be left out whom chance strikes."""
SCHEDULE: Final = Schedule(
    (
        climate,
        policy,
        rivals,
        programmes,
        proposals,
        administration,
        talent,
        jobs,
        knowledge,
        screening_draws,
        access,
        readiness,
        breakthroughs,
        consequences,
        finance,
        layoffs,
        market,
        building,
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
                "city: mean_dose patience seekers_listed sold support",
                "field firm_glances founders new_firms seekers",
            )
        )
    ),
    common=COMMON,
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
