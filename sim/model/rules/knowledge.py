"""Process 3: knowledge is made where research is done, decays, and spreads over a few km."""

from sim.engine import rule
from sim.engine.process import process
from sim.engine.tables import Numbers
from sim.model.rules.common import MONTH, mean_over_districts
from sim.model.world.codes import INSTITUTE, OPEN, TRANSFER_NODE, mechanism
from sim.model.world.founding_knowledge import bring_home
from sim.model.world.rows import research_people
from sim.model.world.tables import CLUSTERS, City, Draw, Tables

PERIOD = 6
"""Months between two reckonings: knowledge lives for years, and spreading it costs much."""
AUTONOMY = mechanism("scientist_autonomy")
BIG_SCIENCE = mechanism("big_science")
DATA = mechanism("data")
IP_PROTECTION = mechanism("ip_protection")
RESEARCH_INSTITUTE = mechanism("research_institute")
TRANSFER_NODES = mechanism("transfer_nodes")
TALENT_BURDEN = mechanism("talent_burden")


@process(
    "knowledge",
    reads=(
        "city: dose firm_rows programme_rows",
        "firms: alive cell cluster commissioned place scientists seniors talents track",
        "programmes: alive cell cluster district kind stage talents",
        "knowledge",
    ),
    writes=(
        "city: knowledge most_spillover",
        "firms: spillover",
        "exposure knowledge",
    ),
    scratch=("city: row_reach row_stock", "field partial"),
)
def knowledge(world: Tables, p: Draw, month: int) -> None:
    """Twice a year add what was learnt, let it decay and spread, and let it reach the firms."""
    if month % PERIOD == 0:
        add_firms_part(world, p)
        add_institutes_part(world, p)
        decay_and_spread(world, p)
        refresh_spillovers(world, p)


@rule
def add_firms_part(world: Tables, p: Draw) -> None:
    """Let each firm's research leak into its cell; protection lets less of it leak."""
    city = world.city[0]
    firms = world.firms
    knowledge = world.knowledge
    dose = city.dose
    for i in range(city.firm_rows):
        firm = firms[i]
        if firm.alive == 0 or firm.talents == 0:
            continue
        cluster, branch, place = firm.cluster, CLUSTERS + firm.track, firm.place
        people = research_people(firm, p, dose[TALENT_BURDEN, branch, place])
        kept = p.leak_reduction * dose[IP_PROTECTION, branch, place]
        knowledge[cluster, firm.cell] += people * PERIOD * MONTH * max(0.0, 1.0 - kept)


@rule
def add_institutes_part(world: Tables, p: Draw) -> None:
    """Let institutes publish, and transfer nodes, which stand abroad, bring in know-how.

    The nodes of a cluster share what the plan gives for them.
    """
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
            support += p.science_gain * dose[BIG_SCIENCE, cluster, district]
            support += p.autonomy_knowledge * dose[AUTONOMY, cluster, district]
            made = entry.talents * p.institute_output * support * PERIOD * MONTH
            knowledge[cluster, entry.cell] += made
        elif entry.kind == TRANSFER_NODE:
            called = mean_over_districts(dose[TRANSFER_NODES], cluster)
            support = 1.0 + p.transfer_gain * called / nodes_of(world, cluster)
            bring_home(world, cluster, p.transfer_output * support * PERIOD * MONTH)


@rule
def nodes_of(world: Tables, cluster: int) -> float:
    """Return how many transfer nodes of a cluster are open."""
    programmes = world.programmes
    nodes = 0.0
    for row in range(world.city[0].programme_rows):
        entry = programmes[row]
        open_here = entry.alive == 1 and entry.stage == OPEN and entry.cluster == cluster
        nodes += open_here and entry.kind == TRANSFER_NODE
    return nodes


