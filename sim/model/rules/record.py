"""Process 12: the counts and the measures are read off the tables; nothing is changed."""

from sim.engine import rule
from sim.engine.process import process
from sim.engine.tables import Numbers
from sim.model.rules.common import WAN_A_YI
from sim.model.world.codes import (
    BROUGHT_IN,
    CLUSTER_OF,
    COLLEGE,
    CONSORTIUM,
    ENTREPRENEUR,
    GATE_OF,
    INNOVATION_CENTRE,
    INSTITUTE,
    OPEN,
    PILOT_ZONE,
    PROMOTION,
    SCIENTIST,
    SENIOR,
    TALENT_ORIGINS,
    TEST_FIELD,
)
from sim.model.world.layout import AREAS, CITY, COUNTED, MEASURED, indicator
from sim.model.world.ledgers import (
    CAME,
    ENDED,
    FIRMS_HERE,
    FOUNDED,
    FUND_INVESTED,
    GUIDANCE_MONEY,
    LEFT_CITY,
    LINKED_HERE,
    MATURE_HERE,
    MOVED_DISTRICT,
    SALES_HERE,
    SUCCESSES_HERE,
    TALENTS_HERE,
)
from sim.model.world.rows import is_mixed
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY, TRACKS, City, Draw, Tables
from sim.model.world.titles import research_threshold

OUTPUT = indicator("output")
COLLEGES = indicator("colleges")
CENTRES = indicator("innovation_centres")
CLUSTERS_COUNT = indicator("clusters")
ZONES = indicator("pilot_zones")
COMPONENTS = indicator("components")
PRODUCTS = indicator("products")
STANDARDS = indicator("standards")
LEADING_FIRMS = indicator("leading_firms")
ECOSYSTEM = indicator("ecosystem_firms")
TECHNOLOGY = indicator("technology_centres")
CERTIFIED = indicator("hightech_enterprises")
SCENARIOS = indicator("scenarios")
INDICATOR_OF_BREAKTHROUGH = (COMPONENTS, PRODUCTS, STANDARDS, LEADING_FIRMS)

TEN_THOUSAND = 10_000.0
"""Residents to whom the talents of a cluster are set in proportion."""
OUTPUT_PART = AREAS
TALENT_PART = 2 * AREAS
M_FIRMS = indicator("firms")
M_TALENTS = indicator("talents")
M_SEARCHING = indicator("talents_searching")
M_SENIORS = indicator("seniors")
M_SCIENTISTS = indicator("strategic_scientists")
M_SCIENTISTS_IN = indicator("scientists_brought_in")
M_ENTREPRENEURS = indicator("entrepreneurs")
M_ENTREPRENEURS_IN = indicator("entrepreneurs_brought_in")
M_PAY = indicator("pay")
M_REAL_RD = indicator("real_rd")
M_REPORTED_RD = indicator("reported_rd")
M_CERTIFIED_RD = indicator("certified_rd")
M_CERTIFIED_REAL = indicator("certified_real")
M_INSTITUTES = indicator("institutes")
M_CONSORTIA = indicator("consortia")
M_TIES = indicator("ownership_ties")
M_PROGRAMMES = indicator("programmes")
M_ENTRIES = indicator("entries")
M_ARRIVALS = indicator("arrivals")
M_EXITS = indicator("exits")
M_DEPARTURES = indicator("departures")
M_MOVES = indicator("moves")
M_PRIVATE = indicator("private_investment")
M_GUIDANCE = indicator("guidance_investment")
M_KNOWLEDGE = indicator("knowledge")
M_SHARE = indicator("market_share")
M_LEADING_CLUSTERS = indicator("leading_clusters")
M_COST = indicator("public_cost")
M_DEMAND = indicator("demand_climate")
M_INFLOW = indicator("inflow_climate")
M_RIVALS = indicator("rival_effort")
M_SENIOR_PAY = indicator("senior_pay")


@process(
    "record",
    reads=(
        "breakthroughs: kind",
        "city: breakthrough_rows cluster_months demand_climate events firm_rows flows",
        "city: inflow_climate knowledge levels programme_rows public_cost rival_effort searching",
        "city: sold",
        "firms: alive certificate_until cluster consortium district ecosystem kind level partners",
        "firms: patron real_rd reported_rd sales talents technology_centre track",
        "programmes: alive cluster district existing kind stage talents",
        "tracks: demand pay rivals sales senior_pay weight",
    ),
    writes=(
        "city: cluster_months sales_history standing tallies",
        "counts measures",
    ),
    scratch=("city: indicators",),
)
def record(world: Tables, p: Draw, month: int) -> None:
    """Write the month's counts and measures down."""
    city, counts, measures = world.city[0], world.counts[month], world.measures[month]
    values = city.indicators
    values[:] = 0.0
    measures[:] = 0.0
    city.tallies[TALENTS_HERE] = 0.0
    city.tallies[MATURE_HERE] = 0.0
    city.tallies[LINKED_HERE] = 0.0
    forget_successes(city, p)
    read_firms(world, p, month, values)
    read_talents(world, values)
    read_places(city, values, measures)
    read_programmes(world, p, values)
    read_breakthroughs(world, values)
    read_sales(city, month, values, measures)
    read_markets(world, p, values)
    read_clusters(world, p, values)
    read_events(city, values)
    values[M_DEMAND], values[M_INFLOW] = city.demand_climate, city.inflow_climate
    values[M_RIVALS] = city.rival_effort
    for k in range(len(COUNTED)):
        counts[k] = values[COUNTED[k]]
        city.standing[k] = values[COUNTED[k]]
    for k in range(len(MEASURED)):
        measures[CITY + k] = values[MEASURED[k]]


