"""How likely a person is to found a firm: what the place offers, and who the person is."""

from sim.engine import rule
from sim.model.world.codes import CLUSTER_OF, ENTREPRENEUR, INSTITUTE_BASE, mechanism
from sim.model.world.ledgers import SUCCESSES_HERE
from sim.model.world.tables import CLUSTERS, DISTRICTS, City, Draw, Tables

SOURCING = mechanism("sourcing")
RISK_SHARING = mechanism("risk_sharing")
TOLERANCE = mechanism("tolerance")
FORUMS = mechanism("forums")
TALENT_BURDEN = mechanism("talent_burden")
MARKET_ACCESS = mechanism("market_access")


@rule
def rate_foundings(city: City, p: Draw) -> None:
    """Compute how much likelier than usual a firm is founded, by cluster and home district.

    Local successes are contagious; sourcing, shared risk, forums, tolerance of failure and
    cheaper entry help.
    """
    dose = city.dose
    for cluster in range(CLUSTERS):
        for home in range(DISTRICTS):
            here = city.tallies[SUCCESSES_HERE, cluster, home]
            factor = 1.0 + p.contagion * here / (here + p.contagion_half)
            factor *= 1.0 + p.sourcing_founding * dose[SOURCING, cluster, home]
            factor *= 1.0 + p.risk_founding * dose[RISK_SHARING, cluster, home]
            factor *= 1.0 + p.forum_founding * dose[FORUMS, cluster, home]
            factor *= 1.0 + p.tolerance_founding * dose[TOLERANCE, cluster, home]
            factor *= 1.0 + p.access_entry * dose[MARKET_ACCESS, cluster, home]
            city.founding[cluster, home] = factor


@rule
def most_likely(city: City, p: Draw) -> float:
    """Return the greatest factor that anyone can have this month."""
    most = 0.0
    for cluster in range(CLUSTERS):
        for home in range(DISTRICTS):
            freed = burden_factor(city, p, cluster, home)
            most = max(most, city.founding[cluster, home] * max(1.0, freed))
    return most * max(1.0, p.entrepreneur_factor)


@rule
def burden_factor(city: City, p: Draw, cluster: int, home: int) -> float:
    """Return founding by an institute's senior against a firm's; lighter duties free people."""
    dose = city.dose[TALENT_BURDEN, cluster, home]
    return p.institute_founding * (1.0 + p.burden_founding * dose)


@rule
def founding_factor(world: Tables, p: Draw, talent: int) -> float:
    """Return how much likelier than usual this person is to found a firm.

    A past failure hurts less where failure is tolerated or its cost is shared.
    """
    city, people = world.city[0], world.talents
    cluster, home = CLUSTER_OF[people.track[talent]], people.home[talent]
    factor = city.founding[cluster, home]
    if people.failures[talent] > 0:
        excused = p.tolerance_gain * city.dose[TOLERANCE, cluster, home]
        excused += p.risk_gain * city.dose[RISK_SHARING, cluster, home]
        factor *= min(1.0, p.second_chance + excused)
    if people.level[talent] == ENTREPRENEUR:
        factor *= p.entrepreneur_factor
    if people.employer[talent] <= INSTITUTE_BASE:
        factor *= burden_factor(city, p, cluster, home)
    return factor
