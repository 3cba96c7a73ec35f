"""The agent tables, declared once: field, type, unit and meaning side by side.

Firms, funds, deals, programmes, breakthroughs, cells and tracks are structured records, so that a
rule reads ``firm = firms[i]; firm.cash -= cost``. Talents are columns, because the monthly pass
over twenty thousand of them is faster on contiguous arrays.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.indicators import INDICATORS
from sim.mechanisms import MECHANISMS, PROGRAMME_KINDS
from sim.plan import PLAN
from sim.world.codes import INSTRUMENTS, TALENT_LEVELS, TALENT_ORIGINS
from sim.world.grid import HEIGHT

CLUSTERS = len(PLAN.clusters)
TRACKS = len(PLAN.tracks)
DISTRICTS = len(PLAN.districts)
KINDS = len(PROGRAMME_KINDS)
NOBODY = -1
NEVER = -1
LEADING_POOL = 1024
"""Room for leading firms outside future industries; a parameter says how many exist."""
POST_ROOM = 1024

# Rows of the city's tallies by cluster and district.
TALLIES = ("firms", "talents", "mature", "successes", "linked", "sales")
FIRMS_HERE, TALENTS_HERE, MATURE_HERE, SUCCESSES_HERE, LINKED_HERE, SALES_HERE = range(6)

# Money flows of a month, in ten thousand yuan: the ledger that conservation is checked against.
FLOWS = (
    "sales",
    "operations",
    "research",
    "overhead",
    "subsidies",
    "tax",
    "dividends",
    "debt_drawn",
    "debt_paid",
    "equity",
    "seed",
    "brought",
    "closed",
    "fund_paid_in",
    "fund_invested",
    "fund_returned",
)
(
    SALES,
    OPERATIONS,
    RESEARCH,
    OVERHEAD,
    SUBSIDIES,
    TAX,
    DIVIDENDS,
    DEBT_DRAWN,
    DEBT_PAID,
    EQUITY,
    SEED,
    BROUGHT,
    CLOSED_CASH,
    FUND_PAID_IN,
    FUND_INVESTED,
    FUND_RETURNED,
) = range(len(FLOWS))

# Events of a month: the ledger of firms and people (and guidance money, ten thousand yuan).
EVENTS = (
    "founded",
    "moved_in",
    "ended",
    "left_city",
    "moved_district",
    "graduated",
    "arrived",
    "departed",
    "guidance_money",
)
(
    FOUNDED,
    CAME,
    ENDED,
    LEFT_CITY,
    MOVED_DISTRICT,
    GRADUATED,
    ARRIVED,
    DEPARTED,
    GUIDANCE_MONEY,
) = range(len(EVENTS))


class Field(NamedTuple):
    """One column of a table."""

    name: str
    type: str
    unit: str
    meaning: str
    shape: tuple[int, ...] = ()


FIRM_FIELDS = (
    Field("id", "i8", "", "identity, from its origin and not from its row"),
    Field("founder", "i8", "", "identity of the founding talent, -1 if none is known"),
    Field("quality", "f8", "standard deviations", "how good its technology and people are"),
    Field("talents", "i4", "persons", "talents it employs"),
    Field("seniors", "i4", "persons", "of these above junior level"),
    Field("scientists", "i4", "persons", "of these strategic scientists"),
    Field("wanted", "i4", "persons", "talents its R&D budget can pay"),
    Field("alive", "u1", "0/1", "1 while the firm exists"),
    Field("kind", "u1", "", "start-up, established, state-owned, moved in or leading"),
    Field("track", "u1", "", "number of its track"),
    Field("cluster", "u1", "", "number of its track's cluster"),
    Field("district", "u1", "", "number of its district"),
    Field("level", "u1", "1-9", "technology readiness level"),
    Field("exit_reason", "u1", "", "why it ended"),
    Field("technology_centre", "u1", "0/1", "holds a technology-centre title"),
    Field("ecosystem", "u1", "0/1", "has ecosystem-leading standing"),
    Field("leading", "u1", "0-2", "1 a leading firm's unit, 2 once its R&D makes the move count"),
    Field("distress", "i2", "months", "months in a row without cash"),
    Field("components", "i2", "count", "core components it has made"),
    Field("products", "i2", "count", "high-end products it has launched"),
    Field("standards", "i2", "count", "standards it has led"),
    Field("cell", "i4", "", "number of its grid cell"),
    Field("founded", "i4", "month", "month of founding, negative before October 2022"),
    Field("entered", "i4", "month", "month it joined the simulated world, -1 for the 2022 stock"),
    Field("partners", "i4", "firms", "small firms that hold its open orders"),
    Field("patron", "i4", "row", "firm whose open orders it holds, -1 none"),
    Field("consortium", "i4", "row", "programme row of its consortium, -1 none"),
    Field(
        "certificate_until", "i4", "month", "high-tech certificate valid before this month, -1 none"
    ),
    Field("last_round", "i4", "month", "month of the last search for capital"),
    Field("first_deal", "i4", "row", "newest deal of its investors, -1 none"),
    Field("rd_habit", "f8", "share", "part of its sales that it budgets for R&D"),
    Field("rd_stock", "f8", "ten thousand yuan", "R&D done, at the pay of 2022, depreciated"),
    Field("spillover", "f8", "factor", "what the knowledge around it adds to its R&D"),
    Field("staff", "f8", "persons", "all employees"),
    Field("real_rd", "f8", "ten thousand yuan a year", "R&D it does"),
    Field("reported_rd", "f8", "ten thousand yuan a year", "R&D in its last certificate filing"),
    Field("sales", "f8", "ten thousand yuan", "sales, running twelve-month sum"),
    Field("weight", "f8", "ten thousand yuan a year", "competitive weight in its track's market"),
    Field("capacity", "f8", "ten thousand yuan a year", "sales it can deliver"),
    Field("spread", "f8", "1/sqrt(month)", "spread of its monthly growth shocks"),
    Field("cash", "f8", "ten thousand yuan", "cash"),
    Field("debt", "f8", "ten thousand yuan", "venture debt"),
    Field("burn", "f8", "ten thousand yuan a month", "net outflow in the last month"),
    Field("raised", "f8", "ten thousand yuan", "equity raised so far"),
)

FUND_FIELDS = (
    Field("id", "i8", "", "identity"),
    Field("alive", "u1", "0/1", "1 while the fund exists"),
    Field("kind", "u1", "", "guidance, market, corporate or district fund"),
    Field("focus", "i1", "", "cluster it invests in, -1 all"),
    Field("district", "i1", "", "district it is bound to, -1 all"),
    Field("lowest_level", "i1", "1-9", "earliest readiness level it backs"),
    Field("highest_level", "i1", "1-9", "latest readiness level it backs"),
    Field("vintage", "i4", "month", "month it was set up"),
    Field("portfolio", "i4", "stakes", "stakes it holds, two in a firm that it backed twice"),
    Field("accuracy", "f8", "0-1", "how well it tells good firms from bad ones"),
    Field("dry_powder", "f8", "ten thousand yuan", "money ready to invest"),
    Field("committed", "f8", "ten thousand yuan", "money its investors have paid in so far"),
    Field("invested", "f8", "ten thousand yuan", "money invested so far"),
    Field("returned", "f8", "ten thousand yuan", "money that exits brought back so far"),
)

DEAL_FIELDS = (
    Field("alive", "u1", "0/1", "1 while the stake is held"),
    Field("fund", "i4", "row", "the investor"),
    Field("firm", "i4", "row", "the firm"),
    Field("next", "i4", "row", "older deal of the same firm, -1 none"),
    Field("month", "i4", "month", "when"),
    Field("amount", "f8", "ten thousand yuan", "money paid"),
    Field("stake", "f8", "share", "share of the firm, after dilution"),
)

PROGRAMME_FIELDS = (
    Field("id", "i8", "", "identity"),
    Field("alive", "u1", "0/1", "1 while it is proposed or exists"),
    Field("kind", "u1", "", "college, institute, zone and so on"),
    Field("stage", "u1", "", "proposed, approved, building or open"),
    Field("existing", "u1", "0/1", "1 if it was open before October 2022"),
    Field("cluster", "u1", "", "cluster it serves"),
    Field("track", "i1", "", "track it serves first"),
    Field("district", "u1", "", "district it stands in"),
    Field("site", "i2", "", "number of its university or named zone, -1 none"),
    Field("cell", "i4", "", "grid cell it stands in"),
    Field("proposed", "i4", "month", "month of the proposal"),
    Field("starts", "i4", "month", "month building starts"),
    Field("opens", "i4", "month", "month it opens"),
    Field("talents", "i4", "persons", "talents it employs (institutes)"),
    Field("wanted", "i4", "persons", "talents it has posts for (institutes)"),
    Field("members", "i4", "firms", "firms that take part (consortia)"),
    Field("case", "f8", "0-1", "strength of the case made for it"),
)

OFFER_FIELDS = (
    Field("talent", "u4", "row", "who looks for a post"),
    Field("first", "u4", "row", "a firm that chance put before them"),
    Field("second", "u4", "row", "another one"),
    Field("institute", "u4", "row", "programme row of an institute"),
    Field("first_worth", "f8", "utility", "what the first firm's post is worth to them"),
    Field("second_worth", "f8", "utility", "what the second firm's is"),
    Field("institute_worth", "f8", "utility", "what the institute's is"),
    Field("stay", "f8", "utility", "what another post must be worth at least"),
)
"""What one who looks for a post has met: working space of the job market."""

BREAKTHROUGH_FIELDS = (
    Field("kind", "u1", "", "component, product, standard or leading firm's move"),
    Field("track", "i1", "", "track"),
    Field("district", "i1", "", "district"),
    Field("month", "i4", "month", "when"),
    Field("firm", "i8", "", "identity of the firm"),
)

CELL_FIELDS = (
    Field("district", "i1", "", "district, -1 outside"),
    Field("zone", "i2", "row", "pilot zone it lies in (programme row), -1 none"),
    Field("firms", "i4", "firms", "firms in it"),
    Field("land", "f8", "km2", "land, weighted to the official area of its district"),
    Field("capacity", "f8", "firms", "firms it can host"),
)

TRACK_FIELDS = (
    Field("adoption", "f8", "share", "adopters as a share of the market's potential"),
    Field("potential", "f8", "ten thousand yuan a year", "sales if everyone had adopted"),
    Field("demand", "f8", "ten thousand yuan a year", "the whole market's sales"),
    Field("rivals", "f8", "ten thousand yuan a year", "competitive weight outside Shanghai"),
    Field("weight", "f8", "ten thousand yuan a year", "competitive weight of Shanghai's firms"),
    Field("share", "f8", "share", "Shanghai's share of the market"),
    Field("sales", "f8", "ten thousand yuan", "this month's sales of Shanghai's firms"),
    Field("pay", "f8", "factor", "cost of a talent against October 2022"),
    Field("vacancies", "i4", "posts", "open posts this month"),
    Field("seekers", "i4", "persons", "talents who looked for a post this month"),
)

BY_AREA = (CLUSTERS, DISTRICTS)
BY_LEVEL = (len(TALENT_ORIGINS), len(TALENT_LEVELS))
BY_MECHANISM = (len(MECHANISMS), *BY_AREA)
BY_CLIMB = (10, *BY_AREA)
"""By readiness level (0 is not used) and place."""
UNIVERSITIES = len(PLAN.universities)
ZONES = len(PLAN.zones)
ANCHORS = UNIVERSITIES + ZONES

PLACE_FIELDS = (
    Field("width", "i4", "cells", "cells in a row of the grid"),
    Field("land_start", "i4", "cell", "first land cell of each row of the grid", (HEIGHT,)),
    Field("land_end", "i4", "cell", "cell after the last land cell of each row", (HEIGHT,)),
    Field("district_start", "i4", "", "where each district's land cells start", (DISTRICTS + 1,)),
    Field("distance", "f8", "km", "between two districts' mean positions", (DISTRICTS, DISTRICTS)),
    Field("designated", "f8", "0/1", "1 where the plan names the district", BY_AREA),
    Field("core", "f8", "0/1", "1 for core districts", (DISTRICTS,)),
    Field("people", "f8", "persons", "residents", (DISTRICTS,)),
    Field("area", "f8", "km2", "land area", (DISTRICTS,)),
    Field("university_district", "i4", "", "district of each university", (UNIVERSITIES,)),
    Field("university_cell", "i4", "", "cell of each university", (UNIVERSITIES,)),
    Field("anchor_row", "i4", "", "row of each university and named zone", (ANCHORS,)),
    Field("anchor_column", "i4", "", "column of each of them", (ANCHORS,)),
    Field("zone_district", "i4", "", "district of each named zone", (ZONES,)),
    Field("zone_cell", "i4", "", "cell of each named zone", (ZONES,)),
)
"""The city's geography, the same in every replicate."""

