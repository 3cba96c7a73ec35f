"""The counts and measures worked out again from the tables, after section 7.12 of docs/model.md.

Nothing here is shared with ``sim/model/rules/record.py`` but the names of columns.
"""

import numpy as np
from numpy.typing import NDArray

from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world import codes
from sim.model.world.tables import NOBODY, TRACKS
from sim.plan import PLAN
from tests.rules.history import History, Month, Records

YI = 10_000.0
"""Ten thousand yuan in a hundred million."""
YEAR = 12
CLUSTER_OF_TRACK = np.array(codes.CLUSTER_OF)
AREA = (len(PLAN.clusters), len(PLAN.districts))
NUMBER = {district.id: district.number for district in PLAN.districts}
NAMED = [[NUMBER[name] for name in cluster.districts] for cluster in PLAN.clusters]
"""Numbers of the districts that the plan names for each cluster."""
RESIDENTS = np.array([float(district.population) for district in PLAN.districts])
"""Of each district."""
Series = dict[str, list[float]]


def recount(history: History) -> Series:
    """Return every count and measure of every month, by name; counts start with ``count:``."""
    found: Series = {}
    strong_months = np.array([strong(history, month) for month in history.months])
    for number, month in enumerate(history.months):
        so_far = history.months[: number + 1]
        clusters = standing_clusters(strong_months[: number + 1])
        row = counts(history, so_far) | breakdowns(history, month) | city_measures(history, so_far)
        row["count:clusters"] = len(clusters)
        row["leading_clusters"] = sum(leads(history, month, cluster) for cluster in clusters)
        for name, value in row.items():
            found.setdefault(name, []).append(float(value))
    return found


def open_of(month: Month, *kinds: int) -> Records:
    """Return the open programmes of some kinds."""
    entries = month.standing
    chosen: Records = entries[
        (entries["stage"] == codes.OPEN) & np.isin(entries["kind"], np.array(kinds))
    ]
    return chosen


