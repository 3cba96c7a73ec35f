"""The talents of October 2022, and who employs them."""

import math

from sim.engine import rule
from sim.engine.chance import fill_columns, identity, number
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    CLUSTER_OF,
    ENTREPRENEUR,
    INSTITUTE,
    INSTITUTE_BASE,
    JUNIOR,
    LOCAL,
    SCIENTIST,
    SENIOR,
)
from sim.model.world.ledgers import TALENTS_HERE
from sim.model.world.luck import add_up, normal_pair, pick_by
from sim.model.world.rows import add_talent, find, join_firm, set_employer
from sim.model.world.tables import NEVER, NOBODY, TRACKS, Draw, Tables

LEAST = 0.01
"""Part of people that each level has at least in what firms usually ask for."""
BLOCK = 2048
"""People whose luck is drawn together: three times as many words fit into any world's."""


@rule
def draw_people(world: Tables, p: Draw) -> None:
    """Draw the talents and give them posts: institutes first, then firms, the rest search."""
    city, who, words = world.city[0], world.who, world.words
    list_open_firms(world)
    add_up(p.talent_weight, city.track_sums)
    add_up(city.people, city.home_sums[0])
    people = int(p.talents_2022)
    above = 1.0 - juniors_at_rest(p)
    city.usual_seniors = min(1.0 - LEAST, max(LEAST, above))
    for start in range(0, people, BLOCK):
        together = min(BLOCK, people - start)
        for k in range(together):
            who[k] = identity(namespaces.FIRST_TALENT, start + k, 0, 0)
        for block in range(3):
            fill_columns(
                words,
                block * BLOCK,
                who,
                together,
                city.seed,
                city.replicate,
                block,
                purposes.POPULATION,
            )
        for k in range(together):
            draw_person(world, p, start + k, k, above)


@rule
def juniors_at_rest(p: Draw) -> float:
    """Return the share of juniors that stays, with as many who come a year as in 2022.

    People who grow in number at a steady rate g, of whom a part c comes a year as juniors and d
    above junior, leave at a rate m and retire from above junior at r, while juniors learn at l:
    c = (g + m + l) j and c + d = g + m + r (1 - j), which is solved for j.
    """
    came = (p.graduates + p.arrivals) / p.talents_2022
    seniors = p.scientist_share + p.founder_share + p.arriving_seniors
    juniors = came - p.arrivals * seniors / p.talents_2022
    learns = p.learning * (1.0 - p.searching_2022)
    loss = learns + came - p.retirement
    return 2.0 * juniors / (loss + math.sqrt(loss * loss + 4.0 * p.retirement * juniors))


@rule
def draw_person(world: Tables, p: Draw, row: int, k: int, above: float) -> None:
    """Draw one talent, who gets the row, and their post; ``k`` is where their words stand.

    ``above`` is the share of those above junior.
    """
    city, words = world.city[0], world.words
    person = world.who[k]
    a, b = number(words[0, k]), number(words[1, k])
    c, d = number(words[2, k]), number(words[3, k])
    e, f = number(words[0, BLOCK + k]), number(words[1, BLOCK + k])
    g, h = number(words[2, BLOCK + k]), number(words[3, BLOCK + k])
    track = pick_by(city.track_sums, a)
    level = JUNIOR
    if b < p.scientists_2022:
        level = SCIENTIST
    elif b < p.scientists_2022 + p.entrepreneurs_2022:
        level = ENTREPRENEUR
    elif b < above:
        level = SENIOR
    home = pick_by(city.home_sums[0], c)
    add_talent(world, person, track, level, LOCAL, home, normal_pair(d, e))
    place = NOBODY
    if f < p.institute_part_2022:
        place = take_post(world, row, CLUSTER_OF[track], g)
    elif f < 1.0 - p.searching_2022:
        near = number(words[0, 2 * BLOCK + k])
        place = take_job(world, p, row, track, g, h, near)
    if place == NOBODY:
        place = home
    city.tallies[TALENTS_HERE, CLUSTER_OF[track], place] += 1.0


@rule
def take_post(world: Tables, talent: int, cluster: int, u: float) -> int:
    """Give a talent a post at an institute of the cluster and return its district, -1 for none."""
    city = world.city[0]
    programmes = world.programmes
    number = city.programme_rows
    first = int(u * number)
    for k in range(number):
        row = (first + k) % number
        entry = programmes[row]
        if entry.kind == INSTITUTE and entry.cluster == cluster and entry.talents < entry.wanted:
            entry.talents += 1
            set_employer(city, world.talents, talent, INSTITUTE_BASE - row, NEVER)
            return entry.district
    return NOBODY


@rule
def list_open_firms(world: Tables) -> None:
    """List the firms of each track with running sums of posts; ``posts`` says how many are open."""
    city = world.city[0]
    firms = world.firms
    city.vacant_start[:] = 0
    rows = city.firm_rows
    for i in range(rows):
        city.vacant_start[firms[i].track] += 1
    for track in range(1, TRACKS + 1):
        city.vacant_start[track] += city.vacant_start[track - 1]
    for i in range(rows - 1, -1, -1):
        track = firms[i].track
        city.vacant_start[track] -= 1
        world.rows[city.vacant_start[track]] = i
    for track in range(TRACKS):
        posts = 0
        for k in range(city.vacant_start[track], city.vacant_start[track + 1]):
            posts += firms[world.rows[k]].wanted
            world.open_posts[k] = posts
        city.posts[track] = posts


@rule
def take_job(
    world: Tables, p: Draw, talent: int, track: int, u: float, v: float, near: float
) -> int:
    """Give a talent a post of the track that is still open, often in the home district.

    Each post is as likely as the others; where the firm's are taken, the next firm's is.

    Returns the firm's district, or -1 if no post is open.
    """
    city, firms = world.city[0], world.firms
    if city.posts[track] == 0:
        return NOBODY
    low, high = city.vacant_start[track], city.vacant_start[track + 1]
    place = find(world.open_posts, low, high, u)
    while firms[world.rows[place]].talents >= firms[world.rows[place]].wanted:
        place = low + (place + 1 - low) % (high - low)
    row = world.rows[place]
    since = -int(12.0 * p.longest_tenure_2022 * v)
    join_firm(city, world.talents, firms, talent, row, since)
    if near < p.near_work_2022:
        world.talents.home[talent] = firms[row].district
    city.posts[track] -= 1
    return firms[row].district
