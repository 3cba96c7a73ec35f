"""Protects what a setting means month by month: nothing too early, too late or elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.app.in_words import differences
from sim.app.links import from_link, to_link
from sim.app.package import from_toml, to_toml
from sim.calendar import month_index, month_label
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES
from sim.plan import PLAN
from sim.scenario import Setting, read_scenario, scenario_from_resolved
from sim.scenario.doses import Step, dose_by_month, reach
from sim.store.scenario_text import scenario_text
from tests.scenario.conftest import Read, Refused, Write

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
    everywhere = reach(replace(FULL, districts=("xuhui", "pudong"), clusters=("space",)))
    assert everywhere.shape == (BRANCHES, PLACES)
    where = everywhere[:CLUSTERS, :DISTRICTS]
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
    assert setup.dose.shape == (months, 49)
    assert setup.reach.shape == (49, BRANCHES, PLACES)
    assert setup.dose.dtype == setup.reach.dtype == np.float64
    acting = [PLAN.instruments[number].lever for number in np.flatnonzero(setup.dose[-1])]
    assert set(acting) == {"yulin"}
    assert setup.tolerance == scenario.tolerance
    assert setup.overrides == (("a", 1.0), ("b", 2.0))


DATED = """
extends = "as-written"
[plans.yulin]
dose = [{ from = "2022-12", value = 1 }, { from = "2027-01", value = 2.5 }]
ramp_months = 2
"""


def test_a_dose_changes_by_date(read: Read) -> None:
    scenario = read(DATED)
    at = [entry.lever for entry in PLAN.instruments].index("yulin")
    dose = scenario.setup().dose[:, at]
    assert dose[:5].tolist() == [0, 0, 0.5, 1, 1]
    assert dose[50:54].tolist() == [1, 1.75, 2.5, 2.5]
    assert month_label(51) == "2027-01"
    again = scenario_from_resolved(scenario.resolved())
    assert (again.settings, again.hash()) == (scenario.settings, scenario.hash())
    assert read(scenario_text(scenario.resolved())).settings == scenario.settings


def test_doses_by_date_go_through_the_lab_and_its_links() -> None:
    package = from_toml(DATED, "a.toml")
    assert from_toml(to_toml(package), "a.toml").same_as(package)
    assert from_link(to_link(package)).same_as(package)
    assert "dose 1 from 2022-12, 2.5 from 2027-01" in differences(package)[0].en


def test_one_dose_takes_the_place_of_doses_by_date(read: Read, write: Write) -> None:
    write(DATED, "base")
    settings = read('extends = "base"\n[plans.yulin]\ndose = 0.5').settings
    changed = [settings[entry.id] for entry in PLAN.instruments if entry.lever == "yulin"]
    assert {(each.dose, each.start, each.later) for each in changed} == {(0.5, "2022-12", ())}


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('[{ from = "2027-01", value = 1 }, { from = "2024-01", value = 2 }]', "dose", "earliest"),
        ('[{ from = "2027-01", value = 1 }, { from = "2027-01", value = 2 }]', "dose", "earliest"),
        ('[{ from = "2027-01", value = 11 }]', "dose.value", "0 to 10"),
        ('[{ from = "2027-01" }]', "dose.value", "a value"),
        ("[]", "dose", "a list such as"),
        ("[1.0]", "dose", "a table"),
        ('[{ from = "2027-01", value = 1 }]\nstart = "2024-01"', "start", "the first dose says it"),
        ('[{ from = "2022-10", value = 1 }, { from = "2027-01", value = 2 }]\nend = "2026-01"',
         "end", "one after the other"),
    ],
)  # fmt: skip
def test_doses_out_of_order_are_refused(
    refused: Refused, text: str, key: str, expected: str
) -> None:
    problem = refused(f'extends = "as-written"\n[plans.yulin]\ndose = {text}')
    assert problem.key == f"plans.yulin.{key}"
    assert expected in str(problem)


def test_a_later_start_takes_the_dose_that_holds_by_then() -> None:
    dated = replace(FULL, later=(Step("2024-01", 2.0), Step("2026-01", 3.0)))
    assert dated.starting("2024-06").steps == (Step("2024-06", 2.0), Step("2026-01", 3.0))
    assert dated.scaled(0.5).greatest == 1.5
