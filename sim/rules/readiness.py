"""Process 4: firms climb the technology readiness levels, and sometimes fall back."""

import math

from sim.chance import fill_words, number
from sim.compiled import helper
from sim.rules.common import MONTH, WORD
from sim.rules.struck import SLACK
from sim.world import purposes
from sim.world.codes import (
    CLUSTER_OF,
    INNOVATION_CENTRE,
    INTEGRATION,
    PROMOTION,
    TEST_FIELD,
    VALIDATION,
    instrument,
)
from sim.world.rows import research_people
from sim.world.tables import CLUSTERS, DISTRICTS, TRACKS

STAGE_OF_LEVEL = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2)
"""Which kind of scenario a firm at each level needs: 0 validation, 1 integration, 2 promotion."""
SCENARIO_OF_STAGE = (VALIDATION, INTEGRATION, PROMOTION)
INSTRUMENT_OF_STAGE = (
    instrument("validation"),
    instrument("integration"),
    instrument("promotion"),
)
TALENT_BURDEN = instrument("talent_burden")
TEST_FIELDS = instrument("test_fields")
MARKET_ACCESS = instrument("market_access")
INNOVATION_CENTRES = instrument("innovation_centres")


@helper
def readiness(world, p, month):
    """Let each firm try for its next readiness level."""
    city = world.city[0]
    firms = world.firms
    rows = city.firm_rows
    ids, words = world.ids, world.words
    fill_words(words, ids, rows, city.seed, city.replicate, month, purposes.CLIMB)
    measure_access(world, p)
    rate_climbs(city, p)
    setback = p.setback * MONTH * WORD
    for i in range(rows):
        firm = firms[i]
        likeliest = city.likeliest_climb[firm.track, firm.level] * firm.spillover
        if words[0, i] >= likeliest and words[2, i] >= setback:
            continue
        if firm.alive == 0 or firm.level >= 9 or firm.talents == 0:
            continue
        hazard = climb_hazard(city, p, firm)
        if words[0, i] < hazard * WORD:
            firm.level += 1
            firm.quality += p.learning_by_climbing * number(words[1, i])
        elif firm.level > 1 and words[2, i] < setback:
            firm.level -= 1


@helper
def rate_climbs(city, p):
    """Compute, by track and level, the word below which a firm may climb at unit spillover.

    No firm of the track and level has a greater chance, so all others need no closer look.
    """
    push = greatest_effort(city, p) * p.climb_pace * MONTH * WORD * SLACK
    for track in range(TRACKS):
        for level in range(1, 9):
            stage = STAGE_OF_LEVEL[level]
            reached = 0.0
            for district in range(DISTRICTS):
                reached = max(reached, city.access[stage, CLUSTER_OF[track], district])
            chance = p.climb[track] * p.stage_pace[stage] * reached * push
            city.likeliest_climb[track, level] = chance


@helper
def greatest_effort(city, p):
    """Return what no firm's research effort exceeds."""
    most = 0.0
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            most = max(most, 1.0 + centre_support(city, p, cluster, district))
    return p.effort_ceiling * most


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
                    1.0 + p.scenario_opening * dose[INSTRUMENT_OF_STAGE[stage], cluster, district]
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
def effort(city, p, firm):
    """Return research effort: square root of research people against the reference team."""
    dose = city.dose
    cluster, district = firm.cluster, firm.district
    people = research_people(firm, p, dose[TALENT_BURDEN, cluster, district])
    support = centre_support(city, p, cluster, district)
    return min(p.effort_ceiling, math.sqrt(people / p.reference_team)) * (1.0 + support)


@helper
def centre_support(city, p, cluster, district):
    """Return what innovation centres in reach add to a firm's research effort."""
    centres = city.services[INNOVATION_CENTRE, cluster, district]
    support = p.centre_gain * centres / (centres + p.centre_half)
    return support * (1.0 + p.centre_call_gain * city.dose[INNOVATION_CENTRES, cluster, district])


@helper
def climb_hazard(city, p, firm):
    """Return the chance of climbing one level this month."""
    stage = STAGE_OF_LEVEL[firm.level]
    reached = city.access[stage, firm.cluster, firm.district]
    push = effort(city, p, firm) * firm.spillover * reached
    return p.climb[firm.track] * p.climb_pace * p.stage_pace[stage] * push * MONTH
