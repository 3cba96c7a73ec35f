"""Protects the labels: both languages, the same braces, proper punctuation."""

import re
from string import Formatter

import pytest

from sim.views.words import capital, say, words


def braces(text: str) -> set[str]:
    """Names in the braces of a label."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", words())
def test_both_languages_say_something_with_the_same_values(key: str) -> None:
    label = words()[key]
    assert label.en.strip() == label.en != ""
    assert label.zh.strip() == label.zh != ""
    assert braces(label.en) == braces(label.zh)


@pytest.mark.parametrize("key", words())
def test_chinese_is_punctuated_in_chinese(key: str) -> None:
    """A comma, colon, semicolon or bracket beside a Chinese character is a full-width one."""
    assert not re.search(r"[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]", words()[key].zh)


def test_a_label_is_filled_in() -> None:
    assert say("fan.target", "en", target="5,000") == "target 5,000"
    assert say("fan.target", "zh", target="5,000") == "目标 5,000"


def test_an_unknown_label_or_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("fan.nothing", "en")
    with pytest.raises(KeyError):
        say("fan.target", "en")


def test_capitals() -> None:
    assert capital("high-end products") == "High-end products"
    assert capital("高端产品") == "高端产品"
    assert capital("") == ""
