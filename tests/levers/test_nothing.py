"""False alarms: what is not done, or done nowhere, changes not a byte."""

import pytest

from sim.world.codes import instrument
from sim.world.setup import Setup
from sim.world.world import World
from tests.levers.pairs import Pairs
from tests.levers.runs import INSTRUMENTS, contents, doses, run, setup
from tests.levers.table import EFFECTS, Effect

MONTHS = 8
"""Two quarters, at whose start knowledge spreads; the setups differ in every one of them."""


@pytest.fixture(scope="module")
def usual() -> World:
    return run(setup(doses(MONTHS, {})), 0).world


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_dose_zero_is_nothing(name: str, usual: World) -> None:
    given = setup(doses(MONTHS, {name: 0.0}), where={name: (0, 0)})
    assert contents(run(given, 0).world) == contents(usual)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_what_reaches_nowhere_is_nothing(name: str, usual: World) -> None:
    """A rule that read the dose itself, and not what of it reaches a place, would fail here."""
    given: Setup = setup(doses(MONTHS, {name: 10.0}))
    given.reach[instrument(name)] = 0.0
    assert contents(run(given, 0).world) == contents(usual)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_paired_runs_find_no_effect_of_dose_zero(name: str) -> None:
    effect = next(effect for effect in EFFECTS if effect.instrument == name)
    nothing: Effect = effect._replace(dose=0.0, months=6)
    differences = Pairs([nothing], [0]).differences(nothing)
    # Nothing to read in both runs (no firm founded yet, say) is no difference either.
    assert ((differences == 0.0) | (differences != differences)).all()
