"""Process 8: ecosystem firms give open orders to small ones; leading firms move in."""

from sim.engine import rule
from sim.engine.chance import identity, number
from sim.engine.process import process
from sim.engine.rare import SLACK
from sim.model.rules.birth import FOUNDS, found_firm
from sim.model.rules.breakthroughs import note
from sim.model.rules.common import MONTH, WAN_A_YI, mean_over_districts
from sim.model.rules.struck import ORDERS, clear_flags, flag_struck, is_struck, list_struck
from sim.model.world import namespaces, purposes
from sim.model.world.codes import LEADING, LEADING_MOVE, STATE_OWNED, mechanism
from sim.model.world.ledgers import BROUGHT, CAME
from sim.model.world.luck import luck, pick
from sim.model.world.rows import draw_patron, list_hubs
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NEVER,
    NOBODY,
    PLACES,
    City,
    Draw,
    Tables,
)

CULTIVATION = mechanism("ecosystem_cultivation")
ASSESSMENT = mechanism("soe_assessment")
FORUMS = mechanism("forums")
TIES = mechanism("ownership_ties")


@process(
    "linkage",
    reads=(
        "cells: firms",
        "city: breakthrough_rows dose events firm_rows firms_listed flows free_firm",
        "city: leading_pool patience tallies",
        "firms: alive cluster district id kind leading level partners patron place real_rd",
        "firms: sales track",
        "tracks: adoption followed",
        "field firm_glances ids",
    ),
    writes=(
        *FOUNDS,
        "breakthroughs: district firm kind month track",
        "city: breakthrough_rows events flows leading_pool",
    ),
    scratch=(
        "city: hub_start",
        "flags hubs struck who words",
    ),
    draws=(
        purposes.LINK,
        purposes.LEADING_ENTRY,
        purposes.DISTRICT_CHOICE,
        purposes.CELL_CHOICE,
        purposes.RD_HABIT,
    ),
)
def linkage(world: Tables, p: Draw, month: int) -> None:
    """Tie small firms to hubs, and let leading firms move in."""
    list_hubs(world, p)
    tie(world, p, month)
    move_leading_firms(world, p, month)
    note_leading_firms(world, p, month)


@rule
def tie(world: Tables, p: Draw, month: int) -> None:
    """Let small firms without a patron find one."""
    city = world.city[0]
    firms = world.firms
    words = world.words
    likeliest = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            likeliest = max(likeliest, order_chance(city, p, branch, place))
    clear_flags(world)
    most = SLACK * likeliest * (1.0 + max(0.0, p.standard_orders))
    flag_struck(world, ORDERS, most)
    for k in range(list_struck(world, month, purposes.LINK)):
        i = world.struck[k]
        firm = firms[i]
        hazard = order_chance(city, p, CLUSTERS + firm.track, firm.place)
        hazard *= 1.0 + p.standard_orders * world.tracks[firm.track].followed
        if (
            firm.alive == 1
            and firm.patron == NOBODY
            and firm.level >= p.order_level
            and firm.sales < p.hub_sales
            and is_struck(world, ORDERS, k, hazard, most)
        ):
            link(world, p, i, number(words[1, k]), number(words[2, k]))


@rule
def order_chance(city: City, p: Draw, branch: int, place: int) -> float:
    """Return the chance that a firm wins a standing order this month."""
    called = city.dose[CULTIVATION, branch, place]
    talks = 1.0 + p.forum_link_gain * city.dose[FORUMS, branch, place]
    talks *= 1.0 + p.mixing_orders * city.dose[TIES, branch, place]
    return p.link_rate * MONTH * (1.0 + p.cultivation_gain * called) * talks


@rule
def link(world: Tables, p: Draw, i: int, b: float, c: float) -> None:
    """Link a firm to one of two hubs: the larger, unless it is far or of the same ownership."""
    firm = world.firms[i]
    ties = world.city[0].dose[TIES, CLUSTERS + firm.track, firm.place]
    chosen = draw_patron(world, p, firm, b, c, 1.0 + p.mixing_choice * ties)
    if chosen == NOBODY:
        return
    firm.patron = chosen
    world.firms[chosen].partners += 1


@rule
def move_leading_firms(world: Tables, p: Draw, month: int) -> None:
    """Let leading and state-owned firms outside future industries open a unit in a track."""
    city = world.city[0]
    tracks = world.tracks
    for k in range(min(len(city.leading_pool), int(p.leading_pool))):
        if city.leading_pool[k] != NEVER:
            continue
        candidate = identity(namespaces.LEADING_FIRM, k, 0, 0)
        a, b, c, d = luck(city, candidate, 0, purposes.LEADING_ENTRY)
        track = pick(p.firm_weight, a)
        state_owned = b < p.state_share
        called = mean_over_districts(city.dose[ASSESSMENT], CLUSTERS + track)
        gain = p.assessment_gain if state_owned else p.assessment_spill
        pull = tracks[track].adoption / p.leading_adoption
        rate = p.leading_rate * min(p.leading_pull, pull) * (1.0 + gain * called)
        u, _, _, _ = luck(city, candidate, month, purposes.LEADING_ENTRY)
        if u < rate * MONTH:
            kind = STATE_OWNED if state_owned else LEADING
            open_leading_unit(world, p, k, track, kind, c, d, month)


@rule
def open_leading_unit(
    world: Tables,
    p: Draw,
    k: int,
    track: int,
    kind: int,
    for_level: float,
    for_home: float,
    month: int,
) -> None:
    """Open a leading firm's future-industry unit with the parent's money and name."""
    city = world.city[0]
    candidate = identity(namespaces.LEADING_FIRM, k, 0, 0)
    level = int(p.leading_level) + int(p.leading_levels * for_level)
    home = pick(city.people, for_home)
    row = found_firm(world, p, candidate, track, kind, level, p.leading_quality, home, month)
    if row < 0:
        return
    firm = world.firms[row]
    firm.leading = 1
    firm.cash = p.leading_cash * WAN_A_YI
    city.leading_pool[k] = month
    city.flows[BROUGHT] += firm.cash
    city.events[CAME] += 1.0


@rule
def note_leading_firms(world: Tables, p: Draw, month: int) -> None:
    """Write down a leading firm's move once its unit does the R&D that makes it one."""
    city = world.city[0]
    firms = world.firms
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 1 and firm.leading == 1 and firm.real_rd >= p.leading_rd:
            firm.leading = 2
            note(world, LEADING_MOVE, firm, month)
