"""False alarms: what is not done, or done nowhere, changes not a byte."""

import pytest

from sim.model.world.world import World
from tests.levers.runs import INSTRUMENTS, contents, doses, run, setup

MONTHS = 8
"""Two quarters, at whose start knowledge spreads; the setups differ in every one of them."""


@pytest.fixture(scope="module")
def usual() -> World:
    return run(setup(doses(MONTHS, {})), 0).world


def test_dose_zero_is_nothing(usual: World) -> None:
    """A rule that read where an instrument reaches, and not its dose there, would fail here."""
    given = setup(doses(MONTHS, {}), where=dict.fromkeys(INSTRUMENTS, (0, 0)))
    assert contents(run(given, 0).world) == contents(usual)


def test_what_reaches_nowhere_is_nothing(usual: World) -> None:
    """A rule that read the dose itself, and not what of it reaches a place, would fail here."""
    given = setup(doses(MONTHS, dict.fromkeys(INSTRUMENTS, 10.0)))
    given.reach[:] = 0.0
    assert contents(run(given, 0).world) == contents(usual)
