"""A scenario changed in Python does what a file with the same words does, or refuses as it does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.problems import Problem
from sim.scenario import read_scenario

AS_WRITTEN = read_scenario("as-written")
SAME: list[tuple[dict[str, Any], str]] = [
    ({"yulin": {"dose": 1.5}}, "plans.yulin.dose = 1.5"),
    ({"雨林计划": {"力度": 1.5}}, "plans.yulin.dose = 1.5"),
    ({"vouchers": False}, "safeguards.policy_support.vouchers = false"),
    (
        {"guidance_fund": {"dose": 2}, "yulin": {"start": "2024-01"}, "horizon": "2035-12"},
        'horizon = "2035-12"\nplans.yulin = {start = "2024-01", guidance_fund = {dose = 2}}',
    ),
    ({"plans": False, "parameters": {"market_pace": 1.2}},
     "plans = false\nparameters.market_pace = 1.2"),
]  # fmt: skip
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"yulin": {"dose": -3}}, "plans.yulin.dose = -3"),
    ({"yulin": {"dos": 1}}, "plans.yulin.dos = 1"),
    ({"yulin": 2}, "plans.yulin = 2"),
    ({"horizon": "2031"}, 'horizon = "2031"'),
    ({"parameters": {"market_pase": 1.0}}, "parameters.market_pase = 1.0"),
]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "mine.toml"
        file.write_text(f'extends = "as-written"\n{text}\n', encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize(("changes", "text"), SAME)
def test_it_is_the_scenario_of_the_file(
    written: Callable[[str], Path], changes: dict[str, Any], text: str
) -> None:
    found, same = AS_WRITTEN.changed(**changes), read_scenario(written(text))
    assert found.hash() == same.hash() != AS_WRITTEN.hash()
    assert (found.settings, found.horizon) == (same.settings, same.horizon)


@pytest.mark.parametrize(("changes", "text"), WRONG)
def test_it_refuses_with_the_words_of_the_file(
    written: Callable[[str], Path], changes: dict[str, Any], text: str
) -> None:
    with pytest.raises(Problem) as here:
        AS_WRITTEN.changed(**changes)
    with pytest.raises(Problem) as there:
        read_scenario(written(text))
    one, other = here.value, there.value
    assert one.where == "as-written.changed()"
    assert (one.key, one.found, one.expected, one.hint) == (
        *(other.key, other.found, other.expected, other.hint),
    )


def test_a_name_that_nothing_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem, match="Did you mean yulin"):
        AS_WRITTEN.changed(yulim=False)


def test_nothing_is_said_twice() -> None:
    with pytest.raises(Problem, match="yulin once"):
        AS_WRITTEN.changed(yulin=False, plans={"yulin": True})


def test_it_is_called_by_what_was_changed() -> None:
    found = AS_WRITTEN.changed(yulin={"dose": 1.5}, vouchers=False)
    assert (
        found.name.en == "The plan as written (Rainforest Plan dose 1.5; innovation vouchers off)"
    )
    assert "雨林计划 力度 1.5" in found.name.zh
    assert found.id == "as-written-yulin-dose-1.5-vouchers-false"
    assert AS_WRITTEN.changed(yulin={"dose": 1.6}).id != AS_WRITTEN.changed(yulin={"dose": 1.5}).id
    assert AS_WRITTEN.changed(name="Mine", yulin=False).name.en == "Mine"
    assert AS_WRITTEN.changed() == AS_WRITTEN
    assert sim.read_scenario("as-written").changed(yulin=False).file is None
