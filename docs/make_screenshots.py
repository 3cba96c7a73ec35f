"""Take the pictures of the web lab: ``python docs/make_screenshots.py`` (``make screenshots``).

Starts the lab, opens it in Chromium at the width of a laptop and of a phone, and writes
docs/images/app-*.png.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, expect, sync_playwright

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LAPTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = 240_000
"""Milliseconds."""
SOME = re.compile(r"(from|已完成) (6[4-9]|[7-9]\d|\d{3})")
"""A badge that tells of 64 replicates or more."""


class Shot(NamedTuple):
    """A picture."""

    name: str
    query: str
    size: tuple[int, int]
    act: Callable[[Page], None]
    """What is done before it is taken."""


def moved(page: Page) -> None:
    """Switch a plan off and wait for the change."""
    badge = page.locator("[data-do=badge]")
    expect(badge).to_have_text(SOME)
    page.locator("[data-lever=yulin]").click(force=True)
    expect(page.locator("[data-lever=yulin]")).not_to_be_checked()
    expect(page.locator("[data-count=standards] .change b")).to_have_text(re.compile(r"\d"))
    expect(badge).to_have_text(SOME)


def sharp(page: Page) -> None:
    """Wait for enough replicates."""
    expect(page.locator("[data-do=badge]")).to_have_text(SOME)


def late(page: Page) -> None:
    """Go to a late month of the city and look at its largest firm."""
    page.wait_for_selector(".city[data-ready=true]")
    page.locator("[data-do=scrub]").fill("86")
    page.focus(".city canvas")
    page.keyboard.press("Enter")
    expect(page.locator(".life h3")).to_be_visible()


def late_on_phone(page: Page) -> None:
    """Go to a late month of the city."""
    page.wait_for_selector(".city[data-ready=true]")
    page.locator("[data-do=scrub]").fill("86")


def fanned(page: Page) -> None:
    """Wait for enough replicates, then show a fan."""
    sharp(page)
    page.click("[data-do=view-trajectories]")
    expect(page.locator(".chart svg path").first).to_be_attached()
    page.wait_for_timeout(1500)


def compared(page: Page) -> None:
    """Compare three packages."""
    for name in ("without-yulin", "business-as-usual"):
        page.select_option("[data-do=add-preset]", name)
    page.click("[data-do=compare]")
    expect(page.locator(".badge")).to_contain_text("the same 128")
    page.wait_for_timeout(500)


def gated(page: Page) -> None:
    """Open all gates."""
    page.click("[data-do=gates]")
    expect(page.locator(".badge")).to_contain_text("64 pairs")
    page.wait_for_timeout(500)


def opened(page: Page) -> None:
    """Open a plan's instruments on a phone."""
    page.click("[data-do=view-levers]")
    page.click("[data-open=yulin]")


SHOTS = (
    Shot("likelihoods", "lang=en", LAPTOP, moved),
    Shot("likelihoods-zh-dark", "lang=zh&theme=dark", LAPTOP, moved),
    Shot("likelihoods-phone", "lang=en", PHONE, sharp),
    Shot("levers-phone", "lang=zh", PHONE, opened),
    Shot("city", "lang=en&view=city", LAPTOP, late),
    Shot("city-phone", "lang=zh&view=city&theme=dark", PHONE, late_on_phone),
    Shot("trajectories", "lang=en", LAPTOP, fanned),
    Shot("compare", "lang=en&view=compare", LAPTOP, compared),
    Shot("why", "lang=en&view=why", LAPTOP, gated),
)


def main(names: list[str]) -> None:
    """Take the pictures of these names, by default all."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"no browser: apt-get install {BROWSERS[0]}")
    command = [sys.executable, "-m", "sim", "app", "--no-open", "--port", "0", "--lang", "en"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
        ExitStack() as stack,
    ):
        stack.callback(server.terminate)  # also when a picture fails: it would be waited for
        assert server.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        assert found is not None
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            width, height = shot.size
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(PATIENCE)
            page.goto(f"{found[0]}/?{shot.query}")
            page.wait_for_selector("#main h2")
            shot.act(page)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=IMAGES / f"app-{shot.name}.png")
            page.close()
            print(IMAGES / f"app-{shot.name}.png", flush=True)
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1:])
