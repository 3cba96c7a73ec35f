"""Pay by track and level: it follows scarcity, and firms ask for fewer of those who get dearer."""

from sim.engine import rule
from sim.model.rules.common import MONTH
from sim.model.world.tables import TRACKS, Draw, Tables, Track


@rule
def reprice(world: Tables, p: Draw) -> None:
    """Raise or lower what talents of each level cost, as posts outnumber those who seek them."""
    usual = world.city[0].usual_seniors
    for k in range(TRACKS):
        track = world.tracks[k]
        part = part_above(p, track, usual)
        posts = track.vacancies + 1.0
        juniors = track.seekers - track.senior_seekers + 1.0 - usual
        seniors = track.senior_seekers + usual
        track.pay = moved(p, track.pay, (1.0 - part) * posts, juniors)
        track.senior_pay = moved(p, track.senior_pay, part * posts, seniors)


@rule
def part_above(p: Draw, track: Track, usual: float) -> float:
    """Return what part of open posts is for people above junior, at the present pay of both.

    Posts of both levels stand for each other with a constant elasticity.
    """
    dearer = track.senior_pay / track.pay
    above = usual * dearer ** (-p.level_substitution)
    return above / (above + 1.0 - usual)


@rule
def moved(p: Draw, pay: float, posts: float, people: float) -> float:
    """Return next month's pay of a level for which there are posts and people who look."""
    seekers = people * p.posts_a_seeker
    tightness = (posts - seekers) / (posts + seekers)
    pay *= 1.0 + p.pay_speed * MONTH * tightness
    return min(p.pay_ceiling, max(p.pay_floor, pay))
