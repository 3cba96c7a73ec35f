"""Record (section 7.12): the counts and measures are read off the tables."""

from typing import Any

from sim.model.world import codes
from sim.model.world.codes import CLUSTER_OF
from sim.model.world.layout import MEASURES
from sim.model.world.ledgers import (
    CAME,
    ENDED,
    EQUITY,
    FIRMS_HERE,
    FOUNDED,
    GUIDANCE_MONEY,
    LEFT_CITY,
    LINKED_HERE,
    MATURE_HERE,
    MOVED_DISTRICT,
    SALES_HERE,
    SUCCESSES_HERE,
    TALENTS_HERE,
)
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY
from sim.plan import PLAN
from tests.reference.orders import is_mixed
from tests.reference.titles import share_asked

YUAN = 10_000
AREAS = [(c, d) for c in range(CLUSTERS) for d in range(DISTRICTS)]
KINDS_OF_PLACES = {"firms": FIRMS_HERE, "output": SALES_HERE, "talents": TALENTS_HERE}


def record(model: Any, month: int) -> None:
    """Take stock of places, then write the month's counts and measures."""
    city = model.city
    city.sales_history[month % 12] = [list(row) for row in city.sold]
    take_stock(model)
    for c in range(CLUSTERS):
        city.cluster_months[c] = city.cluster_months[c] + 1 if is_cluster(model, c) else 0
    measures = measures_of(model, month)
    found = {**measures, **counts_of(model, month)}
    model.counts[month] = [found[count.measure] for count in PLAN.counts]
    model.city.standing = [float(number) for number in model.counts[month]]
    model.measures[month] = [measures[name] for name in MEASURES]


def take_stock(model: Any) -> None:
    """Count what stands in each district of each cluster."""
    city, p = model.city, model.p
    for row in city.tallies[SUCCESSES_HERE]:
        row[:] = [successes * (1.0 - p.success_decay) for successes in row]
    for tally in (TALENTS_HERE, MATURE_HERE, LINKED_HERE, SALES_HERE):
        city.tallies[tally] = [[0.0] * DISTRICTS for _ in range(CLUSTERS)]
    for firm in model.firms:
        if firm.alive:
            c, d = firm.cluster, firm.district
            city.tallies[TALENTS_HERE][c][d] += firm.talents
            first = p.first_selling_level[codes.GATE_OF[firm.track]]
            city.tallies[MATURE_HERE][c][d] += firm.level >= first
            city.tallies[LINKED_HERE][c][d] += (
                firm.patron != NOBODY or firm.partners > 0 or firm.consortium != NOBODY
            )
    for entry in model.programmes:
        if entry.alive:
            city.tallies[TALENTS_HERE][entry.cluster][entry.district] += entry.talents
    for person in model.talents:
        if person.alive and person.employer == codes.SEARCHING:
            city.tallies[TALENTS_HERE][CLUSTER_OF[person.track]][person.home] += 1.0
    for c, d in AREAS:
        city.tallies[SALES_HERE][c][d] = sum(month[c][d] for month in city.sales_history)


def is_cluster(model: Any, cluster: int) -> bool:
    """Return whether a cluster meets the stated criterion this month."""
    city, p = model.city, model.p
    named = [d for d in range(DISTRICTS) if city.designated[cluster][d]]

    def here(tally: int) -> float:
        return float(sum(city.tallies[tally][cluster][d] for d in named))

    residents = sum(city.people[d] for d in named)
    return bool(
        here(FIRMS_HERE) >= p.cluster_firms
        and here(SALES_HERE) >= YUAN * p.cluster_output
        and here(TALENTS_HERE) >= p.cluster_talents * residents / 10_000
        and here(LINKED_HERE) >= p.cluster_links * here(FIRMS_HERE)
    )


def counts_of(model: Any, month: int) -> dict[str, float]:
    """Return what only counts are measured by."""
    city = model.city
    firms = [firm for firm in model.firms if firm.alive]
    open_ones = [e for e in model.programmes if e.alive and e.stage == codes.OPEN]

    def stands(kind: int) -> int:
        return [entry.kind for entry in open_ones].count(kind)

    def happened(kind: int) -> int:
        return [entry.kind for entry in model.breakthroughs].count(kind)

    return {
        "output": sum(city.tallies[SALES_HERE][c][d] for c, d in AREAS) / YUAN,
        "colleges": sum(e.kind == codes.COLLEGE and not e.existing for e in open_ones),
        "innovation_centres": stands(codes.INNOVATION_CENTRE),
        "clusters": sum(months >= 12 for months in city.cluster_months),
        "pilot_zones": stands(codes.PILOT_ZONE),
        "components": happened(codes.COMPONENT),
        "products": happened(codes.PRODUCT),
        "standards": happened(codes.STANDARD),
        "leading_firms": happened(codes.LEADING_MOVE),
        "ecosystem_firms": sum(firm.ecosystem for firm in firms),
        "technology_centres": sum(firm.technology_centre for firm in firms),
        "hightech_enterprises": sum(firm.certificate_until > month for firm in firms),
        "scenarios": sum(
            e.kind in (codes.PROMOTION, codes.TEST_FIELD)
            and city.tallies[MATURE_HERE][e.cluster][e.district] >= model.p.scenario_firms
            for e in open_ones
        ),
    }


