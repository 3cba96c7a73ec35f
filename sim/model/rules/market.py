"""Process 7: markets are adopted, the city competes with the rest of the world, firms share."""

import math

from sim.engine import rule
from sim.engine.chance import fill_words, laplace, number
from sim.engine.process import process
from sim.engine.rare import may_strike, row_of, strikes
from sim.model.rules.common import (
    MONTH,
    MONTHS_A_YEAR,
    choose,
    has_its_turn,
    mean_over_districts,
)
from sim.model.rules.struck import NEWS
from sim.model.world import purposes
from sim.model.world.codes import CLUSTER_OF, GATE_OF, IS_LICENSED, PROMOTION, mechanism
from sim.model.world.rows import sell_level
from sim.model.world.tables import (
    BRANCHES,
    CLUSTERS,
    DISTRICTS,
    NOBODY,
    PLACES,
    TRACKS,
    City,
    Draw,
    Firm,
    Tables,
)

PROMOTIONS = mechanism("promotion")
CONSUMER_SUBSIDIES = mechanism("consumer_subsidies")
FIRST_OF_KIND = mechanism("first_of_kind")
IP_PROTECTION = mechanism("ip_protection")


@process(
    "market",
    reads=(
        "city: demand_climate dose firm_rows rival_effort services sold",
        "firms: alive capacity cluster cover district edge level partners patron place quality",
        "firms: rd_stock sales spillover spread talents to_patron track weight",
        "tracks: adoption launched rivals",
        "firm_glances ids",
    ),
    writes=(
        "city: sold",
        "firms: capacity demanded sales spread staff to_patron weight",
        "tracks: adoption demand rivals sales weight",
    ),
    scratch=(
        "city: price pushed selling",
        "tracks: share",
        "news sellers struck who words",
    ),
    draws=(purposes.NEWS,),
)
def market(world: Tables, p: Draw, month: int) -> None:
    """Run the product markets for one month."""
    adopt(world, p)
    weigh(world, p, month)
    sell(world, p)


@rule
def adopt(world: Tables, p: Draw) -> None:
    """Advance each market's adoption (Bass 1969); promotion and subsidies add innovators.

    New products of the city's firms quicken it: there is more to be bought. In a good year more is
    demanded of what is adopted.
    """
    city = world.city[0]
    tracks = world.tracks
    pushed = p.rival_growth + p.rival_push * city.rival_effort
    rivals = max(0.0, 1.0 + pushed) ** (1.0 * MONTH)
    for k in range(TRACKS):
        track = tracks[k]
        cluster = CLUSTER_OF[k]
        shown = mean_over_districts(city.services[PROMOTION], cluster)
        called = mean_over_districts(city.dose[PROMOTIONS], CLUSTERS + k)
        subsidy = mean_over_districts(city.dose[CONSUMER_SUBSIDIES], CLUSTERS + k)
        pull = p.promotion_gain * shown / (shown + p.promotion_half)
        pull += p.promotion_call_gain * called + p.subsidy_gain * subsidy
        offered = track.launched / (track.launched + p.product_half)
        pace = p.market_pace * (1.0 + p.product_adoption * offered)
        innovators = pace * p.bass_innovation * (1.0 + pull)
        growth = (innovators + pace * p.bass_imitation[k] * track.adoption) * (1.0 - track.adoption)
        track.adoption += growth * MONTH
        track.demand = track.potential * track.adoption * p.demand_level * city.demand_climate
        track.rivals *= rivals
        track.weight = 0.0
        track.sales = 0.0


@rule
def weigh(world: Tables, p: Draw, month: int) -> None:
    """Change each selling firm's competitive weight: research, quality, orders and news."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    rate_weights(city, p)
    selling = list_sellers(world, p)
    start_selling(world, p, selling)
    hear_news(world, p, selling, month)
    for k in range(selling):
        firm = firms[world.sellers[k]]
        firm.weight *= 1.0 + drift(city, p, firm) * MONTH
        firm.weight *= world.news[k]
        tracks[firm.track].weight += firm.weight * city.selling[GATE_OF[firm.track], firm.level]
    set_spreads(world, p, selling, month)


@rule
def set_spreads(world: Tables, p: Draw, selling: int, month: int) -> None:
    """Let the spread of a firm's growth follow its size, once a year in a month of its own."""
    firms, sellers, due = world.firms, world.sellers, world.struck
    number_due = 0
    for k in range(selling):  # no branch: whose turn it is cannot be guessed
        due[number_due] = sellers[k]
        number_due += int(has_its_turn(world.ids[sellers[k]], month))
    for k in range(number_due):
        firm = firms[due[k]]
        size = max(firm.weight, p.spread_size) / p.spread_size
        firm.spread = p.growth_spread * size ** (-p.spread_slope)


@rule
def rate_weights(city: City, p: Draw) -> None:
    """Compute what research adds to weights place by place, and what part sells level by level."""
    for branch in range(CLUSTERS, BRANCHES):
        for place in range(DISTRICTS, PLACES):
            own = 1.0 + p.ip_gain * city.dose[IP_PROTECTION, branch, place]
            city.pushed[branch, place] = p.rd_return * own
    for gate in range(len(IS_LICENSED)):
        for level in range(10):
            city.selling[gate, level] = sell_level(gate, level, p)


