"""Process 9: talents found firms, firms move in from outside, and some move between districts."""

from sim.engine import rule
from sim.engine.chance import identity, number
from sim.engine.process import process
from sim.model.rules.birth import FOUNDS, choose_cell, choose_district, found_firm
from sim.model.rules.common import MONTH, bernoulli_slots, choose, mean_over_districts
from sim.model.rules.founding import openness
from sim.model.rules.newcomers import draw_candidates
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    ACCELERATOR,
    MOVED_IN,
    SEARCHING,
    STARTUP,
    mechanism,
)
from sim.model.world.ledgers import BROUGHT, CAME, FIRMS_HERE, FOUNDED, MOVED_DISTRICT, SEED
from sim.model.world.luck import add_up, luck, normal_pair, pick_by
from sim.model.world.rows import about, join_firm, leave_employer, place_firm
from sim.model.world.tables import CLUSTERS, NOBODY, TRACKS, Draw, Tables

FORUMS = mechanism("forums")
ACCELERATORS = mechanism("accelerators")
LAND = mechanism("land")
ATTRACTION = mechanism("firm_attraction")
MARKET_ACCESS = mechanism("market_access")
PULL_ROOM = 6.0
"""How many times the usual number forums, land and the like bring before candidates run out."""


@process(
    "entry",
    reads=(
        "cells: firms",
        "city: dose events firm_rows firms_listed flows founders_listed free_firm patience",
        "city: left_by_rivals searching services tallies",
        "firms: alive cell cluster district id quality track",
        "programmes: talents",
        "talents: alive employer home id level skill track",
        "tracks: pay",
        "field founders ids",
    ),
    writes=(
        *FOUNDS,
        "city: events flows searching",
        "programmes: talents",
        "talents: employer since",
    ),
    scratch=(
        "city: likelier track_sums",
        "who words",
    ),
    draws=(
        purposes.FOUNDING,
        purposes.NEW_FIRM,
        purposes.DISTRICT_CHOICE,
        purposes.CELL_CHOICE,
        purposes.MOVING_IN,
        purposes.MOVE,
        purposes.RD_HABIT,
    ),
)
def entry(world: Tables, p: Draw, month: int) -> None:
    """Found the month's firms, let others come, and let a few move."""
    found(world, p, month)
    come(world, p, month)
    if month % 3 == 0:
        move(world, p, month)


@rule
def found(world: Tables, p: Draw, month: int) -> None:
    """Let those who decided to found a firm do so, if they still hold a post to leave."""
    city = world.city[0]
    people = world.talents
    for k in range(city.founders_listed):
        person = world.founders[k]
        if people.alive[person] == 1 and people.employer[person] != SEARCHING:
            spin_off(world, p, person, month)


@rule
def spin_off(world: Tables, p: Draw, person: int, month: int) -> None:
    """Let a person leave and found a firm, with some of the parent's ability and seed money.

    Where more projects than usual are worth a firm, those beyond are on the margin: worse, and with
    less money. Where fewer are, these are the better ones.
    """
    city = world.city[0]
    people = world.talents
    for_level, for_money, a, b = luck(city, people.id[person], month, purposes.FOUNDING)
    employer = people.employer[person]
    inherited = p.institute_quality
    if employer >= 0:
        inherited = world.firms[employer].quality
    quality = p.heredity * inherited + (1.0 - p.heredity) * people.skill[person]
    quality += p.founding_noise * normal_pair(a, b)
    track = people.track[person]
    level = 1 + int(p.founding_levels * for_level)
    firm_id = identity(namespaces.START_UP, people.id[person], month, 0)
    opened = openness(world, p, track, people.home[person])
    marginal = luck(city, firm_id, month, purposes.NEW_FIRM)[0] * opened > 1.0
    quality += p.margin_gap * choose(marginal, -1.0, max(0.0, 1.0 / opened - 1.0))
    row = found_firm(world, p, firm_id, track, STARTUP, level, quality, people.home[person], month)
    if row < 0:
        return
    firm = world.firms[row]
    helped = city.dose[ACCELERATORS, CLUSTERS + track, firm.place]
    near = min(1.0, city.services[ACCELERATOR, firm.cluster, firm.district])
    support = p.accelerator_seed * near
    firm.cash = p.seed_money * about(p, for_money) * (1.0 + support * (1.0 + helped))
    firm.cash *= choose(marginal, p.margin_money, 1.0)
    firm.founder = people.id[person]
    leave_employer(city, people, world.firms, world.programmes, person, month)
    join_firm(city, people, world.firms, person, row, month)
    city.flows[SEED] += firm.cash
    city.events[FOUNDED] += 1.0


