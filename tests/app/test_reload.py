"""Who loads the page again at once gets back what it has just shown, whatever was pressed."""

import re
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.app.browsing import IN_A_BROWSER, PATIENCE, Lab, opened
from tests.app.hands import choose, press, speak

pytestmark = IN_A_BROWSER


LOOK = 50
"""Milliseconds between two looks."""
ANSWER = re.compile(r'42\["update".*"query":')
"""An update of what is shown that holds its address; others tell how far work is."""


class Line:
    """The connection of a page, which can be cut behind the answer to what is pressed next."""

    def __init__(self, page: Page) -> None:
        """Stand between a page and its server."""
        self.cut = self.dead = False
        page.route_web_socket(re.compile("_nicegui_ws"), self._connect)

    def _connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not self.dead:
                page.send(message)
                self.dead = self.cut and ANSWER.match(str(message)) is not None

        server.on_message(pass_on)

    def mend(self) -> None:
        self.cut = self.dead = False


def state(page: Page) -> dict[str, str | None]:
    """Return what the page shows of all that its link holds."""
    shown = page.locator
    return {
        "language": shown("h1").inner_text(),
        "theme": shown("[data-do=theme]").inner_text(),
        "view": shown("[aria-current=page]").get_attribute("data-do"),
        "package": shown("[data-do=name]").inner_text(),
        "differs": shown("[data-do=differs]").inner_text(),
        "reference": shown("[data-do=reference]").inner_text(),
        "undo": shown("[data-do=undo]").get_attribute("disabled"),
        "redo": shown("[data-do=redo]").get_attribute("disabled"),
        "lever": str(shown("[data-lever=zhuji]").is_checked()),
    }


def comes(page: Page, right: Callable[[], bool]) -> bool:
    """Return whether something is so before patience ends."""
    for _ in range(PATIENCE // LOOK):
        if right():
            return True
        page.wait_for_timeout(LOOK)
    return False


def holds(page: Page, shown: dict[str, str | None]) -> bool:
    return state(page) == shown


def differs(page: Page, shown: dict[str, str | None]) -> bool:
    return not holds(page, shown)


LISTS = {"do=preset": "late-start", "do=language": "zh"}
"""What is chosen from lists."""


def test_what_is_shown_outlives_a_reload_at_once(page: Page, lab: Lab) -> None:
    """The line is cut behind the update that holds it: nothing that comes later may be needed."""
    line = Line(page)
    opened(page, lab, "view=studies&study=sweep&lang=en")
    for control in ("lever=zhuji", "do=preset", "do=undo", "do=pin", "do=language", "do=theme",
                    "do=view-why"):  # fmt: skip
        expect(page.locator("fieldset.lab")).to_be_enabled()
        before = state(page)
        line.cut = True
        if control in LISTS:
            choose(page.locator(f"[data-{control}]"), LISTS[control])
        else:
            press(page.locator(f"[data-{control}]"), "mouse")
        assert comes(page, lambda: line.dead), control
        # What was sent is not yet drawn: each control changes something of it.
        assert comes(page, partial(differs, page, before)), control
        shown = state(page)
        line.mend()
        page.reload()
        assert comes(page, partial(holds, page, shown)), (control, shown, state(page))
    press(page.locator("[data-do=redo]"), "mouse")
    expect(page.locator("[data-do=preset]")).to_have_value("late-start")
    for lever_is_on in (False, True):
        press(page.locator("[data-do=undo]"), "mouse")
        expect(page.locator("[data-do=preset]")).to_have_value("as-written")
        expect(page.locator("[data-lever=zhuji]")).to_be_checked(checked=lever_is_on)
    expect(page.locator("[data-do=undo]")).to_be_disabled()


def test_what_is_chosen_in_a_view_is_in_its_link(page: Page, lab: Lab) -> None:
    """Also in the other language; what a link says that is on no list is not followed.

    The first view is open already: pressed again, it stays, with the list that is chosen from.
    """
    chosen = {
        "trajectories": {"subject": "district:firms"},
        "studies": {
            "study": "deadline",
            "size": "128",
            "study.lever": "yulin",
            "study.count": "products",
        },
    }
    wrong = "study=../../y&size=9&study.file=../z&study.objective=%3Cb%3E"
    opened(page, lab, f"view=trajectories&subject=x&{wrong}")
    for view, choices in chosen.items():
        press(page.locator(f"[data-do=view-{view}]"), "mouse")
        expect(page.locator(f"[data-do=view-{view}]")).to_have_attribute("aria-current", "page")
        for name, value in choices.items():
            choose(page.locator(f"[data-do='{name}']"), value)
            expect(page).to_have_url(re.compile(rf"[?&]{name}={value}(&|$)"))
        speak(page, "zh")
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        for again in (lambda: None, page.reload):
            again()
            for name, value in choices.items():
                expect(page.locator(f"[data-do='{name}']")).to_have_value(value)
        speak(page, "en")
        expect(page.locator("html")).to_have_attribute("lang", "en-GB")
