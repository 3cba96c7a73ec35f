"""Process 5: firms and consortia make core components, launch high-end products, lead standards."""

from sim.engine import rule
from sim.engine.process import process
from sim.engine.rare import SLACK
from sim.model.rules import struck
from sim.model.rules.access import effort, greatest_effort
from sim.model.rules.common import MONTH
from sim.model.rules.struck import clear_flags, flag_struck, is_struck, list_struck
from sim.model.world import purposes
from sim.model.world.codes import COMPONENT, PRODUCT, STANDARD, mechanism
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    PLACES,
    City,
    Draw,
    Firm,
    Tables,
)

OPEN_CHALLENGES = mechanism("open_challenges")
AUTONOMY = mechanism("scientist_autonomy")
CONSORTIA = mechanism("consortia")
STANDARDS_BODIES = mechanism("standards_bodies")
FIRST_OF_KIND = mechanism("first_of_kind")


@process(
    "breakthroughs",
    reads=(
        "city: access breakthrough_rows dose firm_rows junior most_spillover support",
        "firms: alive components consortium cover district fresh id level place products",
        "firms: commissioned quality scientists seniors spillover standards talents track",
        "firm_glances ids",
    ),
    writes=(
        "breakthroughs: district firm kind month track",
        "city: breakthrough_rows",
        "firms: components fresh products standards",
    ),
    scratch=("flags struck who words",),
    draws=(purposes.BREAKTHROUGH,),
)
def breakthroughs(world: Tables, p: Draw, month: int) -> None:
    """Give each able firm its chance of a component, a product and a standard."""
    city = world.city[0]
    firms = world.firms
    push = SLACK * greatest_effort(city, p) * city.most_spillover
    most_component = push * likeliest_component(city, p)
    most_product = push * likeliest_product(city, p)
    most_standard = SLACK * likeliest_standard(city, p)
    clear_flags(world)
    flag_struck(world, struck.COMPONENT, most_component)
    flag_struck(world, struck.PRODUCT, most_product)
    flag_struck(world, struck.STANDARD, most_standard)
    for k in range(list_struck(world, month, purposes.BREAKTHROUGH)):
        firm = firms[world.struck[k]]
        if firm.alive == 0 or firm.level < p.component_level or firm.talents == 0:
            continue
        push = effort(city, p, firm) * firm.spillover
        hazard = component_hazard(city, p, firm) * push
        if is_struck(world, struck.COMPONENT, k, hazard, most_component):
            firm.components += 1
            note(world, COMPONENT, firm, month)
        if firm.level == 9 and firm.quality >= p.product_quality:
            hazard = product_hazard(city, p, firm) * push
            if is_struck(world, struck.PRODUCT, k, hazard, most_product):
                firm.products += 1
                firm.fresh += 1.0
                note(world, PRODUCT, firm, month)
            hazard = standard_hazard(city, p, firm)
            if is_struck(world, struck.STANDARD, k, hazard, most_standard):
                firm.standards += 1
                note(world, STANDARD, firm, month)


@rule
def likeliest_component(city: City, p: Draw) -> float:
    """Return a chance of a core component at unit push that no firm exceeds this month."""
    challenge, joint = 0.0, 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            challenge = max(challenge, challenged(city, p, branch, place))
            joint = max(joint, city.dose[CONSORTIA, branch, place])
    gain = max(0.0, p.consortium_gain) * (1.0 + p.consortium_call_gain * joint)
    return p.component_rate * MONTH * (1.0 + challenge) * (1.0 + gain)


@rule
def likeliest_product(city: City, p: Draw) -> float:
    """Return a chance of a high-end product at unit push that no firm exceeds this month."""
    most = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            dose = city.dose[FIRST_OF_KIND, branch, place]
            insured = 1.0 + max(0.0, p.first_of_kind_gain) * dose
            most = max(most, insured * city.access[2, branch, place])
    return p.product_rate * MONTH * most * (1.0 + max(0.0, p.component_products))


@rule
def likeliest_standard(city: City, p: Draw) -> float:
    """Return a chance of leading a standard that no firm exceeds this month."""
    bodies = 0.0
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            bodies = max(bodies, city.dose[STANDARDS_BODIES, branch, place])
    experience = 1.0 + p.standard_product_gain * int(p.most_products)
    helped = 1.0 + max(0.0, p.bodies_gain) * bodies
    return p.standard_rate * MONTH * helped * experience


@rule
def diminishing(done: int, most: int) -> float:
    """Return how much harder the next one is after ``done`` of them; none after ``most``."""
    if done >= most:
        return 0.0
    return 1.0 / (1.0 + done)


@rule
def component_hazard(city: City, p: Draw, firm: Firm) -> float:
    """Return the chance of a core component this month at unit research push."""
    dose = city.dose
    challenge = 1.0 + challenged(city, p, CLUSTERS + firm.track, firm.place)
    joint = 1.0
    if firm.consortium != NOBODY:
        called = dose[CONSORTIA, CLUSTERS + firm.track, firm.place]
        joint += p.consortium_gain * (1.0 + p.consortium_call_gain * called)
    if firm.quality < p.component_quality:
        return 0.0
    again = diminishing(firm.components, int(p.most_components))
    return p.component_rate * MONTH * challenge * joint * again


@rule
def challenged(city: City, p: Draw, branch: int, place: int) -> float:
    """Return what open challenges add to components: more where scientists decide themselves."""
    called = city.dose[OPEN_CHALLENGES, branch, place]
    free = city.dose[AUTONOMY, branch, place]
    return p.challenge_gain * called * max(0.0, 1.0 + p.autonomy_gain * free)


@rule
def product_hazard(city: City, p: Draw, firm: Firm) -> float:
    """Return the chance of launching a high-end product this month at unit research push.

    Local components make it likelier (``consequences``).
    """
    dose = city.dose
    branch, place = CLUSTERS + firm.track, firm.place
    insured = 1.0 + p.first_of_kind_gain * dose[FIRST_OF_KIND, branch, place]
    insured *= 1.0 + p.component_products * firm.cover
    reached = city.access[2, branch, place]
    again = diminishing(firm.products, int(p.most_products))
    return p.product_rate * MONTH * insured * reached * again


@rule
def standard_hazard(city: City, p: Draw, firm: Firm) -> float:
    """Return the chance of leading a standard this month; products and bodies help."""
    bodies = city.dose[STANDARDS_BODIES, CLUSTERS + firm.track, firm.place]
    experience = 1.0 + p.standard_product_gain * firm.products
    again = diminishing(firm.standards, int(p.most_standards))
    return p.standard_rate * MONTH * (1.0 + p.bodies_gain * bodies) * experience * again


@rule
def note(world: Tables, kind: int, firm: Firm, month: int) -> None:
    """Write a breakthrough down: what, who, where and when."""
    city = world.city[0]
    row = city.breakthrough_rows
    if row >= len(world.breakthroughs):
        city.overflow = 1
        return
    city.breakthrough_rows = row + 1
    entry = world.breakthroughs[row]
    entry.kind = kind
    entry.track = firm.track
    entry.district = firm.district
    entry.month = month
    entry.firm = firm.id