def by_area(firms: Records, values: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the number of firms, or the sum of their values, by cluster and district."""
    at = firms["cluster"].astype(np.int64) * AREA[1] + firms["district"]
    return np.bincount(at, values, minlength=AREA[0] * AREA[1]).reshape(AREA).astype(np.float64)


def counts(history: History, so_far: tuple[Month, ...]) -> dict[str, float]:
    """Return the counts of the last month, but for the clusters."""
    month = so_far[-1]
    firms, p = month.living, history.p
    colleges = open_of(month, codes.COLLEGE)
    used = open_of(month, codes.PROMOTION, codes.TEST_FIELD)
    first = p["first_selling_level"][np.array(codes.GATE_OF)[firms["track"]]]
    selling = by_area(firms[firms["level"] >= first])
    numbers = {
        "output": output(history, so_far),
        "colleges": (colleges["existing"] == 0).sum(),
        "innovation_centres": len(open_of(month, codes.INNOVATION_CENTRE)),
        "pilot_zones": len(open_of(month, codes.PILOT_ZONE)),
        "components": done(month, codes.COMPONENT),
        "products": done(month, codes.PRODUCT),
        "standards": done(month, codes.STANDARD),
        "leading_firms": done(month, codes.LEADING_MOVE),
        "ecosystem_firms": (firms["ecosystem"] == 1).sum(),
        "technology_centres": (firms["technology_centre"] == 1).sum(),
        "hightech_enterprises": len(certified(month)),
        "scenarios": (selling[used["cluster"], used["district"]] >= p["scenario_firms"]).sum(),
    }
    return {f"count:{name}": float(value) for name, value in numbers.items()}


def yearly_sales(history: History, month: Month) -> NDArray[np.float64]:
    """Return twelve months of sales by cluster and district, in ten thousand yuan.

    A firm's running figure forgets a twelfth and gains the month's sales, so these come back from
    two of them. They belong where the firm stood when it sold: firms move after the market. The
    months before the start sold evenly.
    """
    start = by_area(history.start.living, history.start.living["sales"])
    first = max(0, month.number - YEAR + 1)
    total = start * (YEAR - (month.number - first + 1)) / YEAR
    for before, after in list(history.pairs())[first : month.number + 1]:
        was = before.firms["alive"] == 1
        sold = after.firms["sales"][: len(was)] - before.firms["sales"] * (YEAR - 1) / YEAR
        total += by_area(before.firms[was], sold[was])
    return total


def ordered(before: Month, after: Month) -> NDArray[np.float64]:
    """Return what patrons bought in a month of each firm that was alive before, ten thousand yuan.

    The running figure forgets a twelfth and gains the month's, so this comes back from two of them.
    """
    was = before.firms["alive"] == 1
    bought = after.firms["to_patron"][: len(was)] - before.firms["to_patron"] * (YEAR - 1) / YEAR
    found: NDArray[np.float64] = bought[was]
    return found


def output(history: History, so_far: tuple[Month, ...]) -> float:
    """Return what markets and patrons bought in twelve months; before the start it was even."""
    pairs = list(history.pairs())[: len(so_far)][-YEAR:]
    recent = [after.tracks["sales"].sum() + ordered(before, after).sum() for before, after in pairs]
    earlier = (YEAR - len(recent)) * float(history.p["output_2022"]) / YEAR
    return float(sum(recent)) / YI + earlier


def done(month: Month, kind: int) -> int:
    """Return how many breakthroughs of a kind have been written down."""
    return int((month.breakthroughs["kind"] == kind).sum())


def certified(month: Month) -> Records:
    """Return the firms whose high-tech certificate is valid."""
    firms: Records = month.living[month.living["certificate_until"] > month.number]
    return firms


def talents_by_area(month: Month) -> NDArray[np.float64]:
    """Return people by cluster and district of their employer, or of their home if they search."""
    people = month.present
    cluster, district = CLUSTER_OF_TRACK[people.track], people.home.astype(np.int64)
    at_firm, at_institute = people.employer >= 0, people.employer < codes.SEARCHING
    district[at_firm] = month.firms["district"][people.employer[at_firm]]
    institutes = codes.INSTITUTE_BASE - people.employer[at_institute]
    district[at_institute] = month.programmes["district"][institutes]
    at = cluster * AREA[1] + district
    return np.bincount(at, minlength=AREA[0] * AREA[1]).reshape(AREA).astype(np.float64)


def strong(history: History, month: Month) -> NDArray[np.bool_]:
    """Return which clusters are above all four thresholds in the districts named for them."""
    firms, p = month.living, history.p
    tied = (firms["patron"] != NOBODY) | (firms["partners"] > 0) | (firms["consortium"] != NOBODY)
    tables = (
        by_area(firms),
        yearly_sales(history, month) / YI,
        talents_by_area(month),
        by_area(firms[tied]),
        np.tile(RESIDENTS, (AREA[0], 1)) / 10_000.0,
    )
    number, sales, talents, links, residents = (
        np.array([table[cluster, NAMED[cluster]].sum() for cluster in range(AREA[0])])
        for table in tables
    )
    found: NDArray[np.bool_] = (number >= p["cluster_firms"]) & (sales >= p["cluster_output"])
    found &= (talents >= p["cluster_talents"] * residents) & (links >= p["cluster_links"] * number)
    return found


def standing_clusters(strong_months: NDArray[np.bool_]) -> list[int]:
    """Return the clusters that were strong in each of the last twelve months.

    Args:
        strong_months: shape (months so far, clusters).
    """
    if len(strong_months) < YEAR:
        return []
    return [int(cluster) for cluster in np.flatnonzero(strong_months[-YEAR:].all(axis=0))]


def breakdowns(history: History, month: Month) -> dict[str, float]:
    """Return firms, output and talents by cluster and by district."""
    firms = month.living
    tables = {
        "firms": by_area(firms),
        "output": yearly_sales(history, month) / YI,
        "talents": talents_by_area(month),
    }
    found: dict[str, float] = {}
    for quantity, table in tables.items():
        for number, cluster in enumerate(PLAN.clusters):
            found[f"{quantity}_{cluster.id}"] = float(table[number].sum())
        for district in PLAN.districts:
            found[f"{quantity}_{district.id}"] = float(table[:, district.number].sum())
    return found


def city_measures(history: History, so_far: tuple[Month, ...]) -> dict[str, float]:
    """Return the measures of the whole city in the last month."""
    month = so_far[-1]
    numbers = people_measures(month) | firm_measures(history, month) | changes(history, so_far)
    usual = month.city["usual_seniors"]
    numbers |= {
        "pay": np.average(
            [month.tracks["pay"].mean(), month.tracks["senior_pay"].mean()],
            weights=[1.0 - usual, history.p["senior_premium"] * usual],
        ),
        "senior_pay": month.tracks["senior_pay"].mean(),
        "market_share": YEAR * month.tracks["sales"].sum() / month.tracks["demand"].sum(),
        "institutes": len(open_of(month, codes.INSTITUTE)),
        "consortia": len(open_of(month, codes.CONSORTIUM)),
        "programmes": len(open_of(month, *range(len(PROGRAMME_KINDS)))),
        "knowledge": so_far[len(so_far) - 1 - month.number % 3].knowledge,
        "demand_climate": month.city["demand_climate"],
        "inflow_climate": month.city["inflow_climate"],
        "rival_effort": month.city["rival_effort"],
    }
    return {name: float(value) for name, value in numbers.items()}


def people_measures(month: Month) -> dict[str, float]:
    """Return how many people there are, by level and origin."""
    people = month.present
    brought = people.origin == codes.BROUGHT_IN
    scientist, entrepreneur = people.level == codes.SCIENTIST, people.level == codes.ENTREPRENEUR
    return {
        "talents": len(people.id),
        "talents_searching": (people.employer == codes.SEARCHING).sum(),
        "seniors": (people.level != codes.JUNIOR).sum(),
        "strategic_scientists": scientist.sum(),
        "scientists_brought_in": (scientist & brought).sum(),
        "entrepreneurs": entrepreneur.sum(),
        "entrepreneurs_brought_in": (entrepreneur & brought).sum(),
    }


def firm_measures(history: History, month: Month) -> dict[str, float]:
    """Return firms and their R&D; the national rule asks less of larger firms."""
    p, holders = history.p, certified(month)
    sizes = np.array([p["small_revenue"], p["medium_revenue"]])
    shares = np.array([p["threshold_small"], p["threshold_medium"], p["threshold_large"]])
    tied = month.living[month.living["patron"] != NOBODY]
    own, patron = (
        each["kind"] == codes.STATE_OWNED for each in (tied, month.firms[tied["patron"]])
    )
    asked = shares[np.searchsorted(sizes, holders["sales"])] * holders["sales"]
    return {
        "firms": len(month.living),
        "ownership_ties": (own != patron).sum(),
        "real_rd": month.living["real_rd"].sum() / YI,
        "reported_rd": holders["reported_rd"].sum() / YI,
        "certified_rd": holders["real_rd"].sum() / YI,
        "certified_real": (holders["real_rd"] >= asked).sum(),
    }


def changes(history: History, so_far: tuple[Month, ...]) -> dict[str, float]:
    """Return what changed in the last month, from the tables before and after it."""
    month = so_far[-1]
    before = so_far[-2] if len(so_far) > 1 else history.start
    firms, rows = month.firms, len(before.firms)
    new = firms["entered"] == month.number
    was = np.zeros(len(firms), dtype=np.bool_)
    was[:rows] = before.firms["alive"] == 1
    gone = (was | new) & (firms["alive"] == 0)
    founded = new & (firms["kind"] == codes.STARTUP)
    moved = was[:rows] & (firms["district"][:rows] != before.firms["district"])
    invested = (month.funds["invested"] - before.funds["invested"]) / YI
    return {
        "entries": founded.sum(),
        "arrivals": (new & ~founded).sum(),
        "exits": gone.sum(),
        "departures": (gone & (firms["exit_reason"] == codes.MOVED_AWAY)).sum(),
        "moves": moved.sum(),
        "guidance_investment": invested[0],
        "private_investment": invested[1:].sum(),
    }


def leads(history: History, month: Month, cluster: int) -> bool:
    """Return whether a cluster holds enough of its markets, by competitive weight."""
    mine = month.tracks[np.arange(TRACKS)[cluster == CLUSTER_OF_TRACK]]
    share = mine["weight"].sum() / (mine["weight"] + mine["rivals"]).sum()
    return bool(share >= history.p["leading_share"])
