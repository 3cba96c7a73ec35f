"""Proposals (section 7.1): what districts' clusters ask for, and how strong their case is."""

from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import OPEN, PROPOSED, mechanism
from sim.model.world.tables import CLUSTERS, DISTRICTS, KINDS, NEVER, NOBODY, PROGRAMME_FIELDS
from tests.reference.luck import luck, name
from tests.reference.objects import Thing

ZONES = mechanism("pilot_zones")


def proposals(model: Any, month: int) -> None:
    """Run the process for one month: what stands is counted, then comes what is new."""
    count(model)
    for zone in range(len(model.city.zone_cell)):
        propose_named(model, zone, month)
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            propose(model, cluster, district, month)


def count(model: Any) -> None:
    """Count the programmes that stand, and those in reach that are open."""
    city, p = model.city, model.p
    for kind in range(KINDS):
        for c in range(CLUSTERS):
            city.planned[kind][c] = [0.0] * DISTRICTS
            city.services[kind][c] = [0.0] * DISTRICTS
    for entry in model.programmes:
        if entry.alive:
            city.planned[entry.kind][entry.cluster][entry.district] += 1.0
            if entry.stage == OPEN:
                city.services[entry.kind][entry.cluster][entry.district] += 1.0
    for kind in range(KINDS):
        for here in city.services[kind]:
            total = sum(here)
            here[:] = [number + p.service_reach * (total - number) for number in here]


def propose_named(model: Any, zone: int, month: int) -> None:
    """Propose a zone that the plan names, once, when zones first have a dose there."""
    city = model.city
    district = city.zone_district[zone]
    place = 2 * DISTRICTS + zone
    called = [c for c in range(CLUSTERS) if city.dose[ZONES][c][place] > 0.0]
    known = any(e.kind == codes.PILOT_ZONE and e.site == zone for e in model.programmes)
    if called and not known:
        planned, firms = city.planned[codes.PILOT_ZONE], city.tallies[0]
        best = max(called, key=lambda c: firms[c][district] / (1.0 + planned[c][district]))
        who = name(namespaces.PROGRAMME, codes.PILOT_ZONE, CLUSTERS * DISTRICTS + zone, month)
        add(model, who, codes.PILOT_ZONE, best, district, zone, city.zone_cell[zone], 1.0, month)


def propose(model: Any, cluster: int, district: int, month: int) -> None:
    """Let a cluster in a district propose what it has a case for."""
    city = model.city
    for kind in range(KINDS):
        place = name(namespaces.PLACE, cluster, district, kind // 4)
        u = luck(model, place, month, purposes.PROPOSAL)[kind % 4]
        case = case_for(model, kind, cluster, district)
        if u >= chance_of(model, kind, cluster, district, case):
            continue
        site, cell = NOBODY, busiest_cell(model, district)
        if kind == codes.COLLEGE:
            site = free_university(model, district)
            if site == NOBODY:
                continue
            cell = city.university_cell[site]
        who = name(namespaces.PROGRAMME, kind, cluster * DISTRICTS + district, month)
        add(model, who, kind, cluster, district, site, cell, case, month)


def free_university(model: Any, district: int) -> int:
    """Return the first university of a district without a college, proposed ones too, or -1."""
    taken = {e.site for e in model.programmes if e.alive and e.kind == codes.COLLEGE}
    for university, seat in enumerate(model.city.university_district):
        if seat == district and university not in taken:
            return university
    return NOBODY


def busiest_cell(model: Any, district: int) -> int:
    """Return the district's land cell outside zones with most firms, else its first."""
    start, end = model.city.district_start[district : district + 2]
    cells: list[int] = model.land_cells[start:end]
    free = [number for number in cells if model.cells[number].zone == NOBODY]
    return max(free, key=lambda number: model.cells[number].firms, default=cells[0])


def add(
    model: Any,
    who: int,
    kind: int,
    cluster: int,
    district: int,
    site: int,
    cell: int,
    case: float,
    month: int,
) -> None:
    """Put a proposal on the table, in a row that no programme ever had."""
    entry: Any = Thing(PROGRAMME_FIELDS)
    entry.row, entry.id, entry.alive, entry.kind, entry.stage = (
        len(model.programmes),
        who,
        1,
        kind,
        PROPOSED,
    )
    entry.cluster, entry.district, entry.site, entry.cell = cluster, district, site, cell
    entry.track, entry.proposed, entry.starts, entry.opens = NOBODY, month, NEVER, NEVER
    entry.case = case
    model.programmes.append(entry)
    model.city.planned[kind][cluster][district] += 1.0


def case_for(model: Any, kind: int, cluster: int, district: int) -> float:
    """Return the strength of the case that a cluster makes in a district."""
    city, p = model.city, model.p
    firms = min(1.0, city.tallies[0][cluster][district] / p.need_firms[kind])
    talents = min(1.0, city.tallies[1][cluster][district] / p.need_talents[kind])
    institutes = min(1.0, city.services[codes.INSTITUTE][cluster][district])
    science = p.case_without_institute + (1.0 - p.case_without_institute) * institutes
    named = city.designated[cluster][district]
    willing = 1.0 if named else p.undesignated_willingness
    planned = city.planned[kind][cluster][district]
    return float(firms * talents * science * willing / (1.0 + p.case_crowding * planned))


def chance_of(model: Any, kind: int, cluster: int, district: int, case: float) -> float:
    """Return the chance that a programme is proposed this month."""
    p, dose = model.p, model.city.dose[codes.MECHANISM_OF[kind]][cluster][district]
    return float((p.calls_usual[kind] + p.calls_plan[kind] * dose) / 12 * case)
