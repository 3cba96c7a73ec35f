"""The job market: open posts are listed, people meet them and choose, pay follows scarcity."""

import math

from sim.engine import rule
from sim.engine.chance import fill_words, identity, number
from sim.model.rules.common import MONTH, choose
from sim.model.world import namespaces, purposes
from sim.model.world.codes import CLUSTER_OF, INSTITUTE, INSTITUTE_BASE, SEARCHING
from sim.model.world.ledgers import TALENTS_HERE
from sim.model.world.rows import join_firm, leave_employer, set_employer
from sim.model.world.tables import CLUSTERS, DISTRICTS, TRACKS, City, Draw, Offer, Tables

NOTHING = -1.0e9
"""What no offer is worth."""


@rule
def list_vacancies(world: Tables) -> None:
    """List firms with open posts by track, and institutes with open posts by cluster."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    for track in range(TRACKS):
        tracks[track].vacancies = 0
        tracks[track].seekers = 0
    city.vacant_start[:] = 0
    world.rows[0], city.posts[0] = 0, 0  # looked at, though not taken, where no post is open
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


@rule
def list_posts(world: Tables) -> None:
    """List institutes with open posts, cluster by cluster."""
    city, programmes, listed = world.city[0], world.programmes, world.struck
    found = 0
    for row in range(city.programme_rows):  # no branch here either
        entry = programmes[row]
        listed[found] = row
        found += int(entry.alive) & int(entry.kind == INSTITUTE) & int(entry.wanted > entry.talents)
    number = 0
    for cluster in range(CLUSTERS):
        city.post_start[cluster] = number
        for k in range(min(found, len(city.posts))):
            if programmes[listed[k]].cluster == cluster:
                city.posts[number] = listed[k]
                number += 1
    city.post_start[CLUSTERS] = number


@rule
def rate_districts(city: City, p: Draw) -> None:
    """Compute what a district offers a talent of a cluster: amenities, and people of the field."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            network = math.log1p(city.tallies[TALENTS_HERE, cluster, district])
            value = p.amenity_pull * city.core[district] + p.network_pull * network
            city.pull[cluster, district] = value


@rule
def rate_distances(city: City, p: Draw) -> None:
    """Compute what the way from home to work costs a talent."""
    for home in range(DISTRICTS):
        for district in range(DISTRICTS):
            city.away[home, district] = p.distance_push * city.distance[home, district] / 10.0


@rule
def appeal(city: City, p: Draw, cluster: int, home: int, district: int, quality: float) -> float:
    """Return what a post offers a person: pay (firms pay for quality), distance and the place."""
    return p.pay_pull * quality - city.away[home, district] + city.pull[cluster, district]


@rule
def search(world: Tables, p: Draw, month: int) -> None:
    """Let everyone who looks meet two firms, perhaps an institute, and take the best offer.

    Whom chance brings together and what each offers is worked out for a block of people before
    the first of them decides: those are long waits for memory that need not follow each other.
    """
    city, people = world.city[0], world.talents
    seekers, who = world.seekers, world.who
    seeking = city.seekers_listed
    if seeking == 0:
        return
    rate_distances(city, p)
    for k in range(seeking):
        who[k] = people.id[seekers[k]]
    fill_words(world.words, who, seeking, city.seed, city.replicate, month, purposes.SEARCH)
    first = identity(namespaces.SEARCH, month, 0, 0) % seeking
    for start in range(0, seeking, len(world.offers)):
        together = min(len(world.offers), seeking - start)
        for turn in range(together):
            k = first + start + turn
            meet(world, p, world.offers[turn], k if k < seeking else k - seeking)
        for turn in range(together):
            decide(world, world.offers[turn], month)


@rule
def meet(world: Tables, p: Draw, offer: Offer, k: int) -> None:
    """Note which posts the ``k``-th seeker meets, what each is worth, and what staying is worth."""
    city, people, firms, programmes = world.city[0], world.talents, world.firms, world.programmes
    words = world.words
    talent = world.seekers[k]
    track, home, employer = people.track[talent], people.home[talent], people.employer[talent]
    cluster = CLUSTER_OF[track]
    world.tracks[track].seekers += 1
    low, posts = city.vacant_start[track], city.vacant_start[track + 1]
    posts -= low
    offer.talent = talent
    row = world.rows[choose(posts > 0, low + int(number(words[0, k]) * posts), 0)]
    value = appeal(city, p, cluster, home, firms[row].district, firms[row].quality)
    offer.first = row
    offer.first_worth = choose((posts > 0) & (row != employer), value, NOTHING)
    row = world.rows[choose(posts > 0, low + int(number(words[1, k]) * posts), 0)]
    value = appeal(city, p, cluster, home, firms[row].district, firms[row].quality)
    offer.second = row
    offer.second_worth = choose((posts > 0) & (row != employer), value, NOTHING)
    low, posts = city.post_start[cluster], city.post_start[cluster + 1]
    posts -= low
    row = city.posts[choose(posts > 0, low + int(number(words[2, k]) * posts), 0)]
    meets = (posts > 0) & (number(words[3, k]) < p.institute_interest)
    value = appeal(city, p, cluster, home, programmes[row].district, p.institute_appeal)
    offer.institute = row
    offer.institute_worth = choose(meets, value, NOTHING)
    at_firm = employer >= 0
    firm = firms[choose(at_firm, employer, 0)]
    institute = programmes[choose(employer <= INSTITUTE_BASE, INSTITUTE_BASE - employer, 0)]
    district = choose(at_firm, firm.district, institute.district)
    quality = choose(at_firm, firm.quality, p.institute_appeal)
    stay = p.switching + appeal(city, p, cluster, home, district, quality)
    offer.stay = choose(employer == SEARCHING, NOTHING, stay)


@rule
def decide(world: Tables, offer: Offer, month: int) -> None:
    """Let a seeker take up the best post that is still open, unless staying is worth more."""
    firms, programmes = world.firms, world.programmes
    firm, other, entry = firms[offer.first], firms[offer.second], programmes[offer.institute]
    first = choose(firm.wanted > firm.talents, offer.first_worth, NOTHING)
    second = choose(other.wanted > other.talents, offer.second_worth, NOTHING)
    third = choose(entry.wanted > entry.talents, offer.institute_worth, NOTHING)
    best = choose(second > first, offer.second, offer.first)
    worth = max(first, second)
    best = choose(third > worth, INSTITUTE_BASE - offer.institute, best)
    worth = max(worth, third)
    if worth > NOTHING and worth >= offer.stay:
        take_up(world, offer.talent, best, month)


@rule
def take_up(world: Tables, talent: int, post: int, month: int) -> None:
    """Let a person leave the present employer, if any, and take up a post."""
    city, people, firms, programmes = world.city[0], world.talents, world.firms, world.programmes
    if people.employer[talent] != SEARCHING:
        leave_employer(city, people, firms, programmes, talent, month)
    if post >= 0:
        join_firm(city, people, firms, talent, post, month)
    else:
        programmes[INSTITUTE_BASE - post].talents += 1
        set_employer(city, people, talent, post, month)


@rule
def reprice(world: Tables, p: Draw) -> None:
    """Raise or lower the cost of a talent as posts outnumber those who seek them."""
    tracks = world.tracks
    for k in range(TRACKS):
        track = tracks[k]
        posts = track.vacancies + 1.0
        seekers = (track.seekers + 1.0) * p.posts_a_seeker
        tightness = (posts - seekers) / (posts + seekers)
        track.pay *= 1.0 + p.pay_speed * MONTH * tightness
        track.pay = min(p.pay_ceiling, max(p.pay_floor, track.pay))
