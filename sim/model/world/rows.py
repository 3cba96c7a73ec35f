"""Births and bookkeeping on table rows: the first free row, an employer's books, a cell's firms."""

import math

import numpy as np

from sim.engine import inlined, rule
from sim.engine.tables import Numbers, Rows
from sim.model.world import purposes
from sim.model.world.codes import (
    CLUSTER_OF,
    INSTITUTE_BASE,
    JUNIOR,
    SCIENTIST,
    SEARCHING,
    STATE_OWNED,
)
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.luck import luck, normal_pair
from sim.model.world.tables import (
    CLUSTERS,
    NEVER,
    NOBODY,
    City,
    Draw,
    Firm,
    Programme,
    Tables,
    Talents,
)

ALL_ALIVE = np.uint64(0x0101010101010101)
"""Eight flags that are set, read as one number."""


@rule
def take_firm_row(world: Tables) -> int:
    """Return the first free firm row, or -1 (and the overflow flag) if there is none."""
    city = world.city[0]
    firms = world.firms
    for row in range(city.free_firm, len(firms)):
        if firms[row].alive == 0:
            city.free_firm = row + 1
            city.firm_rows = max(city.firm_rows, row + 1)
            return row
    city.overflow = 1
    return -1


@rule
def take_talent_row(world: Tables) -> int:
    """Return the first free talent row, or -1 (and the overflow flag) if there is none."""
    city, alive, eights = world.city[0], world.talents.alive, world.eights
    row, rows = city.free_talent, len(alive)
    while row < rows and alive[row] == 1:
        row += 1
        if row % 8 == 0:
            while row // 8 < len(eights) and eights[row // 8] == ALL_ALIVE:
                row += 8
    if row == rows:
        city.overflow = 1
        return -1
    city.free_talent = row + 1
    city.talent_rows = max(city.talent_rows, row + 1)
    return row


@rule
def take_deal_row(world: Tables) -> int:
    """Return the first free deal row, or -1 (and the overflow flag) if there is none."""
    city = world.city[0]
    deals = world.deals
    for row in range(city.free_deal, len(deals)):
        if deals[row].alive == 0:
            city.free_deal = row + 1
            city.deal_rows = max(city.deal_rows, row + 1)
            return row
    city.overflow = 1
    return -1


@inlined
def count_in(firm: Firm, level: int, number: int) -> None:
    """Add ``number`` talents of a level to a firm's books; -1 takes one off."""
    firm.talents += number
    firm.seniors += number * int(level > JUNIOR)  # no branch: levels cannot be guessed
    firm.scientists += number * int(level == SCIENTIST)


@inlined
def count_searching(city: City, people: Talents, talent: int, number: float) -> None:
    """Add ``number`` to those of a talent's cluster and home who have no post."""
    city.searching[CLUSTER_OF[people.track[talent]], people.home[talent]] += number


@inlined
def leave_employer(
    city: City,
    people: Talents,
    firms: Rows[Firm],
    programmes: Rows[Programme],
    talent: int,
    month: int,
) -> None:
    """Take a talent off its employer's books and let it search."""
    employer = people.employer[talent]
    if employer >= 0:
        count_in(firms[employer], people.level[talent], -1)
    elif employer < SEARCHING:
        programmes[INSTITUTE_BASE - employer].talents -= 1
    set_searching(city, people, talent, month)


@inlined
def set_searching(city: City, people: Talents, talent: int, month: int) -> None:
    """Let a talent who is on no employer's books search."""
    people.employer[talent] = SEARCHING
    people.since[talent] = month
    count_searching(city, people, talent, 1.0)


@inlined
def join_firm(
    city: City, people: Talents, firms: Rows[Firm], talent: int, row: int, month: int
) -> None:
    """Put a talent who searches on a firm's books."""
    count_in(firms[row], people.level[talent], 1)
    set_employer(city, people, talent, row, month)


@inlined
def set_employer(city: City, people: Talents, talent: int, employer: int, month: int) -> None:
    """Let a talent who searches have an employer, who counts them in elsewhere."""
    count_searching(city, people, talent, -1.0)
    people.employer[talent] = employer
    people.since[talent] = month


@rule
def place_firm(world: Tables, row: int, cell: int) -> None:
    """Stand a firm on a cell and keep the cell's and the district's numbers."""
    city = world.city[0]
    firm = world.firms[row]
    site = world.cells[cell]
    firm.cell = cell
    firm.district = site.district
    firm.place = site.place
    site.firms += 1
    city.tallies[FIRMS_HERE, firm.cluster, firm.district] += 1.0


@rule
def clear(firm: Firm) -> None:
    """Empty a row before a new firm takes it."""
    firm.founder = NOBODY
    firm.technology_centre = 0
    firm.centre_since = 0
    firm.ecosystem = 0
    firm.listed = 0
    firm.leading = 0
    firm.distress = 0
    firm.components = 0
    firm.products = 0
    firm.standards = 0
    firm.fresh = 0.0
    firm.cover = 0.0
    firm.edge = 0.0
    firm.talents = 0
    firm.seniors = 0
    firm.scientists = 0
    firm.partners = 0
    firm.patron = NOBODY
    firm.consortium = NOBODY
    firm.certificate_until = NEVER
    firm.last_round = -12
    firm.first_deal = NOBODY
    firm.rd_stock = 0.0
    firm.staff = 0.0
    firm.real_rd = 0.0
    firm.reported_rd = 0.0
    firm.sales = 0.0
    firm.to_patron = 0.0
    firm.weight = 0.0
    firm.capacity = 0.0
    firm.ordered = 0.0
    firm.demanded = 0.0
    firm.lacking = 0.0
    firm.cash = 0.0
    firm.debt = 0.0
    firm.plant_debt = 0.0
    firm.losses = 0.0
    firm.burn = 0.0
    firm.commissioned = 0
    firm.raised = 0.0


