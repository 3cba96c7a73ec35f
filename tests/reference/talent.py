"""Talent (section 7.2): people come and live a month."""

from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import CLUSTER_OF, mechanism
from sim.model.world.ledgers import ARRIVED, DEPARTED, GRADUATED, SUCCESSES_HERE
from sim.model.world.tables import CLUSTERS, DISTRICTS, NEVER, TRACKS
from tests.reference.luck import glance, luck, name, normal, pick, whole
from tests.reference.people import leave

GLOBAL, STATIONS, SOURCING, RISK, TOLERANCE, FORUMS, BURDEN, SCIENCE, ACCESS = map(
    mechanism,
    (
        *("global_talents", "workstations", "sourcing", "risk_sharing", "tolerance"),
        *("forums", "talent_burden", "big_science", "market_access"),
    ),
)
JULY = 9
"""Month number of the first July."""


def talent(model: Any, month: int) -> None:
    """Let people come, and live a month of their lives."""
    if month % 12 == JULY:
        graduate(model, month)
    arrive(model, month)
    model.scratch.seekers = [person.row for person in live(model, month)]


def add(model: Any, who: int, track: int, level: int, origin: int, home: int, skill: float) -> None:
    """Let a person come who looks for a post."""
    person = model.new("talents")
    person.id, person.track, person.level, person.origin = who, track, level, origin
    person.home, person.skill = home, skill
    person.since, person.employer = NEVER, codes.SEARCHING


def graduate(model: Any, month: int) -> None:
    """Let the year's cohorts of the universities and of old enough colleges enter."""
    city, p = model.city, model.p
    for k in range(int(p.graduates * (1.0 + p.graduate_growth) ** ((month - JULY) / 12))):
        who = name(namespaces.GRADUATE, k, month)
        a, b, c, d = luck(model, who, month, purposes.GRADUATE)
        home = city.university_district[int(d * len(city.university_district))]
        track = pick(p.talent_weight, a)
        add(model, who, track, codes.JUNIOR, codes.GRADUATE, home, normal(b, c))
        city.events[GRADUATED] += 1.0
    for entry in model.programmes:
        open_ = entry.alive and entry.kind == codes.COLLEGE and entry.stage == codes.OPEN
        if not open_ or month - entry.opens < p.college_lag:
            continue
        own = [k for k in range(TRACKS) if CLUSTER_OF[k] == entry.cluster]
        for k in range(int(p.college_cohort)):
            who = name(namespaces.COLLEGE_GRADUATE, entry.id, k, month)
            a, b, c, _ = luck(model, who, month, purposes.GRADUATE)
            track = own[pick([p.talent_weight[each] for each in own], a)]
            skill = p.college_skill + normal(b, c)
            add(model, who, track, codes.JUNIOR, codes.GRADUATE, entry.district, skill)
            city.events[GRADUATED] += 1.0


def arrive(model: Any, month: int) -> None:
    """Let people come of themselves, and those whom the plan calls."""
    city, p = model.city, model.p
    usual = p.arrivals / 12
    candidates = 16 + int(4.0 * usual)
    for k in range(candidates):
        who = name(namespaces.ARRIVAL, k, month)
        a, b, c, d = luck(model, who, month, purposes.ARRIVAL)
        track = pick(p.talent_weight, b)
        drawn = max(0.0, 1.0 + p.science_pull * city.mean_dose[SCIENCE])
        shares = (p.scientist_share * drawn, p.founder_share, p.arriving_seniors)
        paid = model.tracks[track].senior_pay if c < sum(shares) else model.tracks[track].pay
        likelier = paid**p.pay_arrivals * city.left_by_rivals
        if a < usual / candidates * min(4.0, likelier):
            come(model, who, track, pick(city.people, d), c, shares, p.arrival_skill, month)
    called = p.global_intake / 12
    candidates = 16 + int(12.0 * called)
    for k in range(candidates):
        who = name(namespaces.CALLED, k, month)
        a, b, c, d = luck(model, who, month, purposes.ARRIVAL)
        track = pick(p.talent_weight, b)
        doses = city.dose[GLOBAL][CLUSTERS + track][:DISTRICTS]
        if a < called / candidates * min(12.0, sum(doses) / DISTRICTS * city.left_by_rivals):
            homes = [n * dose for n, dose in zip(city.people, doses, strict=True)]
            shares = (p.called_scientists, p.called_founders, 1.0)
            come(model, who, track, pick(homes, d), c, shares, p.called_skill, month)


