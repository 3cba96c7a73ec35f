"""Protects how a scenario is found by its name or its path."""

import re
from pathlib import Path

import pytest

from sim.language import Language
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario, scenario_names
from sim.scenario.new import template
from tests.scenario.conftest import Read


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder without scenarios."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("elsewhere")
def test_the_shipped_scenarios_are_found_from_anywhere() -> None:
    assert "as-written" in scenario_names()
    assert read_scenario("as-written").id == "as-written"


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shipped_scenario_goes_by_its_title(language: Language) -> None:
    for name in scenario_names():
        assert read_scenario(read_scenario(name).name.in_(language)).id == name


def test_a_title_is_no_title_where_a_file_has_it_as_a_name(elsewhere: Path) -> None:
    (elsewhere / "按方案实施.toml").write_text("seed = 5", encoding="utf-8")
    assert read_scenario("按方案实施").seed == 5
    with pytest.raises(Problem, match="scenario"):
        read_scenario("不按方案实施")


@pytest.mark.parametrize("given", ["mine", "mine.toml", "scenarios/mine", "./scenarios/mine.toml"])
def test_a_folder_of_one_s_own_comes_first(elsewhere: Path, given: str) -> None:
    (elsewhere / "scenarios").mkdir()
    (elsewhere / "scenarios" / "mine.toml").write_text("seed = 5")
    assert read_scenario(given).seed == 5
    assert {"mine", "as-written"} <= set(scenario_names())
    assert read_scenario("as-written").id == "as-written"


def test_a_file_nearer_than_the_folder_comes_first(elsewhere: Path) -> None:
    (elsewhere / "as-written.toml").write_text("seed = 5")
    assert read_scenario("as-written").seed == 5
    assert read_scenario(elsewhere / "as-written.toml").seed == 5


def test_only_toml_files_are_scenarios(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "README.md"):
        (tmp_path / name).touch()
    assert scenario_names(tmp_path) == ("a", "b")


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="folder of scenario files"):
        scenario_names(tmp_path / "nowhere")


def test_the_examples_of_a_new_file_are_of_this_plan(read: Read) -> None:
    examples = re.sub(r'^# (?=\[|"|[a-z_]* =)', "", template("mine", "as-written"), flags=re.M)
    scenario = read(examples)
    off = scenario.settings[PLAN.safeguards[0].instruments[0].id]
    assert (off.on, scenario.settings[PLAN.plans[0].instruments[0].id].dose) == (False, 1.5)
