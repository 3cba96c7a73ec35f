"""What other cities do: plans like this city's, ever more of them, and an answer to its lead."""

import math

from sim.engine import rule
from sim.engine.process import process
from sim.model.rules.common import MONTH, MONTHS_A_YEAR
from sim.model.world.codes import mechanism
from sim.model.world.tables import TRACKS, City, Draw, Tables

GLOBAL_TALENTS = mechanism("global_talents")


@process(
    "rivals",
    reads=("city: lead_seen mean_dose rival_plans", "tracks: demand rivals weight"),
    writes=("city: lead_seen left_by_rivals rival_effort rival_plans",),
)
def rivals(world: Tables, p: Draw, month: int) -> None:
    """Let more cities act on plans of their own, and answer the lead that they have seen.

    Effort 1 is that of all rival cities acting on such a plan; in October 2022 it is 0.
    """
    city = world.city[0]
    city.rival_plans += p.rival_pace * MONTH * (1.0 - city.rival_plans)
    lead = market_lead(world, p) + part_called(city, p)
    city.lead_seen += (lead - city.lead_seen) / max(1.0, MONTHS_A_YEAR * p.rival_delay)
    city.rival_effort = max(0.0, city.rival_plans + p.rival_answer * city.lead_seen)
    city.left_by_rivals = math.exp(-p.rival_pull * city.rival_effort)


@rule
def market_lead(world: Tables, p: Draw) -> float:
    """Return what part of the city's share of its markets it has won since 2022, from 0 to 1."""
    won, all_markets = 0.0, 0.0
    for k in range(TRACKS):
        track = world.tracks[k]
        won += track.demand * track.weight / (track.weight + track.rivals)
        all_markets += track.demand
    usual = p.share_2022 * all_markets
    if won <= usual:
        return 0.0
    return 1.0 - usual / won


@rule
def part_called(city: City, p: Draw) -> float:
    """Return what part of those who come from outside the plan calls, from 0 to 1."""
    called = p.global_intake * city.mean_dose[GLOBAL_TALENTS]
    return called / max(1.0, called + p.arrivals)
