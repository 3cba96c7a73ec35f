"""Protects the record: what is written down is what the tables say, recounted independently."""

from collections.abc import Sequence

import numpy as np
import pytest

from sim.model.world import codes
from sim.model.world.layout import BREAKDOWN, CITY_MEASURES, COUNTS, MEASURES
from sim.model.world.ledgers import FIRMS_HERE, LINKED_HERE, MATURE_HERE, SALES_HERE, TALENTS_HERE
from sim.model.world.tables import NOBODY
from sim.plan import PLAN, Cluster, District
from sim.scenario import read_scenario
from tests.rules.history import History
from tests.rules.recount import Series, by_area, ordered, talents_by_area, yearly_sales

ROUNDING = 1e-9
"""Relative: sums over thousands of firms, in another order than the model's."""
FROM_LEVERS = "public_cost"
"""The one measure that no table of agents shows."""


@pytest.mark.parametrize("count", COUNTS)
def test_every_count_is_what_the_tables_say(
    history: History, recounted: Series, count: str
) -> None:
    recorded = [month.counts[count] for month in history.months]
    assert recorded == pytest.approx(recounted[f"count:{count}"], rel=ROUNDING)


AREAS = {area.id for area in (*PLAN.clusters, *PLAN.districts)}
GROUPS = {
    quantity: [name for name in MEASURES if name.removeprefix(f"{quantity}_") in AREAS]
    for quantity in BREAKDOWN
} | {"city": [*CITY_MEASURES]}


@pytest.mark.parametrize("group", GROUPS)
def test_every_measure_is_what_the_tables_say(
    history: History, recounted: Series, group: str
) -> None:
    for name in GROUPS[group]:
        if name != FROM_LEVERS:
            recorded = [month.measures[name] for month in history.months]
            assert recorded == pytest.approx(recounted[name], rel=ROUNDING, abs=1e-9), name


def test_every_measure_is_recounted(recounted: Series) -> None:
    names = {f"count:{count}" for count in COUNTS} | set(MEASURES) - {FROM_LEVERS}
    assert names == set(recounted)


@pytest.mark.parametrize("areas", [PLAN.clusters, PLAN.districts], ids=["clusters", "districts"])
def test_breakdowns_add_up_to_the_city(
    history: History, areas: Sequence[Cluster | District]
) -> None:
    for month in history.months:
        wholes = {
            "firms": month.measures["firms"],
            "talents": month.measures["talents"],
            "output": month.counts["output"],
        }
        for quantity, whole in wholes.items():
            parts = sum(month.measures[f"{quantity}_{area.id}"] for area in areas)
            assert parts == pytest.approx(whole, rel=ROUNDING), (month.number, quantity)


def test_a_tracks_sales_are_those_of_its_firms(history: History) -> None:
    """A firm's yearly figure forgets a twelfth and gains the month's sales: so these come back.

    What patrons buy no market does; it is never more than they spend on what they sell.
    """
    for before, after in history.pairs():
        rows = len(before.firms)
        was = before.firms["alive"] == 1
        sold = after.firms["sales"][:rows] - before.firms["sales"] * 11.0 / 12.0
        bought = ordered(before, after)
        by_track = np.bincount(
            after.firms["track"][:rows][was], sold[was] - bought, minlength=len(after.tracks)
        )
        assert by_track == pytest.approx(after.tracks["sales"], rel=1e-9, abs=1e-6), after.number
        assert (sold[was] <= after.firms["capacity"][:rows][was] / 12.0 + 1e-6).all(), after.number
        patrons = before.firms["patron"][was]
        assert (bought[patrons == NOBODY] < 1e-6).all(), after.number
        spent = (1.0 - history.p["operating_margin"]) * np.maximum(
            after.firms["sales"][:rows], before.firms["sales"]
        )
        of_each = np.bincount(patrons[patrons != NOBODY], bought[patrons != NOBODY], minlength=rows)
        assert (of_each <= spent / 12.0 + 1e-6).all(), after.number


def test_tallies_are_those_of_the_month(history: History) -> None:
    """Next month's rules see what stands where through them."""
    for month in history.months:
        firms, tallies = month.living, month.city["tallies"]
        tied = (firms["patron"] != NOBODY) | (firms["partners"] > 0)
        tied |= firms["consortium"] != NOBODY
        first = history.p["first_selling_level"][np.array(codes.GATE_OF)[firms["track"]]]
        selling = firms["level"] >= first
        assert (tallies[FIRMS_HERE] == by_area(firms)).all(), month.number
        assert (tallies[TALENTS_HERE] == talents_by_area(month)).all(), month.number
        assert (tallies[LINKED_HERE] == by_area(firms[tied])).all(), month.number
        assert (tallies[MATURE_HERE] == by_area(firms[selling])).all(), month.number
        sales = yearly_sales(history, month)
        assert np.allclose(tallies[SALES_HERE], sales, rtol=1e-7, atol=1e-4), month.number


def test_public_cost_is_every_dose_at_its_price(history: History) -> None:
    setup = read_scenario(history.scenario).setup()
    yearly = setup.dose @ (history.p["cost"] * setup.reach.mean(axis=(1, 2)))
    recorded = [month.measures["public_cost"] for month in history.months]
    assert recorded == pytest.approx(np.cumsum(yearly) / 12.0, rel=ROUNDING)


def test_what_was_done_is_never_undone(history: History) -> None:
    for count in ("components", "products", "standards", "leading_firms"):
        done = [0.0, *(month.counts[count] for month in history.months)]
        assert (np.diff(done) >= 0.0).all(), count
    cost = [month.measures["public_cost"] for month in history.months]
    assert (np.diff(cost) >= 0.0).all()
