"""Protects ``[[events]]`` and ``[[rules]]``: in the months that they name, and in no other way."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import parameters
from sim.app.in_words import differences
from sim.app.links import from_link, to_link
from sim.app.package import from_toml, to_toml
from sim.calendar import month_index
from sim.engine.inputs import Inputs
from sim.ensemble import begin, run_one
from sim.model.world.conditions import (
    AS_PLANNED,
    Conditional,
    Conditions,
    Dosing,
    Shock,
    doses_in,
    in_month,
)
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.parameters import PARAMETERS
from sim.problems import Problem
from sim.scenario import read_scenario, scenario_from_resolved
from sim.scenario.events import SHAKEN
from sim.scenario.explain import explain_processes
from sim.scenario.rules import Rule
from sim.store.scenario_text import scenario_text
from tests.reference.month import step
from tests.reference.objects import Reference
from tests.reference.processes import Run, small
from tests.reference.reading import differences as unlike
from tests.reference.start import start
from tests.scenario.conftest import Read, Refused, Write

WINTER = """
extends = "as-written"
[[events]]
name = { en = "venture winter", zh = "创投寒冬" }
from = "2023-02"
until = "2023-05"
private_inflow = 0.4
arrivals = 0.5
"""
BEHIND = """
extends = "as-written"
[[rules]]
when = { count = "pilot_zones", in = "2023-03", below = 1000 }
then = { lingpao.dose = 2.0 }
"""
NEVER = BEHIND.replace("1000", "-1")
SHAKEN_FROM = month_index("2023-02")
FIRED = month_index("2023-03") + 1
MONTHS = 10


def setup_of(write: Write, text: str) -> Setup:
    return small(str(write(text)))._replace(months=MONTHS)


def trajectory(setup: Setup) -> NDArray[np.float64]:
    found = run_one(setup, 5, 0)
    return np.hstack([found.counts, found.measures.astype(np.float64)])


def planned(setup: Setup) -> Setup:
    return setup._replace(conditions=AS_PLANNED)


@pytest.mark.parametrize(("text", "first"), [(WINTER, SHAKEN_FROM), (BEHIND, FIRED)])
def test_nothing_changes_before_its_first_month(write: Write, text: str, first: int) -> None:
    setup = setup_of(write, text)
    with_, without = trajectory(setup), trajectory(planned(setup))
    assert with_[:first].tobytes() == without[:first].tobytes()
    assert with_[first].tobytes() != without[first].tobytes()


@pytest.mark.parametrize("text", [WINTER.replace("0.4", "1").replace("0.5", "1.0"), NEVER])
def test_what_changes_nothing_gives_the_bytes_of_none(write: Write, text: str) -> None:
    setup = setup_of(write, text)
    assert trajectory(setup).tobytes() == trajectory(planned(setup)).tobytes()


def test_an_event_that_changes_nothing_is_not_hashed(read: Read) -> None:
    usual = read('extends = "as-written"').hash()
    assert read(WINTER.replace("0.4", "1").replace("0.5", "1.0")).hash() == usual
    assert len({read(text).hash() for text in (WINTER, BEHIND, NEVER)} | {usual}) == 4


def test_events_and_rules_agree_with_the_second_implementation(write: Write) -> None:
    rule = BEHIND.partition("[[rules]]")[2]
    measured = """
