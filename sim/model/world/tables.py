"""The agent tables, declared once: field, type, unit and meaning side by side.

Firms, funds, deals, programmes, breakthroughs, cells and tracks are structured records, so that a
rule reads ``firm = firms[i]; firm.cash -= cost``. Talents are columns, because the monthly pass
over twenty thousand of them is faster on contiguous arrays.
"""

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.tables import Numbers, Record, Rows, column, fields_of, record_type
from sim.indicators import INDICATORS
from sim.mechanisms import MECHANISMS, PROGRAMME_KINDS
from sim.model.world.codes import (
    CLUSTER_OF_BRANCH,
    DISTRICT_OF_PLACE,
    INSTRUMENTS,
    TALENT_LEVELS,
    TALENT_ORIGINS,
)
from sim.model.world.grid import HEIGHT
from sim.model.world.ledgers import EVENTS, FLOWS, TALLIES
from sim.plan import PLAN
from sim.plan.catalogue import GATES

CLUSTERS = len(PLAN.clusters)
TRACKS = len(PLAN.tracks)
DISTRICTS = len(PLAN.districts)
BRANCHES = len(CLUSTER_OF_BRANCH)
"""Clusters, then tracks."""
PLACES = len(DISTRICT_OF_PLACE)
"""Districts, then what lies outside their zones, then zones."""
KINDS = len(PROGRAMME_KINDS)
TARGETS = len(PLAN.counts)
NOBODY = -1
NEVER = -1
LEADING_POOL = 1024
"""Room for leading firms outside future industries; a parameter says how many exist."""
POST_ROOM = 1024


class Firm(Record):
    """A firm."""

    id: int = column("i8", "", "identity, from its origin and not from its row")
    founder: int = column("i8", "", "identity of the founding talent, -1 if none is known")
    quality: float = column("f8", "standard deviations", "how good its technology and people are")
    talents: int = column("i4", "persons", "talents it employs")
    seniors: int = column("i4", "persons", "of these above junior level")
    scientists: int = column("i4", "persons", "of these strategic scientists")
    wanted: int = column("i4", "persons", "talents its R&D budget can pay")
    alive: int = column("u1", "0/1", "1 while the firm exists")
    kind: int = column("u1", "", "start-up, established, state-owned, moved in or leading")
    track: int = column("u1", "", "number of its track")
    cluster: int = column("u1", "", "number of its track's cluster")
    district: int = column("u1", "", "number of its district")
    place: int = column("i2", "", "its zone, or its district outside zones: a number of a place")
    level: int = column("u1", "1-9", "technology readiness level")
    exit_reason: int = column("u1", "", "why it ended")
    technology_centre: int = column("u1", "0/1", "holds a technology-centre title")
    centre_since: int = column("i4", "month", "named a technology centre, or last reviewed as one")
    listed: int = column("u1", "0/1", "its shares are sold to the public")
    ecosystem: int = column("u1", "0/1", "has ecosystem-leading standing")
    leading: int = column(
        "u1", "0-2", "1 a leading firm's unit, 2 once its R&D makes the move count"
    )
    distress: int = column("i2", "months", "months in a row without cash")
    components: int = column("i2", "count", "core components it has made")
    products: int = column("i2", "count", "high-end products it has launched")
    standards: int = column("i2", "count", "standards it has led")
    commissioned: int = column("u1", "0/1", "1 while one of its people works for others")
    fresh: float = column("f8", "products", "high-end products of its own that are still new")
    cover: float = column("f8", "share", "of imported components that local ones can replace")
    edge: float = column("f8", "1/year", "growth of its weight that breakthroughs bring it")
    cell: int = column("i4", "", "number of its grid cell")
    founded: int = column("i4", "month", "month of founding, negative before October 2022")
    reached: int = column("i4", "month", "month in which it came to its readiness level")
    entered: int = column(
        "i4", "month", "month it joined the simulated world, -1 for the 2022 stock"
    )
    partners: int = column("i4", "firms", "small firms that hold its open orders")
    patron: int = column("i4", "row", "firm whose open orders it holds, -1 none")
    consortium: int = column("i4", "row", "programme row of its consortium, -1 none")
    certificate_until: int = column(
        "i4", "month", "high-tech certificate valid before this month, -1 none"
    )
    last_round: int = column("i4", "month", "month of the last search for capital")
    first_deal: int = column("i4", "row", "newest deal of its investors, -1 none")
    rd_habit: float = column("f8", "share", "part of its sales that it budgets for R&D")
    rd_stock: float = column("f8", "ten thousand yuan", "R&D done, at the pay of 2022, depreciated")
    spillover: float = column("f8", "factor", "what the knowledge around it adds to its R&D")
    staff: float = column("f8", "persons", "all employees")
    real_rd: float = column("f8", "ten thousand yuan a year", "R&D that it does or has done")
    reported_rd: float = column(
        "f8", "ten thousand yuan a year", "R&D in its last certificate filing"
    )
    sales: float = column("f8", "ten thousand yuan", "sales, running twelve-month sum")
    to_patron: float = column(
        "f8", "ten thousand yuan", "of these sales to its patron, running twelve-month sum"
    )
    weight: float = column(
        "f8", "ten thousand yuan a year", "competitive weight in its track's market"
    )
    capacity: float = column("f8", "ten thousand yuan a year", "sales it can deliver")
    ordered: float = column("f8", "ten thousand yuan a year", "capacity paid for and not yet built")
    demanded: float = column(
        "f8", "ten thousand yuan a year", "sales that its market and its patron would take"
    )
    lacking: float = column("f8", "ten thousand yuan", "money it lacks for the capacity it wants")
    spread: float = column("f8", "1/sqrt(month)", "spread of its monthly growth shocks")
    cash: float = column("f8", "ten thousand yuan", "cash")
    debt: float = column("f8", "ten thousand yuan", "venture debt")
    plant_debt: float = column("f8", "ten thousand yuan", "debt on its capacity")
    losses: float = column("f8", "ten thousand yuan", "of earlier years, not yet set off in taxes")
    burn: float = column("f8", "ten thousand yuan a month", "net outflow but for commissions")
    raised: float = column("f8", "ten thousand yuan", "equity raised so far")


