"""Firms, funds, programmes and ties as of October 2022."""

import math

from sim.engine import rule
from sim.engine.chance import identity
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world import namespaces, purposes
from sim.model.world.codes import (
    CLUSTER_OF,
    CORPORATE,
    DISTRICT_FUND,
    ESTABLISHED,
    GATE_OF,
    GUIDANCE,
    INSTITUTE,
    INSTRUMENTS,
    MARKET,
    OPEN,
    PAYS_FOR,
    STARTUP,
    STATE_OWNED,
)
from sim.model.world.luck import luck, normal_pair, pick
from sim.model.world.past_lives import live_until_2022, past_losses
from sim.model.world.rows import (
    about,
    clear,
    draw_habit,
    draw_patron,
    find,
    list_hubs,
    place_firm,
    sell_level,
    take_firm_row,
)
from sim.model.world.tables import CLUSTERS, DISTRICTS, NEVER, NOBODY, TRACKS, City, Draw, Tables
from sim.model.world.titles import (
    file_for_certificate,
    has_standing,
    meets_centre_rule,
    report_research,
)

KINDS = len(PROGRAMME_KINDS)
WAN_A_YI = 10_000.0
START = -1
"""The month before the first: when the 2022 stock files and is measured."""


@rule
def draw_programmes(world: Tables, p: Draw) -> None:
    """Open the institutes, parks, stations and scenarios that existed in 2022."""
    weigh_cells(world, p)
    for k in range(INSTRUMENTS):
        if PAYS_FOR[k] != NOBODY:
            world.city[0].purse[PAYS_FOR[k]] += p.purse_2022 * (p.cost[k] * WAN_A_YI)
    for kind in range(KINDS):
        for k in range(int(p.existing[kind])):
            add_existing(world, p, kind, k)


@rule
def add_existing(world: Tables, p: Draw, kind: int, k: int) -> None:
    """Open one programme of a kind: institutes at universities, others by residents."""
    city = world.city[0]
    row = city.programme_rows
    city.programme_rows = row + 1
    entry = world.programmes[row]
    entry.id = identity(namespaces.FIRST_PROGRAMME, kind, k, 0)
    a, b, c, _ = luck(city, entry.id, 0, purposes.POPULATION)
    entry.alive = 1
    entry.kind = kind
    entry.stage = OPEN
    entry.existing = 1
    track = pick(p.firm_weight, a)
    entry.cluster = k % CLUSTERS if kind == INSTITUTE else CLUSTER_OF[track]
    entry.track = track
    entry.site = NOBODY
    if kind == INSTITUTE:
        site = int(b * len(city.university_district))
        entry.site = site
        entry.district = city.university_district[site]
        entry.cell = city.university_cell[site]
        entry.wanted = int(p.institute_posts)
    else:
        entry.district = draw_district(city, p, entry.cluster, b)
        entry.cell = draw_cell(world, entry.district, c)
    entry.proposed = -24
    entry.starts = -18
    entry.opens = -12
    entry.case = 1.0


@rule
def draw_district(city: City, p: Draw, cluster: int, u: float) -> int:
    """Return a district by residents, those designated for the cluster weighing more."""
    total = 0.0
    for district in range(DISTRICTS):
        total += district_weight(city, p, cluster, district)
    left = u * total
    for district in range(DISTRICTS - 1):
        left -= district_weight(city, p, cluster, district)
        if left < 0.0:
            return district
    return DISTRICTS - 1


@rule
def district_weight(city: City, p: Draw, cluster: int, district: int) -> float:
    """Return how much of a cluster's 2022 stock a district has, unnormalised."""
    designated = city.designated[cluster, district]
    return city.people[district] * (p.undesignated_2022 + designated)


@rule
def weigh_cells(world: Tables, p: Draw) -> None:
    """Fill the working field with running sums of cell weights, district by district.

    Land counts, and land near anchors (universities and named zones) counts more: by 1 at the
    anchor, by one half at ``anchor_distance`` km, falling with the square of distance.
    """
    city = world.city[0]
    cells = world.cells
    land_cells = world.land_cells
    field = world.field
    width = city.width
    squared = p.anchor_distance * p.anchor_distance
    for district in range(DISTRICTS):
        total = 0.0
        for k in range(city.district_start[district], city.district_start[district + 1]):
            cell = land_cells[k]
            down, right = cell // width, cell % width
            near = 0.0
            for j in range(len(city.anchor_row)):
                down_to, right_to = down - city.anchor_row[j], right - city.anchor_column[j]
                near += 1.0 / (1.0 + (down_to * down_to + right_to * right_to) / squared)
            total += cells[cell].land * (1.0 + p.anchor_pull * near)
            field[k] = total


