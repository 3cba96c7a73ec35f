"""A few replicates, a server and a browser, shared by the tests of the lab."""

import asyncio
import os
from collections.abc import Awaitable, Iterator
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from sim.app.growth import Engine, Replicates
from sim.ensemble import warm_up
from sim.scenario import read_scenario
from tests.app.browsing import BROWSER, FLAGS, PATIENCE, Lab, serving

Found = TypeVar("Found")


def wait_for(work: Awaitable[Found]) -> Found:
    """Run something to its end in an event loop of its own."""

    async def finish() -> Found:
        return await work

    return asyncio.run(finish())


async def grown(name: str, number: int) -> Replicates:
    """Return the first replicates of a scenario, run as the lab runs them."""
    engine = Engine(2)
    growth = engine.growth(read_scenario(name))
    async for _ in growth.first(number):
        pass
    engine.close()
    return growth.replicates


@pytest.fixture(scope="session")
def as_written() -> Replicates:
    return wait_for(grown("as-written", 12))


@pytest.fixture(scope="session")
def without_yulin() -> Replicates:
    return wait_for(grown("without-yulin", 8))


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return a server for all tests; whatever they do, it must log no fault and end when told."""
    written = read_scenario("as-written")
    # Which takes minutes beside other work: longer than a page is waited for.
    warm_up(written.setup(), written.seed)
    with serving(tmp_path_factory.mktemp("lab"), {**os.environ, "SIM_LANG": "en"}) as found:
        yield found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
    yield found
    found.close()


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """Return a fresh session's page, on a screen that fingers can touch too.

    It must neither complain nor ask another machine.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, has_touch=True)
    context.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    found = context.new_page()
    found.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    own = (lab.address, "data:", "blob:", lab.address.replace("http", "ws"))
    context.on(
        "request", lambda asked: None if asked.url.startswith(own) else wrong.append(asked.url)
    )
    yield found
    context.close()
    assert not wrong
    assert not lab.log.read_text(encoding="utf-8")
