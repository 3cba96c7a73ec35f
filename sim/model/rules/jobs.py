"""Process 2, last part: people meet open posts and choose, pay follows scarcity."""

import math

from sim.engine import rule
from sim.engine.chance import fill_words, identity, number
from sim.engine.process import process
from sim.model.rules.common import choose
from sim.model.rules.pay import reprice
from sim.model.world import namespaces, purposes
from sim.model.world.codes import CLUSTER_OF, INSTITUTE, INSTITUTE_BASE, JUNIOR, SEARCHING
from sim.model.world.ledgers import TALENTS_HERE
from sim.model.world.rows import find, join_firm, leave_employer, set_employer
from sim.model.world.tables import (
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    TRACKS,
    City,
    Draw,
    Offer,
    Tables,
)

NOTHING = -1.0e9
"""What no offer is worth."""


@process(
    "jobs",
    reads=(
        "city: firm_rows programme_rows searching seekers_listed tallies",
        "firms: alive district quality scientists seniors talents track wanted",
        "programmes: alive cluster district kind talents wanted",
        "seekers",
        "talents: employer home id level track",
        "tracks: pay senior_pay",
    ),
    writes=(
        "city: searching",
        "firms: scientists seniors talents",
        "programmes: talents",
        "talents: employer since",
        "tracks: pay senior_pay",
    ),
    scratch=(
        "city: away meeting post_start posts pull vacant_start",
        "offers: first first_worth institute institute_worth second second_worth stay talent",
        "tracks: senior_seekers seekers vacancies",
        "open_posts rows struck who words",
    ),
    draws=(purposes.SEARCH,),
)
def jobs(world: Tables, p: Draw, month: int) -> None:
    """Bring those who look together with open posts for one month."""
    rate_places(world.city[0], p)
    list_vacancies(world)
    count_seekers(world)
    rate_meetings(world, p)
    search(world, p, month)
    reprice(world, p)


@rule
def rate_places(city: City, p: Draw) -> None:
    """Compute what the places of posts are worth to people, and what the way there costs."""
    rate_districts(city, p)
    rate_distances(city, p)


@rule
def list_vacancies(world: Tables) -> None:
    """List firms with open posts by track, and institutes with open posts by cluster."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    for track in range(TRACKS):
        tracks[track].vacancies = 0
        tracks[track].seekers = 0
        tracks[track].senior_seekers = 0
    city.vacant_start[:] = 0
    city.posts[0] = 0  # looked at, though not taken, where no post is open
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
    add_up_posts(world)
    list_posts(world)


@rule
def add_up_posts(world: Tables) -> None:
    """Add up the open posts of each track's firms, by which one of them is drawn."""
    city, firms = world.city[0], world.firms
    for track in range(TRACKS):
        posts = 0.0
        for k in range(city.vacant_start[track], city.vacant_start[track + 1]):
            firm = firms[world.rows[k]]
            posts += firm.wanted - firm.talents
            world.open_posts[k] = posts


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
def rate_meetings(world: Tables, p: Draw) -> None:
    """Compute how likely a try of one who looks meets a post, by track.

    Meetings are a function of posts and seekers that exceeds neither (den Haan, Ramey and Watson
    2000): with posts for each seeker s, s / (1 + s**c)**(1 / c) of the tries meet one.
    """
    city, tracks = world.city[0], world.tracks
    for k in range(TRACKS):
        there = tracks[k].vacancies / max(1.0, tracks[k].seekers)
        most = (1.0 + there**p.matching_curve) ** (1.0 / p.matching_curve)
        city.meeting[k] = there / most


@rule
def count_seekers(world: Tables) -> None:
    """Count who looks by track, and who of them is above junior."""
    people, tracks = world.talents, world.tracks
    for k in range(world.city[0].seekers_listed):
        talent = world.seekers[k]
        track = tracks[people.track[talent]]
        track.seekers += 1
        track.senior_seekers += int(people.level[talent] > JUNIOR)


@rule
def search(world: Tables, p: Draw, month: int) -> None:
    """Let everyone who looks try twice to meet a post, perhaps an institute, and take the best.

    Whom chance brings together and what each offers is worked out for a block of people before
    the first of them decides: those are long waits for memory that need not follow each other.
    """
    seeking = world.city[0].seekers_listed
    if seeking == 0:
        return
    first = draw_search(world, month)
    for start in range(0, seeking, len(world.offers)):
        together = min(len(world.offers), seeking - start)
        for turn in range(together):
            k = (first + start + turn) % seeking
            track = world.talents.track[world.seekers[k]]
            one = draw_post(world, track, number(world.words[0, k]))
            other = draw_post(world, track, number(world.words[1, k]))
            meet(world, p, world.offers[turn], k, one, other)
        for turn in range(together):
            decide(world, world.offers[turn], month)


@rule
def draw_search(world: Tables, month: int) -> int:
    """Draw the words of all who look, and return who of them is the first."""
    city, who = world.city[0], world.who
    seeking = city.seekers_listed
    for k in range(seeking):
        who[k] = world.talents.id[world.seekers[k]]
    fill_words(world.words, who, seeking, city.seed, city.replicate, month, purposes.SEARCH)
    return identity(namespaces.SEARCH, month, 0, 0) % seeking


@rule
def draw_post(world: Tables, track: int, u: float) -> int:
    """Return the firm of the post that a try meets, each post as likely as the others, or -1."""
    city = world.city[0]
    meeting = city.meeting[track]
    if u >= meeting:
        return NOBODY
    low, high = city.vacant_start[track], city.vacant_start[track + 1]
    return world.rows[find(world.open_posts, low, high, u / meeting)]


@rule
def meet(world: Tables, p: Draw, offer: Offer, k: int, one: int, other: int) -> None:
    """Note what the posts that the ``k``-th seeker meets are worth, and what staying is worth."""
    city, people, firms, programmes = world.city[0], world.talents, world.firms, world.programmes
    words = world.words
    talent = world.seekers[k]
    track, home, employer = people.track[talent], people.home[talent], people.employer[talent]
    cluster = CLUSTER_OF[track]
    offer.talent = talent
    row = max(one, 0)
    value = appeal(city, p, cluster, home, firms[row].district, firms[row].quality)
    offer.first = row
    offer.first_worth = choose((one >= 0) & (one != employer), value, NOTHING)
    row = max(other, 0)
    value = appeal(city, p, cluster, home, firms[row].district, firms[row].quality)
    offer.second = row
    offer.second_worth = choose((other >= 0) & (other != employer), value, NOTHING)
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
