"""A scenario may read a count in another way, where that is known, and says clearly where not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, derive, scenario_from_resolved
from sim.scenario.explain import explain_readings

Refused = Callable[[str], Problem]
Read = Callable[..., Scenario]
Write = Callable[..., Path]

CHOSEN = '[readings]\ncolleges = "stock"\npilot_zones = "new"'


def test_the_plan_s_readings_hold_where_nothing_is_said(read: Read) -> None:
    assert read("").readings == PLAN.readings
    assert list(read(CHOSEN).readings) == [count.id for count in PLAN.counts]


@pytest.mark.parametrize(
    "name", ["colleges", "'weilai jishu xueyuan'", "'未来技术学院'", "'Future technology colleges'"]
)
def test_a_count_goes_by_any_of_its_names(read: Read, name: str) -> None:
    chosen = read(f'[readings]\n{name} = "stock"').readings
    assert chosen == {**PLAN.readings, "colleges": "stock"}


def test_a_file_wins_over_what_it_extends_count_by_count(read: Read, write: Write) -> None:
    write(CHOSEN, "base")
    scenario = read('extends = "base"\n[readings]\ncolleges = "new"\nscenarios = "new"')
    wanted = {**PLAN.readings, "pilot_zones": "new", "scenarios": "new"}
    assert scenario.readings == wanted
    assert read('extends = "base"', "next").readings["colleges"] == "stock"


def test_a_derived_scenario_changes_readings_count_by_count(read: Read) -> None:
    scenario = read(CHOSEN)
    derived = derive(scenario, {"readings": {"未来技术学院": "new"}}, "other", "here.toml")
    assert derived.readings == {**PLAN.readings, "pilot_zones": "new"}
    assert scenario.readings["colleges"] == "stock"
    assert derive(scenario, {"seed": 5}, "other", "here.toml").readings == scenario.readings


def test_reading_a_file_leaves_the_plan_alone(read: Read) -> None:
    read(CHOSEN)
    assert PLAN.readings["colleges"] == "new"


def test_readings_survive_being_stored(read: Read) -> None:
    scenario = read(CHOSEN)
    stored = json.loads(json.dumps(scenario.resolved()))
    assert scenario_from_resolved(stored).readings == scenario.readings


@pytest.mark.parametrize("reading", ["flow", None, []])
def test_a_damaged_stored_reading_is_named(read: Read, reading: object) -> None:
    stored = read(CHOSEN).resolved()
    stored["readings"]["colleges"] = reading
    with pytest.raises(Problem) as caught:
        scenario_from_resolved(stored)
    assert caught.value.key == "readings.colleges"
    del stored["readings"]["colleges"]
    with pytest.raises(Problem) as caught:
        scenario_from_resolved(stored)
    assert caught.value.key == "readings.colleges"


@pytest.mark.parametrize("name", ["components", "products", "standards", "leading_firms"])
def test_a_stock_of_which_no_figure_is_known_is_refused(refused: Refused, name: str) -> None:
    problem = refused(f'[readings]\n{name} = "stock"')
    assert problem.key == f"readings.{name}"
    assert problem.expected.en == '"new"'
    assert problem.hint is not None
    assert "No figure of the stock of 2022 is known" in problem.hint.en
    assert "没有2022年存量的数据" in problem.hint.zh


@pytest.mark.parametrize("reading", ["new", "stock"])
def test_output_stays_a_flow(refused: Refused, read: Read, reading: str) -> None:
    problem = refused(f'[readings]\noutput = "{reading}"')
    assert problem.key == "readings.output"
    assert problem.expected.en == '"flow"'
    assert read('[readings]\noutput = "flow"').readings == PLAN.readings


def test_readings_are_told_in_the_plan_s_order(read: Read) -> None:
    told = dict(explain_readings(read(CHOSEN)))
    stock = Text("stock", "存量")
    assert list(told)[1] == stock
    assert told[stock].en.startswith("future technology colleges, future-industry innovation")
    assert "先导区" not in told[stock].zh
    assert "、".join(text.zh for text in told.values()).count("、") == len(PLAN.counts) - 1
