"""Process 2: people graduate, arrive, learn, leave and look for posts; pay follows scarcity."""

import math

import numpy as np

from sim.chance import fill_first_words, fill_words, identity, number
from sim.compiled import helper, inlined
from sim.rules.common import (
    MONTH,
    WORD,
    bernoulli_slots,
    calendar_month,
    mean_over_districts,
)
from sim.rules.founding import founding_factor, most_likely, rate_foundings
from sim.rules.struck import SLACK, list_flagged, reach
from sim.world import purposes
from sim.world.codes import (
    BROUGHT_IN,
    CLUSTER_OF,
    COLLEGE,
    ENTREPRENEUR,
    GRADUATE,
    INSTITUTE,
    INSTITUTE_BASE,
    JUNIOR,
    OPEN,
    SCIENTIST,
    SEARCHING,
    SENIOR,
    WORKSTATION,
    instrument,
)
from sim.world.luck import luck, normal_pair, pick_of, total_of
from sim.world.rows import add_talent, join_firm, leave_employer
from sim.world.tables import (
    ARRIVED,
    CLUSTERS,
    DEPARTED,
    DISTRICTS,
    GRADUATED,
    NOBODY,
    TALENTS_HERE,
    TRACKS,
)

JULY = 6
PAY_ROOM = 4.0
"""How many times the usual arrivals pay can bring before candidates run out."""
DOSE_ROOM = 12.0
"""The same for the dose of the plan's calls."""
GLOBAL_TALENTS = instrument("global_talents")
WORKSTATIONS = instrument("workstations")


@helper
def talent(world, p, month):
    """Run the talent market for one month."""
    if calendar_month(month) == JULY:
        graduate(world, p, month)
    arrive(world, p, month)
    rate_foundings(world.city[0], p)
    live(world, p, month)
    rate_districts(world.city[0], p)
    list_vacancies(world)
    search(world, p, month)
    reprice(world, p)


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
    if number > len(who):
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


@helper
def live(world, p, month):
    """Let everyone work, learn, quit or leave; list those who search or think of founding.

    One random word a person decides among disjoint bands of chance, so most people take one
    comparison. The last band is of what depends on the place (learning, founding): it is as wide
    as it is for the likeliest person, and whoever falls into it is looked at closely.
    """
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    people = world.talents
    words = world.words
    fill_first_words(
        words[0],
        people.id,
        city.talent_rows,
        city.seed,
        city.replicate,
        month,
        purposes.TALENT_MONTH,
    )
    yearly = WORD * MONTH
    leave_searching = int(yearly * p.leave_searching)
    searches = leave_searching + int(WORD * (1.0 - p.leave_searching) * p.search_contact)
    leave = int(yearly * p.leave_employed)
    quits = leave + int(yearly * p.quit_rate)
    poached = quits + int(yearly * p.poaching)
    founding = yearly * p.founding
    learning = yearly * p.learning
    learns = quits + learning * rate_learning(city, p)
    founds = poached + founding * most_likely(city, p)
    looked_at = list_looked_at(world, learns / WORD, founds / WORD)
    seekers, founders = 0, 0
    for k in range(looked_at):
        i = world.founders[k]
        chance = words[0, i]
        if people.employer[i] == SEARCHING:
            if chance < leave_searching:
                depart(city, people.alive, i)
            elif chance < searches:
                world.seekers[seekers] = i
                seekers += 1
        elif chance < quits:
            leave_employer(people, firms, programmes, i, month)
            if chance < leave:
                depart(city, people.alive, i)
        elif people.level[i] == JUNIOR:
            place = workplace(people, firms, programmes, i)
            if chance < quits + learning * city.learning[CLUSTER_OF[people.track[i]], place]:
                learn(people, firms, i)
        elif chance < poached:
            world.seekers[seekers] = i
            seekers += 1
        elif chance < poached + founding * founding_factor(
            city,
            p,
            CLUSTER_OF[people.track[i]],
            people.home[i],
            people.level[i],
            people.employer[i],
            people.failures[i],
        ):
            world.founders[founders] = i
            founders += 1
    city.sizes[0] = seekers
    city.sizes[1] = founders


