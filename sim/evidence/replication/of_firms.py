"""Evaluations that compare firms: those that are treated, and others or the same without.

Where luck would drown the effect, those who are not treated are the same firms in a city that is
like theirs but for the treatment.
"""

from typing import Final

import numpy as np

from sim.calendar import MONTHS_A_YEAR
from sim.evidence.patterns.bunching import relabelled
from sim.evidence.patterns.panel import Filings, filed
from sim.evidence.replication.arms import BEGINS, YEARS, Arm, Award, Found, Trial
from sim.evidence.replication.estimators import (
    Floats,
    Ints,
    chance_ratio,
    change,
    mean_change,
    per_tenth,
    ratio,
    stratified,
)
from sim.model.world.codes import STARTUP
from sim.model.world.tables import CLUSTERS, DISTRICTS, NOBODY

EARLY: Final = 4
"""Highest readiness level of an applicant for a proof grant."""
SCORE_NOISE: Final = 1.0
"""Error of a jury's score, in the standard deviations of quality."""
CONTESTS: Final = 3
GRANT: Final = 100.0
"""万元; the second grant is ten times as large."""
WINNERS: Final = 0.2
LISTED: Final = 0.25
TWO_QUARTERS: Final = 6
UNUSED: Final = 0.1
"""Share of the vouchers won that nobody uses (L155); the model's are those that are used."""
LOOKS: Final = 3
"""Months between two looks at whether a firm has an order."""
CAPITAL_SHARE: Final = 1.0 / 3.0
"""Of value added, which goes with sales: what capacity counts for in productivity."""


def threshold(trial: Trial) -> Found:
    """Compare reported and real R&D of filings just above what the certificate asks."""
    months = trial.usual.months
    filings = [filed(each.firms, trial.p, month) for month, each in enumerate(months)]
    return {"relabelled": relabelled(Filings(*np.concatenate(filings, axis=1))).value}


def deduction(trial: Trial) -> Found:
    """Compare the R&D of the same firms with and without full take-up of the relief."""
    end = BEGINS + YEARS[3]
    eased = trial.under("super_deduction", range(BEGINS, end), end)
    return {} if eased is None else research_response(trial.usual, eased, end - 1)


def research_response(usual: Arm, eased: Arm, month: int) -> Found:
    """Return what a user cost lower by a tenth does to the R&D of firms that live in both runs."""
    before = usual.living(BEGINS - 1)
    ids = before["id"][before["sales"] > 0.0]
    ids = ids[usual.rows(month, ids)[0] & eased.rows(month, ids)[0]]
    spent, now = (arm.values(month, ids, "real_rd") for arm in (usual, eased))
    prices = [_price(arm, month, ids) for arm in (usual, eased)]
    price = ratio(float(spent @ prices[1]), float(spent @ prices[0]))
    return {"real": per_tenth(ratio(float(now.sum()), float(spent.sum())), price)}


def _price(arm: Arm, month: int, ids: Ints) -> Floats:
    """Return each firm's user cost of research."""
    _, firms = arm.rows(month, ids)
    certified = (firms["certificate_until"] > month).astype(np.intp)
    price: Floats = arm.months[month].user_cost[
        certified, CLUSTERS + firms["track"], firms["place"]
    ]
    return price


