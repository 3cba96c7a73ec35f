"""Process 4: firms climb the technology readiness levels, and sometimes fall back."""

import numpy as np

from sim.chance import number
from sim.engine import rule
from sim.engine.process import process
from sim.rules.access import STAGE_OF_LEVEL, own_effort
from sim.rules.bounds import SLACK, bounded, screened
from sim.rules.common import MONTH
from sim.rules.struck import draw_words
from sim.world import glances, purposes
from sim.world.glances import VALUES, chance_of, glance, shift_of
from sim.world.tables import CLUSTERS, DISTRICTS, City, Draw, Firm, Tables


@process(
    "readiness",
    reads=(
        "city: access firm_rows junior most_spillover support",
        "firms: alive cluster district level quality scientists seniors spillover talents",
        "firms: track",
        "firm_glances ids",
    ),
    writes=("firms: level quality",),
    scratch=(
        "city: climbing",
        "struck who words",
    ),
    draws=(purposes.CLIMB,),
)
def readiness(world: Tables, p: Draw, month: int) -> None:
    """Let each firm try for its next readiness level."""
    city = world.city[0]
    words = world.words
    rate_climbs(city, p)
    setback = p.setback * MONTH
    for k in range(list_movers(world, p, setback, month)):
        i = world.struck[k]
        firm = world.firms[i]
        if firm.alive == 0 or firm.level >= 9 or firm.talents == 0:
            continue
        if chance_of(world, glances.CLIMB, i, words[0, k]) < climb_chance(city, p, firm):
            firm.level += 1
            firm.quality += p.learning_by_climbing * number(words[1, k])
        elif firm.level > 1 and chance_of(world, glances.SETBACK, i, words[2, k]) < setback:
            firm.level -= 1


@rule
def list_movers(world: Tables, p: Draw, setback: float, month: int) -> int:
    """List the firms that chance lets climb or fall back, with their words; return their number.

    Nothing branches, as what chance does to whom cannot be guessed.
    """
    city, words, listed = world.city[0], world.words, world.struck
    near, found = list_near(world, p, setback), 0
    draw_words(world, near, month, purposes.CLIMB)
    for k in range(near):
        i = listed[k]
        climbs = chance_of(world, glances.CLIMB, i, words[0, k])
        falls = chance_of(world, glances.SETBACK, i, words[2, k])
        listed[found] = i  # never ahead of the one that is looked at
        for j in range(3):
            words[j, found] = words[j, k]
        firm = world.firms[i]
        hazard = climb_chance(city, p, firm) * firm.alive
        most = climb_rate(city, p, firm) * SLACK * p.effort_ceiling * city.most_spillover
        found += int(climbs < bounded(glances.CLIMB, hazard, most)) | int(falls < setback)
    return found


@rule
def list_near(world: Tables, p: Draw, setback: float) -> int:
    """List in ``struck`` the firms that may climb or fall back; return how many they are.

    No firm makes a greater effort or has more spillover than it takes all firms to have.
    """
    city, firms, listed = world.city[0], world.firms, world.struck
    up, up_shift = world.firm_glances[glances.CLIMB // 4], np.uint32(shift_of(glances.CLIMB))
    down = world.firm_glances[glances.SETBACK // 4]
    down_shift = np.uint32(shift_of(glances.SETBACK))
    most = VALUES * SLACK * p.effort_ceiling * city.most_spillover
    lowest = screened(setback)
    near = 0
    for i in range(city.firm_rows):  # no branch here either
        listed[near] = i
        may_climb = int(glance(up[i], up_shift)) < climb_rate(city, p, firms[i]) * most
        near += int(may_climb) | int(glance(down[i], down_shift) <= lowest)
    return near


@rule
def climb_chance(city: City, p: Draw, firm: Firm) -> float:
    """Return a firm's chance to climb this month."""
    return climb_rate(city, p, firm) * own_effort(city, p, firm) * firm.spillover


@rule
def climb_rate(city: City, p: Draw, firm: Firm) -> float:
    """Return a firm's chance to climb at unit effort of its own and unit spillover."""
    return p.climb[firm.track] * city.climbing[firm.level, firm.cluster, firm.district]


@rule
def rate_climbs(city: City, p: Draw) -> None:
    """Compute what ``climb_rate`` returns but for the track, by level and place; 0 at level 9."""
    for level in range(1, 9):
        stage = STAGE_OF_LEVEL[level]
        pace = p.climb_pace * p.stage_pace[stage] * MONTH
        for cluster in range(CLUSTERS):
            for district in range(DISTRICTS):
                reached = city.access[stage, cluster, district] * city.support[cluster, district]
                city.climbing[level, cluster, district] = pace * reached
