"""Who comes: graduates each July, and people from other cities and from abroad."""

from sim.calendar import JULY
from sim.engine import rule
from sim.engine.chance import fill_columns, fill_words, identity, number
from sim.engine.rare import SLACK
from sim.model.rules.common import MONTH, bernoulli_slots, choose, mean_over_districts
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    BROUGHT_IN,
    CLUSTER_OF,
    COLLEGE,
    ENTREPRENEUR,
    GRADUATE,
    JUNIOR,
    OPEN,
    SCIENTIST,
    SENIOR,
    mechanism,
)
from sim.model.world.ledgers import ARRIVED, GRADUATED
from sim.model.world.luck import add_up, luck, normal_pair, pick_by
from sim.model.world.rows import add_talent
from sim.model.world.tables import CLUSTERS, DISTRICTS, TRACKS, City, Draw, Tables

PAY_ROOM = 4.0
"""How many times the usual arrivals pay can bring before candidates run out."""
DOSE_ROOM = 12.0
"""The same for the dose of the plan's calls."""
BIG_SCIENCE = mechanism("big_science")
GLOBAL_TALENTS = mechanism("global_talents")


@rule
def university_home(city: City, u: float) -> int:
    """Return the district of a university, each as likely as the others."""
    number = int(u * len(city.university_district))
    return city.university_district[number]


@rule
def graduate(world: Tables, p: Draw, month: int) -> None:
    """Add the year's cohort of the universities, and of colleges old enough to have one."""
    city = world.city[0]
    programmes = world.programmes
    years = (month - JULY) * MONTH
    cohort = int(p.graduates * (1.0 + p.graduate_growth) ** years)
    add_up(p.talent_weight, city.track_sums)
    words, who = world.words, world.who
    namespace, why = namespaces.GRADUATE, purposes.GRADUATE
    for k in range(draw_candidates(world, namespace, cohort, month, why)):
        track = pick_by(city.track_sums, number(words[0, k]))
        skill = normal_pair(number(words[1, k]), number(words[2, k]))
        home = university_home(city, number(words[3, k]))
        add_talent(world, who[k], track, JUNIOR, GRADUATE, home, skill)
        city.events[GRADUATED] += 1.0
    for row in range(city.programme_rows):
        college = programmes[row]
        teaches = college.alive == 1 and college.kind == COLLEGE and college.stage == OPEN
        if teaches and month - college.opens >= p.college_lag:
            graduate_college(world, p, row, month)


@rule
def graduate_college(world: Tables, p: Draw, row: int, month: int) -> None:
    """Add one college's cohort, trained for the tracks of its cluster."""
    city = world.city[0]
    college = world.programmes[row]
    weight = 0.0
    for track in range(TRACKS):
        if CLUSTER_OF[track] == college.cluster:
            weight += p.talent_weight[track]
        city.track_sums[track] = weight
    for k in range(int(p.college_cohort)):
        person = identity(namespaces.COLLEGE_GRADUATE, college.id, k, month)
        a, b, c, _ = luck(city, person, month, purposes.GRADUATE)
        track = pick_by(city.track_sums, a)
        skill = p.college_skill + normal_pair(b, c)
        add_talent(world, person, track, JUNIOR, GRADUATE, college.district, skill)
        city.events[GRADUATED] += 1.0


@rule
def arrive(world: Tables, p: Draw, month: int) -> None:
    """Bring people from other cities and from abroad; the plan brings seniors and scientists.

    More come of themselves where scarcity has raised the pay of their track and level, fewer the
    more rival cities do.
    """
    city = world.city[0]
    why = purposes.ARRIVAL
    add_up(p.talent_weight, city.track_sums)
    for track in range(TRACKS):
        paid = world.tracks[track].pay ** p.pay_arrivals
        city.likelier[track] = paid * city.left_by_rivals
        paid_above = world.tracks[track].senior_pay ** p.pay_arrivals
        city.likelier_above[track] = paid_above * city.left_by_rivals
        add_up(city.people, city.home_sums[CLUSTERS + track])
    base = p.arrivals * MONTH
    slots = bernoulli_slots(base, PAY_ROOM)
    candidates = draw_candidates(world, namespaces.ARRIVAL, slots, month, why)
    bring(world, p, candidates, base / slots, PAY_ROOM, month, False)
    call_people(city)
    extra = p.global_intake * MONTH
    slots = bernoulli_slots(extra, DOSE_ROOM)
    candidates = draw_candidates(world, namespaces.CALLED, slots, month, why)
    bring(world, p, candidates, extra / slots, DOSE_ROOM, month, True)


