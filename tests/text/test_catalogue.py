"""Protects the catalogues: both languages, the same braces, proper punctuation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import sim.plan  # it gives the terms
from sim.language import TERMS, catalogue
from sim.text.catalogue import capital, say, texts

PACKAGE = Path(sim.__file__).parent
READ = PACKAGE / "evidence" / "calibration" / "tallies.py"
"""A file of processes as people write them, which is read before it is run: it keeps its pairs."""


def pairs(file: Path) -> Iterator[int]:
    """Lines of a file where a `Text` of two literals stands, in place of a catalogue's."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name("Text"), args=told, keywords=named):
                both = [*told, *(each.value for each in named)]
                literal = all(isinstance(each, ast.Constant | ast.JoinedStr) for each in both)
                named_by_key = len(told) == 1
                if (
                    literal
                    and not named_by_key
                    and any(getattr(each, "value", True) for each in both)
                ):
                    yield node.lineno


def braces(text: str) -> set[str]:
    """Names in the braces of a label."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_texts() -> None:
    english, chinese = (list(catalogue(language).forms) for language in ("en", "zh"))
    assert english == chinese
    assert len(set(english)) == len(english)


def test_a_number_chooses_its_form_by_the_rule_of_each_language() -> None:
    said = [say("study.threads", "en", number=number) for number in (1, 2, 0, "1,000")]
    assert said == ["1 thread", "2 threads", "0 threads", "1,000 threads"]
    assert [say("study.threads", "zh", number=number) for number in (1, 2)] == ["1 线程", "2 线程"]
    for language, most in (("en", 2), ("zh", 1)):
        assert {len(forms) for forms in catalogue(language).forms.values()} <= {1, most}


def test_what_is_said_of_one_count_is_a_form_of_what_is_said_of_some() -> None:
    """A language that has more forms, or one, translates what there is: no text is of one alone."""
    assert [say("brief.likely", "en", number=number)[:6] for number in (1, 2)] == [
        "1 is l",
        "2 are ",
    ]
    for key, forms in catalogue("en").forms.items():
        for form in forms:
            assert len(forms) > 1 or not re.match(r"1 (is|\w+s)\b", form), key


def test_every_form_of_a_text_has_the_same_braces() -> None:
    for language in ("en", "zh"):
        for key, forms in catalogue(language).forms.items():
            assert {frozenset(braces(form)) for form in forms} == {frozenset(braces(forms[-1]))}, (
                key
            )


def test_both_languages_say_something_with_the_same_values() -> None:
    assert texts()
    for key, label in texts().items():
        for text in label:
            assert text, key
            assert text.strip() == text or key.startswith("mark."), key
        assert braces(label.en) - set(TERMS) == braces(label.zh) - set(TERMS), key


def test_chinese_is_punctuated_in_chinese() -> None:
    """A comma, colon, semicolon or bracket beside a Chinese character is a full-width one."""
    half = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")
    assert {key: label.zh for key, label in texts().items() if half.search(label.zh)} == {}


def test_texts_stand_in_the_catalogues_and_not_in_the_code() -> None:
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if file != READ]
    assert [f"{file}:{line}" for file in files for line in pairs(file)] == []


def asked(file: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Lines of a file that ask for a text by its whole name, and values that they surely give."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name("worded" | "say" | "Text"),
                args=[ast.Constant(str(key)), *_],
                keywords=given,
            ) if "." in key and all(each.arg for each in given):
                yield node.lineno, key, {each.arg or "" for each in given}


def test_each_text_that_is_asked_for_is_there_and_gets_its_values() -> None:
    told, lacking = 0, []
    for file in PACKAGE.rglob("*.py"):
        for line, key, given in asked(file):
            told += 1
            if key not in texts() or braces(texts()[key].en + texts()[key].zh) - given - set(TERMS):
                lacking.append(f"{file}:{line}: {key}")
    assert told > 500 and lacking == []


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
