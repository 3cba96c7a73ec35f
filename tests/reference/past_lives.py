"""The lives of 2022's start-ups until then (section 5, Past lives)."""

import math
from typing import Any, NamedTuple

from sim.model.world import purposes
from sim.model.world.codes import GATE_OF
from sim.model.world.tables import CLUSTERS
from tests.reference.birth import about
from tests.reference.hope import expected_pace, stops_over
from tests.reference.luck import luck, normal
from tests.reference.rounds import cost_of_stage

BEFORE = -1


class Climbed(NamedTuple):
    """How far a firm has come."""

    level: int
    since: float
    """Years since it came to its level."""
    alone: float
    """Years in which it had nothing to sell."""
    doubt: float


class Purse(NamedTuple):
    """What a firm has left."""

    cash: float
    since: float
    """Years since it got money."""
    without: float
    """Years that it has had none."""
    rounds: int
    commissions: float
    """Years in which somebody worked for others."""


class Times(NamedTuple):
    """Years until a firm's money pays no more than one, is short, and is gone."""

    plenty: float
    short: float
    gone: float


def have_lived(model: Any, firm: Any) -> None:
    """Give a start-up a past: the first of 24 that has not ended, or the last."""
    p = model.p
    for life in range(24):
        words = [luck(model, firm.id, 4 + 5 * life + k, purposes.POPULATION) for k in range(5)]
        (age, first, last, money), (e, f, searched, _) = words[:2]
        years = -math.log(age) / (p.growth_before_2022 + p.closing_rate + p.leaving_rate)
        seed = p.seed_money * about(model, money)
        firm.founded = BEFORE - int(12.0 * years)
        firm.last_round = BEFORE - int(p.round_gap * searched)
        firm.quality = p.quality_2022 * normal(e, f)
        start = 1 + int(p.founding_levels * first)
        climbed = climb(p, firm.track, start, years, seed, words[2] + words[3])
        firm.level = climbed.level
        firm.reached = BEFORE - int(12.0 * climbed.since)
        purse = spend(model, firm, climbed.alone, seed, words[4])
        if purse is None:
            continue
        if purse.rounds:
            firm.reached = max(firm.reached, BEFORE - int(12.0 * purse.since))
        firm.cash = purse.cash
        sells = firm.level >= p.first_selling_level[GATE_OF[firm.track]]
        firm.distress = 0 if sells else int(12.0 * purse.without)
        if last < math.exp(-climbed.doubt - p.commission_stopping * purse.commissions):
            return


def climb(
    p: Any, track: int, level: int, years: float, seed: float, words: tuple[float, ...]
) -> Climbed:
    """Climb, one exponential wait a level."""
    gate = GATE_OF[track]
    team = max(1.0, p.burn_before_sales * seed / (p.talent_cost + p.overhead))
    effort = math.sqrt(team / p.reference_team)
    alone = doubt = 0.0
    for word in words:
        if level == 9:
            break
        at_gate = level >= p.gate_level
        least = p.gate_years[gate] if at_gate else 0.0
        pace = expected_pace(p, track, level)
        took = least - math.log(word) / (pace * (p.gate_odds[gate] if at_gate else 1.0) * effort)
        if level < p.first_selling_level[gate]:
            alone += min(took, years)
            doubt += stops_over(p, pace, max(0.0, min(took, years) - least))
        if took > years:
            break
        years -= took
        level += 1
    return Climbed(level, years, alone, doubt)


def spend(
    model: Any, firm: Any, years: float, money: float, words: tuple[float, ...]
) -> Purse | None:
    """Live on money and find more; None if it has ended for too long."""
    p = model.p
    found = max(1e-9, 12.0 * p.meetings / p.round_gap * backing(p, firm))
    rounds, commissions = 0, 0.0
    for word in words:
        times = runs(p, money)
        ends = times.gone + p.insolvency_months / 12.0
        backed = times.short - math.log(word) / found
        if years < min(ends, backed):
            break
        if ends < backed:
            return None
        commissions += backed - times.short
        money = max(p.smallest_ticket, cost_of_stage(model, firm))
        years, rounds = years - backed, rounds + 1
    times, one = runs(p, money), p.talent_cost + p.overhead
    if years - times.gone > p.insolvency_months / 12.0:
        return None
    falls, to_short = min(years, times.plenty), min(years, times.short)
    left = money * math.exp(-p.burn_before_sales * falls) - one * (to_short - falls)
    left -= one * (1.0 - p.commission_part) * (years - to_short)
    commissions += years - to_short
    return Purse(max(0.0, left), years, max(0.0, years - times.gone), rounds, commissions)


def runs(p: Any, money: float) -> Times:
    """Return until when money pays several people, one, and one who works for others."""
    one = p.talent_cost + p.overhead
    plenty = math.log(max(1.0, money * p.burn_before_sales / one)) / p.burn_before_sales
    rest = min(money, one / p.burn_before_sales)
    kept = p.runway_seek / 12.0 * one
    short = plenty + max(0.0, rest - kept) / one
    own_part = max(1e-9, 1.0 - p.commission_part)
    return Times(plenty, short, short + min(rest, kept) / (own_part * one))


def backing(p: Any, firm: Any) -> float:
    """Return the chance that a fund fits and is keen."""
    one_cluster = p.corporate_funds + (1.0 - p.corporate_funds) * p.focused_funds
    fits = (1.0 - p.district_funds) * (1.0 - one_cluster * (1.0 - 1.0 / CLUSTERS))
    fits *= 1.0 - p.early_funds * (firm.level > p.early_fund_ceiling)
    fits *= 1.0 - p.late_funds * (firm.level < p.late_fund_floor)
    merit = firm.quality + p.level_merit * (firm.level - p.expected_level)
    blur = p.screening_noise * (1.0 - p.screening_skill)
    hurdle = p.hurdle + p.scarcity * max(0.0, 1.0 - p.powder_2022 / p.powder_years)
    return float(fits * 0.5 * (1.0 - math.erf((hurdle - merit) / (blur * math.sqrt(2.0)))))
