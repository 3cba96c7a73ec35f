"""Research people, effort and access to scenarios (sections 7 and 7.4)."""

import math
from typing import Any

from sim.model.world import codes
from sim.model.world.codes import CLUSTER_OF, DISTRICT_OF_PLACE, mechanism
from sim.model.world.tables import CLUSTERS, DISTRICTS

VALIDATION, INTEGRATION, PROMOTION = codes.VALIDATION, codes.INTEGRATION, codes.PROMOTION
SCENARIOS = (VALIDATION, INTEGRATION, PROMOTION)
CALLS = tuple(map(mechanism, ("validation", "integration", "promotion")))
FIELDS, CENTRES = mechanism("test_fields"), mechanism("innovation_centres")
ACCESS, BURDEN = mechanism("market_access"), mechanism("talent_burden")


def stage(level: int) -> int:
    """Return which scenarios a firm at a readiness level below nine needs."""
    return 0 if level <= 4 else 1 if level <= 7 else 2


def research_people(model: Any, firm: Any) -> float:
    """Return the talents of a firm that count for research."""
    p = model.p
    people = firm.talents + p.senior_weight * firm.seniors + p.scientist_weight * firm.scientists
    if firm.commissioned:
        people = max(0.0, people - p.commission_time)
    dose = model.city.dose[BURDEN][CLUSTERS + firm.track][firm.place]
    return float(people * (1.0 + p.burden_gain * dose))


def effort(model: Any, firm: Any) -> float:
    """Return how hard a firm works at its technology."""
    city, p = model.city, model.p
    own = min(p.effort_ceiling, math.sqrt(research_people(model, firm) / p.reference_team))
    centres = city.services[codes.INNOVATION_CENTRE][firm.cluster][firm.district]
    called = 1.0 + p.centre_call_gain * city.dose[CENTRES][CLUSTERS + firm.track][firm.place]
    return float(own * (1.0 + p.centre_gain * centres / (centres + p.centre_half) * called))


def open_access(model: Any) -> None:
    """Work out how well firms reach the scenarios that they need, by stage and place."""
    city, p = model.city, model.p
    for k in range(3):
        city.needs[k] = [[0.0] * DISTRICTS for _ in range(CLUSTERS)]
    for firm in model.firms:
        if firm.alive and firm.level < 9:
            city.needs[stage(firm.level)][firm.cluster][firm.district] += 1.0
    for k in range(3):
        for b, c in enumerate(CLUSTER_OF, CLUSTERS):
            for place, d in list(enumerate(DISTRICT_OF_PLACE))[DISTRICTS:]:
                own = city.services[SCENARIOS[k]][c][d]
                fields = city.services[codes.TEST_FIELD][c][d]
                places = p.scenario_places * (
                    own * (1.0 + p.scenario_opening * city.dose[CALLS[k]][b][place])
                    + p.test_field_part
                    * fields
                    * (1.0 + p.scenario_opening * city.dose[FIELDS][b][place])
                )
                served = min(1.0, places / (city.needs[k][c][d] + 1.0))
                access = p.access_floor + (1.0 - p.access_floor) * served
                if k == 2:
                    access *= 1.0 + p.approval_gain * city.dose[ACCESS][b][place]
                city.access[k][b][place] = access
