"""Protects the labels: both languages, the same braces, proper punctuation."""

import re
from string import Formatter

import pytest

from sim.views.words import capital, say, words


def braces(text: str) -> set[str]:
    """Names in the braces of a label."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_something_with_the_same_values() -> None:
    assert words()
    for key, label in words().items():
        assert label.en.strip() == label.en != "", key
        assert label.zh.strip() == label.zh != "", key
        assert braces(label.en) == braces(label.zh), key


def test_chinese_is_punctuated_in_chinese() -> None:
    """A comma, colon, semicolon or bracket beside a Chinese character is a full-width one."""
    half = re.compile(r"[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]")
    assert {key: label.zh for key, label in words().items() if half.search(label.zh)} == {}


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