CITY_FIELDS = (
    Field("seed", "u8", "", "seed of the ensemble"),
    Field("replicate", "u8", "", "number of the replicate"),
    Field("month", "i4", "month", "next month to simulate, 0 is October 2022"),
    Field("firm_rows", "i4", "rows", "rows of the firm table in use so far"),
    Field("talent_rows", "i4", "rows", "rows of the talent table in use so far"),
    Field("fund_rows", "i4", "rows", "rows of the fund table in use so far"),
    Field("deal_rows", "i4", "rows", "rows of the deal table in use so far"),
    Field("programme_rows", "i4", "rows", "rows of the programme table in use so far"),
    Field("breakthrough_rows", "i4", "rows", "rows of the breakthrough table in use so far"),
    Field("free_firm", "i4", "row", "no free firm row lies before this one"),
    Field("free_talent", "i4", "row", "no free talent row lies before this one"),
    Field("free_deal", "i4", "row", "no free deal row lies before this one"),
    Field("overflow", "u1", "0/1", "1 if a birth found no free row"),
    Field("approval_credit", "f8", "approvals", "approvals the city can still organise"),
    Field("guidance_paid", "f8", "ten thousand yuan", "paid into the guidance fund so far"),
    Field(
        "guidance_invested", "f8", "ten thousand yuan", "invested by it in the last twelve months"
    ),
    Field("public_cost", "f8", "ten thousand yuan", "public money spent on levers so far"),
    Field("knowledge", "f8", "juniors x years", "knowledge stock, all cells and clusters"),
    Field("sold", "f8", "ten thousand yuan", "this month's sales", BY_AREA),
    Field("sales_history", "f8", "ten thousand yuan", "of the last twelve months", (12, *BY_AREA)),
    Field("cluster_months", "i4", "months", "months in a row as a full cluster", (CLUSTERS,)),
    Field("leading_pool", "i4", "month", "when a leading firm moved in, -1 never", (LEADING_POOL,)),
    Field("held", "i4", "month", "programmes of a kind open no earlier (facts)", (KINDS,)),
    Field("purse", "f8", "ten thousand yuan", "money set aside a programme kind", (KINDS,)),
    Field("flows", "f8", "ten thousand yuan", "this month's money flows", (len(FLOWS),)),
    Field("events", "f8", "", "this month's events", (len(EVENTS),)),
    Field("tallies", "f8", "", "what stands where", (len(TALLIES), *BY_AREA)),
    Field("searching", "f8", "persons", "who has no post, by cluster and home", BY_AREA),
    Field("levels", "f8", "persons", "talents of each origin at each level", BY_LEVEL),
    Field("services", "f8", "programmes", "open programmes in reach", (KINDS, *BY_AREA)),
    Field("planned", "f8", "programmes", "proposed or existing programmes", (KINDS, *BY_AREA)),
    Field("given", "f8", "dose", "mean over the city of each instrument's dose", (INSTRUMENTS,)),
    Field("dose", "f8", "dose", "of each mechanism, its instruments' together", BY_MECHANISM),
    Field("mean_dose", "f8", "dose", "the same, mean over the city", (len(MECHANISMS),)),
    Field("needs", "f8", "firms", "firms that need each scenario kind", (3, *BY_AREA)),
    Field("access", "f8", "factor", "how well they reach them", (3, *BY_AREA)),
    Field("utility", "f8", "utility", "what a location offers a new firm", BY_AREA),
    Field("pull", "f8", "utility", "what a district offers a talent as a place", BY_AREA),
    Field("founding", "f8", "factor", "how much likelier than usual a founding is", BY_AREA),
    Field("hub_start", "i4", "", "where each cluster's hubs start", (CLUSTERS + 1,)),
    Field("seekers_listed", "i8", "rows", "talents listed as looking for a post"),
    Field("founders_listed", "i8", "rows", "talents listed as thinking of founding a firm"),
    Field("newcomers_listed", "i8", "rows", "talents listed as come since all last lived a month"),
    Field("firms_listed", "i8", "rows", "firms listed as come this month"),
    Field("vacant_start", "i4", "", "where each track's vacant firms start", (TRACKS + 1,)),
    Field("posts", "i4", "row", "institutes with open posts, by cluster", (POST_ROOM,)),
    Field("post_start", "i4", "", "where each cluster's part of posts starts", (CLUSTERS + 1,)),
    *PLACE_FIELDS,
)

