"""The job market: open posts are listed, people meet them and choose, pay follows scarcity."""

import math

from sim.chance import fill_words, identity, number
from sim.compiled import helper, inlined
from sim.rules.common import MONTH
from sim.world import purposes
from sim.world.codes import CLUSTER_OF, INSTITUTE, INSTITUTE_BASE, SEARCHING
from sim.world.rows import join_firm, leave_employer, set_employer
from sim.world.tables import CLUSTERS, DISTRICTS, NOBODY, TALENTS_HERE, TRACKS


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
            take_up(city, people, firms, programmes, talent, best, month)


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
def take_up(city, people, firms, programmes, talent, post, month):
    """Let a person leave the present employer, if any, and take up a post."""
    if people.employer[talent] != SEARCHING:
        leave_employer(city, people, firms, programmes, talent, month)
    if post >= 0:
        join_firm(city, people, firms, talent, post, month)
    else:
        programmes[INSTITUTE_BASE - post].talents += 1
        set_employer(city, people, talent, post, month)


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
