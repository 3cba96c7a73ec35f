"""Protects that no firm appears, vanishes or stands in two places: firms against events."""

import numpy as np
from numpy.typing import NDArray

from sim import parameters
from sim.ensemble import advance
from sim.scenario import read_scenario
from sim.world.grid import OUTSIDE
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create
from sim.world.tables import (
    BY_AREA,
    CAME,
    DISTRICTS,
    ENDED,
    FIRMS_HERE,
    FOUNDED,
    LEFT_CITY,
    MOVED_DISTRICT,
    NOBODY,
)
from tests.rules.history import SEED, History, Month, Records


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
        patrons = firms[holders["patron"]]
        real = (patrons["alive"] == 1) & (patrons["id"] == holders["patron_id"])
        partners = np.bincount(holders["patron"][real], minlength=len(firms))
        alive = firms["alive"] == 1
        assert (firms["partners"] == partners)[alive].all(), month.number


def test_an_order_lasts_no_longer_than_the_firm_that_gave_it(history: History) -> None:
    """Firms end late in a month, so ties to those of this month are dropped in the next."""
    for before, after in history.pairs():
        holders = after.living
        holders = holders[holders["patron"] != NOBODY]
        patrons = after.firms[holders["patron"]]
        just_ended = ended(before, after)[holders["patron"]]
        assert ((patrons["alive"] == 1) | just_ended).all(), after.number
        assert (patrons["id"] == holders["patron_id"]).all(), after.number


def test_an_order_is_dropped_with_its_giver_at_any_level() -> None:
    """A firm that fell below the level at which orders are won holds none of a firm that ended."""
    setup = read_scenario("business-as-usual").setup()
    record = parameters.as_record(parameters.draw(SEED, 0))
    world = create(record, SEED, 0)
    tied = (world.firms["alive"] == 1) & (world.firms["patron"] != NOBODY)
    holders = np.flatnonzero(tied)
    world.firms["patron_id"][holders] += 1
    world.firms["level"][holders] = 2
    counts = np.zeros((1, len(COUNTS)))
    world = advance(world, record, setup, 1, counts, np.zeros((1, len(MEASURES))))
    left = world.firms[holders]
    left = left[left["level"] < record["order_level"]]
    assert len(left) > 100
    assert (left["patron"] == NOBODY).all()