def come(
    model: Any,
    who: int,
    track: int,
    home: int,
    u: float,
    shares: tuple[float, ...],
    ability: float,
    month: int,
) -> None:
    """Let one person come, whose level ``u`` decides; ``ability`` is the mean of such people."""
    levels = (codes.SCIENTIST, codes.ENTREPRENEUR, codes.SENIOR)
    level, below = codes.JUNIOR, 0.0
    for share, each in zip(shares, levels, strict=True):
        below += share
        if u < below:
            level = each
            break
    a, b, _, _ = luck(model, who, month, purposes.NEW_FIRM)
    skill = ability + normal(a, b)
    add(model, who, track, level, codes.BROUGHT_IN, home, skill)
    model.city.events[ARRIVED] += 1.0


def live(model: Any, month: int) -> list[Any]:
    """Let everyone live a month; return who looks for a post, and leave who founds to entry."""
    p, without_post, with_post = model.p, [], []
    model.scratch.founders = []
    for person in model.talents:
        if not person.alive:
            continue
        byte = glance(model, person.id, month // 16, month % 16)
        u = whole(byte, luck(model, person.id, month, purposes.TALENT_MONTH)[0])
        if person.employer == codes.SEARCHING:
            if u < p.leave_searching / 12:
                depart(model, person)
            elif u < p.leave_searching / 12 + (1.0 - p.leave_searching) * p.search_contact:
                without_post.append(person)
            continue
        left = (p.leave_employed + p.retirement * (person.level != codes.JUNIOR)) / 12
        quits = left + p.quit_rate / 12
        if u < quits:
            leave(model, person, month)
            if u < left:
                depart(model, person)
        elif person.level == codes.JUNIOR:
            if u < quits + p.learning / 12 * learning(model, person):
                person.level = codes.SENIOR
                if person.employer >= 0:
                    model.firms[person.employer].seniors += 1
        elif u < quits + p.poaching / 12:
            with_post.append(person)
        elif u < quits + p.poaching / 12 + p.founding / 12 * founding(model, person):
            model.scratch.founders.append(person.row)
    return without_post + with_post


def depart(model: Any, person: Any) -> None:
    """Let a person leave the city's future industries."""
    model.end("talents", person)
    model.city.events[DEPARTED] += 1.0


def learning(model: Any, person: Any) -> float:
    """Return how much likelier than usual a junior becomes a senior."""
    city, p, c = model.city, model.p, CLUSTER_OF[person.track]
    if person.employer >= 0:
        work = model.firms[person.employer]
        place = work.place
    else:
        work = model.programmes[codes.INSTITUTE_BASE - person.employer]
        place = work.district
    s = city.services[codes.WORKSTATION][c][work.district]
    gain = s / (s + p.workstation_half) + city.dose[STATIONS][CLUSTERS + person.track][place]
    return float(1.0 + p.workstation_gain * gain)


def worth_a_firm(model: Any, person: Any) -> float:
    """Return how many projects are worth a firm, against one as usual (section 7.9)."""
    p, dose = model.p, model.city.dose[ACCESS][CLUSTERS + person.track][person.home]
    dear = model.tracks[person.track].pay ** (-p.founding_pay)
    return float(dear * max(0.0, 1.0 + p.access_entry * dose))


def founding(model: Any, person: Any) -> float:
    """Return how much likelier than usual a person founds a firm (section 7.9)."""
    city, p, b, d = model.city, model.p, CLUSTERS + person.track, person.home
    recent = city.tallies[SUCCESSES_HERE][CLUSTER_OF[person.track]][d]
    factor = 1.0 + p.contagion * recent / (recent + p.contagion_half)
    factor *= 1.0 + p.sourcing_founding * city.dose[SOURCING][b][d]
    factor *= 1.0 + p.risk_founding * city.dose[RISK][b][d]
    factor *= 1.0 + p.forum_founding * city.dose[FORUMS][b][d]
    factor *= 1.0 + p.tolerance_founding * city.dose[TOLERANCE][b][d]
    factor *= worth_a_firm(model, person)
    if person.failures > 0:
        excused = p.tolerance_gain * city.dose[TOLERANCE][b][d]
        excused += p.risk_gain * city.dose[RISK][b][d]
        factor *= min(1.0, p.second_chance + excused)
    if person.level == codes.ENTREPRENEUR:
        factor *= p.entrepreneur_factor
    if person.employer <= codes.INSTITUTE_BASE:
        factor *= p.institute_founding * (1.0 + p.burden_founding * city.dose[BURDEN][b][d])
    return float(factor)