@helper
def list_looked_at(world, for_juniors, for_others):
    """List in ``founders`` who searches or has a word low enough; return how many they are.

    Founders are listed in the same place later, never ahead of the one that is looked at.
    """
    people, flags = world.talents, world.flags
    employer, alive, level, word = people.employer, people.alive, people.level, world.words[0]
    rows = world.city[0].talent_rows
    junior, other = np.uint32(reach(for_juniors)), np.uint32(reach(for_others))
    for i in range(rows):  # no branch, so that it becomes vector instructions
        highest = junior if level[i] == JUNIOR else other
        flags[i] = alive[i] & ((employer[i] == SEARCHING) | (word[i] <= highest))
    return list_flagged(world, rows, world.founders)


@helper
def depart(city, alive, talent):
    """Let a searching person leave the city's future industries; the row becomes free."""
    alive[talent] = 0
    city.free_talent = min(city.free_talent, talent)
    city.events[DEPARTED] += 1.0


@helper
def workplace(people, firms, programmes, talent):
    """Return the district in which one with a post works."""
    employer = people.employer[talent]
    if employer >= 0:
        return firms[employer].district
    return programmes[INSTITUTE_BASE - employer].district


@helper
def learning_factor(city, p, cluster, district):
    """Return how much likelier than usual a junior becomes a senior: workstations in reach."""
    stations = city.services[WORKSTATION, cluster, district]
    dose = city.dose[WORKSTATIONS, cluster, district]
    return 1.0 + p.workstation_gain * (stations / (stations + p.workstation_half) + dose)


@helper
def rate_learning(city, p):
    """Compute this month's learning factors, and return the greatest."""
    most = 0.0
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            factor = learning_factor(city, p, cluster, district)
            city.learning[cluster, district] = factor
            most = max(most, factor)
    return most


@helper
def learn(people, firms, talent):
    """Make a junior a senior, on the employer's books too."""
    people.level[talent] = SENIOR
    if people.employer[talent] >= 0:
        firms[people.employer[talent]].seniors += 1


@helper
def list_vacancies(world):
    """List firms with open posts by track, and institutes with open posts by cluster."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    for track in range(TRACKS):
        tracks[track].vacancies = 0
        tracks[track].seekers = 0
    city.vacant_start[:] = 0
    number = 0
    for i in range(city.firm_rows):  # no branch: which firm has a post cannot be guessed
        firm = firms[i]
        world.struck[number] = i
        number += int(firm.wanted > firm.talents) & int(firm.alive)
    for k in range(number):
        firm = firms[world.struck[k]]
        city.vacant_start[firm.track] += 1
        tracks[firm.track].vacancies += firm.wanted - firm.talents
    # A counting sort: the counts become ends, and filling backwards turns ends into starts.
    for track in range(1, TRACKS + 1):
        city.vacant_start[track] += city.vacant_start[track - 1]
    for k in range(number - 1, -1, -1):
        i = world.struck[k]
        track = firms[i].track
        city.vacant_start[track] -= 1
        world.rows[city.vacant_start[track]] = i
    list_posts(world)


@helper
def list_posts(world):
    """List institutes with open posts, cluster by cluster."""
    city = world.city[0]
    programmes = world.programmes
    number = 0
    for cluster in range(CLUSTERS):
        city.post_start[cluster] = number
        for row in range(city.programme_rows):
            entry = programmes[row]
            if (
                entry.alive == 1
                and entry.kind == INSTITUTE
                and entry.cluster == cluster
                and entry.wanted > entry.talents
                and number < len(city.posts)
            ):
                city.posts[number] = row
                number += 1
    city.post_start[CLUSTERS] = number


@helper
def rate_districts(city, p):
    """Compute what a district offers a talent of a cluster: amenities, and people of the field."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            network = math.log1p(city.tallies[TALENTS_HERE, cluster, district])
            value = p.amenity_pull * city.core[district] + p.network_pull * network
            city.pull[cluster, district] = value


