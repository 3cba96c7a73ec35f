"""Process 2, first part: people graduate, arrive, learn, quit and leave; seekers are listed."""

import numpy as np

from sim.engine import rule
from sim.engine.chance import fill_first_words, number
from sim.engine.process import process
from sim.engine.rare import (
    BYTES,
    SLACK,
    bounded,
    byte_of,
    completed,
    list_flagged,
    row_of,
    screened,
    undecided,
    whole_chance,
)
from sim.model.rules.common import MONTH, calendar_month, choose
from sim.model.rules.founding import founding_factor, most_likely, rate_foundings
from sim.model.rules.newcomers import arrive, graduate
from sim.model.world import purposes
from sim.model.world.codes import (
    CLUSTER_OF_BRANCH,
    DISTRICT_OF_PLACE,
    INSTITUTE_BASE,
    JUNIOR,
    SEARCHING,
    SENIOR,
    WORKSTATION,
    mechanism,
)
from sim.model.world.glances import draw_glances, draw_listed
from sim.model.world.ledgers import DEPARTED
from sim.model.world.luck import luck
from sim.model.world.rows import count_searching, leave_employer
from sim.model.world.tables import BRANCHES, CLUSTERS, PLACES, City, Draw, Tables

JULY = 6
LEARNING, FOUNDING = whole_chance("learning"), whole_chance("founding")
WORKSTATIONS = mechanism("workstations")


@process(
    "talent",
    reads=(
        "city: dose events free_talent left_by_rivals levels mean_dose newcomers_listed",
        "city: programme_rows searching services talent_rows tallies",
        "firms: place scientists seniors talents",
        "programmes: alive cluster district id kind opens stage talents",
        "talents: alive employer failures home id level origin track",
        "tracks: pay senior_pay",
        "glances",
    ),
    writes=(
        "city: events founders_listed free_talent levels newcomers_listed searching",
        "city: seekers_listed talent_rows",
        "firms: scientists seniors talents",
        "programmes: talents",
        "talents: alive employer failures home id level origin since skill track",
        "founders glances seekers",
    ),
    scratch=(
        "city: founding home_sums learning likelier likelier_above track_sums",
        "flags newcomers who words",
    ),
    draws=(
        purposes.GRADUATE,
        purposes.ARRIVAL,
        purposes.TALENT_MONTH,
        purposes.NEW_FIRM,
        purposes.GLANCE,
    ),
)
def talent(world: Tables, p: Draw, month: int) -> None:
    """Let people come, and live a month of their lives."""
    if calendar_month(month) == JULY:
        graduate(world, p, month)
    arrive(world, p, month)
    rate_foundings(world, p)
    live(world, p, month)


@rule
def live(world: Tables, p: Draw, month: int) -> None:
    """Let everyone work, learn, quit or leave; list those who search or think of founding.

    One random number a person decides among disjoint bands of chance, and its first byte is enough
    for most people. The last band of those with a post is of what depends on the place (learning,
    founding): it is as wide as it is for the likeliest person, and whoever falls into it is looked
    at closely.
    """
    city = world.city[0]
    draw_newcomers(world, month)
    searches = MONTH * p.leave_searching + (1.0 - p.leave_searching) * p.search_contact
    quits = MONTH * (p.leave_employed + p.quit_rate)
    learns = quits + MONTH * p.learning * rate_learning(city, p)
    older = p.retirement + p.poaching + p.founding * most_likely(city, p)
    founds = quits + MONTH * older
    employed = list_looked_at(world, month, searches, learns, founds)
    live_searching(world, p, month, searches)
    live_employed(world, p, month, employed, learns, founds)


@rule
def list_looked_at(
    world: Tables, month: int, for_seekers: float, for_juniors: float, for_others: float
) -> int:
    """List whom chance may strike: who searches in ``seekers``, the employed in ``founders``.

    Returns:
        How many of the employed are listed; ``city.seekers_listed`` says how many of the others.
    """
    city, people, flags = world.city[0], world.talents, world.flags
    seekers, founders = world.seekers, world.founders
    employer, alive, level = people.employer, people.alive, people.level
    own = world.glances[row_of(month)]
    seeker = np.uint32(screened(for_seekers))
    junior, other = np.uint32(screened(for_juniors)), np.uint32(screened(for_others))
    for i in range(city.talent_rows):  # no branch, so that it becomes vector instructions
        most = junior if level[i] == JUNIOR else other
        most = seeker if employer[i] == SEARCHING else most
        flags[i] = alive[i] & (byte_of(own[i], month) <= most)
    seeking, employed = 0, 0
    for k in range(list_flagged(flags, city.talent_rows, founders)):
        i = founders[k]
        searches = int(employer[i] == SEARCHING)
        seekers[seeking] = i
        seeking += searches
        founders[employed] = i  # never ahead of the one that is looked at
        employed += 1 - searches
    city.seekers_listed = seeking
    return employed