def grant(trial: Trial) -> Found:
    """Give winners of three contests a grant, and the better of them a larger one a year later."""
    lots = trial.lots("grant")
    contests = [BEGINS + YEARS[1] * number for number in range(CONTESTS)]
    won: list[Ints] = []
    for month in contests:
        ids, score = _applicants(trial.usual, month, np.concatenate([*won, np.empty(0, np.int64)]))
        won.append(_best(ids, score + SCORE_NOISE * lots.standard_normal(len(ids)), WINNERS))
    first = [Award(month, ids, GRANT) for month, ids in zip(contests, won, strict=True)]
    until = contests[-1] + YEARS[3]
    paid = trial.awarded(first, until)
    second = [_again(paid, award, lots) for award in first]
    twice = trial.awarded([*first, *second], until)
    near = [award._replace(ids=award.ids[len(award.ids) // 2 :]) for award in first]
    return {
        "first": rounds_after(trial.usual, paid, near),
        "second": rounds_after(paid, twice, second),
    }


def _applicants(arm: Arm, month: int, without: Ints) -> tuple[Ints, Floats]:
    """Return ids and quality of young firms without a round."""
    firms = arm.living(month - 1)
    fits = (firms["kind"] == STARTUP) & (firms["level"] <= EARLY) & (firms["raised"] == 0.0)
    firms = firms[fits & ~np.isin(firms["id"], without)]
    return firms["id"], firms["quality"]


def _best(ids: Ints, score: Floats, share: float) -> Ints:
    """Return the best by a score, the best first."""
    order = np.argsort(-score, kind="stable")
    return ids[order[: round(share * len(ids))]]


def _again(arm: Arm, award: Award, lots: np.random.Generator) -> Award:
    """Return a second grant, a year later, for the better half of the winners that live."""
    month = award.month + YEARS[1]
    here, firms = arm.rows(month - 1, award.ids)
    score = firms["quality"][here] + SCORE_NOISE * lots.standard_normal(int(here.sum()))
    return Award(month, _best(award.ids[here], score, 0.5), 10.0 * GRANT)


def rounds_after(usual: Arm, treated: Arm, awards: list[Award]) -> float:
    """Return how much likelier a round within two years of an award is for those who have it."""
    found = [
        np.concatenate([arm.raised(each.ids, each.month, each.month + YEARS[2]) for each in awards])
        for arm in (treated, usual)
    ]
    return chance_ratio(found[0], found[1])


def star_list(trial: Trial) -> Found:
    """Compare start-ups that would just be on a list in the city with lists and without."""
    end = BEGINS + YEARS[3]
    starred = trial.under("stars", range(BEGINS, end), end)
    if starred is None:
        return {}
    firms = trial.usual.living(BEGINS - 1)
    firms = firms[firms["kind"] == STARTUP]
    error = SCORE_NOISE * trial.lots("list").standard_normal(len(firms))
    listed = _best(firms["id"], firms["quality"] + error, LISTED)
    return after_listing(trial.usual, starred, listed[len(listed) // 2 :], end - 1)


def after_listing(usual: Arm, starred: Arm, ids: Ints, month: int) -> Found:
    """Return what became of listed firms against themselves without the list."""
    arms, quarters, end = (starred, usual), BEGINS + TWO_QUARTERS, BEGINS + YEARS[2]
    sold = [arm.values(month, ids, "sales") for arm in arms]
    lives = [arm.rows(month, ids)[0] for arm in arms]
    soon = [arm.raised(ids, BEGINS, quarters) for arm in arms]
    later = [arm.raised(ids, quarters, end) for arm in arms]
    return {
        "sales": mean_change(sold[0], sold[1]),
        "survival": chance_ratio(lives[0], lives[1]) - 1.0,
        "round_soon": chance_ratio(soon[0], soon[1]) - 1.0,
        "round_later": chance_ratio(later[0], later[1]) - 1.0,
    }


def voucher(trial: Trial) -> Found:
    """Give vouchers to small firms of places drawn by lot, for a year."""
    end = BEGINS + YEARS[1]
    where = trial.lots("voucher").random((CLUSTERS, DISTRICTS)) < 0.5
    paid = trial.under("vouchers", range(BEGINS, end), BEGINS + YEARS[2], where)
    if paid is None:
        return {}
    firms = trial.usual.living(BEGINS - 1)
    small = firms["sales"] < trial.p["small_sales"]
    won = firms["id"][small & where[firms["cluster"], firms["district"]]]
    crowding = float(trial.p["grant_crowding"])
    small_sales = float(trial.p["small_sales"])
    return winners(trial.usual, paid, won, range(BEGINS, end), small_sales, crowding)


def winners(usual: Arm, paid: Arm, ids: Ints, span: range, small: float, crowding: float) -> Found:
    """Return what vouchers add to the winners' research, and to what they made a year later.

    It is told a yuan of the vouchers won, of which the lottery's own evaluation counts the unused.
    Vouchers are told by a small winner's real R&D: its people's and what of vouchers is additional.
    """
    more = given = 0.0
    for month in span:
        here, firms = paid.rows(month, ids)
        research = np.where(here, firms["real_rd"], 0.0) / MONTHS_A_YEAR
        share = paid.months[month].vouchers[CLUSTERS + firms["track"], firms["place"]]
        given += float(
            (research * share / (1.0 + (1.0 - crowding) * share))[firms["sales"] < small].sum()
        )
        without = np.nan_to_num(usual.values(month, ids, "real_rd")) / MONTHS_A_YEAR
        more += float((research - without).sum())
    month = span.stop + YEARS[1] - 1
    both = ids[usual.rows(month, ids)[0] & paid.rows(month, ids)[0]]
    made = [
        sum(float(arm.values(month, both, name).sum()) for name in ("components", "products"))
        for arm in (paid, usual)
    ]
    return {"additional": ratio(more, given / (1.0 - UNUSED)), "innovation": change(*made)}


def order(trial: Trial) -> Found:
    """Follow firms that win a first standing order beside firms alike that win none."""
    return event_study(trial.usual, float(trial.p["order_level"]), float(trial.p["hub_sales"]))


def event_study(arm: Arm, level: float, hub: float) -> Found:
    """Return the change over four years of firms with a first order beyond that of others.

    Sales and orders are a year's, of which the mean month is a year back: what they are four years
    after an order stands in the books of five years after. Productivity is what sales grow beyond
    staff and capacity, at constant returns (Solow 1957).

    Args:
        arm: the city.
        level: from which a firm can take orders.
        hub: sales from which it gives them.
    """
    staff, others, product, treated, stratum = [], [], [], [], []
    for month in range(BEGINS, len(arm.months) - YEARS[5] + 1):
        firms = arm.living(month - 1)
        fits = (firms["patron"] == NOBODY) & (firms["level"] >= level) & (firms["sales"] < hub)
        fits &= firms["sales"] > firms["to_patron"]
        firms = firms[fits & (firms["staff"] > 0.0)]
        ids = firms["id"]
        later = month - 1 + YEARS[5]
        won = arm.values(month, ids, "patron") >= 0
        ever = np.any(
            [arm.values(at, ids, "patron") >= 0 for at in range(month, later + 1, LOOKS)], axis=0
        )
        sales, people, plant = (
            arm.values(later, ids, name) for name in ("sales", "staff", "capacity")
        )
        elsewhere = sales - arm.values(later, ids, "to_patron")
        known = (elsewhere > 0.0) & (people > 0.0) & (won | ~ever)
        grown = np.log(people[known] / firms["staff"][known])
        staff.append(grown)
        before = firms["sales"] - firms["to_patron"]
        others.append(np.log(elsewhere[known] / before[known]))
        built = np.log(plant[known] / firms["capacity"][known])
        used = (1.0 - CAPITAL_SHARE) * grown + CAPITAL_SHARE * built
        product.append(np.log(sales[known] / firms["sales"][known]) - used)
        treated.append(won[known])
        alike = 10 * firms["track"].astype(np.int64) + firms["level"]
        stratum.append((1000 * month + alike)[known])
    who, group = np.concatenate(treated), np.concatenate(stratum)
    found = {"staff": staff, "other_sales": others, "productivity": product}
    return {name: float(np.expm1(stratified(np.concatenate(parts), who, group)))
            for name, parts in found.items()}  # fmt: skip
