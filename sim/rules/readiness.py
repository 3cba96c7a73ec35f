"""Process 4: firms climb the technology readiness levels, and sometimes fall back."""

import math

import numpy as np

from sim.chance import number
from sim.compiled import helper
from sim.rules.common import MONTH
from sim.rules.struck import SLACK, draw_words
from sim.world import glances, purposes
from sim.world.codes import (
    INNOVATION_CENTRE,
    INTEGRATION,
    PROMOTION,
    TEST_FIELD,
    VALIDATION,
    mechanism,
)
from sim.world.glances import VALUES, chance_of, draw_glances, glance, highest, shift_of
from sim.world.rows import count_juniors
from sim.world.tables import CLUSTERS, DISTRICTS

STAGE_OF_LEVEL = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2)
"""Which kind of scenario a firm at each level needs: 0 validation, 1 integration, 2 promotion."""
SCENARIO_OF_STAGE = (VALIDATION, INTEGRATION, PROMOTION)
MECHANISM_OF_STAGE = (
    mechanism("validation"),
    mechanism("integration"),
    mechanism("promotion"),
)
TALENT_BURDEN = mechanism("talent_burden")
TEST_FIELDS = mechanism("test_fields")
MARKET_ACCESS = mechanism("market_access")
INNOVATION_CENTRES = mechanism("innovation_centres")


@helper
def readiness(world, p, month):
    """Let each firm try for its next readiness level."""
    city = world.city[0]
    words = world.words
    draw_glances(world.firm_glances, world.ids, city.firm_rows, city, month)
    city.sizes[3] = 0
    measure_access(world, p)
    measure_support(city, p)
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


@helper
def list_movers(world, p, setback, month):
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
        found += int(climbs < climb_chance(city, p, world.firms[i])) | int(falls < setback)
    return found


@helper
def list_near(world, p, setback):
    """List in ``struck`` the firms that may climb or fall back; return how many they are.

    No firm makes a greater effort or has more spillover than it takes all firms to have.
    """
    city, firms, listed = world.city[0], world.firms, world.struck
    up, up_shift = world.firm_glances[glances.CLIMB // 4], np.uint32(shift_of(glances.CLIMB))
    down = world.firm_glances[glances.SETBACK // 4]
    down_shift = np.uint32(shift_of(glances.SETBACK))
    most = VALUES * SLACK * p.effort_ceiling * city.most_spillover
    lowest = highest(setback)
    near = 0
    for i in range(city.firm_rows):  # no branch here either
        listed[near] = i
        may_climb = int(glance(up[i], up_shift)) < climb_rate(city, p, firms[i]) * most
        near += int(may_climb) | int(glance(down[i], down_shift) <= lowest)
    return near


@helper
def climb_chance(city, p, firm):
    """Return a firm's chance to climb this month."""
    return climb_rate(city, p, firm) * own_effort(city, p, firm) * firm.spillover


@helper
def climb_rate(city, p, firm):
    """Return a firm's chance to climb at unit effort of its own and unit spillover."""
    return p.climb[firm.track] * city.climbing[firm.level, firm.cluster, firm.district]


@helper
def rate_climbs(city, p):
    """Compute what ``climb_rate`` returns but for the track, by level and place; 0 at level 9."""
    for level in range(1, 9):
        stage = STAGE_OF_LEVEL[level]
        pace = p.climb_pace * p.stage_pace[stage] * MONTH
        for cluster in range(CLUSTERS):
            for district in range(DISTRICTS):
                reached = city.access[stage, cluster, district] * city.support[cluster, district]
                city.climbing[level, cluster, district] = pace * reached


@helper
def measure_access(world, p):
    """Compute how well firms at each stage reach the scenarios that they need.

    A scenario serves ``scenario_places`` firms; where more firms of the stage want in, each waits.
    Test fields serve all stages. The plan's calls open existing scenarios to more firms.
    """
    city = world.city[0]
    firms = world.firms
    needs = city.needs
    needs[:] = 0.0
    for i in range(city.firm_rows):
        firm = firms[i]
        needing = int(firm.alive) & int(firm.level < 9)
        needs[STAGE_OF_LEVEL[firm.level], firm.cluster, firm.district] += needing
    dose = city.dose
    for stage in range(3):
        for cluster in range(CLUSTERS):
            for district in range(DISTRICTS):
                opening = (
                    1.0 + p.scenario_opening * dose[MECHANISM_OF_STAGE[stage], cluster, district]
                )
                fields = p.test_field_part * city.services[TEST_FIELD, cluster, district]
                fields *= 1.0 + p.scenario_opening * dose[TEST_FIELDS, cluster, district]
                open_now = city.services[SCENARIO_OF_STAGE[stage], cluster, district]
                places = p.scenario_places * (open_now * opening + fields)
                served = min(1.0, places / (needs[stage, cluster, district] + 1.0))
                reached = p.access_floor + (1.0 - p.access_floor) * served
                if stage == 2:
                    reached *= 1.0 + p.approval_gain * dose[MARKET_ACCESS, cluster, district]
                city.access[stage, cluster, district] = reached


@helper
def measure_support(city, p):
    """Compute what centres in reach make of research effort, and what a junior counts for in it."""
    dose = city.dose
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            centres = city.services[INNOVATION_CENTRE, cluster, district]
            support = p.centre_gain * centres / (centres + p.centre_half)
            support *= 1.0 + p.centre_call_gain * dose[INNOVATION_CENTRES, cluster, district]
            city.support[cluster, district] = 1.0 + support
            lighter = 1.0 + p.burden_gain * dose[TALENT_BURDEN, cluster, district]
            city.junior[cluster, district] = lighter / p.reference_team


@helper
def own_effort(city, p, firm):
    """Return the square root of a firm's research people against the reference team."""
    teams = count_juniors(firm, p) * city.junior[firm.cluster, firm.district]
    return min(p.effort_ceiling, math.sqrt(teams))


@helper
def effort(city, p, firm):
    """Return research effort: a firm's own, and what centres in reach add to it."""
    return own_effort(city, p, firm) * city.support[firm.cluster, firm.district]


@helper
def greatest_effort(city, p):
    """Return what no firm's research effort exceeds."""
    most = 0.0
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            most = max(most, city.support[cluster, district])
    return p.effort_ceiling * most
