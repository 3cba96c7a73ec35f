"""October 2022 (section 5): what exists, drawn from the parameters."""

import math
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import CLUSTER_OF
from sim.model.world.ledgers import TALENTS_HERE
from sim.model.world.tables import CLUSTERS, DISTRICTS, NEVER, NOBODY, PROGRAMME_FIELDS, TRACKS
from tests.reference import titles
from tests.reference.birth import about, place_firm, rd_habit
from tests.reference.finance import carried_for
from tests.reference.luck import luck, name, normal, pick
from tests.reference.objects import Thing
from tests.reference.orders import can_be_tied, hubs_of, tie
from tests.reference.past_lives import have_lived
from tests.reference.people import join

YUAN = 10_000
BEFORE = -1
"""The month before the first."""


def start(model: Any) -> None:
    """Draw the population of October 2022 into an empty model."""
    model.city.demand_climate = model.city.inflow_climate = model.city.left_by_rivals = 1.0
    sums = attraction(model)
    for kind in range(len(PROGRAMME_KINDS)):
        draw_programmes(model, kind, sums)
    for k in range(int(model.p.firms_2022)):
        draw_firm(model, k, sums)
    share_out_output(model)
    for firm in model.firms:
        furnish(model, firm)
    for k in range(1 + int(model.p.funds_2022)):
        draw_fund(model, k)
    fill_funds(model)
    draw_people(model)
    lay_down_knowledge(model)
    hubs = hubs_of(model)
    for firm in model.firms:
        a, b, c, _ = luck(model, firm.id, BEFORE, purposes.LINK)
        if can_be_tied(model, firm) and a < model.p.linked_2022:
            tie(model, firm, hubs, b, c)
            if firm.patron != NOBODY:
                firm.to_patron = firm.sales - firm.sales / (1.0 + model.p.order_part)
                firm.weight /= 1.0 + model.p.order_part
    for firm in model.firms:
        grant_titles(model, firm)


def attraction(model: Any) -> list[float]:
    """Return running sums of cells' attraction, over the land cells of each district."""
    city, p = model.city, model.p
    anchors = [divmod(cell, city.width) for cell in (*city.university_cell, *city.zone_cell)]
    sums = []
    for d in range(DISTRICTS):
        total = 0.0
        for number in model.land_cells[city.district_start[d] : city.district_start[d + 1]]:
            row, column = divmod(number, city.width)
            near = sum(
                1.0 / (1.0 + ((row - y) ** 2 + (column - x) ** 2) / p.anchor_distance**2)
                for y, x in anchors
            )
            total += model.cells[number].land * (1.0 + p.anchor_pull * near)
            sums.append(total)
    return sums


def draw_cell(model: Any, district: int, sums: list[float], u: float) -> int:
    """Return a land cell of a district, drawn by its attraction."""
    first, end = model.city.district_start[district : district + 2]
    return int(model.land_cells[bisect_right(sums, u * sums[end - 1], first, end - 1)])


def draw_district(model: Any, cluster: int, u: float) -> int:
    """Return a district, drawn by residents; those named for the cluster count for more."""
    city = model.city
    return pick(
        [
            city.people[d] * (model.p.undesignated_2022 + city.designated[cluster][d])
            for d in range(DISTRICTS)
        ],
        u,
    )


def draw_programmes(model: Any, kind: int, sums: list[float]) -> None:
    """Open the programmes of a kind, and fill its purse."""
    city, p = model.city, model.p
    costs = [cost for cost, of in zip(p.cost, codes.PAYS_FOR, strict=True) if of == kind]
    city.purse[kind] = p.purse_2022 * YUAN * sum(costs)
    for k in range(int(p.existing[kind])):
        entry: Any = Thing(PROGRAMME_FIELDS)
        entry.row, entry.alive, entry.kind, entry.stage = len(model.programmes), 1, kind, codes.OPEN
        entry.id, entry.existing = name(namespaces.FIRST_PROGRAMME, kind, k), 1
        a, b, c, _ = luck(model, entry.id, 0, purposes.POPULATION)
        entry.track, entry.site, entry.case = pick(p.firm_weight, a), NOBODY, 1.0
        entry.proposed, entry.starts, entry.opens = -24, -18, -12
        entry.cluster = CLUSTER_OF[entry.track]
        if kind == codes.INSTITUTE:
            entry.cluster = k % CLUSTERS
            entry.site = int(b * len(city.university_cell))
            entry.district = city.university_district[entry.site]
            entry.cell = city.university_cell[entry.site]
            entry.wanted = int(p.institute_posts)
        else:
            entry.district = draw_district(model, entry.cluster, b)
            entry.cell = draw_cell(model, entry.district, sums, c)
        model.programmes.append(entry)


