"""Protects which language a person gets without asking."""

import pytest

from sim.language import Text, default_language, visible

VARIABLES = ("SIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, "zh"),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"SIM_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
        ({"SIM_LANG": "zh", "LANG": "en_US"}, "zh"),
        ({"SIM_LANG": "", "LANG": "zh_CN"}, "zh"),
        ({"SIM_LANG": "fr", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_locales(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


def test_a_text_is_read_in_either_language() -> None:
    text = Text(en="rainforest", zh="雨林")
    assert (text.in_("en"), text.in_("zh")) == ("rainforest", "雨林")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("red \x1b[31mname\x1b]0;title\x07", "red \\u001b[31mname\\u001b]0;title\\u0007"),
        ("\x9b31m\x7f\r", "\\u009b31m\\u007f\\u000d"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("\ud800", "\\ud800"),
        ("两行\n\t制表", "两行\n\t制表"),
    ],
)
def test_what_acts_instead_of_being_seen_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown
