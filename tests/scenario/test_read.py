"""Protects what a scenario file means: defaults, names, levels, and what wins over what."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from sim.language import Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, Setting, read_scenario, scenario_from_resolved

Read = Callable[..., Scenario]
Write = Callable[..., Path]

YULIN = [entry.id for entry in PLAN.instruments if entry.lever == "yulin"]


def test_an_empty_file_does_nothing_and_has_the_defaults(read: Read) -> None:
    scenario = read("")
    assert list(scenario.settings) == [entry.id for entry in PLAN.instruments]
    for entry in PLAN.instruments:
        off = Setting(False, 1.0, "2022-10", None, entry.ramp_months, None, None)
        assert scenario.settings[entry.id] == off
    assert (scenario.horizon, scenario.replicates, scenario.seed) == ("2030-12", 256, 2022)
    assert (scenario.tolerance, scenario.parameters) == (0.10, {})
    assert scenario.id == "mine"
    assert scenario.name == scenario.description == Text("mine", "mine")


def test_every_key_is_read(read: Read) -> None:
    """No key of the documentation is accepted and then forgotten."""
    parameter = next(name for name, entry in PARAMETERS.items() if entry.uncertain)
    scenario = read(
        f"""
        name = {{ en = "Mine", zh = "我的" }}
        description = {{ en = "Try it", zh = "试试" }}
        horizon = "2035-12"
        replicates = 40
        seed = 7
        tolerance = 0.2
        [parameters]
        "{parameter}" = 3
        [safeguards.climate]
        on = true
        dose = 2
        start = "2024-01"
        end = "2026-07"
        ramp_months = 12
        districts = ["浦东新区", "xuhui", "Pudong"]
        clusters = ["health"]
        """
    )
    assert scenario.name == Text("Mine", "我的")
    assert scenario.description == Text("Try it", "试试")
    assert (scenario.horizon, scenario.replicates, scenario.seed) == ("2035-12", 40, 7)
    assert (scenario.tolerance, scenario.parameters) == (0.2, {parameter: 3.0})
    assert scenario.settings["tolerance"] == Setting(
        True, 2.0, "2024-01", "2026-07", 12, ("xuhui", "pudong"), ("health",)
    )


def test_no_copy_has_another_horizon(read: Read) -> None:
    assert replace(read(""), horizon="2035-12").setup().months == 159
    with pytest.raises(Problem, match="2031-12; expected 2030-12 or 2035-12"):
        replace(read(""), horizon="2031-12")


def test_one_text_serves_both_languages(read: Read) -> None:
    assert read('name = "试一试"').name == Text("试一试", "试一试")


@pytest.mark.parametrize(
    "name", ["yulin", "雨林计划", "雨林", next(p.name.en for p in PLAN.plans if p.id == "yulin")]
)
def test_a_plan_goes_by_each_of_its_names(read: Read, name: str) -> None:
    settings = read(f'[plans]\n"{name}" = true').settings
    assert [entry for entry, setting in settings.items() if setting.on] == YULIN


def test_an_instrument_goes_by_its_names(read: Read) -> None:
    instrument = next(entry for entry in PLAN.instruments if entry.id == "guidance_fund")
    for name in (instrument.id, *instrument.name):
        settings = read(f'[plans."雨林"."{name}"]\non = true\ndose = 3').settings
        assert [entry for entry, setting in settings.items() if setting.on] == [instrument.id]
        assert settings[instrument.id].dose == 3.0


def test_the_particular_wins_over_the_general_within_a_file(read: Read) -> None:
    settings = read(
        """
        [plans.yulin]
        on = true
        dose = 2
        forums = false
        guidance_fund = { dose = 4 }
        """
    ).settings
    assert [settings[entry].dose for entry in YULIN] == [4, 2, 2, 2, 2]
    assert [settings[entry].on for entry in YULIN] == [True, True, True, True, False]


def test_a_file_wins_over_what_it_extends_field_by_field(read: Read, write: Write) -> None:
    write(
        """
        horizon = "2035-12"
        replicates = 10
        name = { en = "Base", zh = "基础" }
        [plans.yulin]
        on = true
        ramp_months = 6
        [plans.yulin.guidance_fund]
        dose = 4
        start = "2024-01"
        """,
        "base",
    )
    scenario = read('extends = "base"\nreplicates = 20\n[plans.yulin]\ndose = 2')
    fund = scenario.settings["guidance_fund"]
    assert (fund.on, fund.dose, fund.start, fund.ramp_months) == (True, 2.0, "2024-01", 6)
    assert (scenario.horizon, scenario.replicates) == ("2035-12", 20)
    assert scenario.name == Text("mine", "mine")  # a name is of one file only


def test_what_is_switched_off_keeps_its_settings(read: Read, write: Write) -> None:
    write('[plans.yulin]\non = false\ndose = 2\ndistricts = ["xuhui"]', "off")
    assert not read('extends = "off"').settings["forums"].on
    forums = read('extends = "off"\n[plans]\nyulin = true').settings["forums"]
    assert (forums.on, forums.dose, forums.districts) == (True, 2.0, ("xuhui",))


def test_narrowing_can_be_taken_back(read: Read, write: Write) -> None:
    write('[plans.yulin]\non = true\nend = "2025-01"\nclusters = ["space"]', "narrow")
    wide = 'extends = "narrow"\n[plans.yulin]\nend = "never"\nclusters = "all"'
    forums = read(wide).settings["forums"]
    assert (forums.end, forums.clusters) == (None, None)


def test_parameters_merge_by_name(read: Read, write: Write) -> None:
    first, second, third = list(PARAMETERS)[:3]
    write(f'[parameters]\n"{first}" = 1\n"{second}" = 1', "base")
    scenario = read(f'extends = "base"\n[parameters]\n"{second}" = 2\n"{third}" = 5')
    assert scenario.parameters == {first: 1.0, second: 2.0, third: 5.0}


def test_a_file_elsewhere_extends_a_shipped_scenario(read: Read) -> None:
    assert read('extends = "as-written"').hash() == read_scenario("as-written").hash()


def test_extends_is_relative_to_the_file(write: Write, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    write("seed = 5", "base")
    inner = write('extends = "../base.toml"', "folder/inner")
    assert read_scenario(inner).seed == 5


def test_long_chains_are_read(write: Write) -> None:
    """Many levels neither meet the interpreter's limit of calls nor count as a circle."""
    write("seed = 5", "s0")
    for number in range(1, 400):
        file = write(f'extends = "s{number - 1}"', f"s{number}")
    assert read_scenario(file).seed == 5


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    """Some editors write one unasked."""
    file = tmp_path / "mark.toml"
    file.write_bytes(b"\xef\xbb\xbfseed = 5\r\n")
    assert read_scenario(file).seed == 5


