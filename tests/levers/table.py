"""What each instrument acts on: a probe next to the mechanism, the direction, and the rule files.

The dose is 1 unless the mechanism is slow or rare. A higher one then stands for a longer wait: the
direction is what is tested, and a dose of 3 or more, up to the 10 that a scenario may have, shows
it within a year or two.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sim.model.world import codes
from sim.model.world.world import World
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from tests.levers import probes
from tests.levers.runs import Context, Probe

UP, DOWN = 1, -1


def _everyone_has_failed_once(world: World) -> None:
    world.talents.failures[:] = 1


CLEARLY = 0.95
"""Part of a prior below the value at which a direction is looked at."""
GAINS = tuple(
    (name, entry.prior.quantile(CLEARLY))
    for name, entry in PARAMETERS.items()
    if entry.prior.low < 0.0 < entry.prior.high and name != "grant_crowding"
)
"""What may help or harm, at a value at which it clearly helps: its direction is for evidence to
say, that the instrument acts through it is for tests. (What a grant crowds out is no gain.)"""
USUAL = Context(overrides=(*GAINS, ("grant_crowding", 0.0)))


def context(*overrides: tuple[str, float], called: bool = False) -> Context:
    """Return what both runs of a pair share, with some parameters at other values.

    Args:
        overrides: parameters and their values.
        called: whether the plan calls for programmes of all kinds.
    """
    kinds = tuple((entry.id, 1.0) for entry in PLAN.instruments if called and entry.programme)
    return Context(kinds, tuple((dict(USUAL.overrides) | dict(overrides)).items()))


CALLED = context(called=True)
"""Only where the plan calls for programmes of all kinds are there candidates to choose from."""
SHORT_OF_MONEY = context(
    ("ministry_share", 0.3), ("merit_bar", 0.0), ("price:institute", 1e5), called=True
)
"""The purse decides how many institutes are named, and not the staff or the bar."""
FAST_COLLEGES = context(
    *(("call_months:college", 4.0), ("building_months:college", 4.0)),
    *(("building_spread", 0.0), ("college_lag", 4.0)),
)
"""Colleges that have a first cohort within a year and a half instead of five years."""
CHALLENGED = context(("component_rate", 0.1))._replace(doses=(("open_challenges", 2.0),))
"""Challenges are open: only then is there something for scientists to decide."""
RECOMMENDED = context(("recommended_gain", 1.2))
"""Three times that gain: what is recommended is little beside what else moves weights."""
MANY_COMPONENTS = context(("component_rate", 0.4), ("consortium_gain", 0.8))
"""Some sixty times as many components, and several times that gain: members of the few consortia
make enough to tell."""
CROWDED = context(("land_capacity", 0.3))
"""Cells so full that it matters to be allowed to build on them."""
FAILED = USUAL._replace(prepare=_everyone_has_failed_once)
"""Everyone has a failed firm behind them: in 2022 nobody has, and failures take years to come."""


COMPONENTS, PRODUCTS, STANDARDS = (
    probes.breakthroughs(kind) for kind in (codes.COMPONENT, codes.PRODUCT, codes.STANDARD)
)


class Effect(NamedTuple):
    """One mechanism that an instrument acts on, and how it is seen to."""

    instrument: str
    mechanism: str
    probe: Probe
    direction: int = UP
    dose: float = 1.0
    months: int = 24
    context: Context = USUAL
    first: int = 0
    """First month in which the instrument acts."""


EFFECTS = (
    # 筑基. Building a college takes one and a half years, so openings are read after four.
    Effect("technology_colleges", "colleges", probes.opened(codes.COLLEGE), months=48),
    Effect("technology_colleges", "graduates", probes.graduates, context=FAST_COLLEGES),
    Effect("research_institute", "institutes", probes.opened(codes.INSTITUTE), months=60),
    Effect("research_institute", "their knowledge", probes.knowledge, months=1),
    Effect("consortia", "consortia", probes.opened(codes.CONSORTIUM), months=36),
    Effect("consortia", "members' components", probes.joint_components, context=MANY_COMPONENTS),
    # Centres come late and add a few per cent each to the research around them.
    Effect("innovation_centres", "centres", probes.opened(codes.INNOVATION_CENTRE), months=48),
    Effect("innovation_centres", "research", probes.climbs(1, 8), dose=2.0, months=48),
    Effect("transfer_nodes", "nodes", probes.opened(codes.TRANSFER_NODE)),
    Effect("transfer_nodes", "their know-how", probes.knowledge, months=1),
    Effect("big_science", "institutes' knowledge", probes.knowledge, months=1),
    Effect("big_science", "scientists", probes.brought_in, dose=10.0, months=36),
    # 领跑.
    Effect("pilot_zones", "zones", probes.opened(codes.PILOT_ZONE)),
    Effect("pilot_zones", "costs", probes.rent, DOWN),
    Effect("pilot_zones", "agglomeration", probes.new_in_first_zones),
    Effect("accelerators", "accelerators", probes.opened(codes.ACCELERATOR), dose=2.0),
    Effect("accelerators", "firms given up", probes.given_up, DOWN, dose=2.0),
    Effect("accelerators", "first money", probes.seed_money, dose=2.0),
    Effect("test_fields", "test fields", probes.opened(codes.TEST_FIELD), months=36),
    Effect("test_fields", "places, levels 1 to 4", probes.access(0), months=36),
    Effect("test_fields", "places, levels 5 to 7", probes.access(1), months=36),
    Effect("test_fields", "places, level 8", probes.access(2), months=36),
    # 携手. One or two in a hundred leading firms move in a year, hence the highest dose.
    Effect("ownership_ties", "ties across ownerships", probes.mixed_orders),
    Effect("ownership_ties", "standing orders", probes.orders),
    Effect("firm_attraction", "firms that come", probes.comers, dose=5.0),
    Effect("ecosystem_cultivation", "standing orders", probes.orders, months=12),
    Effect("soe_assessment", "leading firms' units", probes.leading_units, dose=10.0),
    Effect("soe_assessment", "people whom state-owned firms pay for", probes.state_posts, dose=4.0),
    Effect("stars", "what funds see", probes.choice, months=12, dose=2.0),
    # Sourcing, shared risk and forums add a tenth to foundings, between draws of 0 and a fifth.
    Effect("sourcing", "foundings", probes.foundings, dose=5.0, months=12),
    Effect("sourcing", "what funds see", probes.choice, dose=5.0, months=12),
    # 开源.
    Effect("validation", "scenarios", probes.opened(codes.VALIDATION)),
    Effect("validation", "access, levels 1 to 4", probes.access(0), months=1),
    Effect("validation", "climbs from levels 1 to 4", probes.climbs(1, 4)),
    Effect("integration", "scenarios", probes.opened(codes.INTEGRATION), months=30),
    Effect("integration", "access, levels 5 to 7", probes.access(1), months=1),
    Effect("integration", "climbs from levels 5 to 7", probes.climbs(5, 7), months=30),
    Effect("promotion", "scenarios", probes.opened(codes.PROMOTION), months=30),
    Effect("promotion", "access, level 8", probes.access(2), months=1),
    Effect("promotion", "climbs from level 8", probes.climbs(8, 8), dose=3.0, months=36),
    Effect("promotion", "adoption", probes.adoption, months=1),
    # 雁阵. Half a dozen components a year: two doses tell them from luck.
    Effect(
        "open_challenges",
        "components",
        probes.breakthroughs(codes.COMPONENT),
        dose=2.0,
    ),
    Effect(
        "scientist_autonomy",
        "challenges",
        probes.breakthroughs(codes.COMPONENT),
        dose=3.0,
        context=CHALLENGED,
    ),
    Effect("scientist_autonomy", "knowledge", probes.knowledge, months=1),
    Effect("global_talents", "arrivals", probes.arrivals, months=12),
    Effect("global_talents", "scientists, entrepreneurs", probes.brought_in, months=12),
    Effect("global_talents", "their skill", probes.skill_of_arrivals, months=12),
    Effect("risk_sharing", "foundings", probes.foundings, dose=5.0, months=12),
    Effect("workstations", "workstations", probes.opened(codes.WORKSTATION)),
    Effect("workstations", "learning", probes.promotions),
    # 雨林.
    Effect("guidance_fund", "guidance money", probes.guidance_money, months=12),
    Effect("guidance_fund", "supply of capital", probes.money("equity"), months=12),
    Effect("guidance_fund", "what funds ask of early firms", probes.share_backed, months=12),
    Effect("financial_products", "loans", probes.money("debt_drawn"), months=12),
    Effect(
        "standards_bodies",
        "standards",
        probes.breakthroughs(codes.STANDARD),
        dose=2.0,
    ),
    Effect("ip_protection", "knowledge that leaks", probes.knowledge, DOWN, months=1),
    # From month 1, because what leaks reaches other firms in months 0, 3, 6 and so on.
    Effect("ip_protection", "own growth", probes.weight, months=2, first=1),
    Effect("forums", "meetings with funds", probes.share_backed, dose=5.0, months=12),
    Effect("forums", "meetings with large firms", probes.orders, dose=5.0, months=12),
    Effect("forums", "foundings", probes.foundings, dose=5.0, months=12),
    Effect("forums", "firms that come", probes.comers, dose=5.0, months=12),
    # Safeguards.
    # A fifth more rounds a dose, or none: parameter draws begin at 0.
    Effect("coordination", "approvals", probes.approved, context=CALLED, dose=5.0),
    Effect("designations", "new firms there", probes.new_in_named),
    Effect("track_focus", "climbs", probes.climbs(1, 8), dose=2.0, months=36),
    Effect("ministry_cooperation", "approvals", probes.approved, dose=5.0, context=SHORT_OF_MONEY),
    Effect("expert_group", "choice among proposals", probes.case_of_approved, context=CALLED),
    Effect("super_deduction", "tax", probes.money("tax"), DOWN, months=1),
    # A few high-end products a year: three doses of a fifth each.
    Effect("first_of_kind", "products", PRODUCTS, dose=3.0),
    Effect("first_of_kind", "first sales", probes.first_weight, dose=3.0),
    Effect("vouchers", "research bought", probes.bought_research, months=1),
    Effect("vouchers", "research done", probes.research_stock, months=1),
    Effect("consumer_subsidies", "adoption", probes.adoption, months=1),
    Effect(
        "product_promotion",
        "makers' growth",
        probes.weight,
        dose=2.0,
        months=36,
        context=RECOMMENDED,
    ),
    Effect("grants", "research cost borne", probes.money("subsidies"), months=1),
    Effect("grants", "research", probes.money("research"), dose=2.0),
    Effect("market_access", "access, level 8", probes.access(2), months=1),
    Effect("market_access", "climbs from level 8", probes.climbs(8, 8), dose=3.0),
    Effect("market_access", "products", PRODUCTS, dose=3.0),
    Effect("market_access", "foundings", probes.foundings, dose=10.0, months=12),
    Effect("market_access", "firms that come", probes.comers, dose=10.0, months=12),
    Effect("talent_burden", "research time", probes.knowledge, months=1),
    # Some ten firms a year come from institutes.
    Effect("talent_burden", "spin-offs", probes.foundings_from_institutes, dose=3.0),
    Effect("land", "room to build", probes.capacity, months=2, context=CROWDED),
    Effect("land", "firms that come", probes.comers, dose=5.0, months=12),
    Effect("data", "use of knowledge", probes.reached_knowledge, months=1),
    Effect("tolerance", "second chances", probes.foundings, context=FAILED, months=12),
    # Parts of a plan's instrument: a quarter of its dose, so that four are one.
    Effect("promotion_platform", "meetings with large firms", probes.orders, dose=10.0, months=12),
    Effect("talent_services", "arrivals", probes.arrivals, dose=4.0, months=12),
    Effect("financing_support", "loans", probes.money("debt_drawn"), dose=4.0, months=12),
    Effect("trial_applications", "access, levels 5 to 7", probes.access(1), months=1),
    Effect("scenario_building", "access, level 8", probes.access(2), months=1),
    # Five in a hundred first foundings a dose, hence the highest.
    Effect("tolerance", "first foundings", probes.foundings, dose=10.0, months=12),
)

BUILT = ("proposals", "administration")
ACTS_IN: Mapping[str, tuple[str, ...]] = {
    "technology_colleges": BUILT,
    "research_institute": (*BUILT, "knowledge"),
    "consortia": (*BUILT, "breakthroughs"),
    "innovation_centres": (*BUILT, "access"),
    "transfer_nodes": (*BUILT, "knowledge"),
    "big_science": ("newcomers", "knowledge"),
    "pilot_zones": (*BUILT, "books", "locations"),
    "accelerators": (*BUILT, "entry", "exit"),
    "test_fields": (*BUILT, "access"),
    "ownership_ties": ("linkage",),
    "firm_attraction": ("entry",),
    "ecosystem_cultivation": ("linkage",),
    "soe_assessment": ("linkage", "books"),
    "stars": ("rounds",),
    "sourcing": ("rounds", "founding"),
    "validation": (*BUILT, "access"),
    "integration": (*BUILT, "access"),
    "promotion": (*BUILT, "access", "market"),
    "open_challenges": ("breakthroughs",),
    "scientist_autonomy": ("knowledge", "breakthroughs"),
    "global_talents": ("newcomers", "rivals"),
    "risk_sharing": ("founding",),
    "workstations": (*BUILT, "talent"),
    "guidance_fund": ("finance", "rounds"),
    "financial_products": ("rounds", "building"),
    "standards_bodies": ("breakthroughs",),
    "ip_protection": ("knowledge", "consequences", "market"),
    "forums": ("rounds", "linkage", "entry", "founding"),
    "coordination": ("administration", "approval_queue"),
    "designations": ("locations",),
    "track_focus": ("readiness",),
    "ministry_cooperation": ("approval",),
    "expert_group": ("administration", "approval_queue"),
    "super_deduction": ("books",),
    "first_of_kind": ("breakthroughs", "market"),
    "vouchers": ("books",),
    "consumer_subsidies": ("market",),
    "product_promotion": ("consequences",),
    "grants": ("books",),
    "market_access": ("access", "readiness", "locations", "founding", "entry"),
    "talent_burden": ("knowledge", "access", "founding"),
    "land": ("building", "locations", "entry"),
    "data": ("knowledge",),
    "tolerance": ("founding",),
}
"""Rule files that read each mechanism's dose, in the order of a month; no other file may."""
