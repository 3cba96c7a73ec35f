"""How far an objective is reached: hand-worked, and against the counts one by one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.estimate.objectives import Objective, achieved, aimed_at
from sim.estimate.summary import summarise
from sim.experiments.objective_file import read_objective
from sim.plan import PLAN

TOLERANCE = 0.1
DRAWS = np.arange(6)


def objective(**changes: object) -> Objective:
    return read_objective("industry")._replace(**changes)  # type: ignore[arg-type]


def counts(rows: Sequence[tuple[float, float, float]]) -> NDArray[np.float64]:
    """Return replicates whose three counts end at parts of their targets."""
    found = np.zeros((len(rows), 99, len(PLAN.counts)))
    for at, aim in enumerate(objective().aims):
        own = [row[at] * aim.target for row in rows]
        found[:, aim.month, PLAN.counts.index(aim.count)] = own
    return found


ROWS = [(1, 1, 1), (1, 1, 0.95), (1, 0, 0.95), (0, 0, 0), (2, 0.95, 0), (1, 1, 1.5)]


@pytest.mark.parametrize(
    ("changes", "reached", "number"),
    [
        ({}, 2, [3, 2, 1, 0, 1, 3]),
        ({"about": True}, 3, [3, 3, 2, 0, 2, 3]),
        ({"at_least": 1}, 5, [3, 2, 1, 0, 1, 3]),
    ],
)
def test_met_by_hand(changes: dict[str, object], reached: int, number: list[int]) -> None:
    wanted = objective(**changes)
    met = wanted.met(aimed_at(counts(ROWS), wanted, PLAN.readings), TOLERANCE)
    assert met.sum(axis=1).tolist() == number
    found = achieved(met, wanted, DRAWS)
    assert found.likelihood.value == reached / 6
    assert found.number.value == pytest.approx(np.mean(number))
    shares = [each.value for each in found.exactly]
    assert shares == [number.count(many) / 6 for many in range(4)]
    assert [each.value for each in found.at_least] == pytest.approx(
        [sum(shares[many:]) for many in (1, 2, 3)]
    )


def test_weights_say_what_a_count_is_worth() -> None:
    first, second, third = objective().aims
    wanted = objective(aims=(replace(first, weight=2.0), second, third))
    met = np.array([[True, False, False], [False, True, True]])
    assert wanted.scores(met).tolist() == [0.5, 0.5]


def test_a_target_of_another_year_is_read_in_that_year() -> None:
    (aim,) = read_objective("output-4000-by-2028").aims
    values = np.zeros((1, 99, len(PLAN.counts)))
    values[0, :, PLAN.counts.index(aim.count)] = np.arange(99)
    wanted = read_objective("output-4000-by-2028")
    assert aimed_at(values, wanted, PLAN.readings).tolist() == [[74.0]]


@pytest.mark.parametrize("sequential", [False, True])
def test_each_count_and_all_together_are_as_a_summary_has_them(sequential: bool) -> None:
    rng = np.random.default_rng(3)
    targets = np.array([count.target for count in PLAN.counts])
    values = rng.uniform(0.8, 2.0, (40, 99, len(targets))) * targets
    draws = np.arange(40) // 2
    wanted = read_objective("all")
    summary = summarise(values, draws, 98, TOLERANCE, sequential)
    met = wanted.met(aimed_at(values, wanted, PLAN.readings), TOLERANCE)
    found = achieved(met, wanted, draws, sequential=sequential)
    assert found.likelihood == summary.joint
    assert list(found.aims) == [each.likelihood for each in summary.counts]
    near = wanted._replace(about=True)
    met = near.met(aimed_at(values, near, PLAN.readings), TOLERANCE)
    assert achieved(met, near, draws, sequential=sequential).likelihood == summary.joint_about
