"""Rivals (section 7): plans of other cities, and their answer to a lead."""

import math
from typing import Any

from sim.model.world.codes import mechanism

CALLS = mechanism("global_talents")


def rivals(model: Any, _: int) -> None:
    """Let other cities do more, and see what that draws away."""
    city, p = model.city, model.p
    city.rival_plans += p.rival_pace / 12 * (1.0 - city.rival_plans)
    called = p.global_intake * city.mean_dose[CALLS]
    lead = market_lead(model) + called / max(1.0, called + p.arrivals)
    city.lead_seen += (lead - city.lead_seen) / max(1.0, 12 * p.rival_delay)
    city.rival_effort = max(0.0, city.rival_plans + p.rival_answer * city.lead_seen)
    city.left_by_rivals = math.exp(-p.rival_pull * city.rival_effort)


def market_lead(model: Any) -> float:
    """Return what part of today's share of the markets was won since 2022."""
    tracks = model.tracks
    ours = sum(t.demand * t.weight / (t.weight + t.rivals) for t in tracks)
    before = model.p.share_2022 * sum(t.demand for t in tracks)
    return 1.0 - before / ours if ours > before else 0.0
