"""Protects the pairing: the same luck in every scenario, so that they can be compared.

The tests bear the names of what users of other tools complain about.
"""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.calendar import month_label
from sim.ensemble import Trajectory, run_one
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.plan import PLAN, Instrument, Lever
from sim.scenario import Scenario, read_scenario

SEED = 11
START = 20
MONTHS = 44
PAID = MEASURES.index("public_cost")
WITHOUT_COST = np.arange(len(MEASURES)) != PAID
FIXED = tuple(parameters.defaults().items())


def changed(
    scenario: str, instruments: tuple[Instrument, ...], *, on: bool, start: int = 0
) -> Scenario:
    """Return a scenario in which some instruments are off, or start in a month."""
    base = read_scenario(scenario)
    settings = dict(base.settings)
    for instrument in instruments:
        setting = settings[instrument.id]
        settings[instrument.id] = replace(setting, on=on, start=month_label(start))
    return replace(base, settings=settings)


def played(scenario: Scenario, months: int = MONTHS, replicate: int = 0) -> Trajectory:
    return run_one(scenario.setup()._replace(months=months), SEED, replicate)


def same(one: Trajectory, other: Trajectory, months: int) -> bool:
    """Return whether two trajectories have the same bytes before a month."""
    return (
        one.counts[:months].tobytes() == other.counts[:months].tobytes()
        and one.measures[:months].tobytes() == other.measures[:months].tobytes()
    )


@pytest.mark.parametrize("lever", PLAN.levers, ids=lambda lever: lever.id)
def test_no_month_before_a_policy_starts_differs(lever: Lever) -> None:
    without = played(changed("as-written", lever.instruments, on=False))
    late = played(changed("as-written", lever.instruments, on=True, start=START))
    assert same(without, late, START)
    assert late.measures[START, PAID] > without.measures[START, PAID]
    later = late.measures[START:, WITHOUT_COST] != without.measures[START:, WITHOUT_COST]
    assert later.any(), "the lever does nothing but cost"


def test_a_policy_that_starts_after_the_horizon_is_no_policy() -> None:
    usual = read_scenario("business-as-usual")
    never = changed("as-written", PLAN.instruments, on=True, start=99)
    assert same(played(usual, 99), played(never, 99), 99)
    assert same(played(usual, 99, 5), played(never, 99, 5), 99)


def test_a_policy_in_no_district_is_no_policy() -> None:
    setup = read_scenario("as-written").setup()._replace(months=24)
    nowhere = setup._replace(reach=np.zeros_like(setup.reach))
    assert same(run_one(nowhere, SEED, 1), played(read_scenario("business-as-usual"), 24, 1), 24)


def outcomes(setup: Setup, replicates: range) -> NDArray[np.float64]:
    """Return the counts at the end of each replicate, shape (replicates, 13)."""
    return np.array([each.counts[-1] for each in ensemble.run(setup, SEED, replicates, 2)])


def test_no_stray_draw_destroys_the_pairing() -> None:
    """Outcomes of two scenarios go together, and only under the same luck.

    All parameters are fixed, so nothing but luck is shared. Without pairing, the correlation of
    twenty pairs exceeds 0.6 with a probability of 0.003; with a true correlation of 0.9 it falls
    below with a probability of 0.001.
    """
    written, late = (
        outcomes(read_scenario(name).setup()._replace(months=60, overrides=FIXED), range(20))
        for name in ("as-written", "late-start")
    )
    for count in ("output", "products", "technology_centres"):
        k = COUNTS.index(count)
        paired = np.corrcoef(written[:, k], late[:, k])[0, 1]
        unpaired = np.corrcoef(written[:, k], np.roll(late[:, k], 1))[0, 1]
        assert paired > 0.6 > unpaired, (count, paired, unpaired)
