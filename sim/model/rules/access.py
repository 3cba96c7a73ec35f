"""What research finds around it: scenarios to be tried in, centres in reach, lighter duties."""

import math

from sim.engine import rule
from sim.engine.process import process
from sim.model.world.codes import (
    CLUSTER_OF_BRANCH,
    DISTRICT_OF_PLACE,
    INNOVATION_CENTRE,
    INTEGRATION,
    PROMOTION,
    STAGE_OF_LEVEL,
    TEST_FIELD,
    VALIDATION,
    mechanism,
)
from sim.model.world.rows import count_juniors
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES, City, Draw, Firm, Tables

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


@process(
    "access",
    reads=(
        "city: dose firm_rows services",
        "firms: alive cluster district level",
    ),
    writes=("city: access junior support",),
    scratch=("city: needs",),
)
def access(world: Tables, p: Draw, month: int) -> None:
    """Work out how well firms reach scenarios, and what place and duties make of research."""
    measure_access(world, p)
    measure_support(world.city[0], p)


@rule
def measure_access(world: Tables, p: Draw) -> None:
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
        for branch in range(CLUSTERS, BRANCHES):
            cluster = CLUSTER_OF_BRANCH[branch]
            for place in range(DISTRICTS, PLACES):
                district = DISTRICT_OF_PLACE[place]
                opening = 1.0 + p.scenario_opening * dose[MECHANISM_OF_STAGE[stage], branch, place]
                fields = p.test_field_part * city.services[TEST_FIELD, cluster, district]
                fields *= 1.0 + p.scenario_opening * dose[TEST_FIELDS, branch, place]
                open_now = city.services[SCENARIO_OF_STAGE[stage], cluster, district]
                places = p.scenario_places * (open_now * opening + fields)
                served = min(1.0, places / (needs[stage, cluster, district] + 1.0))
                reached = p.access_floor + (1.0 - p.access_floor) * served
                if stage == 2:
                    eased = dose[MARKET_ACCESS, branch, place]
                    reached *= 1.0 + p.approval_gain * eased
                city.access[stage, branch, place] = reached


@rule
def measure_support(city: City, p: Draw) -> None:
    """Compute what centres in reach make of research effort, and what a junior counts for in it."""
    dose = city.dose
    for branch in range(CLUSTERS, BRANCHES):
        cluster = CLUSTER_OF_BRANCH[branch]
        for place in range(DISTRICTS, PLACES):
            district = DISTRICT_OF_PLACE[place]
            centres = city.services[INNOVATION_CENTRE, cluster, district]
            support = p.centre_gain * centres / (centres + p.centre_half)
            support *= 1.0 + p.centre_call_gain * dose[INNOVATION_CENTRES, branch, place]
            city.support[branch, place] = 1.0 + support
            lighter = 1.0 + p.burden_gain * dose[TALENT_BURDEN, branch, place]
            city.junior[branch, place] = lighter / p.reference_team


@rule
def own_effort(city: City, p: Draw, firm: Firm) -> float:
    """Return the square root of a firm's research people against the reference team."""
    teams = count_juniors(firm, p) * city.junior[CLUSTERS + firm.track, firm.place]
    return min(p.effort_ceiling, math.sqrt(teams))


@rule
def effort(city: City, p: Draw, firm: Firm) -> float:
    """Return research effort: a firm's own, and what centres in reach add to it."""
    return own_effort(city, p, firm) * city.support[CLUSTERS + firm.track, firm.place]


@rule
def greatest_effort(city: City, p: Draw) -> float:
    """Return what no firm's research effort exceeds."""
    most = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            most = max(most, city.support[branch, place])
    return p.effort_ceiling * most
