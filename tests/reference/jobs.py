"""Jobs (section 7.3): people look for posts, pay follows scarcity."""

import bisect
import itertools
import math
from collections.abc import Callable
from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import CLUSTER_OF
from sim.model.world.ledgers import TALENTS_HERE
from tests.reference.luck import luck, name
from tests.reference.people import join, leave

Draw = Callable[[float], Any]
"""Whose post a uniform number meets; None where it meets none."""
Meet = Callable[[Any, int, list[Any]], Draw]
"""How those of a track meet its firms with open posts."""


def jobs(model: Any, month: int) -> None:
    """Let everyone who looks take the best post that they meet; then let pay follow scarcity."""
    look(model, month, by_posts)
    reprice(model)


def reprice(model: Any) -> None:
    """Let the pay of a track and level follow scarcity; firms ask for less of what is dearer."""
    p, usual = model.p, model.city.usual_seniors
    for track in model.tracks:
        odds = usual * (track.senior_pay / track.pay) ** -p.level_substitution
        above = odds / (odds + 1.0 - usual)
        for which, part, people in (
            ("senior_pay", above, track.senior_seekers + usual),
            ("pay", 1.0 - above, track.seekers - track.senior_seekers + 1.0 - usual),
        ):
            posts, looking = part * (track.vacancies + 1.0), people * p.posts_a_seeker
            factor = 1.0 + p.pay_speed / 12 * (posts - looking) / (posts + looking)
            paid = getattr(track, which) * factor
            setattr(track, which, max(p.pay_floor, min(p.pay_ceiling, paid)))


def look(model: Any, month: int, meet: Meet) -> None:
    """Let those who look do so one after the other, the first of them by rotation."""
    firms = list_firms(model)
    institutes = list_institutes(model)
    seekers = [model.talents[row] for row in model.scratch.seekers]
    for track in model.tracks:
        track.vacancies = track.seekers = track.senior_seekers = 0
    for here in firms.values():
        for firm in here:
            model.tracks[firm.track].vacancies += firm.wanted - firm.talents
    for person in seekers:
        model.tracks[person.track].seekers += 1
        model.tracks[person.track].senior_seekers += person.level != codes.JUNIOR
    meets = {track: meet(model, track, here) for track, here in firms.items()}
    first = name(namespaces.SEARCH, month) % max(1, len(seekers))
    for person in seekers[first:] + seekers[:first]:
        nobody: Draw = lambda _: None  # noqa: E731
        here = institutes.get(CLUSTER_OF[person.track], [])
        seek(model, person, meets.get(person.track, nobody), here, month)


def by_posts(model: Any, track: int, firms: list[Any]) -> Draw:
    """Return whose post a number meets: every open post of the month is as likely."""
    posts = list(itertools.accumulate(float(firm.wanted - firm.talents) for firm in firms))
    there, c = posts[-1] / max(1, model.tracks[track].seekers), model.p.matching_curve
    part = there / (1.0 + there**c) ** (1.0 / c)

    def draw(u: float) -> Any:
        place = bisect.bisect_right(posts, u / part * posts[-1])
        return firms[min(place, len(firms) - 1)] if u < part else None

    return draw


def by_firms(_model: Any, _track: int, firms: list[Any]) -> Draw:
    """Return whom a number meets: every firm with an open post is as likely."""
    return lambda u: firms[int(u * len(firms))]


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


def seek(model: Any, person: Any, draw: Draw, institutes: list[Any], month: int) -> None:
    """Let one person choose."""
    p = model.p
    a, b, c, d = luck(model, person.id, month, purposes.SEARCH)
    offers: list[tuple[float, Any, int]] = []
    for firm in filter(None, (draw(a), draw(b))):
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