@rule
def draw_cell(world: Tables, district: int, u: float) -> int:
    """Return a cell of the district, by the weights of ``weigh_cells``."""
    city = world.city[0]
    low, high = city.district_start[district], city.district_start[district + 1]
    return world.land_cells[find(world.field, low, high, u)]


@rule
def draw_firms(world: Tables, p: Draw) -> None:
    """Draw the firms, then scale their sales to the 2022 output of each track."""
    city = world.city[0]
    city.most_spillover = 1.0  # as every firm begins
    for k in range(int(p.firms_2022)):
        draw_firm(world, p, k)
    scale_sales(world, p)
    for i in range(city.firm_rows):
        set_books(world, p, i)


@rule
def draw_firm(world: Tables, p: Draw, k: int) -> None:
    """Draw one firm: track, kind, age, readiness, place, and a heavy-tailed size."""
    city = world.city[0]
    row = take_firm_row(world)
    firm = world.firms[row]
    clear(firm)
    firm.id = identity(namespaces.FIRST_FIRM, k, 0, 0)
    world.ids[row] = firm.id
    a, b, c, d = luck(city, firm.id, 0, purposes.POPULATION)
    e, f, g, h = luck(city, firm.id, 1, purposes.POPULATION)
    firm.alive = 1
    firm.track = pick(p.firm_weight, a)
    firm.cluster = CLUSTER_OF[firm.track]
    firm.kind = STARTUP
    if b < p.state_2022:
        firm.kind = STATE_OWNED
    elif b < p.state_2022 + p.established_2022:
        firm.kind = ESTABLISHED
    firm.quality = p.quality_2022 * normal_pair(e, f)
    gate = GATE_OF[firm.track]
    i, j, waited, _ = luck(city, firm.id, 3, purposes.POPULATION)
    firm.rd_habit = draw_habit(city, p, firm.id)
    size = math.exp(normal_pair(i, j) * p.size_spread)
    if firm.kind == STARTUP:
        live_until_2022(city, p, firm)
        firm.weight = p.startup_size * size
    else:
        years = p.established_youngest + (p.established_oldest - p.established_youngest) * c
        immature = max(8, int(p.first_selling_level[gate]))
        firm.level = immature if g < p.established_immature else 9
        firm.weight = size
        firm.rd_habit = min(firm.rd_habit, p.operating_margin)
        firm.founded = START - int(12.0 * years)
        firm.reached = START - int(12.0 * min(years, 2.0 * p.gate_years[gate]) * waited)
    if firm.level < p.first_selling_level[gate]:
        firm.weight = 0.0
    firm.entered = NEVER
    firm.spillover = 1.0
    district = draw_district(city, p, firm.cluster, d)
    place_firm(world, row, draw_cell(world, district, h))


