"""Who comes: graduates each July, and people from other cities and from abroad."""

from sim.chance import fill_words, identity, number
from sim.compiled import helper
from sim.rules.common import MONTH, bernoulli_slots, mean_over_districts
from sim.rules.struck import SLACK
from sim.world import purposes
from sim.world.codes import (
    BROUGHT_IN,
    CLUSTER_OF,
    COLLEGE,
    ENTREPRENEUR,
    GRADUATE,
    JUNIOR,
    OPEN,
    SCIENTIST,
    SENIOR,
    instrument,
)
from sim.world.luck import luck, normal_pair, pick_of, total_of
from sim.world.rows import add_talent
from sim.world.tables import ARRIVED, CLUSTERS, DISTRICTS, GRADUATED, TRACKS

PAY_ROOM = 4.0
"""How many times the usual arrivals pay can bring before candidates run out."""
DOSE_ROOM = 12.0
"""The same for the dose of the plan's calls."""
GLOBAL_TALENTS = instrument("global_talents")


@helper
def university_home(city, u):
    """Return the district of a university, each as likely as the others."""
    number = int(u * len(city.university_district))
    return city.university_district[number]


@helper
def graduate(world, p, month):
    """Add the year's cohort of the universities, and of colleges old enough to have one."""
    city = world.city[0]
    programmes = world.programmes
    years = (month - 9) * MONTH
    cohort = int(p.graduates * (1.0 + p.graduate_growth) ** years)
    weights = total_of(p.talent_weight)
    words, who = world.words, world.who
    for k in range(draw_candidates(world, GRADUATE, cohort, 0, month, month, purposes.GRADUATE)):
        track = pick_of(p.talent_weight, weights, number(words[0, k]))
        skill = normal_pair(number(words[1, k]), number(words[2, k]))
        home = university_home(city, number(words[3, k]))
        add_talent(world, who[k], track, JUNIOR, GRADUATE, home, skill)
        city.events[GRADUATED] += 1.0
    for row in range(city.programme_rows):
        college = programmes[row]
        teaches = college.alive == 1 and college.kind == COLLEGE and college.stage == OPEN
        if teaches and month - college.opens >= p.college_lag:
            graduate_college(world, p, row, month)


@helper
def graduate_college(world, p, row, month):
    """Add one college's cohort, trained for the tracks of its cluster."""
    city = world.city[0]
    programmes = world.programmes
    college = programmes[row]
    for k in range(int(p.college_cohort)):
        person = identity(college.id, k, month)
        a, b, c, _ = luck(city, person, month, purposes.GRADUATE)
        track = track_of_cluster(p, college.cluster, a)
        skill = p.college_skill + normal_pair(b, c)
        add_talent(world, person, track, JUNIOR, GRADUATE, college.district, skill)
        city.events[GRADUATED] += 1.0


@helper
def track_of_cluster(p, cluster, u):
    """Return a track of the cluster, in proportion to the tracks' weights for talents."""
    total = 0.0
    for track in range(TRACKS):
        if CLUSTER_OF[track] == cluster:
            total += p.talent_weight[track]
    left, last = u * total, 0
    for track in range(TRACKS):
        if CLUSTER_OF[track] == cluster:
            last = track
            left -= p.talent_weight[track]
            if left < 0.0:
                return track
    return last


@helper
def arrive(world, p, month):
    """Bring people from other cities and from abroad; the plan brings seniors and scientists.

    More come of themselves where scarcity has raised the pay.
    """
    city = world.city[0]
    tracks, words, who = world.tracks, world.words, world.who
    base = p.arrivals * MONTH
    extra = p.global_intake * MONTH
    weights, residents = total_of(p.talent_weight), total_of(city.people)
    best = 0.0
    for track in range(TRACKS):
        city.likelier[track] = tracks[track].pay ** p.pay_arrivals
        best = max(best, city.likelier[track])
    slots = bernoulli_slots(base, PAY_ROOM)
    bound = min(PAY_ROOM, SLACK * best) * base / slots
    why = purposes.ARRIVAL
    for k in range(draw_candidates(world, BROUGHT_IN, slots, 0, month, month, why)):
        chance = number(words[0, k])
        if chance < bound:
            track = pick_of(p.talent_weight, weights, number(words[1, k]))
            if chance < base / slots * city.likelier[track]:
                home = pick_of(city.people, residents, number(words[3, k]))
                arrive_one(world, p, who[k], track, home, number(words[2, k]), month, False)
    most = 0.0
    for cluster in range(CLUSTERS):
        city.likelier[cluster] = mean_over_districts(city.dose[GLOBAL_TALENTS], cluster)
        most = max(most, city.likelier[cluster])
    slots = bernoulli_slots(extra, DOSE_ROOM)
    bound = min(DOSE_ROOM, SLACK * most) * extra / slots
    for k in range(draw_candidates(world, BROUGHT_IN, slots, slots, -1 - month, month, why)):
        chance = number(words[0, k])
        if chance < bound:
            track = pick_of(p.talent_weight, weights, number(words[1, k]))
            if chance < extra / slots * city.likelier[CLUSTER_OF[track]]:
                home = called_home(city, CLUSTER_OF[track], number(words[3, k]))
                arrive_one(world, p, who[k], track, home, number(words[2, k]), month, True)


@helper
def draw_candidates(world, kind, number, first, key, month, purpose):
    """Name the month's candidates in ``who``, fill their ``words`` and return how many they are."""
    city, who = world.city[0], world.who
    if number > world.words.shape[1]:
        city.overflow = 1
        return 0
    for k in range(number):
        who[k] = identity(kind, first + k, key)
    fill_words(world.words, who, number, city.seed, city.replicate, month, purpose)
    return number


@helper
def called_home(city, cluster, u):
    """Return a district of those that call for a cluster's talents, by residents and dose."""
    total = 0.0
    for district in range(DISTRICTS):
        total += city.people[district] * city.dose[GLOBAL_TALENTS, cluster, district]
    left, last = u * total, 0
    for district in range(DISTRICTS):
        weight = city.people[district] * city.dose[GLOBAL_TALENTS, cluster, district]
        if weight > 0.0:
            last = district
            left -= weight
            if left < 0.0:
                return district
    return last


@helper
def arrive_one(world, p, person, track, home, for_level, month, called):
    """Add one person from outside; those whom the plan calls are seniors or better."""
    city = world.city[0]
    scientist, founder, senior = p.scientist_share, p.founder_share, p.arriving_seniors
    if called:
        scientist, founder, senior = p.called_scientists, p.called_founders, 1.0
    level = JUNIOR
    if for_level < scientist:
        level = SCIENTIST
    elif for_level < scientist + founder:
        level = ENTREPRENEUR
    elif for_level < scientist + founder + senior:
        level = SENIOR
    a, b, _, _ = luck(city, person, month, purposes.NEW_FIRM)
    skill = p.arrival_skill + normal_pair(a, b)
    add_talent(world, person, track, level, BROUGHT_IN, home, skill)
    city.events[ARRIVED] += 1.0