FIRM_FIELDS = fields_of(Firm)


class Fund(Record):
    """A fund."""

    id: int = column("i8", "", "identity")
    alive: int = column("u1", "0/1", "1 while the fund exists")
    kind: int = column("u1", "", "guidance, market, corporate or district fund")
    focus: int = column("i1", "", "cluster it invests in, -1 all")
    district: int = column("i1", "", "district it is bound to, -1 all")
    lowest_level: int = column("i1", "1-9", "earliest readiness level it backs")
    highest_level: int = column("i1", "1-9", "latest readiness level it backs")
    vintage: int = column("i4", "month", "month it was set up")
    portfolio: int = column("i4", "stakes", "stakes it holds, two in a firm that it backed twice")
    size: float = column("f8", "factor", "how large it is against the average one, more or less")
    hurdle: float = column("f8", "standard deviations", "signal that it asks for this month")
    met: float = column("f8", "ten thousand yuan", "money at hand of it and those before it")
    accuracy: float = column("f8", "0-1", "how well it tells good firms from bad ones")
    dry_powder: float = column("f8", "ten thousand yuan", "money ready to invest")
    committed: float = column("f8", "ten thousand yuan", "money its investors have paid in so far")
    invested: float = column("f8", "ten thousand yuan", "money invested so far")
    returned: float = column("f8", "ten thousand yuan", "money that exits brought back so far")


FUND_FIELDS = fields_of(Fund)


class Deal(Record):
    """A stake of a fund in a firm."""

    alive: int = column("u1", "0/1", "1 while the stake is held")
    fund: int = column("i4", "row", "the investor")
    firm: int = column("i4", "row", "the firm")
    next: int = column("i4", "row", "older deal of the same firm, -1 none")
    month: int = column("i4", "month", "when")
    amount: float = column("f8", "ten thousand yuan", "money paid")
    stake: float = column("f8", "share", "share of the firm, after dilution")


