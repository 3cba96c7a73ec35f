"""Protects that no firm appears, vanishes or stands in two places: firms against events."""

import numpy as np
from numpy.typing import NDArray

from sim.model.world.grid import OUTSIDE
from sim.model.world.ledgers import CAME, ENDED, FIRMS_HERE, FOUNDED, LEFT_CITY, MOVED_DISTRICT
from sim.model.world.tables import BY_AREA, DISTRICTS, NOBODY
from tests.rules.history import History, Month, Records


def entered(month: Month) -> NDArray[np.bool_]:
    """Return which firm rows hold a firm of this month, ended already or not."""
    chosen: NDArray[np.bool_] = month.firms["entered"] == month.number
    return chosen


def ended(before: Month, after: Month) -> NDArray[np.bool_]:
    """Return which firm rows hold, after a month, a firm that ended in it."""
    was = np.zeros(len(after.firms), dtype=np.bool_)
    was[: len(before.firms)] = before.firms["alive"] == 1
    chosen: NDArray[np.bool_] = (was | entered(after)) & (after.firms["alive"] == 0)
    return chosen


def by_district(firms: Records) -> NDArray[np.int64]:
    return np.bincount(firms["district"], minlength=DISTRICTS)


def test_firms_come_and_go_only_as_the_events_say(history: History) -> None:
    for before, after in history.pairs():
        events = after.city["events"]
        assert entered(after).sum() == events[FOUNDED] + events[CAME], after.number
        assert ended(before, after).sum() == events[ENDED] >= events[LEFT_CITY], after.number
        change = events[FOUNDED] + events[CAME] - events[ENDED]
        assert len(after.living) == len(before.living) + change, after.number


def test_a_firm_keeps_its_row_its_track_and_its_date_of_birth(history: History) -> None:
    for before, after in history.pairs():
        old = before.firms["alive"] == 1
        for column in ("id", "founder", "kind", "track", "cluster", "founded", "entered"):
            same = before.firms[column] == after.firms[column][: len(before.firms)]
            assert same[old].all(), (after.number, column)


def test_moves_between_districts_add_no_firm(history: History) -> None:
    for before, after in history.pairs():
        old = before.firms["alive"] == 1
        here, there = before.firms[old], after.firms[: len(before.firms)][old]
        moved = here["district"] != there["district"]
        assert moved.sum() == after.city["events"][MOVED_DISTRICT], after.number
        change = by_district(after.firms[entered(after)])
        change -= by_district(after.firms[ended(before, after)])
        change += by_district(there[moved]) - by_district(here[moved])
        expected = by_district(before.living) + change
        assert (by_district(after.living) == expected).all(), after.number


def test_tallies_and_cells_know_where_every_firm_is(history: History) -> None:
    for month in (history.start, *history.months):
        firms = month.living
        here = np.zeros(BY_AREA)
        np.add.at(here, (firms["cluster"], firms["district"]), 1.0)
        assert (month.city["tallies"][FIRMS_HERE] == here).all(), month.number
        in_cells = np.bincount(firms["cell"], minlength=len(month.cells))
        assert (month.cells["firms"] == in_cells).all(), month.number


def test_every_firm_stands_on_land_of_its_district(history: History) -> None:
    for month in (history.start, *history.months):
        firms = month.living
        cells = month.cells[firms["cell"]]
        assert (cells["district"] != OUTSIDE).all(), month.number
        assert (cells["land"] > 0.0).all(), month.number
        assert (cells["district"] == firms["district"]).all(), month.number


def test_no_two_firms_share_an_identity(history: History) -> None:
    for month in history.months:
        assert (np.diff(np.sort(month.living["id"])) > 0).all(), month.number


def test_patrons_count_the_firms_that_live_on_their_orders(history: History) -> None:
    for month in (history.start, *history.months):
        firms = month.firms
        holders = month.living
        holders = holders[holders["patron"] != NOBODY]
        partners = np.bincount(holders["patron"], minlength=len(firms))
        alive = firms["alive"] == 1
        assert (firms["partners"] == partners)[alive].all(), month.number


def test_an_order_lasts_no_longer_than_the_firm_that_gave_it(history: History) -> None:
    for month in history.months:
        holders = month.living
        holders = holders[holders["patron"] != NOBODY]
        patrons = month.firms[holders["patron"]]
        assert (patrons["alive"] == 1).all(), month.number
        assert (patrons["cluster"] == holders["cluster"]).all(), month.number