def draw_firm(model: Any, k: int, sums: list[float]) -> None:
    """Draw a firm; its weight is only relative yet."""
    p, firm = model.p, model.new("firms")
    firm.id = name(namespaces.FIRST_FIRM, k)
    a, b, c, d = luck(model, firm.id, 0, purposes.POPULATION)
    e, f, g, h = luck(model, firm.id, 1, purposes.POPULATION)
    i, j, waited, _ = luck(model, firm.id, 3, purposes.POPULATION)
    firm.founder = firm.patron = firm.consortium = firm.first_deal = NOBODY
    firm.certificate_until, firm.last_round, firm.entered = NEVER, -12, NEVER
    firm.track = pick(p.firm_weight, a)
    firm.cluster = CLUSTER_OF[firm.track]
    firm.quality, firm.rd_habit, firm.spillover = p.quality_2022 * normal(e, f), 0.0, 1.0
    firm.rd_habit = rd_habit(model, firm.id)
    size = math.exp(p.size_spread * normal(i, j))
    gate = codes.GATE_OF[firm.track]
    first = p.first_selling_level[gate]
    if b < p.state_2022 + p.established_2022:
        firm.kind = codes.STATE_OWNED if b < p.state_2022 else codes.ESTABLISHED
        age = p.established_youngest + (p.established_oldest - p.established_youngest) * c
        firm.level = max(8, int(first)) if g < p.established_immature else 9
        firm.rd_habit = min(firm.rd_habit, p.operating_margin)
        firm.founded = BEFORE - int(12.0 * age)
        firm.reached = BEFORE - int(12.0 * min(age, 2.0 * p.gate_years[gate]) * waited)
    else:
        firm.kind = codes.STARTUP
        have_lived(model, firm)
        size *= p.startup_size
    firm.weight = size if firm.level >= first else 0.0
    district = draw_district(model, firm.cluster, d)
    place_firm(model, firm, draw_cell(model, district, sums, h))


def selling_part(p: Any, firm: Any) -> float:
    """Return what part of its weight a firm can sell: even steps up to all of it at level 9."""
    first = p.first_selling_level[codes.GATE_OF[firm.track]]
    return float(max(0.0, (firm.level - first + 1) / (10 - first)))


def share_out_output(model: Any) -> None:
    """Scale sales so that each track sells its part of output, and size its market."""
    city, p = model.city, model.p
    for k in range(TRACKS):
        track = model.tracks[k]
        firms = [firm for firm in model.firms if firm.track == k]
        drawn = sum(firm.weight * selling_part(p, firm) for firm in firms)
        sales = p.output_2022 * YUAN * p.output_weight[k] / sum(p.output_weight)
        track.weight, track.share, track.pay = sales, p.share_2022, 1.0
        track.senior_pay = 1.0
        track.rivals = sales * (1.0 - p.share_2022) / p.share_2022
        track.demand = sales / p.share_2022
        track.adoption = p.adoption_2022[k]
        track.potential = track.demand / track.adoption
        track.sales = sales / 12.0
        for firm in firms:
            firm.weight *= sales / max(1e-9, drawn)
            firm.sales = firm.weight * selling_part(p, firm)
            for month in city.sales_history:
                month[firm.cluster][firm.district] += firm.sales / 12.0