DEAL_FIELDS = fields_of(Deal)


class Programme(Record):
    """A programme, proposed or in being."""

    id: int = column("i8", "", "identity")
    alive: int = column("u1", "0/1", "1 while it is proposed or exists")
    kind: int = column("u1", "", "college, institute, zone and so on")
    stage: int = column("u1", "", "proposed, approved, building or open")
    existing: int = column("u1", "0/1", "1 if it was open before October 2022")
    cluster: int = column("u1", "", "cluster it serves")
    track: int = column("i1", "", "track it serves first")
    district: int = column("u1", "", "district it stands in")
    site: int = column("i2", "", "number of its university or named zone, -1 none")
    cell: int = column("i4", "", "grid cell it stands in")
    proposed: int = column("i4", "month", "month of the proposal")
    starts: int = column("i4", "month", "month building starts")
    opens: int = column("i4", "month", "month it opens")
    talents: int = column("i4", "persons", "talents it employs (institutes)")
    wanted: int = column("i4", "persons", "talents it has posts for (institutes)")
    members: int = column("i4", "firms", "firms that take part (consortia)")
    case: float = column("f8", "0-1", "strength of the case made for it")


PROGRAMME_FIELDS = fields_of(Programme)


class Offer(Record):
    """What one who looks for a post has met: working space of the job market."""

    talent: int = column("u4", "row", "who looks for a post")
    first: int = column("u4", "row", "a firm that chance put before them")
    second: int = column("u4", "row", "another one")
    institute: int = column("u4", "row", "programme row of an institute")
    first_worth: float = column("f8", "utility", "what the first firm's post is worth to them")
    second_worth: float = column("f8", "utility", "what the second firm's is")
    institute_worth: float = column("f8", "utility", "what the institute's is")
    stay: float = column("f8", "utility", "what another post must be worth at least")


class Breakthrough(Record):
    """A component, a product, a standard or a leading firm's move."""

    kind: int = column("u1", "", "component, product, standard or leading firm's move")
    track: int = column("i1", "", "track")
    district: int = column("i1", "", "district")
    month: int = column("i4", "month", "when")
    firm: int = column("i8", "", "identity of the firm")


BREAKTHROUGH_FIELDS = fields_of(Breakthrough)


class Cell(Record):
    """A square kilometre."""

    district: int = column("i1", "", "district, -1 outside")
    place: int = column("i2", "", "the same as firms' places, -1 outside")
    zone: int = column("i2", "row", "pilot zone it lies in (programme row), -1 none")
    firms: int = column("i4", "firms", "firms in it")
    land: float = column("f8", "km2", "land, weighted to the official area of its district")
    capacity: float = column("f8", "firms", "firms it can host")


CELL_FIELDS = fields_of(Cell)


class Track(Record):
    """A track and its market."""

    adoption: float = column("f8", "share", "adopters as a share of the market's potential")
    potential: float = column("f8", "ten thousand yuan a year", "sales if everyone had adopted")
    demand: float = column("f8", "ten thousand yuan a year", "the whole market's sales")
    rivals: float = column("f8", "ten thousand yuan a year", "competitive weight outside the city")
    weight: float = column(
        "f8", "ten thousand yuan a year", "competitive weight of the city's firms"
    )
    share: float = column("f8", "share", "the city's share of the market")
    sales: float = column("f8", "ten thousand yuan", "this month's sales of the city's firms")
    pay: float = column("f8", "factor", "cost of a junior against October 2022")
    senior_pay: float = column("f8", "factor", "the same of one above junior")
    vacancies: int = column("i4", "posts", "open posts this month")
    seekers: int = column("i4", "persons", "talents who looked for a post this month")
    senior_seekers: int = column("i4", "persons", "of these above junior")
    components: float = column("f8", "count", "core components that its firms make")
    launched: float = column("f8", "products", "its firms' high-end products that are still new")
    followed: float = column("f8", "share", "how far its firms follow standards led here")