@rule
def forget_successes(city: City, p: Draw) -> None:
    """Let what is known of successes in each place fade."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            city.tallies[SUCCESSES_HERE, cluster, district] *= 1.0 - p.success_decay


@rule
def read_firms(world: Tables, p: Draw, month: int, values: Numbers) -> None:
    """Count certificates, titles, standing, R&D and the breakdowns of firms and sales."""
    city = world.city[0]
    firms = world.firms
    linked_here, mature_here = city.tallies[LINKED_HERE], city.tallies[MATURE_HERE]
    talents_here = city.tallies[TALENTS_HERE]
    ecosystem, centres, certificates, honest, mixed = 0, 0, 0, 0, 0
    done, reported, certified = 0.0, 0.0, 0.0
    for i in range(city.firm_rows):  # no branch but one: titles and ties cannot be guessed
        firm = firms[i]
        if firm.alive == 0:
            continue
        cluster, district = firm.cluster, firm.district
        talents_here[cluster, district] += firm.talents
        linked = (firm.patron != NOBODY) | (firm.consortium != NOBODY) | (firm.partners > 0)
        linked_here[cluster, district] += int(linked)
        mixed += int(firm.patron != NOBODY) & int(is_mixed(firm, firms[max(0, firm.patron)]))
        sells = firm.level >= p.first_selling_level[GATE_OF[firm.track]]
        mature_here[cluster, district] += int(sells)
        ecosystem += firm.ecosystem
        centres += firm.technology_centre
        holds = int(firm.certificate_until > month)
        certificates += holds
        honest += holds & int(firm.real_rd >= research_threshold(p, firm.sales) * firm.sales)
        done += firm.real_rd
        reported += holds * firm.reported_rd
        certified += holds * firm.real_rd
    values[ECOSYSTEM], values[TECHNOLOGY], values[CERTIFIED] = ecosystem, centres, certificates
    values[M_CERTIFIED_REAL] = honest
    values[M_TIES] = mixed
    values[M_REAL_RD] = done / WAN_A_YI
    values[M_REPORTED_RD] = reported / WAN_A_YI
    values[M_CERTIFIED_RD] = certified / WAN_A_YI


@rule
def read_talents(world: Tables, values: Numbers) -> None:
    """Count people by level, origin, and where they work; who searches counts at home.

    The city's books hold levels, origins and who searches. A firm's talents are of its track, so
    firms' books give the breakdown by cluster and district.
    """
    city = world.city[0]
    programmes = world.programmes
    for origin in range(len(TALENT_ORIGINS)):
        levels = city.levels[origin]
        values[M_SENIORS] += levels[SENIOR] + levels[SCIENTIST] + levels[ENTREPRENEUR]
        values[M_SCIENTISTS] += levels[SCIENTIST]
        values[M_ENTREPRENEURS] += levels[ENTREPRENEUR]
    values[M_SCIENTISTS_IN] = city.levels[BROUGHT_IN, SCIENTIST]
    values[M_ENTREPRENEURS_IN] = city.levels[BROUGHT_IN, ENTREPRENEUR]
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            searching = city.searching[cluster, district]
            values[M_SEARCHING] += searching
            city.tallies[TALENTS_HERE, cluster, district] += searching
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.talents > 0:
            city.tallies[TALENTS_HERE, entry.cluster, entry.district] += entry.talents


@rule
def read_places(city: City, values: Numbers, measures: Numbers) -> None:
    """Sum up firms and talents by cluster, by district and in the city."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            firms = city.tallies[FIRMS_HERE, cluster, district]
            talents = city.tallies[TALENTS_HERE, cluster, district]
            values[M_FIRMS] += firms
            measures[cluster] += firms
            measures[CLUSTERS + district] += firms
            values[M_TALENTS] += talents
            measures[TALENT_PART + cluster] += talents
            measures[TALENT_PART + CLUSTERS + district] += talents