def test_a_resolved_scenario_gives_the_scenario_back() -> None:
    """A result can be replayed from its manifest alone."""
    scenario = read_scenario("talent-first")
    stored = json.loads(json.dumps(scenario.resolved()))
    assert scenario_from_resolved(stored) == replace(scenario, file=None)


def test_a_resolved_scenario_says_nothing_about_the_machine(read: Read, tmp_path: Path) -> None:
    assert str(tmp_path) not in json.dumps(read("").resolved())


@pytest.mark.parametrize("key", ["settings", "id", "seed"])
def test_a_damaged_resolved_scenario_is_refused(read: Read, key: str) -> None:
    stored = read("").resolved()
    for damaged in ({k: v for k, v in stored.items() if k != key}, {**stored, key: []}):
        with pytest.raises(Problem) as caught:
            scenario_from_resolved(damaged)
        assert caught.value.key == key


def test_a_damaged_setting_is_named(read: Read) -> None:
    stored = read("").resolved()
    stored["settings"]["forums"]["dose"] = "2"
    with pytest.raises(Problem) as caught:
        scenario_from_resolved(stored, "somewhere.json")
    assert (caught.value.where, caught.value.key) == ("somewhere.json", "settings.forums.dose")


def test_settings_have_every_field_that_can_be_set(read: Read) -> None:
    """A resolved scenario is complete."""
    keys = {"on", "dose", "start", "end", "ramp_months", "districts", "clusters"}
    stored = read("").resolved()["settings"]
    assert all(set(setting) == keys for setting in stored.values())
    assert set(asdict(read("").settings["forums"])) == {*keys, "later"}
