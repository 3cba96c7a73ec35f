"""Process 1, second part: districts ask for programmes, with a case and a place for each."""

from sim.engine import rule
from sim.engine.chance import fill_words, identity, number
from sim.engine.process import process
from sim.engine.rare import SLACK, bounded, in_reach, whole_chance
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.rules.common import MONTH, choose
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    COLLEGE,
    INSTITUTE,
    MECHANISM_OF,
    OPEN,
    PILOT_ZONE,
    PROPOSED,
    mechanism,
)
from sim.model.world.ledgers import FIRMS_HERE, TALENTS_HERE
from sim.model.world.tables import (
    CLUSTERS,
    DISTRICTS,
    FIRST_ZONE,
    NEVER,
    NOBODY,
    City,
    Draw,
    Tables,
)

KINDS = len(PROGRAMME_KINDS)
PROPOSAL = whole_chance("proposal")
GROUPS = (KINDS + 3) // 4
"""Four kinds of programme share a draw."""
ZONES = mechanism("pilot_zones")


@process(
    "proposals",
    reads=(
        "cells: firms zone",
        "city: dose planned programme_rows services tallies",
        "programmes: alive cluster district kind site stage",
    ),
    writes=(
        "city: overflow planned programme_rows services",
        "programmes: alive case cell cluster district existing id kind members opens proposed",
        "programmes: site stage starts talents track wanted",
    ),
    scratch=("city: busiest", "struck who words"),
    draws=(purposes.PROPOSAL,),
)
def proposals(world: Tables, p: Draw, month: int) -> None:
    """Count what stands anew, and put the month's proposals on the table."""
    count_services(world, p)
    name_first_zones(world, p, month)
    propose(world, p, month)


@rule
def name_first_zones(world: Tables, p: Draw, month: int) -> None:
    """Propose the zones that the plan names, in the first month in which it calls for zones."""
    city = world.city[0]
    programmes = world.programmes
    for zone in range(len(city.zone_cell)):
        district = city.zone_district[zone]
        called, known = False, False
        for cluster in range(CLUSTERS):
            called = called or city.dose[ZONES, cluster, FIRST_ZONE + zone] > 0.0
        for row in range(city.programme_rows):
            entry = programmes[row]
            known = entry.kind == PILOT_ZONE and entry.site == zone
            if known:
                break
        if called and not known:
            cluster = strongest_cluster(city, district, FIRST_ZONE + zone)
            add_proposal(world, p, PILOT_ZONE, cluster, district, zone, month)


@rule
def strongest_cluster(city: City, district: int, place: int) -> int:
    """Return the cluster called to a place with most firms in its district, without a zone yet."""
    best, most = 0, -1.0
    for cluster in range(CLUSTERS):
        firms = city.tallies[FIRMS_HERE, cluster, district]
        firms /= 1.0 + city.planned[PILOT_ZONE, cluster, district]
        if city.dose[ZONES, cluster, place] > 0.0 and firms > most:
            best, most = cluster, firms
    return best


