"""What hands do to the lab: a mouse, a keyboard, a finger. Nothing here sets a value.

A value that a test sets arrives where no hand could bring it; `test_hands.py` forbids it.
"""

from pathlib import Path

from playwright.sync_api import CDPSession, Locator, Page, expect

HANDS = ("mouse", "keys", "touch")
"""Ways to press something."""
THUMB = 16.0
"""Pixels that the knob of a slider is wide."""


def drag(slider: Locator, value: float, finger: bool = False) -> None:
    """Drag the knob of a slider to a value and let it go: with the mouse, or with a finger."""
    slider.scroll_into_view_if_needed()
    start, end = _at(slider, float(slider.input_value())), _at(slider, value)
    steps = [_between(start, end, part / 5) for part in range(6)]
    page = slider.page
    if finger:
        touch(page, steps)
        return
    page.mouse.move(*steps[0])
    page.mouse.down()
    for step in steps[1:]:
        page.mouse.move(*step)
    page.mouse.up()


def touch(page: Page, way: list[tuple[float, float]]) -> None:
    """Put a finger on the page, move it along a way, and lift it."""
    line: CDPSession = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", way[:1]),
        *(("touchMove", [each]) for each in way[1:]),
        ("touchEnd", []),
    ):
        places = [{"x": x, "y": y} for x, y in points]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})
    line.detach()


def press(control: Locator, how: str) -> None:
    """Press a button, a switch or a box that is seen: ``mouse``, ``keys`` or ``touch``."""
    box = control.get_attribute("type") == "checkbox"
    if how == "keys":
        if not box:
            expect(control).to_be_visible()
        control.focus()
        control.page.keyboard.press("Space" if box else "Enter")
    elif box:  # it is drawn by what lies over it, which passes on what hits it
        control.scroll_into_view_if_needed()
        at = _middle(control)
        touch(control.page, [at]) if how == "touch" else control.page.mouse.click(*at)
    elif how == "touch":
        control.tap()
    else:
        control.click()


def slide(slider: Locator, value: float, how: str) -> None:
    """Bring a slider to a value."""
    if how == "keys":
        slider.focus()
        slider.page.keyboard.press("Home")
        for _ in range(round(value / float(slider.get_attribute("step") or 1))):
            slider.page.keyboard.press("ArrowRight")
    else:
        drag(slider, value, finger=how == "touch")


def choose(choices: Locator, value: str, how: str = "mouse") -> None:
    """Choose from a list: open it, go down or up to the entry, and take it.

    The open list is the browser's own window, in which only keys can be pressed from a test.
    """
    names = _listed(choices)
    while value not in names:  # the list comes with what was chosen before
        choices.page.wait_for_timeout(50)
        names = _listed(choices)
    if how == "keys":
        choices.focus()
        choices.page.keyboard.press("Alt+ArrowDown")
    else:
        press(choices, how)
    now = choices.input_value()
    away = names.index(value) - (names.index(now) if now in names else -1)
    for _ in range(abs(away)):
        choices.page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")
    choices.page.keyboard.press("Enter")


def _listed(choices: Locator) -> list[str]:
    """Return what can be chosen, all of one moment: a page may change between two questions."""
    values = choices.locator("option:not([disabled])")
    found: list[str] = values.evaluate_all(
        "them => them.map(each => each.getAttribute('value') ?? each.innerText)"
    )
    return found


def speak(page: Page, language: str, how: str = "mouse") -> None:
    """Choose the page's language."""
    choose(page.locator("[data-do=language]"), language, how)


def type_into(field: Locator, text: str, how: str = "mouse") -> None:
    """Type over what is in a field, and leave it."""
    press(field, "touch") if how == "touch" else field.focus()
    page = field.page
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def load(button: Locator, file: Path | list[Path], how: str = "mouse") -> None:
    """Press a button that asks for a file, and choose one, or several."""
    with button.page.expect_file_chooser() as chooser:
        press(button, how)
    chooser.value.set_files(file)


def _middle(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _at(slider: Locator, value: float) -> tuple[float, float]:
    """Return where on the page the knob of a slider is at a value."""
    box = slider.bounding_box()
    assert box is not None
    low, high = (float(slider.get_attribute(end) or 0) for end in ("min", "max"))
    share = (value - low) / (high - low)
    return box["x"] + THUMB / 2 + share * (box["width"] - THUMB), box["y"] + box["height"] / 2


def _between(
    start: tuple[float, float], end: tuple[float, float], part: float
) -> tuple[float, float]:
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
