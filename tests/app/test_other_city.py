"""The lab of another city, in a real browser: its own words in every view, and nothing that fails.

Another city is compiled anew, which takes a minute: this runs when asked.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.app.browsing import IN_A_BROWSER, PATIENCE, VIEWS
from tests.cities import made_up
from tests.long import only_when_asked

pytestmark = [
    IN_A_BROWSER,
    only_when_asked,
]
OTHERS = re.compile(r"thirteen|2030|Shanghai|Pudong|six plans|five safeguards", re.IGNORECASE)


def test_every_view_is_of_the_city_that_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    pack = made_up.write(tmp_path / "toy", made_up.SMALL)
    words = ("--city", str(pack), "app", "--no-open", "--port", "0", "--lang", "en")
    with subprocess.Popen(
        [sys.executable, "-m", "sim", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found is not None
            assert look_at_all(browser.new_page(), found[0]) == []
        finally:
            server.terminate()


def look_at_all(page: Page, address: str) -> list[str]:
    """Look at every view of the small city; return what the browser says went wrong."""
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
    page.goto(address)
    number = page.locator("[data-count=count0] .strong b")
    expect(number).to_have_text(re.compile(r"\d"), timeout=2 * PATIENCE)
    expect(page.locator("#main")).to_contain_text("All four together")
    expect(page.locator("h1")).to_contain_text("Madeup")
    for view in VIEWS:
        page.click(f"[data-do=view-{view}]")
        current = page.locator(f"[data-do=view-{view}]")
        expect(current).to_have_attribute("aria-current", "page")
        page.wait_for_selector("#main h2")
        assert OTHERS.findall(page.inner_text("body")) == [], view
    page.click("[data-do=view-why]")
    page.click("[data-do=gates]")
    expect(page.locator("table.read tbody tr")).to_have_count(4, timeout=2 * PATIENCE)
    return failed
