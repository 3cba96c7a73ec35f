"""Controls bound to the setting again, instead of to what the hand holds: it must be noticed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Route

from tests.app.browsing import IN_A_BROWSER, Lab, opened
from tests.app.hands import drag, press

pytestmark = IN_A_BROWSER
LEVERS = Path(__file__).resolve().parents[2] / "sim/app/components/levers.js"
LONG = 40
"""Looks at the page, a twentieth of a second apart, before it is taken to be as it stays."""


def comes(page: Page, true: Callable[[], bool]) -> bool:
    """Return whether something becomes true soon."""
    for _ in range(LONG):
        if true():
            return True
        page.wait_for_timeout(50)
    return False


def slides(page: Page) -> bool:
    dose = page.locator("[data-dose=zhuji]")
    drag(dose, 3.0)
    return comes(page, lambda: "zhuji.dose=3.0" in page.url and dose.input_value() == "3")


def refuses(page: Page) -> bool:
    """Return whether the last district of a lever stays ticked."""
    box = page.locator("[data-place='zhuji:pudong']")
    box.click()
    told = page.get_by_role("alert").filter(has_text="expected")
    return comes(page, told.is_visible) and comes(page, box.is_checked)


class Rebound(NamedTuple):
    """A control bound as it was, and what a hand then finds out."""

    old: str
    new: str
    works: Callable[[Page], bool]


REBOUND = {
    "slider": Rebound(
        'v-holds="dose(lever.id, lever.setting)"', ':value="lever.setting.dose"', slides
    ),
    "box": Rebound('v-holds="has(each.id) || has(each.whole)"', ':checked="has(each.id)"', refuses),
}


def serve(script: str, asked: Route) -> None:
    asked.fulfill(body=script, content_type="text/javascript")


@pytest.mark.parametrize("control", REBOUND)
def test_a_control_that_is_bound_to_its_setting_is_noticed(
    page: Page, lab: Lab, control: str
) -> None:
    old, new, works = REBOUND[control]
    source = LEVERS.read_text(encoding="utf-8")
    assert source.count(old) == 1
    broken = source.replace(old, new)
    for served, right in ((source, True), (broken, False)):
        page.unroute_all()
        page.route("**/levers.js*", partial(serve, served))
        opened(page, lab, "lang=en&view=studies&plans.zhuji.districts=pudong")
        press(page.locator("[data-open=zhuji]"), "mouse")
        assert works(page) == right
