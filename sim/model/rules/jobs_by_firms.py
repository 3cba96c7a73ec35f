"""Process 2, last part, where people meet firms and not posts: the variant ``jobs = "firms"``."""

from sim.engine import rule
from sim.engine.chance import number
from sim.engine.process import process
from sim.model.rules.jobs import (
    count_seekers,
    decide,
    draw_search,
    list_vacancies,
    meet,
    rate_places,
)
from sim.model.rules.pay import reprice
from sim.model.world import purposes
from sim.model.world.tables import NOBODY, Draw, Tables


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
        "city: away post_start posts pull vacant_start",
        "offers: first first_worth institute institute_worth second second_worth stay talent",
        "tracks: senior_seekers seekers vacancies",
        "open_posts rows struck who words",
    ),
    draws=(purposes.SEARCH,),
)
def jobs_by_firms(world: Tables, p: Draw, month: int) -> None:
    """Bring those who look together with firms that have open posts, however many these are."""
    rate_places(world.city[0], p)
    list_vacancies(world)
    count_seekers(world)
    search_firms(world, p, month)
    reprice(world, p)


@rule
def search_firms(world: Tables, p: Draw, month: int) -> None:
    """Let everyone who looks meet two firms, perhaps an institute, and take the best offer."""
    seeking = world.city[0].seekers_listed
    if seeking == 0:
        return
    first = draw_search(world, month)
    for start in range(0, seeking, len(world.offers)):
        together = min(len(world.offers), seeking - start)
        for turn in range(together):
            k = (first + start + turn) % seeking
            track = world.talents.track[world.seekers[k]]
            one = draw_firm(world, track, number(world.words[0, k]))
            other = draw_firm(world, track, number(world.words[1, k]))
            meet(world, p, world.offers[turn], k, one, other)
        for turn in range(together):
            decide(world, world.offers[turn], month)


@rule
def draw_firm(world: Tables, track: int, u: float) -> int:
    """Return one of the track's firms with open posts, each as likely as the others, or -1."""
    low, high = world.city[0].vacant_start[track], world.city[0].vacant_start[track + 1]
    if low == high:
        return NOBODY
    return world.rows[low + int(u * (high - low))]