def furnish(model: Any, firm: Any) -> None:
    """Give a firm capacity, budget, cash and the R&D that it has done."""
    p = model.p
    a, b, _, d = luck(model, firm.id, 2, purposes.POPULATION)
    firm.capacity = firm.weight * (1.0 + p.spare_capacity * about(model, b))
    if firm.level == 9 and firm.sales >= p.listing_sales:
        chance = luck(model, firm.id, 3, purposes.POPULATION)[3]
        firm.listed = 1 if chance < p.listed_2022 else 0
    unpaid = p.growth_before_2022 / (p.growth_before_2022 + 12.0 / p.plant_term)
    firm.plant_debt = firm.capacity * p.capital[firm.track] * p.debt_usual * unpaid
    size = max(firm.weight, p.spread_size) / p.spread_size
    firm.spread = p.growth_spread * size**-p.spread_slope
    cost = p.talent_cost + p.overhead
    wanted = firm.rd_habit * firm.sales / cost
    if firm.kind == codes.STARTUP:
        spends = p.cash_spending if firm.sales > 0.0 else p.burn_before_sales
        wanted += spends * firm.cash / cost
    else:
        firm.cash = wanted * cost / 12.0 * p.cash_ceiling * d
    firm.wanted = max(1, int(wanted))
    firm.losses = losses_of_2022(p, firm)
    years = 1.0 / (p.rd_decay + p.growth_before_2022)
    firm.rd_stock = firm.wanted * p.research_unit * years * about(model, a)
    if firm.level == 9 and firm.quality >= p.product_quality:
        firm.fresh = p.product_rate * p.product_life


def losses_of_2022(p: Any, firm: Any) -> float:
    """Return the losses that a firm may still set off, had each of its years lost as this one."""
    deductible = firm.wanted * p.talent_cost * (1.0 + p.deduction_rate * p.deduction_usual)
    yearly = deductible + firm.wanted * p.overhead - p.operating_margin * firm.sales
    term = carried_for(p, firm, certified=False)
    age = (BEFORE - firm.founded) / 12
    return float(max(0.0, yearly) * term * (1.0 - math.exp(-age / term)))


def draw_fund(model: Any, k: int) -> None:
    """Draw a fund; the first is the guidance fund, without money."""
    p, fund = model.p, model.new("funds")
    fund.id, fund.vintage = name(namespaces.FIRST_FUND, k), BEFORE
    fund.kind, fund.focus, fund.district = codes.GUIDANCE, NOBODY, NOBODY
    fund.lowest_level, fund.highest_level = 1, 9
    if k == 0:
        return
    a, b, c, d = luck(model, fund.id, 0, purposes.POPULATION)
    e, f, g, h = luck(model, fund.id, 1, purposes.POPULATION)
    cluster = int(CLUSTERS * e)
    fund.kind = codes.MARKET
    if a < p.corporate_funds:
        fund.kind = codes.CORPORATE
    elif a < p.corporate_funds + p.district_funds:
        fund.kind = codes.DISTRICT_FUND
        fund.district = draw_district(model, cluster, b)
    if fund.kind == codes.CORPORATE or f < p.focused_funds:
        fund.focus = cluster
    if c < p.early_funds:
        fund.highest_level = int(p.early_fund_ceiling)
    elif c > 1.0 - p.late_funds:
        fund.lowest_level = int(p.late_fund_floor)
    fund.accuracy = p.screening_skill * about(model, d)
    fund.size = math.exp(p.fund_spread * normal(g, h))


def fill_funds(model: Any) -> None:
    """Give funds the money of some years, by their sizes."""
    p, sizes = model.p, sum(fund.size for fund in model.funds)
    for fund in model.funds:
        fund.dry_powder = p.powder_2022 * p.private_inflow * YUAN * fund.size / sizes
        fund.committed = fund.dry_powder


def draw_people(model: Any) -> None:
    """Draw the talents, and let institutes and firms that want them have them."""
    model.city.usual_seniors = min(0.99, max(0.01, seniors_and_above(model.p)))
    of_track: list[list[Any]] = [[] for _ in range(TRACKS)]
    for firm in model.firms:
        of_track[firm.track].append(firm)
    for k in range(int(model.p.talents_2022)):
        draw_person(model, k, of_track)


