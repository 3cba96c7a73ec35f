"""Protects against values that mean nothing: levels past nine, shares above one, lost numbers."""

import numpy as np
import pytest

from sim.model.world import codes
from sim.model.world import tables as t
from sim.model.world.grid import OUTSIDE
from tests.rules.history import History

TABLES = ("city", "cells", "tracks", "firms", "funds", "deals", "programmes", "breakthroughs")
FIRM_BOUNDS: dict[str, tuple[float, float]] = {
    "alive": (0, 1),
    "kind": (0, len(codes.FIRM_KINDS) - 1),
    "track": (0, t.TRACKS - 1),
    "cluster": (0, t.CLUSTERS - 1),
    "district": (0, t.DISTRICTS - 1),
    "level": (1, 9),
    "technology_centre": (0, 1),
    "ecosystem": (0, 1),
    "leading": (0, 2),
    "distress": (0, 99),
    "components": (0, np.inf),
    "fresh": (0.0, np.inf),
    "cover": (0.0, 1.0),
    "talents": (0, np.inf),
    "seniors": (0, np.inf),
    "wanted": (1, np.inf),
    "partners": (0, np.inf),
    "staff": (0.0, np.inf),
    "rd_habit": (0.0, np.inf),
    "rd_stock": (0.0, np.inf),
    "real_rd": (0.0, np.inf),
    "reported_rd": (0.0, np.inf),
    "sales": (0.0, np.inf),
    "to_patron": (0.0, np.inf),
    "weight": (0.0, np.inf),
    "capacity": (0.0, np.inf),
    "ordered": (0.0, np.inf),
    "lacking": (0.0, np.inf),
    "spread": (0.0, np.inf),
    "debt": (0.0, np.inf),
    "burn": (0.0, np.inf),
    "raised": (0.0, np.inf),
}


def test_no_number_is_lost(history: History) -> None:
    """Neither NaN nor infinity, in any table, of the living or the dead."""
    for month in (history.start, *history.months):
        for name in TABLES:
            table = getattr(month, name)
            for column in table.dtype.names:
                if table[column].dtype.kind == "f":
                    assert np.isfinite(table[column]).all(), (month.number, name, column)
        assert np.isfinite(month.talents.skill).all(), month.number
    assert np.isfinite(history.counts).all()
    assert np.isfinite(history.measures).all()


def test_firms_stay_within_bounds(history: History) -> None:
    for month in (history.start, *history.months):
        for column, (low, high) in FIRM_BOUNDS.items():
            values = month.living[column]
            assert ((values >= low) & (values <= high)).all(), (month.number, column)


def test_firms_are_whole(history: History) -> None:
    p = history.p
    cluster_of = np.array(codes.CLUSTER_OF)
    for month in history.months:
        firms = month.living
        assert (firms["cluster"] == cluster_of[firms["track"]]).all(), month.number
        assert (firms["seniors"] <= firms["talents"]).all(), month.number
        assert (firms["founded"] <= month.number).all(), month.number
        assert (firms["entered"] <= month.number).all(), month.number
        assert (firms["spillover"] >= p["spillover_floor"]).all(), month.number
        assert (firms["exit_reason"] == codes.STILL_HERE).all(), month.number
        for column in ("components", "products", "standards"):
            assert (firms[column] <= p[f"most_{column}"]).all(), (month.number, column)


def test_firms_without_money_end_in_time(history: History) -> None:
    months = np.ceil(history.p["insolvency_months"])
    for month in history.months:
        assert (month.living["distress"] < months).all(), month.number
        broke = month.living["cash"] < 0.0
        assert ((month.living["distress"] > 0) | ~broke).all(), month.number


def test_markets_stay_within_bounds(history: History) -> None:
    for before, after in history.pairs():
        tracks = after.tracks
        assert ((tracks["adoption"] > 0.0) & (tracks["adoption"] < 1.0)).all(), after.number
        assert (tracks["adoption"] > before.tracks["adoption"]).all(), after.number
        assert ((tracks["share"] >= 0.0) & (tracks["share"] < 1.0)).all(), after.number
        assert (tracks["sales"] >= 0.0).all(), after.number
        mine = tracks["demand"] * tracks["share"] / 12.0
        assert (tracks["sales"] <= mine * (1.0 + 1e-12)).all(), after.number
        assert (tracks["rivals"] > 0.0).all(), after.number
        good = after.city["demand_climate"] * history.p["demand_level"]
        demand = tracks["potential"] * tracks["adoption"] * good
        assert tracks["demand"] == pytest.approx(demand, rel=1e-12), after.number
        for column in ("vacancies", "seekers"):
            assert (tracks[column] >= 0).all(), (after.number, column)


def test_pay_stays_between_its_floor_and_its_ceiling(history: History) -> None:
    low, high = history.p["pay_floor"], history.p["pay_ceiling"]
    for month in history.months:
        for name in ("pay", "senior_pay"):
            pay = month.tracks[name]
            assert ((pay >= low) & (pay <= high)).all(), (name, month.number)


def test_funds_stay_within_bounds(history: History) -> None:
    for month in (history.start, *history.months):
        funds = month.funds
        assert (funds["alive"] == 1).all(), month.number
        assert ((funds["accuracy"] >= 0.0) & (funds["accuracy"] <= 1.0)).all(), month.number
        levels = (funds["lowest_level"] >= 1) & (funds["lowest_level"] <= funds["highest_level"])
        assert (levels & (funds["highest_level"] <= 9)).all(), month.number
        assert ((funds["focus"] >= t.NOBODY) & (funds["focus"] < t.CLUSTERS)).all()
        assert ((funds["district"] >= t.NOBODY) & (funds["district"] < t.DISTRICTS)).all()
        for column in ("portfolio", "committed", "invested", "returned"):
            assert (funds[column] >= 0).all(), (month.number, column)


def test_land_never_changes(history: History) -> None:
    for month in (history.start, *history.months):
        cells = month.cells
        assert (cells["land"] >= 0.0).all()
        for column in ("land", "capacity", "district"):
            assert (cells[column] == history.start.cells[column]).all(), (month.number, column)
        assert (cells["firms"] >= 0).all(), month.number
        assert (cells["firms"][cells["district"] == OUTSIDE] == 0).all(), month.number


def test_people_stay_within_bounds(history: History) -> None:
    for month in (history.start, *history.months):
        people = month.present
        assert (people.level < len(codes.TALENT_LEVELS)).all(), month.number
        assert (people.origin < len(codes.TALENT_ORIGINS)).all(), month.number
        assert ((people.home >= 0) & (people.home < t.DISTRICTS)).all(), month.number
        assert ((people.track >= 0) & (people.track < t.TRACKS)).all(), month.number
        assert (people.failures >= 0).all(), month.number
        assert (people.since <= max(0, month.number)).all(), month.number


def test_the_citys_own_numbers_stay_within_bounds(history: History) -> None:
    for month in (history.start, *history.months):
        city = month.city
        for column in ("purse", "tallies", "services", "planned", "access"):
            assert (city[column] >= 0.0).all(), (month.number, column)
        assert city["overflow"] == 0, month.number
        for column in ("calls", "carried"):
            assert ((city[column] >= 0.0) & (city[column] < 1.0)).all(), (month.number, column)
