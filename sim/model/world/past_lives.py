"""What start-ups of 2022 have lived through: they came at a steady rate, and these are left."""

import math

from sim.engine import rule
from sim.model.world import purposes
from sim.model.world.codes import GATE_OF
from sim.model.world.hope import doubt_gathered, usual_pace
from sim.model.world.luck import luck, normal_pair
from sim.model.world.rows import about
from sim.model.world.stages import stage_cost
from sim.model.world.tables import CLUSTERS, City, Draw, Firm

START = -1
"""The month before the first."""
FIRST_LIFE = 4
"""Block of a firm's luck in which its first life begins; the blocks before are what it is now."""
BLOCKS = 5
"""Blocks of four words that a life takes."""
MOST_LIVES = 24
"""Lives that are tried; the last one is taken, however it went."""
MOST_ROUNDS = 4
"""Rounds at most of which a life has lived."""
ENDED = -1.0
"""What stands for the years of commissions of a life that has not come through."""
RAREST = 1.0e-9
"""Rounds a year that stand for none: who waits for one has a time to wait."""


@rule
def live_until_2022(city: City, p: Draw, firm: Firm) -> None:
    """Give a start-up the age, quality, level and money of one of those who are left in 2022.

    Ages are those of firms that came in ever greater number, at the pace of research before 2022,
    and close or leave at the usual rates. Lives are tried until one is through: nobody has seen
    the firms that gave up their technology or ran out of money.
    """
    coming = p.growth_before_2022 + p.closing_rate + p.leaving_rate
    for life in range(MOST_LIVES):
        block = FIRST_LIFE + BLOCKS * life
        a, b, c, d = luck(city, firm.id, block, purposes.POPULATION)
        e, f, searched, _ = luck(city, firm.id, block + 1, purposes.POPULATION)
        years = -math.log(a) / coming
        seed = p.seed_money * about(p, d)
        firm.founded = START - int(12.0 * years)
        firm.last_round = START - int(p.round_gap * searched)
        firm.quality = p.quality_2022 * normal_pair(e, f)
        firm.level = 1 + int(p.founding_levels * b)
        alone, doubt = climb_since(city, p, firm, years, seed, block + 2)
        worked = raise_since(city, p, firm, alone, seed, block + 4)
        if worked >= 0.0 and c < math.exp(-doubt - p.commission_stopping * worked):
            return


@rule
def climb_since(
    city: City, p: Draw, firm: Firm, years: float, seed: float, block: int
) -> tuple[float, float]:
    """Let a start-up climb for some years, with the team that its seed money pays.

    Returns:
        How many years it had nothing to sell, and its chances to stop in them, added up.
    """
    gate = GATE_OF[firm.track]
    team = max(1.0, p.burn_before_sales * seed / (p.talent_cost + p.overhead))
    effort = math.sqrt(team / p.reference_team)
    alone, doubt, left = 0.0, 0.0, years
    draws = luck(city, firm.id, block, purposes.POPULATION)
    for k in range(8):
        if firm.level == 9:
            break
        if k == 4:
            draws = luck(city, firm.id, block + 1, purposes.POPULATION)
        pace = usual_pace(p, firm.track, firm.level)
        least, odds = 0.0, 1.0
        if firm.level >= p.gate_level:
            least, odds = p.gate_years[gate], p.gate_odds[gate]
        took = least - math.log(draws[k % 4]) / (pace * odds * effort)
        if firm.level < p.first_selling_level[gate]:
            spent = min(took, left)
            alone += spent
            doubt += doubt_gathered(p, pace, max(0.0, spent - least))
        if took > left:
            break
        left -= took
        firm.level += 1
    firm.reached = START - int(12.0 * left)
    return alone, doubt


