"""Protects the shipped scenarios: all there, all readable, each doing what its name says."""

import re
from pathlib import Path

import pytest

from sim.ledger import ledger
from sim.plan import PLAN, Lever
from sim.scenario import Scenario, read_scenario, scenario_names
from sim.scenario.files import BESIDE, SHIPPED
from sim.scenario.levers import SETTING
from sim.scenario.read import FILE

GUIDE = SHIPPED / "README.md"

PLANS = [plan.id for plan in PLAN.plans]
SAFEGUARDS = [safeguard.id for safeguard in PLAN.safeguards]
SPECIAL = ["as-written", "business-as-usual", "late-start", "to-2035", "double-yulin"]
WANTED = [*SPECIAL, "talent-first", *(f"{what}-{p}" for what in ("only", "without") for p in PLANS)]


def acting(scenario: Scenario) -> set[str]:
    """Return the levers of which every instrument is on; a lever is on or off as a whole."""
    on = {i.lever for i in PLAN.instruments if scenario.settings[i.id].on}
    off = {i.lever for i in PLAN.instruments if not scenario.settings[i.id].on}
    assert not on & off
    return on


def of(lever: str) -> list[str]:
    """Return the ids of a lever's instruments."""
    return [entry.id for entry in PLAN.instruments if entry.lever == lever]


def test_all_are_there() -> None:
    assert set(scenario_names()) >= set(WANTED)


@pytest.mark.parametrize("name", scenario_names())
def test_each_is_read_and_named_in_both_languages(name: str) -> None:
    scenario = read_scenario(name)
    assert scenario.id == name
    assert scenario.file == BESIDE / f"{name}.toml"
    for text in (scenario.name, scenario.description):
        assert text.en.isascii()
        assert not text.zh.isascii()
    assert scenario.name != scenario.description
    assert scenario.parameters == {}


def test_names_are_told_apart() -> None:
    names = [read_scenario(name).name for name in scenario_names()]
    assert len({name.en for name in names}) == len({name.zh for name in names}) == len(names)


def test_as_written_does_everything_from_the_first_month() -> None:
    scenario = read_scenario("as-written")
    for entry in PLAN.instruments:
        setting = scenario.settings[entry.id]
        assert (setting.on, setting.dose, setting.start, setting.end) == (
            True,
            1.0,
            "2022-10",
            None,
        )
        assert setting.ramp_months == entry.ramp_months
        assert setting.districts is setting.clusters is None


def test_business_as_usual_does_nothing() -> None:
    assert acting(read_scenario("business-as-usual")) == set()


@pytest.mark.parametrize("plan", PLANS)
def test_only_and_without(plan: str) -> None:
    assert acting(read_scenario(f"only-{plan}")) == {plan}
    assert acting(read_scenario(f"without-{plan}")) == {*PLANS, *SAFEGUARDS} - {plan}


@pytest.mark.parametrize("plan", PLAN.plans, ids=PLANS)
def test_plans_are_called_what_the_catalogue_calls_them(plan: Lever) -> None:
    for what in ("only", "without"):
        scenario = read_scenario(f"{what}-{plan.id}")
        for text in (scenario.name, scenario.description):
            assert plan.name.en in text.en
            assert plan.name.zh in text.zh.replace("”", "").replace("“", "")


def test_late_start_begins_everything_in_2025() -> None:
    settings = read_scenario("late-start").settings.values()
    assert {(setting.on, setting.start) for setting in settings} == {(True, "2025-01")}


def test_what_came_later_begins_when_the_ledger_says_that_it_did() -> None:
    """Each date stands beside the row that it is from, and nothing else differs."""
    text = (SHIPPED / "as-it-came.toml").read_text(encoding="utf-8")
    told = re.findall(r'\.(\w+)\]\nstart = "(.+)" # .*?\((?:F029, )?(G\d{3})\)', text)
    month = {name: row.date for name, row in ledger().items()}
    assert len(told) == 7
    assert all(start.startswith(month[row]) for _, start, row in told)
    came, written = read_scenario("as-it-came"), read_scenario("as-written")
    late = {name for name, each in came.settings.items() if each != written.settings[name]}
    assert late == {name for name, _, _ in told}


def test_events_and_rules_are_those_of_the_names() -> None:
    shocks = {
        name: read_scenario(name).setup().conditions.shocks
        for name in ("venture-winter", "export-controls", "rivals-respond", "ministries-invest")
    }
    assert {each.parameter for each in shocks["venture-winter"]} == {
        "private_inflow",
        "listing_rate",
    }
    assert {each.until - each.first for each in shocks["venture-winter"]} == {18}
    assert all(shocks.values())
    (rule,) = read_scenario("double-if-behind").rules
    assert (rule.of, rule.doses) == ("pilot_zones", (("lingpao", 2.0),))


def test_to_2035_goes_on_for_five_years() -> None:
    far, near = read_scenario("to-2035"), read_scenario("as-written")
    assert (far.horizon, near.horizon) == ("2035-12", "2030-12")
    assert far.settings == near.settings


def test_double_yulin_doubles_one_plan() -> None:
    settings = read_scenario("double-yulin").settings
    assert {name for name, setting in settings.items() if setting.dose == 2.0} == {*of("yulin")}
    assert acting(read_scenario("double-yulin")) == {*PLANS, *SAFEGUARDS}


def test_talent_first_starts_with_two_plans() -> None:
    settings = read_scenario("talent-first").settings
    for plan in PLANS:
        early = plan in ("zhuji", "yanzhen")
        wanted = (1.5, "2022-10") if early else (1.0, "2025-01")
        assert {(settings[name].dose, settings[name].start) for name in of(plan)} == {wanted}
    for safeguard in SAFEGUARDS:
        assert {settings[name].start for name in of(safeguard)} == {"2022-10"}


def test_the_guide_names_every_key() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `\[{0,2}(\w+)\]{0,2}` \|", guide, re.MULTILINE))
    assert named == {*FILE, *SETTING}


def test_the_guide_s_example_is_a_scenario(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    file = tmp_path / "mine.toml"
    file.write_text(example[1], encoding="utf-8")
    settings = read_scenario(file).settings
    assert not settings["forums"].on
    assert settings["validation"].end == "2028-01"
    assert settings["technology_colleges"].districts == ("minhang", "pudong")