@rule
def come(world: Tables, p: Draw, month: int) -> None:
    """Let firms from outside the city come, more of them where the city is attractive."""
    city, words = world.city[0], world.words
    add_up(p.firm_weight, city.track_sums)
    for track in range(TRACKS):
        forums = mean_over_districts(city.dose[FORUMS], CLUSTERS + track)
        land = mean_over_districts(city.dose[LAND], CLUSTERS + track)
        called = mean_over_districts(city.dose[ATTRACTION], CLUSTERS + track)
        likelier = 1.0 + p.forum_moving * forums + p.land_moving * land
        likelier += p.attraction_gain * called
        eased = mean_over_districts(city.dose[MARKET_ACCESS], CLUSTERS + track)
        city.likelier[track] = (likelier + p.access_entry * eased) * city.left_by_rivals
    base = p.moving_in * MONTH
    slots = bernoulli_slots(base, PULL_ROOM)
    namespace, why = namespaces.FIRM_FROM_OUTSIDE, purposes.MOVING_IN
    for k in range(draw_candidates(world, namespace, slots, month, why)):
        track = pick_by(city.track_sums, number(words[1, k]))
        if number(words[0, k]) < base / slots * city.likelier[track]:
            for_level, for_money = number(words[2, k]), number(words[3, k])
            settle(world, p, world.who[k], track, for_level, for_money, month)


@rule
def settle(
    world: Tables, p: Draw, firm_id: int, track: int, for_level: float, for_money: float, month: int
) -> None:
    """Let one firm from outside settle, with what it brings along."""
    city = world.city[0]
    a, b, c, _ = luck(city, firm_id, month, purposes.NEW_FIRM)
    level = int(p.moving_level) + int(p.moving_levels * for_level)
    quality = p.moving_quality + p.founding_noise * normal_pair(a, b)
    row = found_firm(world, p, firm_id, track, MOVED_IN, level, quality, NOBODY, month)
    if row < 0:
        return
    firm = world.firms[row]
    firm.founded = month - int(12.0 * p.moving_age * c)
    firm.cash = p.moving_money * about(p, for_money)
    city.flows[BROUGHT] += firm.cash
    city.events[CAME] += 1.0


@rule
def move(world: Tables, p: Draw, month: int) -> None:
    """Let a few firms move to another district: displacement, which adds nothing to the city."""
    city = world.city[0]
    firms = world.firms
    cells = world.cells
    chance = p.relocation / 4.0
    for i in range(city.firm_rows):
        if (world.ids[i] >> 3) % 16 != (month // 3) % 16:
            continue
        firm = firms[i]
        if firm.alive == 0:
            continue
        u, _, _, _ = luck(city, firm.id, month, purposes.MOVE)
        if u < 16.0 * chance:
            district = choose_district(city, p, firm.id, firm.track, firm.district, month)
            if district != firm.district:
                cells[firm.cell].firms -= 1
                city.tallies[FIRMS_HERE, firm.cluster, firm.district] -= 1.0
                place_firm(world, i, choose_cell(world, firm.id, district, month))
                city.events[MOVED_DISTRICT] += 1.0
