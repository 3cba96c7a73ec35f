"""How likely a person is to found a firm: what the place offers, and who the person is."""

from sim.engine import rule
from sim.model.world.codes import CLUSTER_OF_BRANCH, ENTREPRENEUR, INSTITUTE_BASE, mechanism
from sim.model.world.ledgers import SUCCESSES_HERE
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, City, Draw, Tables

SOURCING = mechanism("sourcing")
RISK_SHARING = mechanism("risk_sharing")
TOLERANCE = mechanism("tolerance")
FORUMS = mechanism("forums")
TALENT_BURDEN = mechanism("talent_burden")
MARKET_ACCESS = mechanism("market_access")


@rule
def openness(world: Tables, p: Draw, track: int, home: int) -> float:
    """Return how many projects are worth a firm for each that usually is.

    Who founds gives up the pay of a post (Evans and Jovanovic 1989), and must get past what entry
    costs: dear posts keep the weakest projects from being founded, cheap entry lets weaker ones in.
    The pay is that of juniors, who are most.
    """
    eased = world.city[0].dose[MARKET_ACCESS, CLUSTERS + track, home]
    given_up = world.tracks[track].pay ** (-p.founding_pay)
    return given_up * max(0.0, 1.0 + p.access_entry * eased)


@rule
def rate_foundings(world: Tables, p: Draw) -> None:
    """Compute how much likelier than usual a firm is founded, by track and home district.

    Local successes are contagious; sourcing, shared risk, forums and tolerance of failure help;
    pay and what entry costs decide how many projects are worth a firm.
    """
    city = world.city[0]
    dose = city.dose
    for branch in range(CLUSTERS, BRANCHES):
        for home in range(DISTRICTS):
            here = city.tallies[SUCCESSES_HERE, CLUSTER_OF_BRANCH[branch], home]
            factor = 1.0 + p.contagion * here / (here + p.contagion_half)
            factor *= 1.0 + p.sourcing_founding * dose[SOURCING, branch, home]
            factor *= 1.0 + p.risk_founding * dose[RISK_SHARING, branch, home]
            factor *= 1.0 + p.forum_founding * dose[FORUMS, branch, home]
            factor *= 1.0 + p.tolerance_founding * dose[TOLERANCE, branch, home]
            factor *= openness(world, p, branch - CLUSTERS, home)
            city.founding[branch, home] = factor


@rule
def most_likely(city: City, p: Draw) -> float:
    """Return the greatest factor that anyone can have this month."""
    most = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for home in range(DISTRICTS):
            freed = burden_factor(city, p, branch, home)
            most = max(most, city.founding[branch, home] * max(1.0, freed))
    return most * max(1.0, p.entrepreneur_factor)


@rule
def burden_factor(city: City, p: Draw, branch: int, home: int) -> float:
    """Return founding by an institute's senior against a firm's; lighter duties free people."""
    dose = city.dose[TALENT_BURDEN, branch, home]
    return p.institute_founding * (1.0 + p.burden_founding * dose)


@rule
def founding_factor(world: Tables, p: Draw, talent: int) -> float:
    """Return how much likelier than usual this person is to found a firm.

    A past failure hurts less where failure is tolerated or its cost is shared.
    """
    city, people = world.city[0], world.talents
    branch, home = CLUSTERS + people.track[talent], people.home[talent]
    factor = city.founding[branch, home]
    if people.failures[talent] > 0:
        excused = p.tolerance_gain * city.dose[TOLERANCE, branch, home]
        excused += p.risk_gain * city.dose[RISK_SHARING, branch, home]
        factor *= min(1.0, p.second_chance + excused)
    if people.level[talent] == ENTREPRENEUR:
        factor *= p.entrepreneur_factor
    if people.employer[talent] <= INSTITUTE_BASE:
        factor *= burden_factor(city, p, branch, home)
    return factor
