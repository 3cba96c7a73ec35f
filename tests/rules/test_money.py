"""Protects that no money appears or vanishes: cash, debt, funds and stakes against the ledger."""

import numpy as np
from numpy.typing import NDArray

from sim.model.world import ledgers
from sim.model.world.codes import GUIDANCE, mechanism
from sim.model.world.tables import CLUSTERS, NOBODY
from tests.rules.history import History, Month, Records

FEN = 1e-6
"""A hundredth of a yuan in the tables' unit: sums of some 1e7 over thousands of firms, each term
rounded to about 1e-9, cannot be kept more exactly."""
OF_FIRMS = (
    ledgers.SALES,
    ledgers.COMMISSIONS,
    ledgers.OPERATIONS,
    ledgers.RESEARCH,
    ledgers.OVERHEAD,
    ledgers.SUBSIDIES,
    ledgers.TAX,
    ledgers.DIVIDENDS,
    ledgers.PLANT,
    ledgers.DEBT_DRAWN,
    ledgers.DEBT_PAID,
    ledgers.EQUITY,
    ledgers.OFFERED,
    ledgers.SEED,
    ledgers.BROUGHT,
    ledgers.CLOSED_CASH,
)
OF_FUNDS = (ledgers.FUND_PAID_IN, ledgers.FUND_INVESTED, ledgers.FUND_RETURNED)


def same(one: float, other: float) -> bool:
    return abs(one - other) <= FEN


def ended(before: Month, after: Month) -> Records:
    """Return the firms that ended in a month, as it left them."""
    gone = after.firms["alive"] == 0
    gone &= after.firms["entered"] != after.number
    gone[: len(before.firms)] &= before.firms["alive"] == 1
    gone[len(before.firms) :] = False
    same_month = (after.firms["alive"] == 0) & (after.firms["entered"] == after.number)
    found: Records = after.firms[gone | same_month]
    return found


def test_every_flow_belongs_to_firms_or_to_funds() -> None:
    assert sorted(OF_FIRMS + OF_FUNDS) == list(range(len(ledgers.FLOWS)))


def test_firms_cash_changes_by_what_the_ledger_says(history: History) -> None:
    for before, after in history.pairs():
        change = after.living["cash"].sum() - before.living["cash"].sum()
        assert same(change, after.flow(*OF_FIRMS)), after.number


def test_each_flow_has_one_direction(history: History) -> None:
    comes = [
        ledgers.SALES,
        ledgers.COMMISSIONS,
        ledgers.SUBSIDIES,
        ledgers.DEBT_DRAWN,
        ledgers.EQUITY,
        ledgers.OFFERED,
        ledgers.SEED,
        ledgers.BROUGHT,
    ]
    comes += [ledgers.FUND_PAID_IN, ledgers.FUND_RETURNED]
    goes = [
        ledgers.OPERATIONS,
        ledgers.RESEARCH,
        ledgers.OVERHEAD,
        ledgers.TAX,
        ledgers.DIVIDENDS,
        ledgers.PLANT,
        ledgers.DEBT_PAID,
        ledgers.FUND_INVESTED,
    ]
    for month in history.months:
        assert (month.city["flows"][comes] >= 0.0).all(), month.number
        assert (month.city["flows"][goes] <= 0.0).all(), month.number


def test_flows_are_those_of_the_firms(history: History) -> None:
    """The ledger could balance with two wrong entries; these are summed up from the firms."""
    p = history.p
    for before, after in history.pairs():
        old = before.firms["alive"] == 1
        sales = before.firms["sales"][old].sum() / 12.0
        research = paid_for(before, after, p)[old].sum() / 12.0
        assert same(after.flow(ledgers.SALES), sales), after.number
        assert same(after.flow(ledgers.OPERATIONS), -(1.0 - p["operating_margin"]) * sales), (
            after.number
        )
        assert same(after.flow(ledgers.RESEARCH), -research), after.number
        new = after.firms["entered"] == after.number
        assert same(after.flow(ledgers.SEED, ledgers.BROUGHT), after.firms["cash"][new].sum()), (
            after.number
        )
        assert same(after.flow(ledgers.CLOSED_CASH), -ended(before, after)["cash"].sum()), (
            after.number
        )


def paid_for(before: Month, after: Month, p: np.void) -> NDArray[np.float64]:
    """Return the research that each firm paid for itself: vouchers bought the rest."""
    done = after.firms["real_rd"][: len(before.firms)]
    places = CLUSTERS + before.firms["track"], before.firms["place"]
    share = np.where(before.firms["sales"] < p["small_sales"], after.city["bought"][places], 0.0)
    vouchers = done * share / (1.0 + (1.0 - p["grant_crowding"]) * share)
    own: NDArray[np.float64] = done - vouchers
    return own


def test_debt_is_drawn_paid_off_and_lost_with_the_firm(history: History) -> None:
    p = history.p
    terms = {"debt": p["debt_term"], "plant_debt": p["plant_term"]}
    for before, after in history.pairs():
        owed = {kind: before.living[kind].sum() for kind in terms}
        interest = p["debt_interest"] / 12.0 * sum(owed.values())
        paid = sum(owed[kind] / term for kind, term in terms.items())
        assert same(after.flow(ledgers.DEBT_PAID), -(paid + interest)), after.number
        lost = sum(ended(before, after)[kind].sum() for kind in terms)
        expected = sum(owed.values()) - paid + after.flow(ledgers.DEBT_DRAWN) - lost
        assert same(sum(after.living[kind].sum() for kind in terms), expected), after.number
        assert all((after.living[kind] >= 0.0).all() for kind in terms), after.number