@rule
def propose(world: Tables, p: Draw, month: int) -> None:
    """Let each district's clusters propose programmes that they have a case for."""
    city, words = world.city[0], world.words
    draw_places(world, month)
    city.busiest[:] = NOBODY
    for k in range(list_callers(world, p)):
        place, kind = world.struck[k] // KINDS, world.struck[k] % KINDS
        cluster, district = place // DISTRICTS, place % DISTRICTS
        u = number(words[kind % 4, GROUPS * place + kind // 4])
        chance = call_rate(city, p, kind, cluster, district) * MONTH
        hazard = chance * case_for(city, p, kind, cluster, district)
        if u < bounded(PROPOSAL, hazard, chance * strongest_case(p)):
            add_proposal(world, p, kind, cluster, district, NOBODY, month)


@rule
def list_callers(world: Tables, p: Draw) -> int:
    """List in ``struck`` what may be proposed, given the strongest case; return how many it is."""
    city, words, listed = world.city[0], world.words, world.struck
    strongest = strongest_case(p)
    listing = 0
    for place in range(CLUSTERS * DISTRICTS):
        cluster, district = place // DISTRICTS, place % DISTRICTS
        for kind in range(KINDS):  # no branch: what is called for cannot be guessed
            u = number(words[kind % 4, GROUPS * place + kind // 4])
            listed[listing] = KINDS * place + kind
            bound = call_rate(city, p, kind, cluster, district) * MONTH * strongest
            listing += in_reach(u, bound)
    return listing


@rule
def strongest_case(p: Draw) -> float:
    """Return what no case exceeds."""
    return SLACK * max(1.0, p.undesignated_willingness) * max(1.0, p.case_without_institute)


@rule
def call_rate(city: City, p: Draw, kind: int, cluster: int, district: int) -> float:
    """Return how many programmes a year a place would propose, had it the best of cases."""
    called = city.dose[MECHANISM_OF[kind], cluster, district]
    return p.calls_usual[kind] + p.calls_plan[kind] * called


@rule
def draw_places(world: Tables, month: int) -> None:
    """Draw the words of every place that may propose: four kinds of programme share a draw."""
    city, who = world.city[0], world.who
    places = CLUSTERS * DISTRICTS * GROUPS
    for k in range(places):
        group, place = k % GROUPS, k // GROUPS
        who[k] = identity(namespaces.PLACE, place // DISTRICTS, place % DISTRICTS, group)
    fill_words(world.words, who, places, city.seed, city.replicate, month, purposes.PROPOSAL)


@rule
def case_for(city: City, p: Draw, kind: int, cluster: int, district: int) -> float:
    """Return the strength (0 to 1) of the case for one more programme here.

    Enough firms, enough talents, an institute in reach and a willing district; each one that
    exists already makes the next harder to argue for.
    """
    firms = min(1.0, city.tallies[FIRMS_HERE, cluster, district] / p.need_firms[kind])
    talents = min(1.0, city.tallies[TALENTS_HERE, cluster, district] / p.need_talents[kind])
    institutes = min(1.0, city.services[INSTITUTE, cluster, district])
    science = p.case_without_institute + (1.0 - p.case_without_institute) * institutes
    willing = p.undesignated_willingness
    if city.designated[cluster, district] > 0.0:
        willing = 1.0
    crowd = 1.0 + p.case_crowding * city.planned[kind, cluster, district]
    return firms * talents * science * willing / crowd


@rule
def add_proposal(
    world: Tables, p: Draw, kind: int, cluster: int, district: int, zone: int, month: int
) -> None:
    """Put a proposal on the table, if it has a site."""
    city = world.city[0]
    site, cell = zone, NOBODY
    if kind == COLLEGE:
        site = free_university(world, district)
        if site == NOBODY:
            return
        cell = city.university_cell[site]
    elif zone != NOBODY:
        cell = city.zone_cell[zone]
    else:
        if city.busiest[district] == NOBODY:
            city.busiest[district] = busiest_cell(world, district)
        cell = city.busiest[district]
    row = city.programme_rows
    if row >= min(len(world.programmes), len(world.talents.id)):  # the room of lists and words
        city.overflow = 1
        return
    city.programme_rows = row + 1
    entry = world.programmes[row]
    place = cluster * DISTRICTS + district
    if zone != NOBODY:
        place = CLUSTERS * DISTRICTS + zone
    entry.id = identity(namespaces.PROGRAMME, kind, place, month)
    entry.alive = 1
    entry.kind = kind
    entry.stage = PROPOSED
    entry.existing = 0
    entry.cluster = cluster
    entry.track = NOBODY
    entry.district = district
    entry.site = site
    entry.cell = cell
    entry.proposed = month
    entry.starts = NEVER
    entry.opens = NEVER
    entry.talents = 0
    entry.wanted = 0
    entry.members = 0
    entry.case = 1.0 if zone != NOBODY else case_for(city, p, kind, cluster, district)
    city.planned[kind, cluster, district] += 1.0


@rule
def free_university(world: Tables, district: int) -> int:
    """Return a university of the district that has no college and none proposed, or -1."""
    city = world.city[0]
    programmes = world.programmes
    for university in range(len(city.university_district)):
        if city.university_district[university] != district:
            continue
        taken = False
        for row in range(city.programme_rows):
            entry = programmes[row]
            if entry.alive == 1 and entry.kind == COLLEGE and entry.site == university:
                taken = True
        if not taken:
            return university
    return NOBODY


@rule
def busiest_cell(world: Tables, district: int) -> int:
    """Return the district's land cell outside zones with most firms."""
    city = world.city[0]
    cells = world.cells
    land_cells = world.land_cells
    best, most = city.district_start[district], -1
    for k in range(city.district_start[district], city.district_start[district + 1]):
        site = cells[land_cells[k]]
        firms = choose(site.zone == NOBODY, site.firms, -1)
        if firms > most:
            best, most = k, firms
    return land_cells[best]


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
