"""Protects what a person reads when something they gave cannot be used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.language import Text
from sim.problems import Problem, nearest

EXPECTED = Text("a whole number", "整数")
HINT = Text("Did you mean 5?", "是否想写 5？")


def test_a_message_names_file_key_found_and_expected() -> None:
    problem = Problem("mine.toml", "seed", "'five'", EXPECTED)
    assert str(problem) == "mine.toml: seed: found 'five'; expected a whole number"
    assert problem.in_("zh") == "mine.toml: seed：现为 'five'；应为 整数"


def test_a_message_without_a_key_has_no_gap_for_it() -> None:
    problem = Problem("--seed", "", "five", EXPECTED)
    assert problem.in_("en") == "--seed: found five; expected a whole number"
    assert problem.in_("zh") == "--seed：现为 five；应为 整数"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_hint_ends_the_message(language: str) -> None:
    without = Problem("mine.toml", "seed", "five", EXPECTED).in_(language)
    problem = Problem("mine.toml", "seed", "five", EXPECTED, HINT).in_(language)
    assert problem.startswith(without)
    assert problem.endswith(HINT.in_(language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_message_is_one_paragraph(language: str) -> None:
    assert "\n" not in Problem("mine.toml", "seed", "five", EXPECTED, HINT).in_(language)


@pytest.mark.parametrize(
    ("name", "close"), [("yulim", "yulin"), ("YULIN", "yulin"), ("雨林计", "雨林计划"), ("x", None)]
)
def test_the_nearest_name_is_the_one_meant(name: str, close: str | None) -> None:
    assert nearest(name, ["zhuji", "yulin", "雨林计划"]) == close


@given(st.text(max_size=20), st.lists(st.text(max_size=10), max_size=5))
def test_the_nearest_name_is_a_valid_one_or_none(name: str, valid: list[str]) -> None:
    assert nearest(name, valid) in (None, *valid)