@rule
def read_programmes(world: Tables, p: Draw, values: Numbers) -> None:
    """Count what is open: colleges that are new, centres, zones, scenarios in use."""
    city = world.city[0]
    programmes = world.programmes
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.alive == 0 or entry.stage != OPEN:
            continue
        kind = entry.kind
        values[M_PROGRAMMES] += 1.0
        if kind == COLLEGE:
            values[COLLEGES] += 1.0 - entry.existing
        elif kind == INNOVATION_CENTRE:
            values[CENTRES] += 1.0
        elif kind == PILOT_ZONE:
            values[ZONES] += 1.0
        elif kind == INSTITUTE:
            values[M_INSTITUTES] += 1.0
        elif kind == CONSORTIUM:
            values[M_CONSORTIA] += 1.0
        elif kind in (PROMOTION, TEST_FIELD):
            users = city.tallies[MATURE_HERE, entry.cluster, entry.district]
            values[SCENARIOS] += 1.0 if users >= p.scenario_firms else 0.0


@rule
def read_breakthroughs(world: Tables, values: Numbers) -> None:
    """Count the components, products, standards and moves written down since October 2022."""
    city = world.city[0]
    breakthroughs = world.breakthroughs
    for row in range(city.breakthrough_rows):
        values[INDICATOR_OF_BREAKTHROUGH[breakthroughs[row].kind]] += 1.0


@rule
def read_sales(city: City, month: int, values: Numbers, measures: Numbers) -> None:
    """Sum up twelve months of sales where they were made: output, and its breakdowns."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            city.sales_history[month % 12, cluster, district] = city.sold[cluster, district]
            year = 0.0
            for k in range(12):
                year += city.sales_history[k, cluster, district]
            city.tallies[SALES_HERE, cluster, district] = year
            values[OUTPUT] += year / WAN_A_YI
            measures[OUTPUT_PART + cluster] += year / WAN_A_YI
            measures[OUTPUT_PART + CLUSTERS + district] += year / WAN_A_YI


@rule
def read_markets(world: Tables, p: Draw, values: Numbers) -> None:
    """Read pay, at the levels of 2022 and of those above junior, and market share."""
    city = world.city[0]
    tracks = world.tracks
    sold, demand, pay, senior_pay = 0.0, 0.0, 0.0, 0.0
    for k in range(TRACKS):
        track = tracks[k]
        sold += track.sales
        demand += track.demand
        pay += track.pay / TRACKS
        senior_pay += track.senior_pay / TRACKS
    juniors, weighed = 1.0 - city.usual_seniors, p.senior_premium * city.usual_seniors
    values[M_PAY] = (juniors * pay + weighed * senior_pay) / (juniors + weighed)
    values[M_SENIOR_PAY] = senior_pay
    values[M_SHARE] = 12.0 * sold / demand
    values[M_KNOWLEDGE] = city.knowledge


@rule
def read_clusters(world: Tables, p: Draw, values: Numbers) -> None:
    """Count clusters with enough firms, output, talents and links, for twelve months in a row."""
    city = world.city[0]
    tracks = world.tracks
    for cluster in range(CLUSTERS):
        firms, talents, residents, linked, sales = designated_part(city, cluster)
        stands = (
            firms >= p.cluster_firms
            and sales >= p.cluster_output * WAN_A_YI
            and talents >= p.cluster_talents * residents / TEN_THOUSAND
            and linked >= p.cluster_links * firms
        )
        city.cluster_months[cluster] = city.cluster_months[cluster] + 1 if stands else 0
        if city.cluster_months[cluster] >= 12:
            values[CLUSTERS_COUNT] += 1.0
            weight, rivals = 0.0, 0.0
            for k in range(TRACKS):
                if CLUSTER_OF[k] == cluster:
                    weight += tracks[k].weight
                    rivals += tracks[k].rivals
            if weight >= p.leading_share * (weight + rivals):
                values[M_LEADING_CLUSTERS] += 1.0


@rule
def designated_part(city: City, cluster: int) -> tuple[float, float, float, float, float]:
    """Return firms, talents, residents, linked firms and sales in a cluster's districts."""
    firms, talents, residents, linked, sales = 0.0, 0.0, 0.0, 0.0, 0.0
    for district in range(DISTRICTS):
        if city.designated[cluster, district] > 0.0:
            firms += city.tallies[FIRMS_HERE, cluster, district]
            talents += city.tallies[TALENTS_HERE, cluster, district]
            residents += city.people[district]
            linked += city.tallies[LINKED_HERE, cluster, district]
            sales += city.tallies[SALES_HERE, cluster, district]
    return firms, talents, residents, linked, sales


@rule
def read_events(city: City, values: Numbers) -> None:
    """Read the month's events and money flows."""
    events = city.events
    values[M_ENTRIES] = events[FOUNDED]
    values[M_ARRIVALS] = events[CAME]
    values[M_EXITS] = events[ENDED]
    values[M_DEPARTURES] = events[LEFT_CITY]
    values[M_MOVES] = events[MOVED_DISTRICT]
    guidance = events[GUIDANCE_MONEY] / WAN_A_YI
    values[M_GUIDANCE] = guidance
    values[M_PRIVATE] = -city.flows[FUND_INVESTED] / WAN_A_YI - guidance
    values[M_COST] = city.public_cost / WAN_A_YI