@rule
def scale_sales(world: Tables, p: Draw) -> None:
    """Set each track's market so that the drawn firms together sell its part of 2022 output."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    total = 0.0
    for k in range(TRACKS):
        total += p.output_weight[k]
    for i in range(city.firm_rows):
        firm = firms[i]
        tracks[firm.track].weight += firm.weight * sell_level(GATE_OF[firm.track], firm.level, p)
    for k in range(TRACKS):
        track = tracks[k]
        sales = p.output_2022 * WAN_A_YI * p.output_weight[k] / total
        track.sales = sales / max(1.0e-9, track.weight)
        share = p.share_2022
        track.weight = sales
        track.rivals = sales * (1.0 - share) / share
        track.demand = sales / share
        track.adoption = p.adoption_2022[k]
        track.potential = track.demand / track.adoption
        track.share = share
        track.pay = track.senior_pay = 1.0
    for i in range(city.firm_rows):
        firm = firms[i]
        firm.weight *= tracks[firm.track].sales
        firm.sales = firm.weight * sell_level(GATE_OF[firm.track], firm.level, p)
        for month in range(12):
            city.sales_history[month, firm.cluster, firm.district] += firm.sales / 12.0
    for k in range(TRACKS):
        tracks[k].sales = tracks[k].weight / 12.0


@rule
def set_books(world: Tables, p: Draw, i: int) -> None:
    """Give a firm the plant, research, cash and budget that fit its sales."""
    city = world.city[0]
    firm = world.firms[i]
    a, b, _, d = luck(city, firm.id, 2, purposes.POPULATION)
    _, _, _, e = luck(city, firm.id, 3, purposes.POPULATION)
    firm.capacity = firm.weight * (1.0 + p.spare_capacity * about(p, b))
    owed = p.growth_before_2022 / (p.growth_before_2022 + 12.0 / p.plant_term)
    grown = firm.level == 9 and firm.sales >= p.listing_sales
    firm.listed = int(grown and e < p.listed_2022)
    firm.plant_debt = owed * p.debt_usual * p.capital[firm.track] * firm.capacity
    spread = max(firm.weight, p.spread_size) / p.spread_size
    firm.spread = p.growth_spread * spread ** (-p.spread_slope)
    cost = p.talent_cost + p.overhead
    wanted = firm.rd_habit * firm.sales / cost
    if firm.kind == STARTUP:
        spending = p.cash_spending if firm.sales > 0.0 else p.burn_before_sales
        wanted += spending * firm.cash / cost
    else:
        firm.cash = wanted * cost / 12.0 * p.cash_ceiling * d
    firm.wanted = max(1, int(wanted))
    firm.losses = past_losses(p, firm)
    # R&D that has grown at a steady rate leaves a stock of R&D over depreciation plus growth.
    growing = p.rd_decay + p.growth_before_2022
    firm.rd_stock = firm.wanted * p.research_unit / growing * about(p, a)
    if firm.level == 9 and firm.quality >= p.product_quality:
        # As many as such firms launch before one is old: else markets would slow down in 2022.
        firm.fresh = p.product_rate * p.product_life


@rule
def draw_funds(world: Tables, p: Draw) -> None:
    """Set up the guidance fund (empty) and the funds that exist."""
    city = world.city[0]
    funds = world.funds
    number = 1 + int(p.funds_2022)
    city.fund_rows = number
    sizes = 0.0
    for k in range(number):
        fund = funds[k]
        fund.id = identity(namespaces.FIRST_FUND, k, 0, 0)
        fund.alive = 1
        a, b, c, d = luck(city, fund.id, 0, purposes.POPULATION)
        e, f, g, h = luck(city, fund.id, 1, purposes.POPULATION)
        fund.kind = GUIDANCE
        fund.focus = NOBODY
        fund.district = NOBODY
        fund.lowest_level = 1
        fund.highest_level = 9
        fund.vintage = START
        if k == 0:
            continue
        fund.kind = MARKET
        if a < p.corporate_funds:
            fund.kind = CORPORATE
        elif a < p.corporate_funds + p.district_funds:
            fund.kind = DISTRICT_FUND
            fund.district = draw_district(city, p, int(CLUSTERS * e), b)
        if fund.kind == CORPORATE or f < p.focused_funds:
            fund.focus = int(CLUSTERS * e)
        if c < p.early_funds:
            fund.highest_level = int(p.early_fund_ceiling)
        elif c > 1.0 - p.late_funds:
            fund.lowest_level = int(p.late_fund_floor)
        fund.accuracy = p.screening_skill * about(p, d)
        fund.size = math.exp(p.fund_spread * normal_pair(g, h))
        sizes += fund.size
    for k in range(1, number):
        fund = funds[k]
        fund.dry_powder = p.private_inflow * WAN_A_YI * p.powder_2022 * fund.size / sizes
        fund.committed = fund.dry_powder


@rule
def draw_ties(world: Tables, p: Draw) -> None:
    """Tie part of the small firms to large ones, then let all who meet a rule hold its title."""
    city = world.city[0]
    firms = world.firms
    list_hubs(world, p)
    for i in range(city.firm_rows):
        firm = firms[i]
        a, b, c, _ = luck(city, firm.id, START, purposes.LINK)
        small = firm.level >= p.order_level and firm.sales < p.hub_sales
        if small and a < p.linked_2022:
            firm.patron = draw_patron(world, p, firm, b, c, 1.0)
            if firm.patron != NOBODY:
                firms[firm.patron].partners += 1
                firm.weight /= 1.0 + p.order_part  # the rest of its sales its patron buys
                firm.to_patron = firm.sales * p.order_part / (1.0 + p.order_part)
    for i in range(city.firm_rows):
        hold_titles(world, p, i)


@rule
def hold_titles(world: Tables, p: Draw, i: int) -> None:
    """Grant the titles that a firm would have by 2022 under the rules of process 10."""
    city = world.city[0]
    firm = world.firms[i]
    trait, keen, c, d = luck(city, firm.id, 0, purposes.TRAIT)
    _, relabels, margin, _ = luck(city, firm.id, START, purposes.FILING)
    firm.real_rd = firm.talents * p.talent_cost
    firm.staff = p.team * firm.talents + firm.sales / p.sales_a_head
    if trait < p.filing_share:
        # By 2022 a firm has filed several times, so that the experts' chance is no obstacle.
        report_research(p, firm, relabels, margin)
        file_for_certificate(p, firm, 0.0, START)
        if firm.certificate_until > START:
            firm.certificate_until = 1 + int(c * p.certificate_months)
    if meets_centre_rule(p, firm) and keen < p.centre_filing:
        firm.technology_centre = 1
        firm.centre_since = -int(d * p.centre_review)
    firm.ecosystem = 1 if has_standing(p, firm) else 0
