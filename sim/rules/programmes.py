"""Process 1: proposals are made, approved, built, opened and closed; none adds to a count."""

import math

from sim.chance import fill_words, identity, number
from sim.compiled import helper
from sim.rules.common import MONTH, WAN_A_YI, choose
from sim.rules.struck import SLACK
from sim.world import purposes
from sim.world.codes import (
    APPROVED,
    BUILDING,
    COLLEGE,
    CONSORTIUM,
    INSTITUTE,
    OPEN,
    PILOT_ZONE,
    PROGRAMME_KINDS,
    PROPOSED,
    instrument,
    programme_instruments,
)
from sim.world.luck import luck
from sim.world.tables import CLUSTERS, DISTRICTS, FIRMS_HERE, NEVER, NOBODY, TALENTS_HERE

KINDS = len(PROGRAMME_KINDS)
GROUPS = KINDS // 4
INSTRUMENT_OF = programme_instruments()
COORDINATION = instrument("coordination")
EXPERT_GROUP = instrument("expert_group")
ZONES = instrument("pilot_zones")


@helper
def programmes(world, p, month):
    """Run the programme pipeline for one month."""
    if month == 0:
        count_services(world, p)  # of what existed: nobody has counted it yet
    advance(world, p, month)
    name_first_zones(world, p, month)
    propose(world, p, month)
    approve(world, p, month)
    count_services(world, p)


@helper
def advance(world, p, month):
    """Move programmes along: approved, building, open; drop stale proposals; close some."""
    city, words = world.city[0], world.words
    programmes = world.programmes
    draw_closings(world, month)
    open_so_far = 0
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.alive == 0:
            continue
        if entry.stage == PROPOSED:
            if month - entry.proposed >= p.proposal_life:
                entry.alive = 0
        elif entry.stage == APPROVED:
            if month >= entry.starts:
                entry.stage = BUILDING
        elif entry.stage == BUILDING:
            if month >= entry.opens:
                entry.stage = OPEN
                open_programme(world, p, row, month)
        else:
            if number(words[0, open_so_far]) < p.closing[entry.kind] * MONTH:
                close_programme(world, row)
            open_so_far += 1


@helper
def draw_closings(world, month):
    """Draw the words of the programmes that are open, in the order of their rows."""
    city, who = world.city[0], world.who
    programmes = world.programmes
    entries = 0
    for row in range(city.programme_rows):  # no branch: what is open cannot be guessed
        entry = programmes[row]
        who[entries] = entry.id
        entries += int(entry.alive) & int(entry.stage == OPEN)
    fill_words(world.words, who, entries, city.seed, city.replicate, month, purposes.CLOSING)


@helper
def open_programme(world, p, row, month):
    """Let a programme take effect on the ground: zones, posts, members."""
    entry = world.programmes[row]
    if entry.kind == PILOT_ZONE:
        mark_zone(world, p, row)
    elif entry.kind == INSTITUTE:
        entry.wanted = int(p.institute_posts)
    elif entry.kind == CONSORTIUM:
        gather_members(world, p, row, month)


@helper
def mark_zone(world, p, row):
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


@helper
def gather_members(world, p, row, month):
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


@helper
def close_programme(world, row):
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


@helper
def case_for(city, p, kind, cluster, district):
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


@helper
def propose(world, p, month):
    """Let each district's clusters propose programmes that they have a case for."""
    city, words = world.city[0], world.words
    draw_places(world, month)
    city.busiest[:] = NOBODY
    for k in range(list_callers(world, p)):
        place, kind = world.struck[k] // KINDS, world.struck[k] % KINDS
        cluster, district = place // DISTRICTS, place % DISTRICTS
        u = number(words[kind % 4, GROUPS * place + kind // 4])
        chance = call_rate(city, p, kind, cluster, district) * MONTH
        if u < chance * case_for(city, p, kind, cluster, district):
            add_proposal(world, p, kind, cluster, district, NOBODY, month)


@helper
def list_callers(world, p):
    """List in ``struck`` what may be proposed, given the strongest case; return how many it is."""
    city, words, listed = world.city[0], world.words, world.struck
    strongest = SLACK * max(1.0, p.undesignated_willingness) * max(1.0, p.case_without_institute)
    listing = 0
    for place in range(CLUSTERS * DISTRICTS):
        cluster, district = place // DISTRICTS, place % DISTRICTS
        for kind in range(KINDS):  # no branch: what is called for cannot be guessed
            u = number(words[kind % 4, GROUPS * place + kind // 4])
            listed[listing] = KINDS * place + kind
            listing += u < call_rate(city, p, kind, cluster, district) * MONTH * strongest
    return listing


@helper
def call_rate(city, p, kind, cluster, district):
    """Return how many programmes a year a place would propose, had it the best of cases."""
    called = city.dose[INSTRUMENT_OF[kind], cluster, district]
    return p.calls_usual[kind] + p.calls_plan[kind] * called


@helper
def draw_places(world, month):
    """Draw the words of every place that may propose: four kinds of programme share a draw."""
    city, who = world.city[0], world.who
    places = CLUSTERS * DISTRICTS * GROUPS
    for k in range(places):
        group, place = k % GROUPS, k // GROUPS
        who[k] = identity(place // DISTRICTS, place % DISTRICTS, group)
    fill_words(world.words, who, places, city.seed, city.replicate, month, purposes.PROPOSAL)


@helper
def add_proposal(world, p, kind, cluster, district, zone, month):
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
    entry.id = identity(1000 + kind, cluster * DISTRICTS + district, month)
    if zone != NOBODY:
        entry.id = identity(1000 + kind, CLUSTERS * DISTRICTS + zone, month)
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


@helper
def free_university(world, district):
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


@helper
def busiest_cell(world, district):
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


@helper
def name_first_zones(world, p, month):
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


@helper
def strongest_cluster(city, district):
    """Return the called cluster with most firms here that has no zone here yet."""
    best, most = 0, -1.0
    for cluster in range(CLUSTERS):
        firms = city.tallies[FIRMS_HERE, cluster, district]
        firms /= 1.0 + city.planned[PILOT_ZONE, cluster, district]
        if city.dose[ZONES, cluster, district] > 0.0 and firms > most:
            best, most = cluster, firms
    return best


@helper
def approve(world, p, month):
    """Approve the best proposals, as far as the city can organise and pay for them."""
    city = world.city[0]
    programmes = world.programmes
    capacity = p.approvals_a_month * (1.0 + p.coordination_gain * city.mean_dose[COORDINATION])
    city.approval_credit = min(city.approval_credit + capacity, p.credit_months * capacity + 1.0)
    for kind in range(KINDS):
        budget = p.cost[INSTRUMENT_OF[kind]] * WAN_A_YI * MONTH
        funded = p.usual_budget + city.mean_dose[INSTRUMENT_OF[kind]]
        city.purse[kind] += budget * funded
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


@helper
def list_proposals(world):
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


@helper
def opening(city, p, entry, month):
    """Return the month in which a proposal would open if it were approved now."""
    u, _, _, _ = luck(city, entry.id, 0, purposes.BUILDING_TIME)
    stretch = 1.0 + p.building_spread * (2.0 * u - 1.0)
    return month + 1 + max(1, round(p.building_months[entry.kind] * stretch))


@helper
def count_services(world, p):
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