TRACK_FIELDS = fields_of(Track)

BY_AREA = (CLUSTERS, DISTRICTS)
BY_LEVEL = (len(TALENT_ORIGINS), len(TALENT_LEVELS))
BY_SPOT = (BRANCHES, PLACES)
"""By where doses hold: what a cluster or a district has is the mean of its parts."""
BY_HOME = (BRANCHES, DISTRICTS)
BY_MECHANISM = (len(MECHANISMS), *BY_SPOT)
BY_GATE = (len(GATES), *BY_SPOT)
BY_LEVEL_SOLD = (len(GATES), 10)
BY_CLIMB = (10, *BY_SPOT)
"""By readiness level (0 is not used) and place."""
MET_PARTS = 512
"""Parts of 0 to 1 by which the fund is looked up that a number meets; a power of two, so that a
number is never below the start of its part (the method of guide tables, Chen and Asau 1974)."""
UNIVERSITIES = len(PLAN.universities)
ZONES = len(PLAN.zones)
FIRST_ZONE = PLACES - ZONES
"""The first of the places that are zones."""
ANCHORS = UNIVERSITIES + ZONES


class Place(Record):
    """The city's geography, the same in every replicate."""

    width: int = column("i4", "cells", "cells in a row of the grid")
    land_start: Numbers = column("i4", "cell", "first land cell of each row of the grid", (HEIGHT,))
    land_end: Numbers = column("i4", "cell", "cell after the last land cell of each row", (HEIGHT,))
    district_start: Numbers = column(
        "i4", "", "where each district's land cells start", (DISTRICTS + 1,)
    )
    distance: Numbers = column(
        "f8", "km", "between two districts' mean positions", (DISTRICTS, DISTRICTS)
    )
    designated: Numbers = column("f8", "0/1", "1 where the plan names the district", BY_AREA)
    core: Numbers = column("f8", "0/1", "1 for core districts", (DISTRICTS,))
    people: Numbers = column("f8", "persons", "residents", (DISTRICTS,))
    area: Numbers = column("f8", "km2", "land area", (DISTRICTS,))
    university_district: Numbers = column("i4", "", "district of each university", (UNIVERSITIES,))
    university_cell: Numbers = column("i4", "", "cell of each university", (UNIVERSITIES,))
    anchor_row: Numbers = column("i4", "", "row of each university and named zone", (ANCHORS,))
    anchor_column: Numbers = column("i4", "", "column of each of them", (ANCHORS,))
    zone_district: Numbers = column("i4", "", "district of each named zone", (ZONES,))
    zone_cell: Numbers = column("i4", "", "cell of each named zone", (ZONES,))