RATE_FIELDS = (
    Field("indicators", "f8", "", "what was read off this month", (len(INDICATORS),)),
    Field("row_stock", "f8", "juniors x years", "knowledge in a row, by cluster", (CLUSTERS,)),
    Field("row_reach", "f8", "", "what reaches a cell of the row, by cluster", (CLUSTERS,)),
    Field("learning", "f8", "factor", "how much likelier than usual juniors learn", BY_AREA),
    Field("away", "f8", "utility", "what the way to work costs", (DISTRICTS, DISTRICTS)),
    Field("likelier", "f8", "factor", "how much likelier than usual people arrive", (TRACKS,)),
    Field("track_sums", "f8", "", "running sums of weights by which a track is drawn", (TRACKS,)),
    Field("home_sums", "f8", "", "the same for the home of a cluster's people", BY_AREA),
    Field(
        "busiest",
        "i4",
        "",
        "each district's cell for a new programme, -1 if not sought",
        (DISTRICTS,),
    ),
    Field("rent", "f8", "ten thousand yuan a year", "a talent's, out of zones, in", (2, *BY_AREA)),
    Field("deducted", "f8", "share", "of a year's research, from a month's profit", BY_AREA),
    Field("subsidised", "f8", "share", "of a small firm's research that vouchers pay", BY_AREA),
    Field("talent_cost", "f8", "ten thousand yuan a year", "of a talent's research", (TRACKS,)),
    Field("repaid", "f8", "share", "of its debt that a firm pays back in a month"),
    Field("service", "f8", "share", "of its debt that a firm pays in a month, interest included"),
    Field("meetings", "f8", "funds", "that a firm in search of money meets on average", BY_AREA),
    Field("support", "f8", "factor", "what innovation centres make of research effort", BY_AREA),
    Field("junior", "f8", "teams", "what a junior is in the square of research effort", BY_AREA),
    Field("climbing", "f8", "", "word below which firms climb, but for what is theirs", BY_CLIMB),
    Field("most_spillover", "f8", "factor", "the greatest spillover that a firm may have"),
    Field("patience", "f8", "", "exp(-utility)", BY_AREA),
    Field("price", "f8", "1/month", "this month's sales a unit of weight", (TRACKS, 10)),
    Field("selling", "f8", "share", "part of its weight that a firm can sell at a level", (10,)),
    Field("pushed", "f8", "1/year", "growth of weight at unit research and spillover", BY_AREA),
    Field("room", "f8", "factor", "growth of capacity, on free cells, on full", (2, *BY_AREA)),
)
"""What rules work out once for all agents of a place or track: kept for speed, not a state."""


