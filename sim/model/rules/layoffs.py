"""Process 6, last part: firms whose money ends keep no more people than their budget pays."""

import math

from sim.engine import rule
from sim.engine.chance import identity
from sim.engine.process import process
from sim.model.rules.staff import list_staff
from sim.model.world import namespaces
from sim.model.world.rows import leave_employer
from sim.model.world.tables import Draw, Firm, Tables


@process(
    "layoffs",
    reads=(
        "city: firm_rows searching talent_rows",
        "firms: alive burn cash founder scientists seniors talents wanted",
        "talents: employer home id level track",
    ),
    writes=(
        "city: searching",
        "firms: scientists seniors talents",
        "talents: employer since",
    ),
    scratch=("ended kept seekers",),
)
def layoffs(world: Tables, p: Draw, month: int) -> None:
    """Let firms that run out of money dismiss some of the people whom they cannot pay."""
    city, people, firms = world.city[0], world.talents, world.firms
    if list_dismissing(world, p) == 0:
        return
    listed = list_staff(world)
    first = identity(namespaces.SEARCH, month, 1, 0) % max(1, listed)
    for k in range(listed):
        talent = world.seekers[(first + k) % listed]
        employer = people.employer[talent]
        firm = firms[employer]
        if firm.talents > world.kept[employer] and firm.founder != people.id[talent]:
            leave_employer(city, people, firms, world.programmes, talent, month)


@rule
def list_dismissing(world: Tables, p: Draw) -> int:
    """Mark the firms that dismiss people and note how many each keeps; return their number."""
    ended, firms = world.ended, world.firms
    ended[:] = 0
    before = len(ended) - len(firms)
    number = 0
    for i in range(world.city[0].firm_rows):
        firm = firms[i]
        short = int(firm.alive) & int(firm.talents > firm.wanted)
        if short == 1 and firm.burn > 0.0 and firm.cash < p.layoff_runway * firm.burn:
            world.kept[i] = people_kept(p, firm)
            ended[before + i] = 1
            number += 1
    return number


@rule
def people_kept(p: Draw, firm: Firm) -> int:
    """Return how many people a firm keeps that cannot pay all: it parts with some each month."""
    return firm.talents - math.ceil(p.layoff_pace * (firm.talents - firm.wanted))
