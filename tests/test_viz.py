"""Mesa's own page in a real browser, where extra ``viz`` and ``solara-assets`` are installed."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from socket import socket

import numpy as np
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from sim.space import coordinates_of, middles
from tests.app.browsing import BROWSER, FLAGS

INSTALLED = all(map(find_spec, ("solara", "altair", "networkx"))) and BROWSER is not None
PATIENCE = 120_000.0
"""Milliseconds: the server may have to compile the rules first."""
CHONGMING, FENGXIAN, QINGPU, PUDONG = 15, 14, 13, 10


def test_north_is_up_and_east_is_right() -> None:
    """Mesa draws a cell's first coordinate to the right and its second upwards."""
    east, north = coordinates_of(middles())
    assert north[CHONGMING] == north.max() and north[FENGXIAN] < np.sort(north)[3]
    assert east[QINGPU] == east.min() and east[PUDONG] > np.sort(east)[-4]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Serve the page as its command does, and open it."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("viz") / "log").open("w")
    words = [sys.executable, "-m", "solara", "run", "sim.viz", "--production", "--no-open"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with (
        log,
        subprocess.Popen(
            [*words, "--port", str(port)], env=environment, stdout=log, stderr=log
        ) as server,
        sync_playwright() as play,
    ):
        try:
            browser = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
            opened = browser.new_page(viewport={"width": 1500, "height": 1000})
            opened.set_default_timeout(PATIENCE)
            for _ in range(int(PATIENCE // 500)):
                try:
                    opened.goto(f"http://127.0.0.1:{port}/")
                    break
                except Exception:
                    assert server.poll() is None, Path(log.name).read_text()
                    opened.wait_for_timeout(500)
            yield opened
            browser.close()
        finally:
            server.kill()


def at(month: int) -> re.Pattern[str]:
    """Return what the page says after so many months; Mesa 3.5 counts in time."""
    return re.compile(rf"^(Step: {month}|Time: {month}\.0)$")


@pytest.mark.skipif(not INSTALLED, reason="needs the extra viz and a browser")
def test_the_page_steps_and_begins_anew(page: Page) -> None:
    """A person looks at the city, lets a month pass, chooses another scenario and begins anew."""
    picture = page.locator("img, svg").first
    expect(page.get_by_text("Shanghai's future industries")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(at(0))).to_be_visible(timeout=PATIENCE)
    expect(picture).to_be_visible(timeout=PATIENCE)
    before = picture.screenshot()
    for month in (1, 2, 3):
        page.get_by_role("button", name="Step", exact=True).click()
        expect(page.get_by_text(at(month))).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(3000)
    assert picture.screenshot() != before
    page.get_by_text("as-written").click()
    page.get_by_text("business-as-usual", exact=True).click()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text(at(0))).to_be_visible(timeout=PATIENCE)
    assert "Traceback" not in page.inner_text("body")
    if folder := os.environ.get("SIM_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/viz.png")
