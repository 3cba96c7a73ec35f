"""Process 1: proposals are made, approved, built, opened and closed; none adds to a count."""

import math

from sim.engine import rule
from sim.engine.chance import fill_words, number
from sim.engine.process import process
from sim.model.rules.common import MONTH, WAN_A_YI, choose
from sim.model.rules.proposals import KINDS, add_proposal, propose
from sim.model.world import purposes
from sim.model.world.codes import (
    APPROVED,
    BUILDING,
    CONSORTIUM,
    INSTITUTE,
    INSTRUMENTS,
    OPEN,
    PAYS_FOR,
    PILOT_ZONE,
    PROPOSED,
    mechanism,
)
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.luck import luck
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY, City, Draw, Programme, Tables

COORDINATION = mechanism("coordination")
EXPERT_GROUP = mechanism("expert_group")
ZONES = mechanism("pilot_zones")


@process(
    "programmes",
    reads=(
        "cells: firms zone",
        "city: approval_credit dose firm_rows given mean_dose planned programme_rows purse",
        "city: services tallies",
        "firms: alive cluster consortium district id level",
        "programmes: alive case cell cluster district id kind members opens proposed site",
        "programmes: stage starts",
    ),
    writes=(
        "cells: zone",
        "city: approval_credit planned programme_rows purse services",
        "firms: consortium",
        "programmes: alive case cell cluster district existing id kind members opens proposed",
        "programmes: site stage starts talents track wanted",
    ),
    scratch=(
        "city: busiest",
        "struck who words",
    ),
    draws=(
        purposes.PROPOSAL,
        purposes.BUILDING_TIME,
        purposes.PRIORITY,
        purposes.CLOSING,
        purposes.MEMBERSHIP,
    ),
)
def programmes(world: Tables, p: Draw, month: int) -> None:
    """Run the programme pipeline for one month."""
    if month == 0:
        count_services(world, p)  # of what existed: nobody has counted it yet
    advance(world, p, month)
    name_first_zones(world, p, month)
    propose(world, p, month)
    approve(world, p, month)
    count_services(world, p)


@rule
def advance(world: Tables, p: Draw, month: int) -> None:
    """Move programmes along: approved, building, open; drop stale proposals; close some."""
    programmes = world.programmes
    for k in range(list_due(world, p, month)):
        row = world.struck[k]
        entry = programmes[row]
        if entry.stage == PROPOSED:
            entry.alive = 0
        elif entry.stage == APPROVED:
            entry.stage = BUILDING
        elif entry.stage == BUILDING:
            entry.stage = OPEN
            open_programme(world, p, row, month)
        else:
            close_programme(world, row)


@rule
def list_due(world: Tables, p: Draw, month: int) -> int:
    """List in ``struck`` the programmes whose stage ends this month; return how many they are."""
    city, who, words = world.city[0], world.who, world.words
    programmes = world.programmes
    rows = city.programme_rows
    for row in range(rows):
        who[row] = programmes[row].id
    fill_words(words, who, rows, city.seed, city.replicate, month, purposes.CLOSING)
    listing = 0
    for row in range(rows):  # no branch: what stage it is in cannot be guessed
        entry = programmes[row]
        due = number(words[0, row]) < p.closing[entry.kind] * MONTH
        due = choose(entry.stage == PROPOSED, month - entry.proposed >= p.proposal_life, due)
        due = choose(entry.stage == APPROVED, month >= entry.starts, due)
        due = choose(entry.stage == BUILDING, month >= entry.opens, due)
        world.struck[listing] = row
        listing += int(entry.alive) & int(due)
    return listing


@rule
def open_programme(world: Tables, p: Draw, row: int, month: int) -> None:
    """Let a programme take effect on the ground: zones, posts, members."""
    entry = world.programmes[row]
    if entry.kind == PILOT_ZONE:
        mark_zone(world, p, row)
    elif entry.kind == INSTITUTE:
        entry.wanted = int(p.institute_posts)
    elif entry.kind == CONSORTIUM:
        gather_members(world, p, row, month)


@rule
def mark_zone(world: Tables, p: Draw, row: int) -> None:
    """Make every land cell within the zone's radius part of it, unless another zone has it."""
    city = world.city[0]
    programmes = world.programmes
    cells = world.cells
    width = city.width
    centre = programmes[row].cell
    reach = math.ceil(p.zone_radius)
    centre_row, centre_column = centre // width, centre % width
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            column = centre_column + right
            cell = (centre_row + down) * width + column
            inside = 0 <= column < width and 0 <= cell < len(cells)
            if inside and down * down + right * right <= p.zone_radius * p.zone_radius:
                site = cells[cell]
                if site.land > 0.0 and site.zone == NOBODY:
                    site.zone = row


@rule
def gather_members(world: Tables, p: Draw, row: int, month: int) -> None:
    """Bring firms of the cluster that are near and able into a consortium."""
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    entry = programmes[row]
    for i in range(city.firm_rows):
        firm = firms[i]
        if entry.members >= p.consortium_size:
            return
        if (
            firm.alive == 1
            and firm.cluster == entry.cluster
            and firm.consortium == NOBODY
            and firm.level >= p.component_level - 1.0
            and city.distance[firm.district, entry.district] <= p.consortium_reach
        ):
            u, _, _, _ = luck(city, firm.id, month, purposes.MEMBERSHIP)
            if u < p.consortium_interest:
                firm.consortium = row
                entry.members += 1


