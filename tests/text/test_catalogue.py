"""Protects the catalogues: both languages, the same braces, proper punctuation."""

import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

import sim.plan  # noqa: F401 - gives the terms
from sim.text.catalogue import TERMS, capital, say, texts


def braces(text: str) -> set[str]:
    """Names in the braces of a label."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_texts() -> None:
    english, chinese = (
        tomllib.loads((files("sim.text") / f"{language}.toml").read_text(encoding="utf-8"))
        for language in ("en", "zh")
    )
    told = [{section: list(entries) for section, entries in each.items()}
            for each in (english, chinese)]  # fmt: skip
    assert told[0] == told[1]


def test_both_languages_say_something_with_the_same_values() -> None:
    assert texts()
    for key, label in texts().items():
        assert label.en.strip() == label.en != "", key
        assert label.zh.strip() == label.zh != "", key
        assert braces(label.en) - set(TERMS) == braces(label.zh) - set(TERMS), key


def test_chinese_is_punctuated_in_chinese() -> None:
    """A comma, colon, semicolon or bracket beside a Chinese character is a full-width one."""
    half = re.compile(r"[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]")
    assert {key: label.zh for key, label in texts().items() if half.search(label.zh)} == {}


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
