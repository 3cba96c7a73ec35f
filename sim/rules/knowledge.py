"""Process 3: knowledge is made where research is done, decays, and spreads over a few km."""

from sim.compiled import helper
from sim.rules.common import MONTH
from sim.world.codes import INSTITUTE, OPEN, TRANSFER_NODE, instrument
from sim.world.rows import research_people
from sim.world.tables import CLUSTERS

PERIOD = 6
"""Months between two reckonings: knowledge lives for years, and spreading it costs much."""
DATA = instrument("data")
IP_PROTECTION = instrument("ip_protection")
RESEARCH_INSTITUTE = instrument("research_institute")
TRANSFER_NODES = instrument("transfer_nodes")
TALENT_BURDEN = instrument("talent_burden")


@helper
def knowledge(world, p, month):
    """Twice a year add what was learnt, let it decay and spread, and let it reach the firms."""
    if month % PERIOD == 0:
        add_firms_part(world, p)
        add_institutes_part(world, p)
        decay_and_spread(world, p)
        refresh_spillovers(world, p)


@helper
def add_firms_part(world, p):
    """Let each firm's research leak into its cell; protection lets less of it leak."""
    city = world.city[0]
    firms = world.firms
    knowledge = world.knowledge
    dose = city.dose
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 0 or firm.talents == 0:
            continue
        cluster, district = firm.cluster, firm.district
        people = research_people(firm, p, dose[TALENT_BURDEN, cluster, district])
        kept = p.leak_reduction * dose[IP_PROTECTION, cluster, district]
        knowledge[cluster, firm.cell] += people * PERIOD * MONTH * max(0.0, 1.0 - kept)


@helper
def add_institutes_part(world, p):
    """Let institutes publish, and transfer nodes bring in know-how from abroad."""
    city = world.city[0]
    programmes = world.programmes
    knowledge = world.knowledge
    dose = city.dose
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.alive == 0 or entry.stage != OPEN:
            continue
        cluster, district = entry.cluster, entry.district
        if entry.kind == INSTITUTE:
            support = 1.0 + p.institute_gain * dose[RESEARCH_INSTITUTE, cluster, district]
            made = entry.talents * p.institute_output * support * PERIOD * MONTH
            knowledge[cluster, entry.cell] += made
        elif entry.kind == TRANSFER_NODE:
            support = 1.0 + p.transfer_gain * dose[TRANSFER_NODES, cluster, district]
            knowledge[cluster, entry.cell] += p.transfer_output * support * PERIOD * MONTH


@helper
def decay_and_spread(world, p):
    """Let knowledge decay for half a year and compute what every cell can reach.

    The kernel is exponential in the distance along rows and columns, halves every
    ``knowledge_half_distance`` km and sums to one, so exposure is knowledge per km2. It is applied
    as two one-sided recursive filters along each axis.
    """
    city = world.city[0]
    field = world.field
    knowledge = world.knowledge
    exposure = world.exposure
    width = city.width
    height = knowledge.shape[1] // width
    remains = max(0.0, 1.0 - p.knowledge_decay) ** (PERIOD * MONTH)
    r = 0.5 ** (1.0 / p.knowledge_half_distance)
    for cluster in range(CLUSTERS):
        for cell in range(knowledge.shape[1]):
            stock = remains * knowledge[cluster, cell]
            knowledge[cluster, cell] = stock
            exposure[cluster, cell] = stock
    city.knowledge = total_stock(knowledge)
    spread_along_rows(exposure, world.partial, height, width, r)
    spread_along_columns(exposure, world.partial, field, height, width, r)


@helper
def total_stock(knowledge):
    """Return the stock of all cells and clusters; five sums that do not wait for each other."""
    k0, k1, k2, k3, k4 = knowledge[0], knowledge[1], knowledge[2], knowledge[3], knowledge[4]
    s0, s1, s2, s3, s4 = 0.0, 0.0, 0.0, 0.0, 0.0
    for cell in range(knowledge.shape[1]):
        s0 += k0[cell]
        s1 += k1[cell]
        s2 += k2[cell]
        s3 += k3[cell]
        s4 += k4[cell]
    return s0 + s1 + s2 + s3 + s4


@helper
def spread_along_rows(field, causal, height, width, r):
    """Filter every row in place with r^|distance|, normalised to sum one.

    The clusters are the innermost loop: their recursions do not wait for each other.
    """
    gain = (1.0 - r) / (1.0 + r)
    for first in range(0, height * width, width):
        for cluster in range(CLUSTERS):
            causal[cluster, first] = field[cluster, first]
        for k in range(first + 1, first + width):
            for cluster in range(CLUSTERS):
                causal[cluster, k] = field[cluster, k] + r * causal[cluster, k - 1]
        last = first + width - 1
        a0, a1, a2, a3, a4 = 0.0, 0.0, 0.0, 0.0, 0.0
        for k in range(last, first - 1, -1):
            h0, h1, h2 = field[0, k], field[1, k], field[2, k]
            h3, h4 = field[3, k], field[4, k]
            field[0, k] = gain * (causal[0, k] + a0)
            field[1, k] = gain * (causal[1, k] + a1)
            field[2, k] = gain * (causal[2, k] + a2)
            field[3, k] = gain * (causal[3, k] + a3)
            field[4, k] = gain * (causal[4, k] + a4)
            a0, a1, a2 = r * (a0 + h0), r * (a1 + h1), r * (a2 + h2)
            a3, a4 = r * (a3 + h3), r * (a4 + h4)


@helper
def spread_along_columns(field, causal, ahead, height, width, r):
    """Filter every column in place with r^|distance|, normalised to sum one."""
    gain = (1.0 - r) / (1.0 + r)
    for cluster in range(CLUSTERS):
        for column in range(width):
            causal[cluster, column] = field[cluster, column]
            ahead[column] = 0.0
        for k in range(width, height * width):
            causal[cluster, k] = field[cluster, k] + r * causal[cluster, k - width]
        for first in range((height - 1) * width, -1, -width):
            for column in range(width):
                here = field[cluster, first + column]
                filtered = causal[cluster, first + column] + ahead[column]
                field[cluster, first + column] = gain * filtered
                ahead[column] = r * (ahead[column] + here)


@helper
def refresh_spillovers(world, p):
    """Give each firm what knowledge nearby adds: own cluster's (Marshall), others' (Jacobs)."""
    city = world.city[0]
    firms = world.firms
    exposure = world.exposure
    most = 1.0  # that of firms to come, until they are looked at
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 0:
            continue
        own = exposure[firm.cluster, firm.cell]
        other = -own
        for cluster in range(CLUSTERS):
            other += exposure[cluster, firm.cell]
        dose = city.dose[DATA, firm.cluster, firm.district]
        access = 1.0 + p.data_gain * dose
        marshall = p.marshall * access * own / (own + p.knowledge_scale)
        jacobs = p.jacobs * access * other / (other + p.knowledge_scale)
        firm.spillover = max(p.spillover_floor, 1.0 + marshall + jacobs)
        most = max(most, firm.spillover)
    city.most_spillover = most
