"""Process 12: the counts and the measures are read off the tables; nothing is changed."""

from sim.compiled import helper
from sim.rules.common import WAN_A_YI
from sim.world.codes import (
    BROUGHT_IN,
    CLUSTER_OF,
    COLLEGE,
    CONSORTIUM,
    ENTREPRENEUR,
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
from sim.world.layout import AREAS, COUNTS, measure
from sim.world.tables import (
    CAME,
    CLUSTERS,
    DISTRICTS,
    ENDED,
    FIRMS_HERE,
    FOUNDED,
    FUND_INVESTED,
    GUIDANCE_MONEY,
    LEFT_CITY,
    LINKED_HERE,
    MATURE_HERE,
    MOVED_DISTRICT,
    NOBODY,
    SALES_HERE,
    SUCCESSES_HERE,
    TALENTS_HERE,
    TRACKS,
)
from sim.world.titles import research_threshold

OUTPUT = COUNTS.index("output")
COLLEGES = COUNTS.index("colleges")
CENTRES = COUNTS.index("innovation_centres")
CLUSTERS_COUNT = COUNTS.index("clusters")
ZONES = COUNTS.index("pilot_zones")
COMPONENTS = COUNTS.index("components")
PRODUCTS = COUNTS.index("products")
STANDARDS = COUNTS.index("standards")
LEADING_FIRMS = COUNTS.index("leading_firms")
ECOSYSTEM = COUNTS.index("ecosystem_firms")
TECHNOLOGY = COUNTS.index("technology_centres")
CERTIFIED = COUNTS.index("hightech_enterprises")
SCENARIOS = COUNTS.index("scenarios")
COUNT_OF_BREAKTHROUGH = (COMPONENTS, PRODUCTS, STANDARDS, LEADING_FIRMS)

TEN_THOUSAND = 10_000.0
"""Residents to whom the talents of a cluster are set in proportion."""
OUTPUT_PART = AREAS
TALENT_PART = 2 * AREAS
M_FIRMS = measure("firms")
M_TALENTS = measure("talents")
M_SEARCHING = measure("talents_searching")
M_SENIORS = measure("seniors")
M_SCIENTISTS = measure("strategic_scientists")
M_SCIENTISTS_IN = measure("scientists_brought_in")
M_ENTREPRENEURS = measure("entrepreneurs")
M_ENTREPRENEURS_IN = measure("entrepreneurs_brought_in")
M_PAY = measure("pay")
M_REAL_RD = measure("real_rd")
M_REPORTED_RD = measure("reported_rd")
M_CERTIFIED_RD = measure("certified_rd")
M_CERTIFIED_REAL = measure("certified_real")
M_INSTITUTES = measure("institutes")
M_CONSORTIA = measure("consortia")
M_PROGRAMMES = measure("programmes")
M_ENTRIES = measure("entries")
M_ARRIVALS = measure("arrivals")
M_EXITS = measure("exits")
M_DEPARTURES = measure("departures")
M_MOVES = measure("moves")
M_PRIVATE = measure("private_investment")
M_GUIDANCE = measure("guidance_investment")
M_KNOWLEDGE = measure("knowledge")
M_SHARE = measure("market_share")
M_LEADING_CLUSTERS = measure("leading_clusters")
M_COST = measure("public_cost")


@helper
def record(world, p, month, counts, measures):
    """Write the month's counts and measures into ``counts`` and ``measures``."""
    city = world.city[0]
    counts[:] = 0.0
    measures[:] = 0.0
    city.tallies[TALENTS_HERE] = 0.0
    city.tallies[MATURE_HERE] = 0.0
    city.tallies[LINKED_HERE] = 0.0
    city.tallies[SUCCESSES_HERE] *= 1.0 - p.success_decay
    read_firms(world, p, month, counts, measures)
    read_talents(world, measures)
    read_places(city, measures)
    read_programmes(world, p, counts, measures)
    read_breakthroughs(world, counts)
    read_sales(city, month, counts, measures)
    read_markets(world, measures)
    read_clusters(world, p, counts, measures)
    read_events(city, measures)


@helper
def read_firms(world, p, month, counts, measures):
    """Count certificates, titles, standing, R&D and the breakdowns of firms and sales."""
    city = world.city[0]
    firms = world.firms
    linked_here, mature_here = city.tallies[LINKED_HERE], city.tallies[MATURE_HERE]
    talents_here = city.tallies[TALENTS_HERE]
    ecosystem, centres, certificates, honest = 0, 0, 0, 0
    done, reported, certified = 0.0, 0.0, 0.0
    for i in range(city.firm_rows):  # no branch but one: titles and ties cannot be guessed
        firm = firms[i]
        if firm.alive == 0:
            continue
        cluster, district = firm.cluster, firm.district
        talents_here[cluster, district] += firm.talents
        linked = (firm.patron != NOBODY) | (firm.consortium != NOBODY) | (firm.partners > 0)
        linked_here[cluster, district] += int(linked)
        mature_here[cluster, district] += int(firm.level >= p.first_selling_level)
        ecosystem += firm.ecosystem
        centres += firm.technology_centre
        holds = int(firm.certificate_until > month)
        certificates += holds
        honest += holds & int(firm.real_rd >= research_threshold(p, firm.sales) * firm.sales)
        done += firm.real_rd
        reported += holds * firm.reported_rd
        certified += holds * firm.real_rd
    counts[ECOSYSTEM], counts[TECHNOLOGY], counts[CERTIFIED] = ecosystem, centres, certificates
    measures[M_CERTIFIED_REAL] = honest
    measures[M_REAL_RD] = done / WAN_A_YI
    measures[M_REPORTED_RD] = reported / WAN_A_YI
    measures[M_CERTIFIED_RD] = certified / WAN_A_YI


@helper
def read_talents(world, measures):
    """Count people by level, origin, and where they work; who searches counts at home.

    The city's books hold levels, origins and who searches. A firm's talents are of its track, so
    firms' books give the breakdown by cluster and district.
    """
    city = world.city[0]
    programmes = world.programmes
    for origin in range(len(TALENT_ORIGINS)):
        levels = city.levels[origin]
        measures[M_SENIORS] += levels[SENIOR] + levels[SCIENTIST] + levels[ENTREPRENEUR]
        measures[M_SCIENTISTS] += levels[SCIENTIST]
        measures[M_ENTREPRENEURS] += levels[ENTREPRENEUR]
    measures[M_SCIENTISTS_IN] = city.levels[BROUGHT_IN, SCIENTIST]
    measures[M_ENTREPRENEURS_IN] = city.levels[BROUGHT_IN, ENTREPRENEUR]
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            searching = city.searching[cluster, district]
            measures[M_SEARCHING] += searching
            city.tallies[TALENTS_HERE, cluster, district] += searching
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.talents > 0:
            city.tallies[TALENTS_HERE, entry.cluster, entry.district] += entry.talents


@helper
def read_places(city, measures):
    """Sum up firms and talents by cluster, by district and in the city."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            firms = city.tallies[FIRMS_HERE, cluster, district]
            talents = city.tallies[TALENTS_HERE, cluster, district]
            measures[M_FIRMS] += firms
            measures[cluster] += firms
            measures[CLUSTERS + district] += firms
            measures[M_TALENTS] += talents
            measures[TALENT_PART + cluster] += talents
            measures[TALENT_PART + CLUSTERS + district] += talents


@helper
def read_programmes(world, p, counts, measures):
    """Count what is open: colleges that are new, centres, zones, scenarios in use."""
    city = world.city[0]
    programmes = world.programmes
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.alive == 0 or entry.stage != OPEN:
            continue
        kind = entry.kind
        measures[M_PROGRAMMES] += 1.0
        if kind == COLLEGE:
            counts[COLLEGES] += 1.0 - entry.existing
        elif kind == INNOVATION_CENTRE:
            counts[CENTRES] += 1.0
        elif kind == PILOT_ZONE:
            counts[ZONES] += 1.0
        elif kind == INSTITUTE:
            measures[M_INSTITUTES] += 1.0
        elif kind == CONSORTIUM:
            measures[M_CONSORTIA] += 1.0
        elif kind in (PROMOTION, TEST_FIELD):
            users = city.tallies[MATURE_HERE, entry.cluster, entry.district]
            counts[SCENARIOS] += 1.0 if users >= p.scenario_firms else 0.0


@helper
def read_breakthroughs(world, counts):
    """Count the components, products, standards and moves written down since October 2022."""
    city = world.city[0]
    breakthroughs = world.breakthroughs
    for row in range(city.breakthrough_rows):
        counts[COUNT_OF_BREAKTHROUGH[breakthroughs[row].kind]] += 1.0


@helper
def read_sales(city, month, counts, measures):
    """Sum up twelve months of sales where they were made: output, and its breakdowns."""
    for cluster in range(CLUSTERS):
        for district in range(DISTRICTS):
            city.sales_history[month % 12, cluster, district] = city.sold[cluster, district]
            year = 0.0
            for k in range(12):
                year += city.sales_history[k, cluster, district]
            city.tallies[SALES_HERE, cluster, district] = year
            counts[OUTPUT] += year / WAN_A_YI
            measures[OUTPUT_PART + cluster] += year / WAN_A_YI
            measures[OUTPUT_PART + CLUSTERS + district] += year / WAN_A_YI


@helper
def read_markets(world, measures):
    """Read pay and market share."""
    city = world.city[0]
    tracks = world.tracks
    sold, demand, pay = 0.0, 0.0, 0.0
    for k in range(TRACKS):
        track = tracks[k]
        sold += track.sales
        demand += track.demand
        pay += track.pay / TRACKS
    measures[M_PAY] = pay
    measures[M_SHARE] = 12.0 * sold / demand
    measures[M_KNOWLEDGE] = city.knowledge


@helper
def read_clusters(world, p, counts, measures):
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
            counts[CLUSTERS_COUNT] += 1.0
            weight, rivals = 0.0, 0.0
            for k in range(TRACKS):
                if CLUSTER_OF[k] == cluster:
                    weight += tracks[k].weight
                    rivals += tracks[k].rivals
            if weight >= p.leading_share * (weight + rivals):
                measures[M_LEADING_CLUSTERS] += 1.0


@helper
def designated_part(city, cluster):
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


@helper
def read_events(city, measures):
    """Read the month's events and money flows."""
    events = city.events
    measures[M_ENTRIES] = events[FOUNDED]
    measures[M_ARRIVALS] = events[CAME]
    measures[M_EXITS] = events[ENDED]
    measures[M_DEPARTURES] = events[LEFT_CITY]
    measures[M_MOVES] = events[MOVED_DISTRICT]
    guidance = events[GUIDANCE_MONEY] / WAN_A_YI
    measures[M_GUIDANCE] = guidance
    measures[M_PRIVATE] = -city.flows[FUND_INVESTED] / WAN_A_YI - guidance
    measures[M_COST] = city.public_cost / WAN_A_YI
