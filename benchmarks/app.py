"""The web lab in a browser: from a lever's move to the numbers (``python -m benchmarks.app``).

Times are from the press of a switch to a change of the table in the page. The share is what the
bare ensemble needs for the same replicates on the same machine, right after.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim import ensemble
from sim.scenario import read_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 120.0
"""Seconds that a number of replicates or a precision may take."""
TICK = 0.005
WATCH = """() => {
  window.stalls = [];
  let before = performance.now();
  const look = (now) => {
    window.stalls.push(now - before);
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
BADGE = "() => document.querySelector('[data-do=badge]').textContent"


def app() -> dict[str, float]:
    """Measure the lab in Chromium.

    Returns:
        Seconds from a lever's move to the first numbers, and to a precision of 5 points in every
        likelihood, or how far it came within the time allowed; how many replicates both took; the
        lab's share of the bare ensemble's speed; frames a second of the moving map; the longest
        time that the page stood still.
    """
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("  no browser: apt-get install chromium", file=sys.stderr)
        return {}
    command = [sys.executable, "-m", "sim", "app", "--no-open", "--port", "0", "--lang", "en"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        assert server.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        assert found is not None
        try:
            page = playwright.chromium.launch(executable_path=browser, args=list(FLAGS)).new_page()
            page.goto(found[0] + "/?lang=en")
            return _measure(page)
        finally:
            server.terminate()


def _measure(page: "Page") -> dict[str, float]:
    _until(lambda: _replicates(page) >= 64)
    page.evaluate(WATCH)
    page.click("[data-lever=yulin] + .track")
    pressed = time.perf_counter()
    _until(lambda: 4 <= _replicates(page) < 64)
    first = time.perf_counter() - pressed
    number = _replicates(page)
    _until(lambda: _replicates(page) >= 128)
    spent, replicates = time.perf_counter() - pressed, _replicates(page)
    while _half_width(page) > 5.0 and time.perf_counter() - pressed < PATIENCE:
        if page.locator("[data-do=more]").is_visible():
            page.click("[data-do=more]")
        time.sleep(0.05)
    reached = time.perf_counter() - pressed
    needed = _replicates(page)
    precision = _half_width(page)
    longest = max(page.evaluate("() => window.stalls"))
    if page.locator("[data-do=stop]").is_visible():
        page.click("[data-do=stop]")
    page.click("[data-do=view-city]")
    page.wait_for_selector(".city[data-ready=true]", timeout=60_000)
    page.click("[data-do=play]")
    time.sleep(5.0)
    pace = float(page.get_attribute(".city canvas", "data-pace") or 0.0)
    page.click("[data-do=play]")
    time.sleep(1.0)
    scenario = read_scenario("without-yulin")
    began = time.perf_counter()
    for _ in ensemble.run(scenario.setup(), scenario.seed, range(replicates)):
        pass
    bare = time.perf_counter() - began
    return {
        "seconds to the first numbers": first,
        "replicates in them": float(number),
        f"seconds to {replicates} replicates": spent,
        "share of the bare ensemble's speed": bare / spent,
        "seconds to 5 points, or as far as it came": reached,
        "replicates in them then": float(needed),
        "points of precision then (widest of all)": precision,
        "longest standstill of the page, seconds": longest / 1000.0,
        "frames a second of the map": pace,
    }


def _replicates(page: "Page") -> int:
    found = re.search(r"from (\d+) of", page.evaluate(BADGE))
    return int(found[1]) if found else 0


def _half_width(page: "Page") -> float:
    found = re.search(r"±([\d.]+) points", page.evaluate(BADGE))
    return float(found[1]) if found else 100.0


def _until(there: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE
    while not there():
        if time.perf_counter() > end:
            raise TimeoutError("the page does not get there")
        time.sleep(TICK)


if __name__ == "__main__":
    for what, value in app().items():
        print(f"  {what:45s} {value:10.3f}")
