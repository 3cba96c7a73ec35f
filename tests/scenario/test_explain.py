"""Protects the table that shows a scenario to a person."""

from collections.abc import Callable

from sim.language import Text
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.scenario.explain import doses, explain

Read = Callable[..., Scenario]


def test_every_instrument_has_a_row_in_the_plan_s_order(read: Read) -> None:
    rows = explain(read(""))
    assert [row.instrument for row in rows] == [entry.id for entry in PLAN.instruments]
    assert {row.on for row in rows} == {False}
    assert {row.where for row in rows} == {Text("whole city", "全市")}
    assert {row.lever for row in rows} == {lever.name for lever in PLAN.levers}


def test_a_row_says_what_when_and_where(read: Read) -> None:
    scenario = read(
        """
        [plans.yulin.forums]
        on = true
        dose = 2
        start = "2024-01"
        end = "2026-01"
        ramp_months = 3
        districts = ["pudong"]
        [plans.yulin.guidance_fund]
        on = true
        clusters = ["space", "health"]
        """
    )
    rows = {row.instrument: row for row in explain(scenario)}
    forums, fund = rows["forums"], rows["guidance_fund"]
    assert (forums.on, doses(forums.doses).en, forums.ramp_months) == (True, "2", 3)
    assert (forums.start, forums.end) == ("2024-01", "2026-01")
    pudong = next(district.name for district in PLAN.districts if district.id == "pudong")
    health, space = (next(c.name for c in PLAN.clusters if c.id == i) for i in ("health", "space"))
    assert forums.where == pudong
    assert fund.where == Text(
        f"whole city; {health.en}, {space.en}", f"全市；{health.zh}、{space.zh}"
    )
