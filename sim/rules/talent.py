"""Process 2: people graduate, arrive, learn, leave and look for posts; pay follows scarcity."""

import numpy as np

from sim.chance import fill_first_words
from sim.compiled import helper
from sim.rules.common import MONTH, WORD, calendar_month
from sim.rules.founding import founding_factor, most_likely, rate_foundings
from sim.rules.jobs import list_vacancies, rate_districts, reprice, search
from sim.rules.newcomers import arrive, graduate
from sim.rules.struck import list_flagged, reach
from sim.world import purposes
from sim.world.codes import (
    CLUSTER_OF,
    INSTITUTE_BASE,
    JUNIOR,
    SEARCHING,
    SENIOR,
    WORKSTATION,
    instrument,
)
from sim.world.rows import count_searching, leave_employer
from sim.world.tables import CLUSTERS, DEPARTED, DISTRICTS

JULY = 6
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
    looked_at = list_looked_at(world, searches / WORD, learns / WORD, founds / WORD)
    seekers, founders = 0, 0
    for k in range(looked_at):
        i = world.founders[k]
        chance = words[0, i]
        if people.employer[i] == SEARCHING:
            if chance < leave_searching:
                depart(city, people, i)
            elif chance < searches:
                world.seekers[seekers] = i
                seekers += 1
        elif chance < quits:
            leave_employer(city, people, firms, programmes, i, month)
            if chance < leave:
                depart(city, people, i)
        elif people.level[i] == JUNIOR:
            place = workplace(people, firms, programmes, i)
            if chance < quits + learning * city.learning[CLUSTER_OF[people.track[i]], place]:
                learn(city, people, firms, i)
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
def list_looked_at(world, for_seekers, for_juniors, for_others):
    """List in ``founders`` whose random word is low enough; return how many they are.

    Founders are listed in the same place later, never ahead of the one that is looked at.
    """
    people, flags = world.talents, world.flags
    employer, alive, level, word = people.employer, people.alive, people.level, world.words[0]
    rows = world.city[0].talent_rows
    seeker = np.uint32(reach(for_seekers))
    junior, other = np.uint32(reach(for_juniors)), np.uint32(reach(for_others))
    for i in range(rows):  # no branch, so that it becomes vector instructions
        highest = junior if level[i] == JUNIOR else other
        highest = seeker if employer[i] == SEARCHING else highest
        flags[i] = alive[i] & (word[i] <= highest)
    return list_flagged(world, rows, world.founders)


@helper
def depart(city, people, talent):
    """Let a searching person leave the city's future industries; the row becomes free."""
    people.alive[talent] = 0
    city.levels[people.origin[talent], people.level[talent]] -= 1.0
    count_searching(city, people, talent, -1.0)
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
def learn(city, people, firms, talent):
    """Make a junior a senior, on the city's and the employer's books too."""
    people.level[talent] = SENIOR
    city.levels[people.origin[talent], JUNIOR] -= 1.0
    city.levels[people.origin[talent], SENIOR] += 1.0
    if people.employer[talent] >= 0:
        firms[people.employer[talent]].seniors += 1