@rule
def live_searching(world: Tables, p: Draw, month: int, searches: float) -> None:
    """Let those without a post look for one, which is commonest, or leave the city."""
    city, people, seekers = world.city[0], world.talents, world.seekers
    own, leave = world.glances[row_of(month)], MONTH * p.leave_searching
    seeking = 0
    for k in range(city.seekers_listed):
        i = seekers[k]
        rest = 0.0
        if undecided(own[i], month, leave) | undecided(own[i], month, searches):
            rest, _, _, _ = luck(city, people.id[i], month, purposes.TALENT_MONTH)
        chance = completed(own[i], month, rest)
        if chance < leave:
            depart(world, i)
        else:
            seekers[seeking] = i
            seeking += int(chance < searches)
    city.seekers_listed = seeking


@rule
def live_employed(
    world: Tables, p: Draw, month: int, employed: int, learns: float, founds: float
) -> None:
    """Let those with a post quit, learn, look elsewhere or think of founding.

    ``learns`` and ``founds`` are the ends of the bands, wide enough for the likeliest.
    """
    city, people, seekers, founders = world.city[0], world.talents, world.seekers, world.founders
    who, own = world.who, world.glances[row_of(month)]
    for k in range(employed):
        who[k] = people.id[founders[k]]
    seed, replicate = city.seed, city.replicate
    fill_first_words(world.words[0], who, employed, seed, replicate, month, purposes.TALENT_MONTH)
    seeking, founding = city.seekers_listed, 0
    for k in range(employed):
        i = founders[k]
        chance = completed(own[i], month, number(world.words[0, k]))
        leave = MONTH * (p.leave_employed + choose(people.level[i] == JUNIOR, 0.0, p.retirement))
        quits = leave + MONTH * p.quit_rate
        poached = quits + MONTH * p.poaching
        if chance < quits:
            leave_employer(city, people, world.firms, world.programmes, i, month)
            if chance < leave:
                depart(world, i)
        elif people.level[i] == JUNIOR:
            end = quits + MONTH * p.learning * learning(world, i)
            if chance < bounded(LEARNING, end, SLACK * learns):
                learn(world, i)
        elif chance < poached:
            seekers[seeking] = i
            seeking += 1
        else:
            end = poached + MONTH * p.founding * founding_factor(world, p, i)
            founders[founding] = i
            founding += int(chance < bounded(FOUNDING, end, SLACK * founds))
    city.seekers_listed = seeking
    city.founders_listed = founding


@rule
def draw_newcomers(world: Tables, month: int) -> None:
    """Draw everybody's bytes for the next sixteen months, or only those of who has just come."""
    city, ids, glances = world.city[0], world.talents.id, world.glances
    if month % BYTES == 0:
        draw_glances(glances, ids, city.talent_rows, city, month // BYTES)
    else:
        draw_listed(glances, world.newcomers, city.newcomers_listed, ids, world, month // BYTES)
    city.newcomers_listed = 0


@rule
def depart(world: Tables, talent: int) -> None:
    """Let a searching person leave the city's future industries; the row becomes free."""
    city, people = world.city[0], world.talents
    people.alive[talent] = 0
    city.levels[people.origin[talent], people.level[talent]] -= 1.0
    count_searching(city, people, talent, -1.0)
    city.free_talent = min(city.free_talent, talent)
    city.events[DEPARTED] += 1.0


@rule
def learning(world: Tables, talent: int) -> float:
    """Return how much likelier than usual a junior with a post learns where they work."""
    people, employer = world.talents, world.talents.employer[talent]
    if employer >= 0:
        place = world.firms[employer].place
    else:
        place = world.programmes[INSTITUTE_BASE - employer].district
    return world.city[0].learning[CLUSTERS + people.track[talent], place]


@rule
def learning_factor(city: City, p: Draw, branch: int, place: int) -> float:
    """Return how much likelier than usual a junior becomes a senior: workstations in reach."""
    stations = city.services[WORKSTATION, CLUSTER_OF_BRANCH[branch], DISTRICT_OF_PLACE[place]]
    dose = city.dose[WORKSTATIONS, branch, place]
    return 1.0 + p.workstation_gain * (stations / (stations + p.workstation_half) + dose)


@rule
def rate_learning(city: City, p: Draw) -> float:
    """Compute this month's learning factors, and return the greatest."""
    most = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(PLACES):
            factor = learning_factor(city, p, branch, place)
            city.learning[branch, place] = factor
            most = max(most, factor)
    return most


@rule
def learn(world: Tables, talent: int) -> None:
    """Make a junior a senior, on the city's and the employer's books too."""
    city, people = world.city[0], world.talents
    people.level[talent] = SENIOR
    city.levels[people.origin[talent], JUNIOR] -= 1.0
    city.levels[people.origin[talent], SENIOR] += 1.0
    if people.employer[talent] >= 0:
        world.firms[people.employer[talent]].seniors += 1