class Rates(Record):
    """What rules work out once for all agents of a place or track: kept for speed, not a state."""

    indicators: Numbers = column("f8", "", "what was read off this month", (len(INDICATORS),))
    row_stock: Numbers = column(
        "f8", "juniors x years", "knowledge in a row, by cluster", (CLUSTERS,)
    )
    row_reach: Numbers = column("f8", "", "what reaches a cell of the row, by cluster", (CLUSTERS,))
    learning: Numbers = column(
        "f8", "factor", "how much likelier than usual juniors learn", BY_SPOT
    )
    away: Numbers = column("f8", "utility", "what the way to work costs", (DISTRICTS, DISTRICTS))
    likelier: Numbers = column(
        "f8", "factor", "how much likelier than usual people arrive", (TRACKS,)
    )
    likelier_above: Numbers = column("f8", "factor", "the same of people above junior", (TRACKS,))
    track_sums: Numbers = column(
        "f8", "", "running sums of weights by which a track is drawn", (TRACKS,)
    )
    home_sums: Numbers = column("f8", "", "the same for the home of a track's people", BY_HOME)
    busiest: Numbers = column(
        "i4", "", "each district's cell for a new programme, -1 if not sought", (DISTRICTS,)
    )
    rent: Numbers = column(
        "f8", "ten thousand yuan a year", "a talent's, out of zones, in", (2, *BY_SPOT)
    )
    deducted: Numbers = column(
        "f8", "share", "of a year's research, from a month's profit", BY_SPOT
    )
    user_cost: Numbers = column(
        "f8", "factor", "of research for who pays tax, without a certificate, with", (2, *BY_SPOT)
    )
    bought: Numbers = column(
        "f8", "share", "of a small firm's own research that vouchers buy beside it", BY_SPOT
    )
    granted: Numbers = column("f8", "share", "of a firm's research that grants pay", BY_SPOT)
    talent_cost: Numbers = column(
        "f8", "ten thousand yuan a year", "of a junior's, a senior's research", (2, TRACKS)
    )
    meeting: Numbers = column(
        "f8", "share", "of the tries of those who look for a post that meet one", (TRACKS,)
    )
    repaid: float = column("f8", "share", "of its debt that a firm pays back in a month")
    service: float = column(
        "f8", "share", "of its debt that a firm pays in a month, interest included"
    )
    assessed: float = column(
        "f8", "factor", "on the R&D habit of state-owned firms, by their yearly assessment"
    )
    losses_left: Numbers = column(
        "f8", "share", "of its earlier losses that a firm keeps in a month, usually, longer", (2,)
    )
    plant_service: float = column(
        "f8", "share", "of its debt on capacity that a firm pays in a month, interest included"
    )
    lent: Numbers = column("f8", "share", "of a capacity's cost that banks lend", BY_SPOT)
    mean_purse: float = column(
        "f8", "ten thousand yuan", "that a private fund has at hand on average"
    )
    meetings: Numbers = column(
        "f8", "funds", "that a firm in search of money meets on average", BY_SPOT
    )
    met_from: Numbers = column(
        "i4", "row", "first fund that a number from this part of 0 to 1 may meet", (MET_PARTS,)
    )
    support: Numbers = column(
        "f8", "factor", "what innovation centres make of research effort", BY_SPOT
    )
    junior: Numbers = column(
        "f8", "teams", "what a junior is in the square of research effort", BY_SPOT
    )
    waiting: Numbers = column(
        "f8", "months", "that a level takes at least, by gate and place", BY_GATE
    )
    climbing: Numbers = column(
        "f8", "", "word below which firms climb, but for what is theirs", BY_CLIMB
    )
    most_spillover: float = column("f8", "factor", "the greatest spillover that a firm may have")
    patience: Numbers = column("f8", "", "exp(-utility)", BY_HOME)
    price: Numbers = column("f8", "1/month", "this month's sales a unit of weight", (TRACKS, 10))
    selling: Numbers = column(
        "f8", "share", "part of its weight that a firm can sell at a gate and level", BY_LEVEL_SOLD
    )
    pushed: Numbers = column(
        "f8", "1/year", "growth of weight at unit research and spillover", BY_SPOT
    )
    room: Numbers = column(
        "f8", "factor", "growth of capacity, on free cells, on full", (2, *BY_SPOT)
    )