def measures_of(model: Any, month: int) -> dict[str, float]:
    """Return the measures: by cluster and by district, then of the whole city."""
    city = model.city
    measures: dict[str, float] = {}
    for what, tally in KINDS_OF_PLACES.items():
        unit = YUAN if what == "output" else 1
        table = city.tallies[tally]
        for c, cluster in enumerate(PLAN.clusters):
            measures[f"{what}_{cluster.id}"] = sum(table[c]) / unit
        for d, district in enumerate(PLAN.districts):
            measures[f"{what}_{district.id}"] = sum(row[d] for row in table) / unit
    return {**measures, **of_people(model), **of_firms(model, month), **of_city(model)}


def of_people(model: Any) -> dict[str, float]:
    """Return what is measured of talents."""
    people = [person for person in model.talents if person.alive]

    levels = [person.level for person in people]
    brought_in = [person.level for person in people if person.origin == codes.BROUGHT_IN]

    return {
        "talents": len(people),
        "talents_searching": sum(person.employer == codes.SEARCHING for person in people),
        "seniors": sum(person.level > codes.JUNIOR for person in people),
        "strategic_scientists": levels.count(codes.SCIENTIST),
        "scientists_brought_in": brought_in.count(codes.SCIENTIST),
        "entrepreneurs": levels.count(codes.ENTREPRENEUR),
        "entrepreneurs_brought_in": brought_in.count(codes.ENTREPRENEUR),
    }


def of_firms(model: Any, month: int) -> dict[str, float]:
    """Return what is measured of firms."""
    firms = [firm for firm in model.firms if firm.alive]
    certified = [firm for firm in firms if firm.certificate_until > month]
    tied = [firm for firm in firms if firm.patron != NOBODY]
    return {
        "firms": len(firms),
        "ownership_ties": sum(is_mixed(firm, model.firms[firm.patron]) for firm in tied),
        "real_rd": sum(firm.real_rd for firm in firms) / YUAN,
        "reported_rd": sum(firm.reported_rd for firm in certified) / YUAN,
        "certified_rd": sum(firm.real_rd for firm in certified) / YUAN,
        "certified_real": sum(
            firm.real_rd >= share_asked(model.p, firm.sales) * firm.sales for firm in certified
        ),
    }


def of_city(model: Any) -> dict[str, float]:
    """Return what is measured of programmes, flows and markets."""
    city, events, tracks = model.city, model.city.events, model.tracks
    open_ones = [e for e in model.programmes if e.alive and e.stage == codes.OPEN]
    usual = city.usual_seniors
    weight_above = model.p.senior_premium * usual
    weight, rivals = [0.0] * CLUSTERS, [0.0] * CLUSTERS
    for track, cluster in zip(tracks, CLUSTER_OF, strict=True):
        weight[cluster] += track.weight
        rivals[cluster] += track.rivals
    return {
        "pay": (
            (1.0 - usual) * sum(track.pay for track in tracks)
            + weight_above * sum(track.senior_pay for track in tracks)
        )
        / (1.0 - usual + weight_above)
        / len(tracks),
        "senior_pay": sum(track.senior_pay for track in tracks) / len(tracks),
        "institutes": sum(entry.kind == codes.INSTITUTE for entry in open_ones),
        "consortia": sum(entry.kind == codes.CONSORTIUM for entry in open_ones),
        "programmes": len(open_ones),
        "entries": events[FOUNDED],
        "arrivals": events[CAME],
        "exits": events[ENDED],
        "departures": events[LEFT_CITY],
        "moves": events[MOVED_DISTRICT],
        "private_investment": (city.flows[EQUITY] - events[GUIDANCE_MONEY]) / YUAN,
        "guidance_investment": events[GUIDANCE_MONEY] / YUAN,
        "knowledge": city.knowledge,
        "market_share": 12.0
        * sum(track.sales for track in tracks)
        / sum(track.demand for track in tracks),
        "leading_clusters": sum(
            city.cluster_months[k] >= 12
            and weight[k] >= model.p.leading_share * (weight[k] + rivals[k])
            for k in range(CLUSTERS)
        ),
        "public_cost": city.public_cost / YUAN,
        "demand_climate": city.demand_climate,
        "inflow_climate": city.inflow_climate,
        "rival_effort": city.rival_effort,
    }
