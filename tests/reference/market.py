"""The market (section 7.7): markets are adopted, and firms compete for what is sold."""

import math
from typing import Any

from sim.model.world import codes, purposes
from sim.model.world.codes import CLUSTER_OF, GATE_OF, mechanism
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY, TRACKS
from tests.reference import glances
from tests.reference.luck import glance, luck, whole
from tests.reference.policy import mean

PROMOTION, SUBSIDIES, FIRST, PROTECTION = map(
    mechanism, ("promotion", "consumer_subsidies", "first_of_kind", "ip_protection")
)


def market(model: Any, month: int) -> None:
    """Let markets grow, weights change and firms sell."""
    for number in range(TRACKS):
        adopt(model, number)
    for track in model.tracks:
        track.weight = track.sales = 0.0
    for firm in model.firms:
        if firm.alive and firm.level >= model.p.first_selling_level[GATE_OF[firm.track]]:
            compete(model, firm, month)
            model.tracks[firm.track].weight += firm.weight * part(model.p, firm)
    for track in model.tracks:
        track.share = track.weight / (track.weight + track.rivals)
    for firm in model.firms:
        if firm.alive:
            sell(model, firm)


def adopt(model: Any, number: int) -> None:
    """Let one track's market be adopted a little more."""
    city, p, track = model.city, model.p, model.tracks[number]
    c = CLUSTER_OF[number]
    open_ = sum(city.services[codes.PROMOTION][c]) / DISTRICTS
    called = mean(city.dose[PROMOTION][CLUSTERS + number])
    subsidies = mean(city.dose[SUBSIDIES][CLUSTERS + number])
    pull = p.promotion_gain * open_ / (open_ + p.promotion_half)
    pull += p.promotion_call_gain * called + p.subsidy_gain * subsidies
    innovators = p.bass_innovation * (1.0 + pull)
    widened = 1.0 + p.product_adoption * track.launched / (track.launched + p.product_half)
    pace = p.market_pace * widened * (innovators + p.bass_imitation[number] * track.adoption)
    track.adoption += pace * (1.0 - track.adoption) / 12
    track.demand = track.potential * track.adoption * p.demand_level * city.demand_climate
    growth = 1.0 + (p.rival_growth + p.rival_push * city.rival_effort)
    track.rivals *= max(0.0, growth) ** (1.0 / 12)


def part(p: Any, firm: Any) -> float:
    """Return what part of its weight a firm can sell at its level."""
    first = p.first_selling_level[GATE_OF[firm.track]]
    return float((firm.level - first + 1.0) / (10.0 - first)) if firm.level >= first else 0.0


def compete(model: Any, firm: Any, month: int) -> None:
    """Let a firm enter its market, and its weight change by drift and news."""
    city, p = model.city, model.p
    b, place = CLUSTERS + firm.track, firm.place
    if firm.weight == 0.0:
        support = 1.0 + p.first_of_kind_sales * city.dose[FIRST][b][place]
        appeal = max(p.entry_floor, 1.0 + p.entry_quality * firm.quality)
        firm.weight = p.entry_weight * support * appeal
        firm.spread = p.growth_spread
        firm.capacity = max(firm.capacity, p.first_batch * firm.weight)
    intensity = min(p.intensity_ceiling, math.sqrt(firm.rd_stock / (p.rd_norm * firm.weight + 1.0)))
    protected = 1.0 + p.ip_gain * city.dose[PROTECTION][b][place]
    drift = p.rd_return * protected * intensity * math.sqrt(firm.spillover)
    drift += p.quality_pull * firm.quality + firm.edge - p.weight_decay
    if firm.patron != NOBODY:
        drift += p.order_gain
    firm.weight *= 1.0 + drift / 12
    a, b, _, _ = luck(model, firm.id, month, purposes.NEWS)
    if whole(glance(model, firm.id, month, glances.NEWS), a) < p.news_rate / 12:
        jump = firm.spread / math.sqrt(p.news_rate)
        shock = max(-p.largest_shock, min(p.largest_shock, jump * laplace(b)))
        firm.weight *= math.exp(shock) * (1.0 - jump**2 / 2)
    if (month + firm.id) % 12 == 0:
        set_spread(p, firm)


def set_spread(p: Any, firm: Any) -> None:
    """Let the spread of a firm's growth follow its size."""
    size = max(firm.weight, p.spread_size) / p.spread_size
    firm.spread = p.growth_spread * size ** (-p.spread_slope)


def laplace(u: float) -> float:
    """Return a Laplace number of variance one."""
    scale = math.sqrt(0.5)
    return scale * math.log(2.0 * u) if u < 0.5 else -scale * math.log(2.0 * (1.0 - u))


def sell(model: Any, firm: Any) -> None:
    """Let a firm sell what it can."""
    city, p, track = model.city, model.p, model.tracks[firm.track]
    own = firm.weight * part(p, firm)
    wanted = track.demand / 12 * own / (track.weight + track.rivals) if own > 0.0 else 0.0
    missing = p.imported_part * (1.0 - firm.cover) * max(0.0, 1.0 - p.import_supply)
    able, asked = firm.capacity * (1.0 - missing) / 12, 0.0
    if firm.patron != NOBODY:
        patron = model.firms[firm.patron]
        spends = patron.sales / 12 * (1.0 - p.operating_margin)
        asked = min(min(wanted, able) * p.order_part, spends / max(1, patron.partners))
    for_patron = min(able, asked)
    for_market = min(able - for_patron, wanted)
    sold = for_patron + for_market
    firm.to_patron += for_patron - firm.to_patron / 12
    firm.demanded = 12 * (asked + wanted)
    firm.sales += sold - firm.sales / 12
    firm.staff = p.team * firm.talents + firm.sales / p.sales_a_head
    track.sales += for_market
    city.sold[firm.cluster][firm.district] += sold