@rule
def list_sellers(world: Tables, p: Draw) -> int:
    """List the firms whose readiness lets them sell; return how many they are."""
    firms, sellers = world.firms, world.sellers
    selling = 0
    for i in range(world.city[0].firm_rows):  # no branch: which firm sells cannot be guessed
        firm = firms[i]
        sellers[selling] = i
        selling += int(firm.alive) & int(firm.level >= p.first_selling_level[GATE_OF[firm.track]])
    return selling


@rule
def start_selling(world: Tables, p: Draw, selling: int) -> None:
    """Give firms that first reach a selling level their entry weight.

    What they have shown was made somewhere, and there they can make a first batch.
    """
    city = world.city[0]
    for k in range(selling):
        firm = world.firms[world.sellers[k]]
        if firm.weight == 0.0:
            called = city.dose[FIRST_OF_KIND, CLUSTERS + firm.track, firm.place]
            firm.weight = p.entry_weight * (1.0 + p.first_of_kind_sales * called)
            firm.weight *= max(p.entry_floor, 1.0 + p.entry_quality * firm.quality)
            firm.capacity = max(firm.capacity, p.first_batch * firm.weight)
            firm.spread = p.growth_spread


@rule
def hear_news(world: Tables, p: Draw, selling: int, month: int) -> None:
    """Find the factor by which this month's news, if there is any, changes each seller's weight."""
    city, words, news, struck = world.city[0], world.words, world.news, world.struck
    sellers, who, own = world.sellers, world.who, world.firm_glances[row_of(NEWS)]
    rate, number_struck = p.news_rate * MONTH, 0
    for k in range(selling):  # no branch: who has news cannot be guessed
        news[k] = 1.0
        struck[number_struck] = k
        who[number_struck] = world.ids[sellers[k]]
        number_struck += int(may_strike(own[sellers[k]], NEWS, rate))
    fill_words(words, who, number_struck, city.seed, city.replicate, month, purposes.NEWS)
    usual = 1.0 / math.sqrt(p.news_rate)
    for j in range(number_struck):
        k = struck[j]
        if not strikes(NEWS, own[sellers[k]], words[0, j], rate, rate):
            continue
        spread = usual * world.firms[sellers[k]].spread
        shock = spread * laplace(number(words[1, j]))
        shock = min(p.largest_shock, max(-p.largest_shock, shock))
        # A Laplace shock of variance s2 has mean exp 1 / (1 - s2 / 2): growth stays unbiased.
        news[k] = math.exp(shock) * (1.0 - 0.5 * spread * spread)


@rule
def drift(city: City, p: Draw, firm: Firm) -> float:
    """Return the yearly growth of a firm's competitive weight."""
    intensity = firm.rd_stock / (p.rd_norm * firm.weight + 1.0)
    most = p.intensity_ceiling * p.intensity_ceiling
    pushed = city.pushed[CLUSTERS + firm.track, firm.place]
    pushed *= math.sqrt(min(most, intensity) * firm.spillover)
    orders = choose(firm.patron != NOBODY, p.order_gain, 0.0)
    return pushed + p.quality_pull * firm.quality + orders + firm.edge - p.weight_decay


@rule
def sell(world: Tables, p: Draw) -> None:
    """Share out the markets by weight, as far as each firm's capacity goes.

    What a patron ordered is delivered first.
    """
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    rate_sales(world, p)
    a_head = 1.0 / p.sales_a_head
    for i in range(city.firm_rows):  # hardly a branch: whether a firm sells cannot be guessed
        firm = firms[i]
        if firm.alive == 0:
            continue
        wanted = firm.weight * city.price[firm.track, firm.level]
        most = firm.capacity * MONTH * supplied(p, firm)
        asked = asked_by_patron(world, p, firm, min(wanted, most))
        delivered = min(asked, most)
        won = min(wanted, most - delivered)
        sold = delivered + won
        firm.demanded = MONTHS_A_YEAR * (wanted + asked)
        firm.to_patron += delivered - firm.to_patron * MONTH
        tracks[firm.track].sales += won
        city.sold[firm.cluster, firm.district] += sold
        sales = firm.sales + (sold - firm.sales * MONTH)
        firm.sales = sales
        firm.staff = p.team * firm.talents + sales * a_head


@rule
def asked_by_patron(world: Tables, p: Draw, firm: Firm, alone: float) -> float:
    """Return what a firm's patron, if it has one, would buy of it this month.

    It buys in proportion to what the firm would sell to others alone, and not more than falls on
    each of its partners of what it spends on what it sells.
    """
    if firm.patron == NOBODY:
        return 0.0
    patron = world.firms[firm.patron]
    spent = (1.0 - p.operating_margin) * patron.sales * MONTH
    return min(p.order_part * alone, spent / max(1, patron.partners))


@rule
def supplied(p: Draw, firm: Firm) -> float:
    """Return what part of its capacity a firm can use when imports of components are disturbed."""
    missing = 1.0 - min(1.0, p.import_supply)
    return 1.0 - missing * p.imported_part * (1.0 - firm.cover)


@rule
def rate_sales(world: Tables, p: Draw) -> None:
    """Compute each market's share and prices."""
    city, tracks = world.city[0], world.tracks
    for k in range(TRACKS):
        track = tracks[k]
        track.share = track.weight / (track.weight + track.rivals)
        price = track.demand / (track.weight + track.rivals) * MONTH
        for level in range(10):
            city.price[k, level] = price * city.selling[GATE_OF[k], level]
