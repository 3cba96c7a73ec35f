"""One engine and a few replicates, shared by all tests of the lab."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import pytest

from sim.app.growth import Engine, Replicates
from sim.scenario import read_scenario

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
