"""Looking for posts (section 7.2)."""

import math
from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import CLUSTER_OF
from sim.model.world.ledgers import TALENTS_HERE
from tests.reference.luck import luck, name
from tests.reference.people import join, leave


def look_for_posts(model: Any, seekers: list[Any], month: int) -> None:
    """Let everyone who looks take the best post that they meet, the first of them by rotation."""
    firms = list_firms(model)
    institutes = list_institutes(model)
    for track in model.tracks:
        track.vacancies = track.seekers = 0
    for here in firms.values():
        for firm in here:
            model.tracks[firm.track].vacancies += firm.wanted - firm.talents
    if not seekers:
        return
    first = name(namespaces.SEARCH, month) % len(seekers)
    for person in seekers[first:] + seekers[:first]:
        model.tracks[person.track].seekers += 1
        here = firms.get(person.track, [])
        seek(model, person, here, institutes.get(CLUSTER_OF[person.track], []), month)


def list_firms(model: Any) -> dict[int, list[Any]]:
    """Return the firms with open posts, by track."""
    found: dict[int, list[Any]] = {}
    for firm in model.firms:
        if firm.alive and firm.wanted > firm.talents:
            found.setdefault(firm.track, []).append(firm)
    return found


def list_institutes(model: Any) -> dict[int, list[Any]]:
    """Return the institutes with open posts, by cluster, each with its row."""
    found: dict[int, list[Any]] = {}
    for row, entry in enumerate(model.programmes):
        if entry.alive and entry.kind == codes.INSTITUTE and entry.wanted > entry.talents:
            found.setdefault(entry.cluster, []).append((row, entry))
    return found


def seek(model: Any, person: Any, firms: list[Any], institutes: list[Any], month: int) -> None:
    """Let one person choose."""
    p = model.p
    a, b, c, d = luck(model, person.id, month, purposes.SEARCH)
    offers: list[tuple[float, Any, int]] = []
    for u in (a, b) if firms else ():
        firm = firms[int(u * len(firms))]
        if firm.wanted > firm.talents and firm.row != person.employer:
            offers.append((worth(model, person, firm.district, firm.quality), firm, firm.row))
    if institutes and d < p.institute_interest:
        row, entry = institutes[int(c * len(institutes))]
        if entry.wanted > entry.talents:
            value = worth(model, person, entry.district, p.institute_appeal)
            offers.append((value, entry, codes.INSTITUTE_BASE - row))
    if not offers:
        return
    best = max(offers, key=lambda offer: offer[0])  # the first of equals
    if person.employer != codes.SEARCHING:
        if best[0] < p.switching + present(model, person):
            return
        leave(model, person, month)
    if best[2] >= 0:
        join(best[1], person, month)
    else:
        best[1].talents += 1
        person.employer, person.since = best[2], month


def present(model: Any, person: Any) -> float:
    """Return what a person's present post is worth."""
    if person.employer >= 0:
        firm = model.firms[person.employer]
        return worth(model, person, firm.district, firm.quality)
    entry = model.programmes[codes.INSTITUTE_BASE - person.employer]
    return worth(model, person, entry.district, model.p.institute_appeal)


def worth(model: Any, person: Any, district: int, quality: float) -> float:
    """Return what a post is worth to a person."""
    city, p = model.city, model.p
    people = city.tallies[TALENTS_HERE][CLUSTER_OF[person.track]][district]
    return float(
        p.pay_pull * quality
        - p.distance_push * city.distance[person.home][district] / 10.0
        + p.amenity_pull * city.core[district]
        + p.network_pull * math.log(1.0 + people)
    )