def record_type(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    """Return the aligned NumPy record type of a table."""
    columns = [(field.name, field.type, field.shape) for field in fields]
    return np.dtype(columns, align=True)


FIRM = record_type(FIRM_FIELDS)
FUND = record_type(FUND_FIELDS)
DEAL = record_type(DEAL_FIELDS)
PROGRAMME = record_type(PROGRAMME_FIELDS)
BREAKTHROUGH = record_type(BREAKTHROUGH_FIELDS)
OFFER = record_type(OFFER_FIELDS)
CELL = record_type(CELL_FIELDS)
TRACK = record_type(TRACK_FIELDS)
CITY = record_type((*CITY_FIELDS, *RATE_FIELDS))


class Talents(NamedTuple):
    """The talent table: one contiguous column a field, all of the same length."""

    id: NDArray[np.int64]
    """Identity."""
    alive: NDArray[np.uint8]
    """1 while the person is in Shanghai's future industries."""
    track: NDArray[np.uint8]
    level: NDArray[np.uint8]
    """Junior, senior, strategic scientist or entrepreneur."""
    origin: NDArray[np.uint8]
    """Local in 2022, graduate, or brought in."""
    home: NDArray[np.uint8]
    """District of residence."""
    failures: NDArray[np.int8]
    """Firms founded that failed."""
    since: NDArray[np.int16]
    """Month in which they came to the present employer or began to search."""
    employer: NDArray[np.int32]
    """Firm row; SEARCHING; or INSTITUTE_BASE minus the row of an institute."""
    skill: NDArray[np.float64]
    """Skill in standard deviations."""


TALENT_FIELDS = (
    Field("id", "i8", "", "identity"),
    Field("alive", "u1", "0/1", "1 while in Shanghai's future industries"),
    Field("track", "u1", "", "track"),
    Field("level", "u1", "", "junior, senior, strategic scientist or entrepreneur"),
    Field("origin", "u1", "", "local in 2022, graduate or brought in"),
    Field("home", "u1", "", "district of residence"),
    Field("failures", "i1", "count", "firms founded that failed"),
    Field("since", "i2", "month", "when they came to the employer, or began to search"),
    Field("employer", "i4", "", "firm row, -1 searching, -2 - row for an institute"),
    Field("skill", "f8", "standard deviations", "skill"),
)


def talent_columns(rows: int) -> Talents:
    """Return an empty talent table of ``rows`` rows."""
    return Talents(*(np.zeros(rows, dtype=field.type) for field in TALENT_FIELDS))