def test_capacity_is_paid_for_before_it_stands(history: History) -> None:
    """What stands and is ordered grows by what is paid, and only where it is paid."""
    capital = history.p["capital"]
    for before, after in history.pairs():
        stayed = np.flatnonzero(before.firms["alive"] == 1)
        old, new = before.firms[stayed], after.firms[stayed]
        same_firm = old["id"] == new["id"]
        grown = new["capacity"] + new["ordered"] - old["capacity"] - old["ordered"]
        # The workshop in which it made what it has shown is no plant that a firm pays for.
        begins = (old["weight"] == 0.0) & (new["weight"] > 0.0)
        grown[begins] -= new["capacity"][begins]
        cost = (grown * capital[new["track"]])[same_firm].sum()
        assert (grown[same_firm] > -FEN).all(), after.number
        assert same(after.flow(ledgers.PLANT) / -cost if cost else 1.0, 1.0), after.number


def test_funds_money_changes_by_what_the_ledger_says(history: History) -> None:
    for before, after in history.pairs():
        change = after.funds["dry_powder"].sum() - before.funds["dry_powder"].sum()
        assert same(change, after.flow(*OF_FUNDS)), after.number
        paid_in = after.funds["committed"].sum() - before.funds["committed"].sum()
        assert same(paid_in, after.flow(ledgers.FUND_PAID_IN)), after.number
        returned = after.funds["returned"].sum() - before.funds["returned"].sum()
        assert same(returned, after.flow(ledgers.FUND_RETURNED)), after.number


def test_what_funds_invest_is_what_firms_raise(history: History) -> None:
    for before, after in history.pairs():
        assert after.flow(ledgers.EQUITY) == -after.flow(ledgers.FUND_INVESTED), after.number
        new = after.deals[after.deals["month"] == after.number]
        invested = np.bincount(new["fund"], new["amount"], minlength=len(after.funds))
        change = after.funds["invested"] - before.funds["invested"]
        assert np.abs(change - invested).max() <= FEN, after.number


def test_each_fund_has_what_came_in_less_what_went_out(history: History) -> None:
    for month in (history.start, *history.months):
        funds = month.funds
        left = funds["committed"] - funds["invested"] + funds["returned"]
        assert np.abs(funds["dry_powder"] - left).max() <= FEN, month.number
        assert (funds["dry_powder"] >= 0.0).all(), month.number


def test_the_guidance_fund_gets_no_more_than_its_size(history: History) -> None:
    for before, after in history.pairs():
        fund, called = after.funds[0], after.city["mean_dose"][mechanism("guidance_fund")]
        size = history.p["guidance_size"] * 10_000.0 * max(1.0, called)
        assert fund["kind"] == GUIDANCE
        assert (after.funds["kind"][1:] != GUIDANCE).all()
        assert after.city["guidance_paid"] == fund["committed"] <= size + FEN, after.number
        change = fund["invested"] - before.funds["invested"][0]
        assert same(after.city["events"][ledgers.GUIDANCE_MONEY], change), after.number


def test_no_firm_is_sold_more_than_once_over(history: History) -> None:
    for month in history.months:
        held = month.held
        assert ((held["stake"] > 0.0) & (held["stake"] < 1.0)).all(), month.number
        assert (held["amount"] > 0.0).all(), month.number
        sold = np.bincount(held["firm"], held["stake"], minlength=len(month.firms))
        assert sold.max(initial=0.0) <= 1.0, month.number
        paid = np.bincount(held["firm"], held["amount"], minlength=len(month.firms))
        assert (paid <= month.firms["raised"] + FEN).all(), month.number


def investors(month: Month) -> NDArray[np.int64]:
    """Return the deals that are found by following each living firm's list, newest first."""
    deals = month.deals
    alive = month.firms["alive"] == 1
    rows = np.flatnonzero(alive & (month.firms["first_deal"] != NOBODY))
    at = month.firms["first_deal"][rows].astype(np.int64)
    found = [at]
    while len(at):
        assert (deals["firm"][at] == rows).all(), month.number
        assert (deals["alive"][at] == 1).all(), month.number
        older = deals["next"][at].astype(np.int64)
        rows, newer, at = rows[older != NOBODY], at[older != NOBODY], older[older != NOBODY]
        assert (deals["month"][at] <= deals["month"][newer]).all(), month.number
        found.append(at)
        assert len(found) <= len(deals) + 1, "a list that goes in a circle"
    return np.concatenate(found)


def test_each_stake_is_in_its_firms_list_once(history: History) -> None:
    for month in history.months:
        held = np.flatnonzero(month.deals["alive"] == 1)
        assert (np.sort(investors(month)) == held).all(), month.number


def test_portfolios_count_the_stakes_held(history: History) -> None:
    for month in history.months:
        held = month.held
        stakes = np.bincount(held["fund"], minlength=len(month.funds))
        assert (month.funds["portfolio"] == stakes).all(), month.number
