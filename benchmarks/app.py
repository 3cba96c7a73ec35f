"""The web lab in a browser: from a lever's move to the numbers (``python -m benchmarks.app``).

Times are from the press of a switch to a change of the table in the page. The share is what the
bare ensemble needs for the same replicates on the same machine, right after.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim import ensemble
from sim.scenario import read_scenario
from sim.text.numbers import MINUS

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "chrome")
"""What Debian and others call it."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PRECISION = 5.0
"""Points that every likelihood is to be known to."""
MEETING = 3.0
"""Seconds after which one looks how well changes are known."""
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
PATIENCE = 120.0
"""Seconds that a number of replicates or a precision may take."""
TICK = 0.2
"""Seconds between two questions to the page, which keeps its own time: asking costs time, too."""
LEVER = "[data-lever=yulin]"
WATCH = """(lever) => {
  window.stalls = [];
  window.badges = [];
  let before = performance.now();
  const look = () => {
    const now = performance.now();
    window.stalls.push(now - before - 50);
    before = now;
  };
  setInterval(look, 50);  // frames asked for all the time would cost what is measured
  const badge = document.querySelector("[data-do=badge]");
  const changes = () => [...document.querySelectorAll(
    ".likelihoods tr:not(.joint) .change small")].map((cell) => cell.textContent);
  const note = () => window.badges.push(
    [performance.now() - window.pressed, badge.textContent, changes()]);
  const all = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(badge, all);
  document.querySelector(lever).addEventListener(
    "change", () => { window.pressed = performance.now(); window.badges = []; }, true);
}"""


class Seen(NamedTuple):
    """What the badge said at a time."""

    seconds: float
    """Since the lever was moved."""
    replicates: int
    half_width: float
    """Of the widest interval, points; 100 if none is told."""
    change: float
    """Half-width of the intervals of counts' changes, points, mean over counts; 100 if none are
    told."""


def app() -> dict[str, float]:
    """Measure the lab in Chromium.

    Returns:
        Seconds from a lever's move to the first numbers, and to a precision of 5 points in every
        likelihood, or how far it came within the time allowed; how many replicates both took; the
        lab's share of the bare ensemble's speed; frames a second of the moving map; the longest
        time that the page stood still.
    """
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
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
            return _measure(page, server.pid)
        finally:
            server.terminate()


def _measure(page: "Page", server: int) -> dict[str, float]:
    _until(page, lambda seen: seen.replicates >= 64, "() => [[0, document.querySelector("
           "'[data-do=badge]').textContent, []]]")  # fmt: skip
    page.evaluate(WATCH, LEVER)
    used = _processor(server)
    page.click(f"{LEVER} + .track")
    first = _until(page, lambda seen: seen.replicates > 0)
    told = _until(page, lambda seen: seen.change <= PRECISION)
    used = _processor(server) - used
    many = _until(page, lambda seen: seen.replicates >= 128)
    with suppress(TimeoutError):
        _until(page, lambda seen: seen.half_width <= PRECISION)
    known = [seen for seen in _seen(page) if seen.replicates]
    reached = next((seen for seen in known if seen.half_width <= PRECISION), known[-1])
    then = [seen for seen in known if seen.seconds <= MEETING][-1]
    spent, replicates = many.seconds, many.replicates
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
    page.close()
    scenario = read_scenario("without-yulin")
    began = time.perf_counter()
    for _ in ensemble.run(scenario.setup(), scenario.seed, range(replicates)):
        pass
    bare = time.perf_counter() - began
    return {
        "seconds to the first numbers": first.seconds,
        "replicates in them": float(first.replicates),
        f"points of a change after {MEETING:g} s (mean over counts)": then.change,
        "pairs then": float(then.replicates),
        "seconds to changes known to 5 points (mean over counts)": told.seconds,
        "pairs then, at 5 points": float(told.replicates),
        "processor seconds of the server until then": used,
        "seconds of the bare ensemble for as many pairs": told.replicates * bare / replicates,
        f"seconds to {replicates} replicates": spent,
        "share of the bare ensemble's speed": bare / spent,
        "seconds to 5 points, or as far as it came": reached.seconds,
        "replicates in them then": float(reached.replicates),
        "points of precision then (widest of all)": reached.half_width,
        "longest standstill of the page, seconds": longest / 1000.0,
        "frames a second of the map": pace,
    }


def _seen(page: "Page", asked: str = "() => window.badges") -> list[Seen]:
    found = []
    for passed, words, changes in page.evaluate(asked):
        number = re.search(r"from (\d+) of", words)
        half = re.search(r"±([\d.]+) points", words)
        found.append(
            Seen(
                passed / 1000.0,
                int(number[1]) if number else 0,
                float(half[1]) if half and number else 100.0,
                _mean_half(changes) if number else 100.0,
            )
        )
    return found


def _processor(process: int) -> float:
    """Return the processor seconds that a process has taken with all its threads (Linux)."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _mean_half(changes: list[str]) -> float:
    """Return the mean half-width of intervals as the table writes them; 100 if one is missing."""
    ends = [NUMBER.findall(each.replace(MINUS, "-")) for each in changes]
    if not ends or any(len(each) != 2 for each in ends):
        return 100.0
    return sum(float(high) - float(low) for low, high in ends) / 2.0 / len(ends)


def _until(page: "Page", there: Callable[[Seen], bool], asked: str = "() => window.badges") -> Seen:
    """Return the first that the badge said of which something holds.

    Raises:
        TimeoutError: nothing of the kind was said in time.
    """
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        found = next((seen for seen in _seen(page, asked) if there(seen)), None)
        if found is not None:
            return found
        time.sleep(TICK)
    raise TimeoutError("the page does not get there")


if __name__ == "__main__":
    for what, value in app().items():
        print(f"  {what:45s} {value:10.3f}")