@rule
def decay_and_spread(world: Tables, p: Draw) -> None:
    """Let knowledge decay for half a year and compute what every cell can reach.

    The kernel is exponential in the distance along rows and columns, halves every
    ``knowledge_half_distance`` km and sums to one, so exposure is knowledge per km2. It is applied
    as two one-sided recursive filters along each axis.
    """
    city = world.city[0]
    remains = max(0.0, 1.0 - p.knowledge_decay) ** (PERIOD * MONTH)
    r = 0.5 ** (1.0 / p.knowledge_half_distance)
    for cluster in range(CLUSTERS):
        decay(world.knowledge[cluster], remains)
    city.knowledge = spread_along_rows(world, r)
    below = world.field[: city.width]
    for cluster in range(CLUSTERS):
        spread_along_columns(world.partial[cluster], world.exposure[cluster], below, r)


@rule
def decay(stocks: Numbers, remains: float) -> None:
    """Let what remains of each stock be all of it."""
    for cell in range(len(stocks)):
        stocks[cell] *= remains


@rule
def spread_along_rows(world: Tables, r: float) -> float:
    """Filter every row of the knowledge into ``partial``; return the stock of all of them.

    Only land has knowledge, and it is less than half of the map: beyond the first and the last
    land cell of a row, what reaches a cell just falls with the distance.
    """
    city, spread = world.city[0], world.partial
    width = city.width
    falling = world.field[:width]
    falling[0] = r
    for k in range(1, width):
        falling[k] = r * falling[k - 1]
    total = 0.0
    for row in range(len(city.land_start)):
        low, high, end = city.land_start[row], city.land_end[row], (row + 1) * width
        total += spread_along_row(city, world.knowledge, spread, low, high, r)
        for cluster in range(CLUSTERS):
            fade(spread[cluster, high:end], spread[cluster, high - 1], falling)
            fade(spread[cluster, end - width : low][::-1], spread[cluster, low], falling)
    return total


@rule
def fade(line: Numbers, reached: float, falling: Numbers) -> None:
    """Let what reached the cell before a line fall along it."""
    for k in range(len(line)):
        line[k] = reached * falling[k]


@rule
def spread_along_row(
    city: City, stock: Numbers, spread: Numbers, first: int, end: int, r: float
) -> float:
    """Filter the land of a row of every cluster with r^|distance|; return its stock, unfiltered.

    The clusters are done side by side: their sums do not wait for each other.
    """
    held, reached = city.row_stock, city.row_reach
    held[:] = 0.0
    reached[:] = 0.0
    for k in range(first, end):
        for cluster in range(CLUSTERS):
            here = stock[cluster, k]
            held[cluster] += here
            reached[cluster] = here + r * reached[cluster]
            spread[cluster, k] = reached[cluster]
    reached[:] = 0.0
    for k in range(end - 1, first - 1, -1):
        for cluster in range(CLUSTERS):
            spread[cluster, k] += reached[cluster]
            reached[cluster] = r * (reached[cluster] + stock[cluster, k])
    total = 0.0
    for cluster in range(CLUSTERS):
        total += held[cluster]
    return total


@rule
def spread_along_columns(field: Numbers, spread: Numbers, below: Numbers, r: float) -> None:
    """Filter every column with r^|distance|, and let the kernel of both axes sum to one.

    The inner loops go along a row, where no sum waits for another. ``below`` is for working.
    """
    width = len(below)
    last = len(field) - width
    for column in range(width):
        spread[column] = field[column]
    for first in range(width, last + 1, width):
        above = spread[first - width : first]
        row, here = spread[first : first + width], field[first : first + width]
        for column in range(width):
            row[column] = here[column] + r * above[column]
    gain = ((1.0 - r) / (1.0 + r)) ** 2
    below[:] = 0.0
    for first in range(last, -1, -width):
        row, here = spread[first : first + width], field[first : first + width]
        for column in range(width):
            row[column] = gain * (row[column] + below[column])
            below[column] = r * (below[column] + here[column])


@rule
def refresh_spillovers(world: Tables, p: Draw) -> None:
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
        dose = city.dose[DATA, CLUSTERS + firm.track, firm.place]
        access = 1.0 + p.data_gain * dose
        marshall = p.marshall * access * own / (own + p.knowledge_scale)
        jacobs = p.jacobs * access * other / (other + p.knowledge_scale)
        firm.spillover = max(p.spillover_floor, 1.0 + marshall + jacobs)
        most = max(most, firm.spillover)
    city.most_spillover = most