class City(Place, Rates):
    """What there is one of: the city's state, its geography and the month's rates."""

    seed: int = column("u8", "", "seed of the ensemble")
    replicate: int = column("u8", "", "number of the replicate")
    month: int = column("i4", "month", "next month to simulate, 0 is October 2022")
    firm_rows: int = column("i4", "rows", "rows of the firm table in use so far")
    talent_rows: int = column("i4", "rows", "rows of the talent table in use so far")
    fund_rows: int = column("i4", "rows", "rows of the fund table in use so far")
    deal_rows: int = column("i4", "rows", "rows of the deal table in use so far")
    programme_rows: int = column("i4", "rows", "rows of the programme table in use so far")
    breakthrough_rows: int = column("i4", "rows", "rows of the breakthrough table in use so far")
    free_firm: int = column("i4", "row", "no free firm row lies before this one")
    free_talent: int = column("i4", "row", "no free talent row lies before this one")
    free_deal: int = column("i4", "row", "no free deal row lies before this one")
    overflow: int = column("u1", "0/1", "1 if a birth found no free row")
    approval_credit: float = column("f8", "approvals", "approvals the city can still organise")
    guidance_paid: float = column("f8", "ten thousand yuan", "paid into the guidance fund so far")
    public_cost: float = column("f8", "ten thousand yuan", "public money spent on levers so far")
    knowledge: float = column("f8", "juniors x years", "knowledge stock, all cells and clusters")
    demand_swing: float = column("f8", "log", "what good and bad years have left in demand")
    inflow_swing: float = column("f8", "log", "the same in private money into funds")
    demand_climate: float = column("f8", "factor", "demand against a usual year's")
    inflow_climate: float = column("f8", "factor", "private money into funds, likewise")
    usual_seniors: float = column("f8", "share", "talents above junior in October 2022")
    rival_plans: float = column("f8", "share", "rival cities that act on plans made since 2022")
    lead_seen: float = column("f8", "share", "the city's lead as far as rivals have seen it")
    rival_effort: float = column("f8", "plans", "what rivals do; 1 is all of them with a plan")
    left_by_rivals: float = column("f8", "factor", "who and what still comes here beside it")
    sold: Numbers = column("f8", "ten thousand yuan", "this month's sales", BY_AREA)
    sales_history: Numbers = column(
        "f8", "ten thousand yuan", "of the last twelve months", (12, *BY_AREA)
    )
    cluster_months: Numbers = column(
        "i4", "months", "months in a row as a full cluster", (CLUSTERS,)
    )
    leading_pool: Numbers = column(
        "i4", "month", "when a leading firm moved in, -1 never", (LEADING_POOL,)
    )
    held: Numbers = column("i4", "month", "programmes of a kind open no earlier (facts)", (KINDS,))
    target: Numbers = column("f8", "", "of each count that programmes are counted in", (TARGETS,))
    due: Numbers = column("i4", "month", "at whose end each is to be reached", (TARGETS,))
    pursued: Numbers = column("u1", "0/1", "1 where a count counts a kind", (TARGETS, KINDS))
    standing: Numbers = column("f8", "", "each count as last recorded", (TARGETS,))
    calls: Numbers = column("f8", "rounds", "of calls of a kind due, 1 when one is held", (KINDS,))
    carried: Numbers = column("f8", "programmes", "part of a place left by rounds", (KINDS,))
    purse: Numbers = column("f8", "ten thousand yuan", "money set aside a programme kind", (KINDS,))
    flows: Numbers = column("f8", "ten thousand yuan", "this month's money flows", (len(FLOWS),))
    events: Numbers = column("f8", "", "this month's events", (len(EVENTS),))
    tallies: Numbers = column("f8", "", "what stands where", (len(TALLIES), *BY_AREA))
    searching: Numbers = column("f8", "persons", "who has no post, by cluster and home", BY_AREA)
    levels: Numbers = column("f8", "persons", "talents of each origin at each level", BY_LEVEL)
    services: Numbers = column("f8", "programmes", "open programmes in reach", (KINDS, *BY_AREA))
    planned: Numbers = column(
        "f8", "programmes", "proposed or existing programmes", (KINDS, *BY_AREA)
    )
    given: Numbers = column(
        "f8", "dose", "mean over the city of each instrument's dose", (INSTRUMENTS,)
    )
    dose: Numbers = column(
        "f8", "dose", "what each mechanism's instruments are worth together", BY_MECHANISM
    )
    mean_dose: Numbers = column("f8", "dose", "the same, mean over the city", (len(MECHANISMS),))
    needs: Numbers = column("f8", "firms", "firms that need each scenario kind", (3, *BY_AREA))
    access: Numbers = column("f8", "factor", "how well they reach them", (3, *BY_SPOT))
    utility: Numbers = column("f8", "utility", "what a location offers a new firm", BY_HOME)
    pull: Numbers = column("f8", "utility", "what a district offers a talent as a place", BY_AREA)
    founding: Numbers = column(
        "f8", "factor", "how much likelier than usual a founding is", BY_HOME
    )
    hub_start: Numbers = column("i4", "", "where each cluster's hubs start", (CLUSTERS + 1,))
    seekers_listed: int = column("i8", "rows", "talents listed as looking for a post")
    founders_listed: int = column("i8", "rows", "talents listed as thinking of founding a firm")
    newcomers_listed: int = column(
        "i8", "rows", "talents listed as come since all last lived a month"
    )
    firms_listed: int = column("i8", "rows", "firms listed as come this month")
    vacant_start: Numbers = column("i4", "", "where each track's vacant firms start", (TRACKS + 1,))
    posts: Numbers = column("i4", "row", "institutes with open posts, by cluster", (POST_ROOM,))
    post_start: Numbers = column(
        "i4", "", "where each cluster's part of posts starts", (CLUSTERS + 1,)
    )


