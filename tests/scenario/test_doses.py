"""Protects what a setting means month by month: nothing too early, too late or elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.calendar import month_index, month_label
from sim.plan import PLAN
from sim.scenario import Setting, read_scenario
from sim.scenario.doses import dose_by_month, reach

FULL = Setting(True, 1.0, "2022-10", None, 0, None, None)
MONTHS = 99


def test_a_ramp_rises_in_equal_steps_and_then_stays() -> None:
    setting = replace(FULL, dose=2.0, start="2023-01", ramp_months=4)
    dose = dose_by_month(setting, MONTHS)
    assert dose[:9].tolist() == [0, 0, 0, 0.5, 1.0, 1.5, 2.0, 2.0, 2.0]
    assert set(dose[6:]) == {2.0}


@pytest.mark.parametrize("ramp", [0, 1])
def test_without_a_ramp_the_first_month_has_the_whole_dose(ramp: int) -> None:
    dose = dose_by_month(replace(FULL, start="2022-12", ramp_months=ramp), MONTHS)
    assert dose[:4].tolist() == [0, 0, 1, 1]


def test_from_its_end_on_nothing_is_left() -> None:
    dose = dose_by_month(replace(FULL, end="2023-01", ramp_months=2), MONTHS)
    assert dose[:5].tolist() == [0.5, 1, 1, 0, 0]
    assert not dose[3:].any()


def test_off_is_nothing() -> None:
    assert not dose_by_month(replace(FULL, on=False, dose=9.0), MONTHS).any()


@given(
    dose=st.floats(0, 10),
    start=st.integers(0, 158),
    length=st.none() | st.integers(1, 158),
    ramp=st.integers(0, 120),
    months=st.sampled_from((99, 159)),
)
def test_any_setting_keeps_to_its_months_and_its_dose(
    dose: float, start: int, length: int | None, ramp: int, months: int
) -> None:
    """Before the start and from the end on a month is as if the lever were not there."""
    end = None if length is None else month_label(start + length)
    setting = Setting(True, dose, month_label(start), end, ramp, None, None)
    series = dose_by_month(setting, months)
    assert series.shape == (months,)
    assert not series[:start].any()
    if end is not None:
        assert not series[month_index(end) :].any()
    acting = series[start : end and month_index(end)]
    assert (np.diff(acting) >= 0).all()
    assert ((acting > 0) == (dose > 0)).all() or dose < 1e-300
    assert (acting <= dose).all()
    assert (acting[max(ramp - 1, 0) :] == dose).all()


def test_reach_is_where_both_cluster_and_district_are_chosen() -> None:
    where = reach(replace(FULL, districts=("xuhui", "pudong"), clusters=("space",)))
    assert where.shape == (5, 16)
    space = [cluster.id for cluster in PLAN.clusters].index("space")
    chosen = [PLAN.districts[number].id for number in np.flatnonzero(where[space])]
    assert chosen == ["xuhui", "pudong"]
    assert where.sum() == 2
    assert (reach(FULL) == 1).all()


@pytest.mark.parametrize(("horizon", "months"), [("2030-12", 99), ("2035-12", 159)])
def test_setup_has_a_column_for_each_instrument(horizon: str, months: int) -> None:
    scenario = replace(read_scenario("only-yulin"), horizon=horizon, parameters={"b": 2, "a": 1})
    setup = scenario.setup()
    assert setup.months == months
    assert setup.dose.shape == (months, 35)
    assert setup.reach.shape == (35, 5, 16)
    assert setup.dose.dtype == setup.reach.dtype == np.float64
    acting = [PLAN.instruments[number].lever for number in np.flatnonzero(setup.dose[-1])]
    assert set(acting) == {"yulin"}
    assert setup.tolerance == scenario.tolerance
    assert setup.overrides == (("a", 1.0), ("b", 2.0))
