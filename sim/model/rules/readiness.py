"""Process 4: firms climb the technology readiness levels through gates, and sometimes fall back."""

from sim.engine import rule
from sim.engine.chance import number
from sim.engine.process import process
from sim.engine.rare import SLACK, may_strike, row_of
from sim.model.rules.access import own_effort
from sim.model.rules.common import MONTH, MONTHS_A_YEAR
from sim.model.rules.struck import CLIMB, SETBACK, flag_struck, is_struck, list_struck
from sim.model.world import purposes
from sim.model.world.codes import GATE_OF, IS_LICENSED, STAGE_OF_LEVEL, mechanism
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES, City, Draw, Firm, Tables

MARKET_ACCESS = mechanism("market_access")
TRACK_FOCUS = mechanism("track_focus")


@process(
    "readiness",
    reads=(
        "city: access dose firm_rows junior most_spillover support",
        "firms: alive commissioned level place quality reached scientists seniors",
        "firms: spillover talents track",
        "firm_glances ids",
    ),
    writes=("firms: level quality reached",),
    scratch=(
        "city: climbing waiting",
        "flags struck who words",
    ),
    draws=(purposes.CLIMB,),
)
def readiness(world: Tables, p: Draw, month: int) -> None:
    """Let each firm try for its next readiness level."""
    city = world.city[0]
    rate_climbs(city, p)
    rate_gates(city, p)
    setback = p.setback * MONTH
    flag_movers(world, p, setback)
    for k in range(list_struck(world, month, purposes.CLIMB)):
        firm = world.firms[world.struck[k]]
        if firm.alive == 0 or firm.level >= 9 or firm.talents == 0:
            continue
        bound = climb_rate(city, p, firm) * most_climbing(city, p)
        hazard = climb_chance(city, p, firm) if has_waited(city, p, firm, month) else 0.0
        if is_struck(world, CLIMB, k, hazard, bound):
            climb(p, firm, number(world.words[1, k]), number(world.words[3, k]), month)
        elif firm.level > 1 and is_struck(world, SETBACK, k, setback, setback):
            firm.level -= 1
            firm.reached = month


@rule
def has_waited(city: City, p: Draw, firm: Firm, month: int) -> bool:
    """Return whether a firm has been at its level for as long as the gate of its track asks."""
    waiting = city.waiting[GATE_OF[firm.track], CLUSTERS + firm.track, firm.place]
    return firm.level < p.gate_level or month - firm.reached >= waiting


@rule
def climb(p: Draw, firm: Firm, learnt: float, verdict: float, month: int) -> None:
    """Let a firm climb a level, or, where its trial fails, begin again below the gate."""
    firm.reached = month
    if firm.level >= p.gate_level and verdict >= p.gate_odds[GATE_OF[firm.track]]:
        firm.level = int(p.gate_level) - 1
        return
    firm.level += 1
    firm.quality += p.learning_by_climbing * learnt


@rule
def flag_movers(world: Tables, p: Draw, setback: float) -> None:
    """Flag the firms that may climb or fall back."""
    city, firms, flags = world.city[0], world.firms, world.flags
    own, most = world.firm_glances[row_of(CLIMB)], most_climbing(city, p)
    for i in range(city.firm_rows):  # no branch: who may climb cannot be guessed
        flags[i] = may_strike(own[i], CLIMB, climb_rate(city, p, firms[i]) * most)
    flag_struck(world, SETBACK, setback)


@rule
def most_climbing(city: City, p: Draw) -> float:
    """Return how much effort and spillover of its own make a firm climb faster at most."""
    return SLACK * p.effort_ceiling * city.most_spillover


@rule
def climb_chance(city: City, p: Draw, firm: Firm) -> float:
    """Return a firm's chance to climb this month."""
    return climb_rate(city, p, firm) * own_effort(city, p, firm) * firm.spillover


@rule
def climb_rate(city: City, p: Draw, firm: Firm) -> float:
    """Return a firm's chance to climb at unit effort of its own and unit spillover."""
    return p.climb[firm.track] * city.climbing[firm.level, CLUSTERS + firm.track, firm.place]


@rule
def rate_gates(city: City, p: Draw) -> None:
    """Compute how many months a level takes at least."""
    for gate in range(len(IS_LICENSED)):
        for branch in range(CLUSTERS, BRANCHES):
            for place in range(DISTRICTS, PLACES):
                years = gate_years(city, p, gate, branch, place)
                city.waiting[gate, branch, place] = MONTHS_A_YEAR * years


@rule
def gate_years(city: City, p: Draw, gate: int, branch: int, place: int) -> float:
    """Return how many years a level takes at least; easier market access shortens a licence."""
    dose = city.dose[MARKET_ACCESS, branch, place]
    years: float = p.gate_years[gate] / (1.0 + p.approval_gain * dose * int(IS_LICENSED[gate]))
    return years


@rule
def rate_climbs(city: City, p: Draw) -> None:
    """Compute what ``climb_rate`` returns but for the track, by level and place; 0 at level 9."""
    for level in range(1, 9):
        stage = STAGE_OF_LEVEL[level]
        pace = p.climb_pace * p.stage_pace[stage] * MONTH
        for branch in range(CLUSTERS, BRANCHES):
            for place in range(DISTRICTS, PLACES):
                reached = city.access[stage, branch, place] * city.support[branch, place]
                named = city.dose[TRACK_FOCUS, branch, place]
                reached *= 1.0 + p.focus_gain * named
                city.climbing[level, branch, place] = pace * reached