CITY_FIELDS = tuple(field for field in fields_of(City) if field not in fields_of(Rates))

FIRM = record_type(Firm)
FUND = record_type(Fund)
DEAL = record_type(Deal)
PROGRAMME = record_type(Programme)
BREAKTHROUGH = record_type(Breakthrough)
OFFER = record_type(Offer)
CELL = record_type(Cell)
TRACK = record_type(Track)
CITY = record_type(City)


class Talents(NamedTuple):
    """The talent table: one contiguous column a field, all of the same length."""

    id: NDArray[np.int64]
    """Identity."""
    alive: NDArray[np.uint8]
    """1 while the person is in the city's future industries."""
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


class Talent(Record):
    """A talent; the table has a contiguous column a field."""

    id: int = column("i8", "", "identity")
    alive: int = column("u1", "0/1", "1 while in the city's future industries")
    track: int = column("u1", "", "track")
    level: int = column("u1", "", "junior, senior, strategic scientist or entrepreneur")
    origin: int = column("u1", "", "local in 2022, graduate or brought in")
    home: int = column("u1", "", "district of residence")
    failures: int = column("i1", "count", "firms founded that failed")
    since: int = column("i2", "month", "when they came to the employer, or began to search")
    employer: int = column("i4", "", "firm row, -1 searching, -2 - row for an institute")
    skill: float = column("f8", "standard deviations", "skill")


TALENT_FIELDS = fields_of(Talent)


def talent_columns(rows: int) -> Talents:
    """Return an empty talent table of ``rows`` rows."""
    return Talents(*(np.zeros(rows, dtype=field.type) for field in TALENT_FIELDS))


class Tables(Protocol):
    """A world and the inputs of a run as rules see them; rules call it ``world``."""

    city: Rows[City]
    cells: Rows[Cell]
    tracks: Rows[Track]
    firms: Rows[Firm]
    talents: Talents
    funds: Rows[Fund]
    deals: Rows[Deal]
    programmes: Rows[Programme]
    breakthroughs: Rows[Breakthrough]
    offers: Rows[Offer]
    land_cells: Numbers
    knowledge: Numbers
    exposure: Numbers
    glances: Numbers
    words: Numbers
    ids: Numbers
    kept: Numbers
    rows: Numbers
    open_posts: Numbers
    hubs: Numbers
    ended: Numbers
    struck: Numbers
    firm_glances: Numbers
    new_firms: Numbers
    sellers: Numbers
    news: Numbers
    flags: Numbers
    who: Numbers
    seekers: Numbers
    founders: Numbers
    newcomers: Numbers
    field: Numbers
    partial: Numbers
    eights: Numbers
    parameters: Rows[Any]
    doses: Numbers
    reach: Numbers
    counts: Numbers
    measures: Numbers


Draw = Any
"""One parameter draw; its fields are the parameters that the city's pack lists."""