[[rules]]
when = { measure = "firms", in = "2023-01", above = 1.0 }
then = { forums.dose = 0.5, kaiyuan.dose = 3.0 }
"""
    setup = setup_of(write, f"{WINTER}[[rules]]{rule}{measured}")
    run = Run(setup, 5, 0)
    model = Reference(setup, run.draw, 5, 0)
    start(model)
    for month in range(MONTHS):
        run.month(month)
        step(model, month)
        assert unlike(model, run.world) == [], f"month {month}"


def test_plain_and_compiled_months_leave_the_same_bytes(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = BEHIND.partition("[[rules]]")[2].replace("2023-03", "2022-10")
    setup = setup_of(write, f"{WINTER.replace('2023-02', '2022-11')}[[rules]]{early}")
    found = set()
    for mode in ("plain", "compiled"):
        monkeypatch.setenv("SIM_MODE", mode)
        found.add(trajectory(setup._replace(months=2)).tobytes())
    assert len(found) == 1


def test_two_events_on_one_parameter_multiply_and_a_share_stays_one(write: Write) -> None:
    setup = setup_of(write, WINTER)
    values, _ = begin(setup, 5, 0)
    record = parameters.as_record(values)
    inputs = Inputs(record, setup.dose, setup.reach, *setup.nothing_recorded())
    shocks = (Shock("arrivals", 1, 3, 0.5), Shock("arrivals", 2, 4, 0.5))
    found = [
        float(in_month(inputs, Conditions(shocks), month).parameters["arrivals"][0])
        for month in range(5)
    ]
    assert found == [values["arrivals"] * by for by in (1.0, 0.5, 0.25, 0.5, 1.0)]
    share = Conditions((Shock("operating_margin", 0, 1, 100.0),))
    assert in_month(inputs, share, 0).parameters["operating_margin"][0] == 1.0


def test_a_rule_changes_doses_over_the_ramp_and_until_the_end() -> None:
    rule = Conditional(1, 0, False, 3.0, np.inf, (Dosing(0, 2.0, 2, 2, 5),))
    counts, doses = np.zeros((6, 1)), np.ones((6, 1))
    after = doses_in(doses, (rule,), 2, counts, counts)
    assert after[:, 0].tolist() == [1.0, 1.0, 1.5, 2.0, 2.0, 1.0]
    assert doses_in(doses, (rule,), 1, counts, counts) is doses
    counts[1] = 3.0
    assert doses_in(doses, (rule,), 5, counts, counts) is doses


def test_what_is_shaken_is_a_parameter_that_every_city_has() -> None:
    assert set(SHAKEN) <= set(PARAMETERS)


@pytest.mark.parametrize("text", [WINTER, BEHIND])
def test_both_are_said_and_read_back(read: Read, text: str) -> None:
    scenario = read(text)
    again = scenario_from_resolved(scenario.resolved())
    assert (again.events, again.rules, again.hash()) == (
        scenario.events,
        scenario.rules,
        scenario.hash(),
    )
    assert read(scenario_text(scenario.resolved())).resolved() == scenario.resolved()
    (said,) = explain_processes(scenario)
    assert said.en.startswith(
        ("event: venture winter, from 2023-02", "rule: if pilot_zones < 1000")
    )
    package = from_toml(text, "mine.toml")
    assert from_link(to_link(package)).same_as(package)
    assert from_toml(to_toml(package), "mine.toml").same_as(package)
    assert [each.en for each in differences(package)] == [said.en]


def test_a_file_s_events_and_rules_replace_those_of_what_it_extends(
    read: Read, write: Write
) -> None:
    write(WINTER, "base")
    assert read('extends = "base"').events == read(WINTER).events
    assert read('extends = "base"\nevents = []').events == ()


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('from = "2027-01"\nuntil = "2026-12"\narrivals = 0.5', "until", "2027-01 or later"),
        ('from = "2027-01"\narrivals = 0', "arrivals", "0.01 to 10"),
        ('from = "2027-01"\narivals = 0.5', "", "Did you mean arrivals?"),
        ('from = "2027-01"', "", "a factor on one of market_pace"),
        ("arrivals = 0.5", "from", "a value"),
        ('from = "2044-01"\narrivals = 0.5', "from", "a month"),
    ],
)
def test_events_that_contradict_are_refused(
    refused: Refused, text: str, key: str, expected: str
) -> None:
    problem = refused(f'[[events]]\nname = "x"\n{text}')
    assert problem.key == f"events.1.{key}".rstrip(".")
    assert expected in str(problem)


def test_events_of_one_name_shake_a_parameter_once_a_month(refused: Refused, read: Read) -> None:
    first = '[[events]]\nname = "x"\nfrom = "2027-01"\nuntil = "2027-06"\narrivals = 0.5\n'
    problem = refused(f'{first}[[events]]\nname = "x"\nfrom = "2027-06"\narrivals = 2')
    assert problem.key == "events.2.arrivals"
    for other in (
        'name = "x"\nfrom = "2027-07"\narrivals = 2',
        'name = "x"\nfrom = "2027-06"\ngraduates = 2',
        'name = "y"\nfrom = "2027-06"\narrivals = 2',
    ):
        assert len(read(f"{first}[[events]]\n{other}").events) == 2


@pytest.mark.parametrize(
    ("when", "then", "key", "expected"),
    [
        ('count = "pilot_zone", in = "2027-12", below = 8', "", "when.count", "pilot_zones"),
        ('measure = "firm", in = "2027-12", below = 8', "", "when.measure", "firms"),
        ('count = "pilot_zones", in = "2030-12", below = 8', "", "when.in", "before 2030-12"),
        ('count = "pilot_zones", below = 8', "", "when.in", "a month"),
        ('count = "pilot_zones", in = "2027-12"', "", "when", "one of below, above"),
        ('in = "2027-12", below = 8', "", "when", "one of count, measure"),
        ('count = "pilot_zones", in = "2027-12", below = 8', "lingpa.dose = 2", "then", "lingpao"),
        ('count = "pilot_zones", in = "2027-12", below = 8', "lingpao.dose = 11",
         "then.lingpao.dose", "0 to 10"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_followed_are_refused(
    refused: Refused, when: str, then: str, key: str, expected: str
) -> None:
    then = then or "lingpao.dose = 2"
    text = f"plans = true\n[[rules]]\nwhen = {{ {when} }}\nthen = {{ {then} }}"
    problem = refused(text)
    assert problem.key == f"rules.1.{key}"
    assert expected in str(problem)


def test_a_rule_switches_nothing_on(refused: Refused) -> None:
    problem = refused(BEHIND.replace('"as-written"', '"business-as-usual"'))
    assert "on = true" in str(problem)


def test_a_rule_beyond_another_horizon_is_refused() -> None:
    scenario = read_scenario("as-written")
    rule = Rule("count", COUNTS[0], scenario.horizon, "below", 1.0, (("lingpao", 2.0),))
    with pytest.raises(Problem, match="rules"):
        replace(scenario, rules=(rule,))