@helper
def rate_distances(city, p):
    """Compute what the way from home to work costs a talent."""
    for home in range(DISTRICTS):
        for district in range(DISTRICTS):
            city.away[home, district] = p.distance_push * city.distance[home, district] / 10.0


@helper
def appeal(city, p, cluster, home, district, quality):
    """Return what a post offers a person: pay (firms pay for quality), distance and the place."""
    return p.pay_pull * quality - city.away[home, district] + city.pull[cluster, district]


@helper
def search(world, p, month):
    """Let everyone who looks meet two firms, perhaps an institute, and take the best offer."""
    city = world.city[0]
    people, firms, programmes, tracks = world.talents, world.firms, world.programmes, world.tracks
    seekers, who, words, vacant = world.seekers, world.who, world.words, world.rows
    seeking = city.sizes[0]
    if seeking == 0:
        return
    rate_distances(city, p)
    for k in range(seeking):
        who[k] = people.id[seekers[k]]
    fill_words(words, who, seeking, city.seed, city.replicate, month, purposes.SEARCH)
    first = identity(month, 0, 0) % seeking
    for turn in range(seeking):
        k = first + turn if first + turn < seeking else first + turn - seeking
        talent = seekers[k]
        tracks[people.track[talent]].seekers += 1
        best = seek(city, p, people, firms, programmes, vacant, words, talent, k)
        if best != NOBODY:
            take_up(people, firms, programmes, talent, best, month)


@inlined
def seek(city, p, people, firms, programmes, vacant, words, talent, k):
    """Return the post that one person would take of those that chance puts before them."""
    track, home = people.track[talent], people.home[talent]
    cluster = CLUSTER_OF[track]
    best, worth = NOBODY, -1.0e9
    low, high = city.vacant_start[track], city.vacant_start[track + 1]
    for j in range(2):
        if high > low:
            row = vacant[low + int(number(words[j, k]) * (high - low))]
            firm = firms[row]
            if firm.wanted > firm.talents and row != people.employer[talent]:
                value = appeal(city, p, cluster, home, firm.district, firm.quality)
                if value > worth:
                    best, worth = row, value
    low, high = city.post_start[cluster], city.post_start[cluster + 1]
    if high > low and number(words[3, k]) < p.institute_interest:
        row = city.posts[low + int(number(words[2, k]) * (high - low))]
        entry = programmes[row]
        value = appeal(city, p, cluster, home, entry.district, p.institute_appeal)
        if entry.wanted > entry.talents and value > worth:
            best, worth = INSTITUTE_BASE - row, value
    employer = people.employer[talent]
    if best != NOBODY and employer != SEARCHING:
        district, quality = 0, p.institute_appeal
        if employer >= 0:
            district, quality = firms[employer].district, firms[employer].quality
        else:
            district = programmes[INSTITUTE_BASE - employer].district
        if worth < p.switching + appeal(city, p, cluster, home, district, quality):
            best = NOBODY
    return best


@helper
def take_up(people, firms, programmes, talent, post, month):
    """Let a person leave the present employer, if any, and take up a post."""
    if people.employer[talent] != SEARCHING:
        leave_employer(people, firms, programmes, talent, month)
    if post >= 0:
        join_firm(people, firms, talent, post, month)
    else:
        programmes[INSTITUTE_BASE - post].talents += 1
        people.employer[talent] = post
        people.since[talent] = month


@helper
def reprice(world, p):
    """Raise or lower the cost of a talent as posts outnumber those who seek them."""
    tracks = world.tracks
    for k in range(TRACKS):
        track = tracks[k]
        posts = track.vacancies + 1.0
        seekers = (track.seekers + 1.0) * p.posts_a_seeker
        tightness = (posts - seekers) / (posts + seekers)
        track.pay *= 1.0 + p.pay_speed * MONTH * tightness
        track.pay = min(p.pay_ceiling, max(p.pay_floor, track.pay))
