"""What tests of the lab in a real browser share: the server, how it is started, what it logged."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "chrome")
"""What Debian and others call it; the first is the same browser without windows, which takes a
third of the time."""
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 90_000
"""Milliseconds that a busy machine may take."""
SMALL = Path(__file__).parent / "small_lab.py"
VIEWS = ("likelihoods", "city", "trajectories", "compare", "why", "studies", "experts", "plan")
NONE = f"no browser: apt-get install {BROWSERS[0]}"
IN_A_BROWSER = pytest.mark.skipif(BROWSER is None, reason=NONE)


class Lab(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    folder: Path
    """Where it runs, with its results."""
    log: Path
    """What it writes when something goes wrong: else nothing."""

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def command(*words: str) -> list[str]:
    return [sys.executable, str(SMALL), "app", "--no-open", *words]


@contextmanager
def serving(folder: Path, environment: Mapping[str, str]) -> Iterator[Lab]:
    """Serve the lab in a folder; it must log no fault and end when told."""
    words, log = command("--port", "0"), folder / "log"
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        try:
            yield Lab(process, found[0], folder, log)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.kill()  # else leaving the block waits for it without end
    assert not log.read_text(encoding="utf-8")


def opened(page: Page, lab: Lab, query: str = "") -> None:
    """Open a link and wait for the view, and for its first numbers if it is the first one."""
    page.goto(f"{lab.address}/?{query}")
    page.wait_for_selector("#main h2")
    if "view" not in query:
        number = page.locator("[data-count=output] .strong b")
        expect(number).to_have_text(re.compile(r"\d"), timeout=PATIENCE)


@contextmanager
def slowly(lab: Lab) -> Iterator[None]:
    """Let the lab take its time, so that what runs can be stopped on the fastest machine."""
    brake = lab.folder / "brake"  # `small_lab.BRAKE`
    brake.touch()
    try:
        yield
    finally:
        brake.unlink()
