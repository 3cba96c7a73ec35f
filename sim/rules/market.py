"""Process 7: markets are adopted, Shanghai competes with the rest of the world, firms share."""

import math

from sim.chance import fill_words, laplace, number
from sim.compiled import helper
from sim.rules.common import MONTH, MONTHS_A_YEAR, WORD, choose, mean_over_districts
from sim.world import purposes
from sim.world.codes import CLUSTER_OF, PROMOTION, instrument
from sim.world.rows import sell_level
from sim.world.tables import NOBODY, TRACKS

PROMOTIONS = instrument("promotion")
CONSUMER_SUBSIDIES = instrument("consumer_subsidies")
FIRST_OF_KIND = instrument("first_of_kind")
IP_PROTECTION = instrument("ip_protection")
LAND = instrument("land")


@helper
def market(world, p, month):
    """Run the product markets for one month."""
    adopt(world, p)
    weigh(world, p, month)
    sell(world, p)


@helper
def adopt(world, p):
    """Advance each market's adoption (Bass 1969); promotion and subsidies add innovators."""
    city = world.city[0]
    tracks = world.tracks
    rivals = (1.0 + p.rival_growth) ** (1.0 * MONTH)
    for k in range(TRACKS):
        track = tracks[k]
        cluster = CLUSTER_OF[k]
        shown = mean_over_districts(city.services[PROMOTION], cluster)
        called = mean_over_districts(city.dose[PROMOTIONS], cluster)
        subsidy = mean_over_districts(city.dose[CONSUMER_SUBSIDIES], cluster)
        pull = p.promotion_gain * shown / (shown + p.promotion_half)
        pull += p.promotion_call_gain * called + p.subsidy_gain * subsidy
        innovators = p.market_pace * p.bass_innovation * (1.0 + pull)
        growth = (innovators + p.market_pace * p.bass_imitation[k] * track.adoption) * (
            1.0 - track.adoption
        )
        track.adoption += growth * MONTH
        track.demand = track.potential * track.adoption
        track.rivals *= rivals
        track.weight = 0.0
        track.sales = 0.0


@helper
def weigh(world, p, month):
    """Change each selling firm's competitive weight: research, quality, orders and news."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    ids = world.ids
    rows = city.firm_rows
    words = world.words
    fill_words(words, ids, rows, city.seed, city.replicate, month, purposes.NEWS)
    news = p.news_rate * MONTH * WORD
    for k in range(list_selling(world, p)):
        i = world.struck[k]
        firm = firms[i]
        if firm.weight == 0.0:
            start_selling(city, p, firm)
        track = tracks[firm.track]
        firm.weight *= 1.0 + drift(city, p, firm) * MONTH
        if words[0, i] < news:
            spread = firm.spread / (p.news_rate**0.5)
            shock = spread * laplace(number(words[1, i]))
            shock = min(p.largest_shock, max(-p.largest_shock, shock))
            # A Laplace shock of variance s2 has mean exp 1 / (1 - s2 / 2): growth stays unbiased.
            firm.weight *= math.exp(shock) * (1.0 - 0.5 * spread * spread)
        if (month + firm.id) % 12 == 0:
            size = max(firm.weight, p.spread_size) / p.spread_size
            firm.spread = p.growth_spread * size ** (-p.spread_slope)
        weight = firm.weight * sell_level(firm, p)
        track.weight += weight


@helper
def list_selling(world, p):
    """List the firms whose readiness lets them sell; return how many they are."""
    firms, listed = world.firms, world.struck
    number = 0
    for i in range(world.city[0].firm_rows):  # no branch: which firm sells cannot be guessed
        firm = firms[i]
        listed[number] = i
        number += int(firm.alive) & int(firm.level >= p.first_selling_level)
    return number


@helper
def start_selling(city, p, firm):
    """Give a firm that first reaches a selling level its entry weight and plant."""
    called = city.dose[FIRST_OF_KIND, firm.cluster, firm.district]
    firm.weight = p.entry_weight * (1.0 + p.first_of_kind_sales * called)
    firm.weight *= max(p.entry_floor, 1.0 + p.entry_quality * firm.quality)
    firm.capacity = max(firm.capacity, p.entry_capacity * firm.weight)
    firm.spread = p.growth_spread


@helper
def drift(city, p, firm):
    """Return the yearly growth of a firm's competitive weight."""
    intensity = firm.rd_stock / (p.rd_norm * firm.weight + 1.0)
    pushed = min(p.intensity_ceiling, math.sqrt(intensity)) * math.sqrt(firm.spillover)
    own = 1.0 + p.ip_gain * city.dose[IP_PROTECTION, firm.cluster, firm.district]
    orders = p.order_gain if firm.patron != NOBODY else 0.0
    return p.rd_return * own * pushed + p.quality_pull * firm.quality + orders - p.weight_decay


@helper
def sell(world, p):
    """Share out the markets by weight, as far as each firm's capacity goes."""
    city = world.city[0]
    firms = world.firms
    tracks = world.tracks
    cells = world.cells
    for k in range(TRACKS):
        track = tracks[k]
        track.share = track.weight / (track.weight + track.rivals)
        city.price[k] = track.demand / (track.weight + track.rivals) * MONTH
    for i in range(city.firm_rows):  # hardly a branch: whether a firm sells cannot be guessed
        firm = firms[i]
        if firm.alive == 0:
            continue
        track = tracks[firm.track]
        wanted = firm.weight * sell_level(firm, p) * city.price[firm.track]
        sold = min(wanted, firm.capacity * MONTH)
        pace = room(city, p, firm, cells[firm.cell])
        short = MONTHS_A_YEAR * wanted > p.capacity_use * firm.capacity
        firm.capacity *= choose(short, 1.0 + p.capacity_growth * pace * MONTH, 1.0)
        track.sales += sold
        city.sold[firm.cluster, firm.district] += sold
        firm.sales += sold - firm.sales * MONTH
        firm.staff = p.team * firm.talents + firm.sales / p.sales_a_head


@helper
def room(city, p, firm, site):
    """Return how freely a firm can build: less on a full cell, unless the land reform helps."""
    called = city.dose[LAND, firm.cluster, firm.district]
    crowded = min(1.0, p.full_cell_pace + p.land_gain * called)
    return choose(site.firms <= site.capacity, 1.0, crowded)