@rule
def add_talent(
    world: Tables, person: int, track: int, level: int, origin: int, home: int, skill: float
) -> None:
    """Enter a person into the talent table, searching for a post."""
    row = take_talent_row(world)
    if row < 0:
        return
    city, people = world.city[0], world.talents
    city.levels[origin, level] += 1.0
    people.id[row] = person
    people.alive[row] = 1
    people.track[row] = track
    people.level[row] = level
    people.origin[row] = origin
    people.home[row] = home
    people.failures[row] = 0
    people.skill[row] = skill
    world.newcomers[city.newcomers_listed] = row
    city.newcomers_listed += 1
    set_searching(city, people, row, NEVER)


@rule
def find(sums: Numbers, low: int, high: int, u: float) -> int:
    """Return the index in [low, high) that ``u`` picks in proportion to steps of running sums."""
    target, rows = u * sums[high - 1], high - low
    while rows > 1:  # no branch: which half it is in cannot be guessed
        half = rows // 2
        low += half * int(sums[low + half - 1] <= target)
        rows -= half
    return low


@rule
def hub_merit(city: City, p: Draw, firm: Firm, hub: Firm, mixed: float) -> float:
    """Return what a hub is worth to a firm: sales against distance; another ownership counts."""
    merit = hub.sales / (p.order_distance + city.distance[firm.district, hub.district])
    return merit * mixed if is_mixed(firm, hub) else merit


@rule
def is_mixed(firm: Firm, other: Firm) -> bool:
    """Return whether one of two firms is state-owned and the other is not."""
    return (firm.kind == STATE_OWNED) != (other.kind == STATE_OWNED)


@rule
def draw_habit(city: City, p: Draw, firm_id: int) -> float:
    """Return the share of sales a firm budgets for R&D: a lasting trait, rd_ratio on average."""
    a, b, _, _ = luck(city, firm_id, 0, purposes.RD_HABIT)
    return p.rd_ratio * math.exp(p.rd_spread * normal_pair(a, b) - 0.5 * p.rd_spread * p.rd_spread)


@rule
def list_hubs(world: Tables, p: Draw) -> None:
    """List the firms that are large enough to give open orders, cluster by cluster."""
    city = world.city[0]
    firms, large = world.firms, world.struck
    start = city.hub_start
    start[:] = 0
    number = 0
    for i in range(city.firm_rows):  # no branch: which firm is large cannot be guessed
        large[number] = i
        number += firms[i].sales >= p.hub_sales
    for k in range(number):
        start[firms[large[k]].cluster] += firms[large[k]].alive
    # A counting sort: the counts become ends, and filling backwards turns ends into starts.
    for cluster in range(1, CLUSTERS + 1):
        start[cluster] += start[cluster - 1]
    for k in range(number - 1, -1, -1):
        firm = firms[large[k]]
        if firm.alive == 1:
            start[firm.cluster] -= 1
            world.hubs[start[firm.cluster]] = large[k]


@rule
def draw_patron(world: Tables, p: Draw, firm: Firm, u: float, v: float, mixed: float) -> int:
    """Return the better of two hubs of the firm's cluster for it, or -1 if there is none.

    ``mixed`` is what a hub of the other ownership counts against one of the same.
    """
    city, firms = world.city[0], world.firms
    low, high = city.hub_start[firm.cluster], city.hub_start[firm.cluster + 1]
    if low == high:
        return NOBODY
    first = world.hubs[low + int(u * (high - low))]
    second = world.hubs[low + int(v * (high - low))]
    one = hub_merit(city, p, firm, firms[first], mixed)
    return first if one >= hub_merit(city, p, firm, firms[second], mixed) else second


@rule
def research_people(firm: Firm, p: Draw, dose: float) -> float:
    """Return the talents that count for research in juniors; ``dose`` of lighter duties."""
    return count_juniors(firm, p) * (1.0 + p.burden_gain * dose)


@rule
def count_juniors(firm: Firm, p: Draw) -> float:
    """Return a firm's talents in juniors: seniors weigh more, strategic scientists more again.

    Who works for others does not work at the firm's own technology.
    """
    own = firm.talents - p.commission_time * firm.commissioned
    own += p.senior_weight * firm.seniors + p.scientist_weight * firm.scientists
    return max(0.0, own)


@rule
def about(p: Draw, u: float) -> float:
    """Return what one agent has against the mean where only a mean is known: 1, give or take."""
    return 1.0 + p.unevenness * (2.0 * u - 1.0)


@rule
def sell_level(gate: int, level: int, p: Draw) -> float:
    """Return which part of a firm's competitive weight can sell at a readiness level."""
    first = p.first_selling_level[gate]
    return max(0.0, level - first + 1.0) / (10.0 - first)
