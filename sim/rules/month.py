"""A month, in order. This file is the table of contents of the model."""

from sim.compiled import kernel
from sim.rules.breakthroughs import breakthroughs
from sim.rules.certification import certification
from sim.rules.entry import entry
from sim.rules.exit import exit_
from sim.rules.finance import finance
from sim.rules.knowledge import knowledge
from sim.rules.linkage import linkage
from sim.rules.market import market
from sim.rules.policy import begin_month
from sim.rules.programmes import programmes
from sim.rules.readiness import readiness
from sim.rules.record import record
from sim.rules.room import has_room
from sim.rules.talent import talent
from sim.world.state import state_of

PROCESSES = (
    "programmes",
    "talent",
    "knowledge",
    "readiness",
    "breakthroughs",
    "finance",
    "market",
    "linkage",
    "entry",
    "certification",
    "exit",
    "record",
)
"""The twelve processes of a month, in the order in which they run."""


@kernel
def run_months(world, parameters, dose, reach, until, counts, measures):
    """Run months until ``until`` (exclusive) or until a table needs more rows.

    Args:
        world: the state, changed in place; ``city.month`` is the next month.
        parameters: shape (1,), one parameter draw.
        dose: shape (months, instruments).
        reach: shape (instruments, clusters, districts).
        until: month number to stop before.
        counts: shape (months, 13), filled row by row.
        measures: shape (months, measures), filled row by row.

    Returns:
        The month reached; smaller than ``until`` if a table must grow first.
    """
    city = world.city[0]
    p = parameters[0]
    state = state_of(world)
    while city.month < until and has_room(state):
        month = city.month
        begin_month(city, p, dose[month], reach)
        programmes(state, p, month)
        talent(state, p, month)
        knowledge(state, p, month)
        readiness(state, p, month)
        breakthroughs(state, p, month)
        finance(state, p, month)
        market(state, p, month)
        linkage(state, p, month)
        entry(state, p, month)
        certification(state, p, month)
        exit_(state, p, month)
        record(state, p, month, counts[month], measures[month])
        city.month = month + 1
    return city.month