def draw_person(model: Any, k: int, of_track: list[list[Any]]) -> None:
    """Draw a talent and the post it holds; ``of_track`` has each track's firms."""
    city, p, person = model.city, model.p, model.new("talents")
    person.id = name(namespaces.FIRST_TALENT, k)
    a, b, c, d = luck(model, person.id, 0, purposes.POPULATION)
    e, f, g, h = luck(model, person.id, 1, purposes.POPULATION)
    person.track, person.origin, person.home = (
        pick(p.talent_weight, a),
        codes.LOCAL,
        pick(city.people, c),
    )
    levels = (codes.SCIENTIST, codes.ENTREPRENEUR, codes.SENIOR)
    above = (p.scientists_2022, p.scientists_2022 + p.entrepreneurs_2022, seniors_and_above(p))
    person.level = next((x for x, y in zip(levels, above, strict=True) if b < y), codes.JUNIOR)
    person.skill, person.employer, person.since = normal(d, e), codes.SEARCHING, NEVER
    cluster = CLUSTER_OF[person.track]
    place_of_work = person.home
    if f < p.institute_part_2022:
        place_of_work = take_post(model, person, cluster, g)
    elif f < 1.0 - p.searching_2022 and (firm := take_job(of_track[person.track], g)):
        join(firm, person, -int(12.0 * p.longest_tenure_2022 * h))
        place_of_work = firm.district
        if luck(model, person.id, 2, purposes.POPULATION)[0] < p.near_work_2022:
            person.home = firm.district
    city.tallies[TALENTS_HERE][cluster][place_of_work] += 1.0


def seniors_and_above(p: Any) -> float:
    """Return the share above junior that stays as it is (section 5, Talents)."""
    came = (p.graduates + p.arrivals) / p.talents_2022
    above = p.scientist_share + p.founder_share + p.arriving_seniors
    juniors = came - p.arrivals * above / p.talents_2022
    loss = p.learning * (1.0 - p.searching_2022) + came - p.retirement
    return float(1.0 - 2.0 * juniors / (loss + math.sqrt(loss**2 + 4.0 * p.retirement * juniors)))


def take_job(firms: list[Any], u: float) -> Any:
    """Return whose post a number takes: any post of the track, if taken the next firm's open."""
    posts = list(accumulate(float(firm.wanted) for firm in firms))
    drawn = bisect_right(posts, u * posts[-1]) if firms else 0
    in_turn = firms[drawn:] + firms[:drawn]
    return next((firm for firm in in_turn if firm.talents < firm.wanted), None)


def take_post(model: Any, person: Any, cluster: int, u: float) -> int:
    """Let a talent have a post at the next institute of the cluster after a random programme.

    Returns the district in which the talent works, or else lives.
    """
    number = len(model.programmes)
    for k in range(number):
        row = (int(u * number) + k) % number
        entry = model.programmes[row]
        fits = entry.kind == codes.INSTITUTE and entry.cluster == cluster
        if fits and entry.talents < entry.wanted:
            entry.talents += 1
            person.employer = codes.INSTITUTE_BASE - row
            return int(entry.district)
    return int(person.home)


def lay_down_knowledge(model: Any) -> None:
    """Fill cells with what their research leaves that has grown steadily."""
    p = model.p
    years = 1.0 / (p.knowledge_decay + p.growth_before_2022)
    for firm in model.firms:
        people = (
            firm.talents + p.senior_weight * firm.seniors + p.scientist_weight * firm.scientists
        )
        model.knowledge[firm.cluster][firm.cell] += years * people
    for entry in model.programmes:
        if entry.kind == codes.INSTITUTE:
            made = entry.talents * p.institute_output
            model.knowledge[entry.cluster][entry.cell] += years * made
        elif entry.kind == codes.TRANSFER_NODE:
            seats = model.city.university_cell
            for cell in seats:
                model.knowledge[entry.cluster][cell] += years * p.transfer_output / len(seats)


def grant_titles(model: Any, firm: Any) -> None:
    """Grant what a firm would hold by 2022 under the rules of section 7.10."""
    p = model.p
    trait, cares, remaining, reviewed = luck(model, firm.id, 0, purposes.TRAIT)
    _, inclination, margin, _ = luck(model, firm.id, BEFORE, purposes.FILING)
    firm.real_rd = firm.talents * p.talent_cost
    firm.staff = p.team * firm.talents + firm.sales / p.sales_a_head
    if trait < p.filing_share:
        firm.reported_rd = titles.reported(p, firm, inclination, margin)
        if titles.can_be_certified(p, firm, BEFORE):
            firm.certificate_until = 1 + int(remaining * p.certificate_months)
    if titles.can_be_centre(p, firm) and cares < p.centre_filing:
        firm.technology_centre, firm.centre_since = 1, -int(reviewed * p.centre_review)
    firm.ecosystem = int(titles.leads_ecosystem(p, firm))