@rule
def close_programme(world: Tables, row: int) -> None:
    """End a programme; a consortium lets its members go."""
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    entry = programmes[row]
    entry.alive = 0
    if entry.kind == CONSORTIUM:
        for i in range(city.firm_rows):
            if firms[i].consortium == row:
                firms[i].consortium = NOBODY
        entry.members = 0


@rule
def name_first_zones(world: Tables, p: Draw, month: int) -> None:
    """Propose the zones that the plan names, in the first month in which it calls for zones."""
    city = world.city[0]
    programmes = world.programmes
    for zone in range(len(city.zone_cell)):
        district = city.zone_district[zone]
        called, known = False, False
        for cluster in range(CLUSTERS):
            called = called or city.dose[ZONES, cluster, district] > 0.0
        for row in range(city.programme_rows):
            entry = programmes[row]
            known = entry.kind == PILOT_ZONE and entry.site == zone
            if known:
                break
        if called and not known:
            cluster = strongest_cluster(city, district)
            add_proposal(world, p, PILOT_ZONE, cluster, district, zone, month)


@rule
def strongest_cluster(city: City, district: int) -> int:
    """Return the called cluster with most firms here that has no zone here yet."""
    best, most = 0, -1.0
    for cluster in range(CLUSTERS):
        firms = city.tallies[FIRMS_HERE, cluster, district]
        firms /= 1.0 + city.planned[PILOT_ZONE, cluster, district]
        if city.dose[ZONES, cluster, district] > 0.0 and firms > most:
            best, most = cluster, firms
    return best


@rule
def approve(world: Tables, p: Draw, month: int) -> None:
    """Approve the best proposals, as far as the city can organise and pay for them."""
    city = world.city[0]
    programmes = world.programmes
    capacity = p.approvals_a_month * (1.0 + p.coordination_gain * city.mean_dose[COORDINATION])
    city.approval_credit = min(city.approval_credit + capacity, p.credit_months * capacity + 1.0)
    for k in range(INSTRUMENTS):
        if PAYS_FOR[k] != NOBODY:
            budget = p.cost[k] * WAN_A_YI * MONTH
            city.purse[PAYS_FOR[k]] += budget * (p.usual_budget + city.given[k])
    targeting = p.targeting + p.expert_gain * city.mean_dose[EXPERT_GROUP]
    noise = max(0.0, 1.0 - targeting)
    proposals = list_proposals(world)
    while city.approval_credit >= 1.0:
        best, highest = NOBODY, -1.0
        for k in range(proposals):
            entry = programmes[world.struck[k]]
            priority = entry.case + noise * number(world.words[0, k])
            if (
                priority > highest
                and entry.stage == PROPOSED
                and city.purse[entry.kind] >= p.price[entry.kind]
                and opening(city, p, entry, month) >= city.held[entry.kind]
            ):
                best, highest = world.struck[k], priority
        if best == NOBODY:
            return
        city.approval_credit -= 1.0
        chosen = programmes[best]
        city.purse[chosen.kind] -= p.price[chosen.kind]
        chosen.stage = APPROVED
        chosen.starts = month + 1
        chosen.opens = opening(city, p, chosen, month)


@rule
def list_proposals(world: Tables) -> int:
    """List in ``struck`` the proposals on the table and draw their words; return their number."""
    city, who = world.city[0], world.who
    programmes = world.programmes
    proposals = 0
    for row in range(city.programme_rows):  # no branch: what is proposed cannot be guessed
        entry = programmes[row]
        who[proposals] = entry.id
        world.struck[proposals] = row
        proposals += int(entry.alive) & int(entry.stage == PROPOSED)
    fill_words(world.words, who, proposals, city.seed, city.replicate, 0, purposes.PRIORITY)
    return proposals


@rule
def opening(city: City, p: Draw, entry: Programme, month: int) -> int:
    """Return the month in which a proposal would open if it were approved now."""
    u, _, _, _ = luck(city, entry.id, 0, purposes.BUILDING_TIME)
    stretch = 1.0 + p.building_spread * (2.0 * u - 1.0)
    return month + 1 + max(1, round(p.building_months[entry.kind] * stretch))


@rule
def count_services(world: Tables, p: Draw) -> None:
    """Count the programmes that each cluster can reach from each district, and those planned."""
    city = world.city[0]
    programmes = world.programmes
    city.services[:] = 0.0
    city.planned[:] = 0.0
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.alive == 0:
            continue
        city.planned[entry.kind, entry.cluster, entry.district] += 1.0
        if entry.stage == OPEN:
            city.services[entry.kind, entry.cluster, entry.district] += 1.0
    for kind in range(KINDS):
        for cluster in range(CLUSTERS):
            total = 0.0
            for district in range(DISTRICTS):
                total += city.services[kind, cluster, district]
            for district in range(DISTRICTS):
                here = city.services[kind, cluster, district]
                city.services[kind, cluster, district] = here + p.service_reach * (total - here)