@rule
def raise_since(city: City, p: Draw, firm: Firm, years: float, seed: float, block: int) -> float:
    """Let a start-up live on its seed money for some years, and on the rounds that it raised.

    It looks for a round as early as firms do, and finds one after an exponential time. Its newest
    round is a milestone. Returns for how many years it took commissions, or -1 if its money has
    ended for so long that it had to.
    """
    draws = luck(city, firm.id, block, purposes.POPULATION)
    found = max(RAREST, 12.0 * p.meetings / p.round_gap * chance_of_backing(p, firm))
    money, left, newest, worked = seed, years, firm.reached, 0.0
    for k in range(MOST_ROUNDS):
        short = years_until_short(p, money)
        ends = years_of_money(p, money) + p.insolvency_months / 12.0
        backed = short - math.log(draws[k]) / found
        if left < min(ends, backed):
            break
        if ends < backed:
            return ENDED
        left -= backed
        worked += backed - short
        money = max(p.smallest_ticket, stage_cost(city, p, firm))
        newest = START - int(12.0 * left)
    without = max(0.0, left - years_of_money(p, money))
    if without > p.insolvency_months / 12.0:
        return ENDED
    firm.reached = max(firm.reached, newest)
    firm.cash = money_left(p, money, left)
    sells = firm.level >= p.first_selling_level[GATE_OF[firm.track]]
    firm.distress = 0 if sells else int(12.0 * without)
    return worked + max(0.0, left - years_until_short(p, money))


@rule
def years_of_plenty(p: Draw, money: float) -> float:
    """Return how long money pays more than one talent: a part of what is left is spent a year."""
    one = p.talent_cost + p.overhead
    plenty: float = math.log(max(1.0, money * p.burn_before_sales / one)) / p.burn_before_sales
    return plenty


@rule
def last_money(p: Draw, money: float) -> float:
    """Return what is left when money pays one talent only."""
    last: float = min(money, (p.talent_cost + p.overhead) / p.burn_before_sales)
    return last


@rule
def years_until_short(p: Draw, money: float) -> float:
    """Return when a firm begins to look for more money, and takes commissions."""
    one = p.talent_cost + p.overhead
    reserve = p.runway_seek / 12.0 * one
    short: float = years_of_plenty(p, money) + max(0.0, last_money(p, money) - reserve) / one
    return short


@rule
def years_of_money(p: Draw, money: float) -> float:
    """Return how long money lasts: commissions pay a part of the one talent at the end."""
    one = p.talent_cost + p.overhead
    reserve = min(last_money(p, money), p.runway_seek / 12.0 * one)
    missing = max(RAREST, 1.0 - p.commission_part) * one
    lasts: float = years_until_short(p, money) + reserve / missing
    return lasts


@rule
def money_left(p: Draw, money: float, years: float) -> float:
    """Return what is left of money after some years."""
    one = p.talent_cost + p.overhead
    falls = min(years, years_of_plenty(p, money))
    evenly = min(years, years_until_short(p, money)) - falls
    left: float = money * math.exp(-p.burn_before_sales * falls) - one * evenly
    left -= one * (1.0 - p.commission_part) * (years - falls - evenly)
    return max(0.0, left)


@rule
def chance_of_backing(p: Draw, firm: Firm) -> float:
    """Return the chance that a fund which a start-up meets can back it and is keen to."""
    focused = p.corporate_funds + (1.0 - p.corporate_funds) * p.focused_funds
    fits = (1.0 - p.district_funds) * (1.0 - focused * (1.0 - 1.0 / CLUSTERS))
    if firm.level > p.early_fund_ceiling:
        fits *= 1.0 - p.early_funds
    if firm.level < p.late_fund_floor:
        fits *= 1.0 - p.late_funds
    merit = firm.quality + p.level_merit * (firm.level - p.expected_level)
    blur = p.screening_noise * (1.0 - p.screening_skill)
    hurdle = p.hurdle + p.scarcity * max(0.0, 1.0 - p.powder_2022 / p.powder_years)
    keen: float = 0.5 * (1.0 - math.erf((hurdle - merit) / (blur * math.sqrt(2.0))))
    chance: float = fits * keen
    return chance


@rule
def past_losses(p: Draw, firm: Firm) -> float:
    """Return what a firm has not set off of losses as large every year as this year's."""
    research = p.talent_cost * (1.0 + p.deduction_rate * p.deduction_usual) + p.overhead
    loss = max(0.0, firm.wanted * research - p.operating_margin * firm.sales)
    small = firm.sales <= p.technology_sales
    years = max(1.0 / 12.0, p.loss_years_technology if small else p.loss_years)
    left: float = loss * years * (1.0 - math.exp((firm.founded - START) / 12.0 / years))
    return left