@rule
def call_people(city: City) -> None:
    """Work out which tracks the plan calls people for, and to which districts."""
    dose = city.dose[GLOBAL_TALENTS]
    for track in range(TRACKS):
        called = mean_over_districts(dose, CLUSTERS + track)
        city.likelier[track] = called * city.left_by_rivals
        city.likelier_above[track] = city.likelier[track]
        total = 0.0
        for district in range(DISTRICTS):
            total += city.people[district] * dose[CLUSTERS + track, district]
            city.home_sums[CLUSTERS + track, district] = total


@rule
def bring(
    world: Tables, p: Draw, candidates: int, chance: float, room: float, month: int, called: bool
) -> None:
    """Bring those of the month's candidates who come, and give each a track, level and home.

    Args:
        world: whose ``who`` and ``words`` hold the candidates.
        p: one parameter draw.
        candidates: how many there are.
        chance: that a candidate comes where nothing makes it likelier.
        room: how many times that chance there is room for.
        month: when.
        called: whether the plan calls them.
    """
    city, words, who = world.city[0], world.words, world.who
    likeliest = 0.0
    for track in range(TRACKS):
        likeliest = max(likeliest, city.likelier[track], city.likelier_above[track])
    bound = min(room, SLACK * likeliest) * chance
    mean_skill = choose(called, p.called_skill, p.arrival_skill)
    coming = 0
    for k in range(candidates):
        u = number(words[0, k])
        if u < bound:
            track = pick_by(city.track_sums, number(words[1, k]))
            who[coming] = who[k]
            words[1, coming] = track
            words[2, coming] = words[2, k]
            words[3, coming] = words[3, k]
            level = level_of(city, p, number(words[2, k]), called)
            above = city.likelier_above[track]
            coming += u < chance * choose(level == JUNIOR, city.likelier[track], above)
    fill_columns(
        words, candidates, who, coming, city.seed, city.replicate, month, purposes.NEW_FIRM
    )
    for k in range(coming):
        track = words[1, k]
        level = level_of(city, p, number(words[2, k]), called)
        home = pick_by(city.home_sums[CLUSTERS + track], number(words[3, k]))
        a, b = number(words[0, candidates + k]), number(words[1, candidates + k])
        skill = mean_skill + normal_pair(a, b)
        add_talent(world, who[k], track, level, BROUGHT_IN, home, skill)
    city.events[ARRIVED] += coming


@rule
def level_of(city: City, p: Draw, u: float, called: bool) -> int:
    """Return the level of one person from outside; the plan calls seniors or better.

    Great science programmes draw more strategic scientists among those who come of themselves.
    """
    drawn = 1.0 + p.science_pull * city.mean_dose[BIG_SCIENCE]
    scientist = p.scientist_share * max(0.0, drawn)
    founder, senior = p.founder_share, p.arriving_seniors
    if called:
        scientist, founder, senior = p.called_scientists, p.called_founders, 1.0
    if u < scientist:
        return SCIENTIST
    if u < scientist + founder:
        return ENTREPRENEUR
    if u < scientist + founder + senior:
        return SENIOR
    return JUNIOR


@rule
def draw_candidates(world: Tables, namespace: int, number: int, month: int, purpose: int) -> int:
    """Name the month's candidates in ``who``, fill their ``words`` and return how many they are."""
    city, who = world.city[0], world.who
    if 2 * number > world.words.shape[1]:  # those who come draw once more
        city.overflow = 1
        return 0
    for k in range(number):
        who[k] = identity(namespace, k, month, 0)
    fill_words(world.words, who, number, city.seed, city.replicate, month, purpose)
    return number
