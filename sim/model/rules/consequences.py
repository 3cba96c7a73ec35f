"""Process 5, second part: what breakthroughs do for the firms and markets around them."""

from sim.engine import rule
from sim.engine.process import process
from sim.model.rules.common import MONTH
from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS, NOBODY, TRACKS, Draw, Firm, Tables

IP_PROTECTION = mechanism("ip_protection")
PRODUCT_PROMOTION = mechanism("product_promotion")


@process(
    "consequences",
    reads=(
        "city: dose firm_rows",
        "firms: alive components fresh patron place standards track",
    ),
    writes=(
        "firms: cover edge fresh",
        "tracks: components followed launched",
    ),
)
def consequences(world: Tables, p: Draw, month: int) -> None:
    """Count what each track's firms have brought forth, then what that is worth to each firm."""
    count_breakthroughs(world, p)
    for i in range(world.city[0].firm_rows):
        firm = world.firms[i]
        if firm.alive == 1:
            firm.cover = share_covered(world, p, firm)
            firm.edge = advantage(world, p, firm)
            firm.fresh -= firm.fresh * MONTH / p.product_life


@rule
def count_breakthroughs(world: Tables, p: Draw) -> None:
    """Count components, new products and standards of each track's living firms."""
    tracks = world.tracks
    for k in range(TRACKS):
        tracks[k].components = 0.0
        tracks[k].launched = 0.0
        tracks[k].followed = 0.0
    for i in range(world.city[0].firm_rows):
        firm = world.firms[i]
        if firm.alive == 1:
            tracks[firm.track].components += firm.components
            tracks[firm.track].launched += firm.fresh
            tracks[firm.track].followed += firm.standards
    for k in range(TRACKS):
        led = tracks[k].followed
        tracks[k].followed = led / (led + p.standard_half)


@rule
def share_covered(world: Tables, p: Draw, firm: Firm) -> float:
    """Return what part of a firm's imported components local ones can replace.

    Its own and its patron's are at hand; of the others that its track makes it can buy some.
    """
    local = firm.components + p.component_shared * world.tracks[firm.track].components
    if firm.patron != NOBODY:
        local += world.firms[firm.patron].components
    return local / (local + p.component_half)


@rule
def advantage(world: Tables, p: Draw, firm: Firm) -> float:
    """Return the yearly growth of weight from new products, local components and standards."""
    dose = world.city[0].dose
    branch, place = CLUSTERS + firm.track, firm.place
    kept = 1.0 + p.ip_gain * dose[IP_PROTECTION, branch, place]
    kept *= 1.0 + p.recommended_gain * dose[PRODUCT_PROMOTION, branch, place]
    products = p.product_pull * kept * firm.fresh / (1.0 + firm.fresh)
    components = p.component_pull * firm.cover
    return products + components + p.standard_pull * world.tracks[firm.track].followed
