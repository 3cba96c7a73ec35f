"""The tests of the lab use it as a person does: none sets a value or makes up an event."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
FORBIDDEN = {
    "fill": "type with the keyboard",
    "set_checked": "press it",
    "select_option": "choose with hands.choose",
    "dispatch_event": "act as a person would",
    "set_input_files": "press the button and answer its file chooser",
}
"""Ways to set what no hand has set, and what to do instead."""
SCRIPTS = frozenset({"evaluate", "evaluate_all", "evaluate_handle", "eval_on_selector"})
SETTING = re.compile(
    r"\.(value|checked|selectedIndex)\s*=[^=]|dispatchEvent|\.click\(|new \w*Event"
)
"""What a script does that acts in the place of a hand."""


def shortcuts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the way of each value that is set past the hands of a person."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        if name in FORBIDDEN:
            yield node.lineno, f"{name}: {FORBIDDEN[name]}"
        texts = [arg.value for arg in ast.walk(node) if isinstance(arg, ast.Constant)]
        if name in SCRIPTS and any(SETTING.search(str(text)) for text in texts):
            yield node.lineno, f"{name}: act as a person would"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.name)
def test_no_test_of_the_lab_sets_a_value(file: Path) -> None:
    assert not list(shortcuts(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        'page.locator("[data-dose=zhuji]").fill("2.5")',
        'page.select_option("[data-start=yanzhen]", "2024-06")',
        "box.set_checked(True)",
        "page.evaluate(\"document.querySelector('input').value = 3\")",
        "slider.evaluate(\"(it) => it.dispatchEvent(new Event('change'))\")",
        'page.locator("input[type=file]").set_input_files(file)',
    ],
)
def test_setting_a_value_is_noticed(line: str) -> None:
    assert [where for where, _ in shortcuts(line)] == [1]


def test_looking_and_acting_are_allowed() -> None:
    fine = 'page.evaluate("document.documentElement.lang")\npage.keyboard.type("3")\nbox.click()'
    assert not list(shortcuts(fine))
