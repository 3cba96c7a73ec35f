"""Protects business as usual: without the plan the city is neither dead nor exploding.

Counts of eight replicates at the end of 2030, each with a parameter draw of its own.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.ensemble import Trajectory, run
from sim.model.world.layout import COUNTS, measure
from sim.plan import PLAN
from sim.scenario import read_scenario

REPLICATES = 8
SEED = 2022
FIRMS, TALENTS = measure("firms"), measure("talents")


@pytest.fixture(scope="module")
def usual() -> list[Trajectory]:
    setup = read_scenario("business-as-usual").setup()
    return list(run(setup, SEED, range(REPLICATES), 2))


def at_the_end(usual: list[Trajectory]) -> NDArray[np.float64]:
    """Return the counts at the end of 2030, shape (replicates, 13)."""
    return np.array([each.counts[-1] for each in usual])


def test_most_counts_are_above_nothing(usual: list[Trajectory]) -> None:
    some = (at_the_end(usual) > 0.0).mean(axis=0) >= 0.5
    assert some.sum() >= 9, [name for name, found in zip(COUNTS, some, strict=True) if not found]


@pytest.mark.parametrize(
    "count",
    ["output", "components", "products", "standards", "technology_centres", "hightech_enterprises"],
)
def test_what_firms_do_by_themselves_is_done_in_every_replicate(
    usual: list[Trajectory], count: str
) -> None:
    assert (at_the_end(usual)[:, COUNTS.index(count)] > 0.0).all()


def test_the_plan_is_not_fulfilled_by_itself(usual: list[Trajectory]) -> None:
    targets = np.array([count.target for count in PLAN.counts])
    assert not (at_the_end(usual) >= targets).all(axis=1).any()


@pytest.mark.parametrize("who", [FIRMS, TALENTS], ids=["firms", "talents"])
def test_the_population_neither_explodes_nor_dies(usual: list[Trajectory], who: int) -> None:
    for trajectory in usual:
        number = trajectory.measures[:, who]
        assert (number >= number[0] / 4.0).all()
        assert (number <= number[0] * 4.0).all()


def test_the_city_begins_at_rest() -> None:
    """Exits per firm stay within 2.6 points from the first year on, and seniors within four.

    Means of 48 replicates, whose error is about 0.2 points. Before the stock of 2022 was what is
    left of lives, exits rose from 4 to 12 % of firms in three years, and seniors by 13 points.
    """
    setup = read_scenario("business-as-usual").setup()
    found = np.array([each.measures for each in run(setup, SEED, range(48), 2)])[:, :96]

    def yearly(name: str) -> NDArray[np.float64]:
        months = found[:, :, measure(name)].reshape(len(found), 8, 12)
        return np.asarray(months.mean(axis=2), np.float64)

    exits = (1200.0 * yearly("exits") / yearly("firms")).mean(axis=0)
    assert np.ptp(exits) <= 2.6
    assert np.ptp((100.0 * yearly("seniors") / yearly("talents")).mean(axis=0)) <= 4.0
