"""The summary says of an ensemble what one can work out by hand."""

import json
import subprocess
import sys
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.calendar import decimal_year
from sim.estimate import Summary, outcomes, summarise, summarise_outcomes
from sim.estimate.intervals import wilson
from sim.estimate.readings import Outcomes
from sim.estimate.summary import median_year
from sim.plan import PLAN

SEED = 20221011
IDS = [count.id for count in PLAN.counts]
TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)
MONTHS = 12


def ensemble(replicates: int, draws: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
    """Return counts that grow towards about their targets, shape (R, 12, 13)."""
    rng = np.random.default_rng(SEED)
    shared = np.arange(replicates) // 2 if draws is None else draws
    parameters = rng.normal(size=(shared.max() + 1, 1, len(IDS)))[shared]
    luck = rng.normal(size=(replicates, 1, len(IDS)))
    growth = np.linspace(0.1, 1.0, MONTHS)[:, None]
    return np.floor(TARGETS * growth * np.exp(0.1 + 0.3 * parameters + 0.2 * luck))


def by_hand() -> Summary:
    """Return the summary of four replicates: all, but for one count all, half, and nothing."""
    counts = np.zeros((4, 3, len(IDS)))
    counts[0, 1:] = TARGETS
    counts[1, 2] = TARGETS
    counts[1, 2, IDS.index("scenarios")] = 45.0
    counts[2, 2, :] = TARGETS / 2
    return summarise(counts, np.array([0, 0, 1, 1]), at=2, tolerance=0.1, sequential=False)


def test_four_replicates_by_hand() -> None:
    found = by_hand()
    scenarios = found.counts[IDS.index("scenarios")]
    assert (scenarios.id, scenarios.target) == ("scenarios", 50)
    assert (scenarios.p10, scenarios.median, scenarios.p90) == (0.0, 25.0, 50.0)
    assert scenarios.likelihood.value == 0.25
    assert scenarios.about.value == 0.5
    assert scenarios.median_year is None
    # Two draws with two lucks do not tell luck from parameters.
    assert (scenarios.parameter_share, scenarios.luck_share) == (None, None)
    assert scenarios.over_parameters is None


def test_a_pair_that_always_agrees_is_worth_one_replicate() -> None:
    colleges = by_hand().counts[IDS.index("colleges")]
    assert colleges.likelihood == wilson(0.5, 2)
    assert colleges.median_year == decimal_year(2)


def test_all_thirteen_together_must_hold_in_the_same_replicate() -> None:
    found = by_hand()
    assert found.joint.value == 0.25
    assert found.joint_about.value == 0.5
    counts = np.zeros((2, 1, len(IDS)))
    counts[0, 0, 0], counts[1, 0, 1:] = TARGETS[0], TARGETS[1:]
    apart = summarise(counts, np.arange(2), at=0, tolerance=0.1, sequential=False)
    assert {count.likelihood.value for count in apart.counts} == {0.5}
    assert apart.joint.value == 0.0


def test_the_clusters_have_no_about() -> None:
    counts = np.tile(0.95 * TARGETS, (2, 1, 1))
    found = summarise(counts, np.zeros(2, dtype=np.int64), at=0, tolerance=0.2, sequential=False)
    about = {count.id: count.about.value for count in found.counts}
    assert about.pop("clusters") == 0.0
    assert set(about.values()) == {1.0}
    assert found.joint_about.value == 0.0


def test_the_range_over_parameters_is_that_of_the_strict_threshold() -> None:
    counts = np.tile(0.95 * TARGETS, (64, 1, 1))
    found = summarise(counts, np.arange(64) // 2, at=0, tolerance=0.1, sequential=False)
    assert {count.over_parameters for count in found.counts} == {(0.0, 0.0)}


@pytest.mark.parametrize("sequential", [False, True])
def test_what_must_hold_of_any_ensemble(sequential: bool) -> None:
    found = summarise(ensemble(64), np.arange(64) // 2, MONTHS - 1, 0.1, sequential)
    assert [count.id for count in found.counts] == IDS
    assert (found.replicates, found.draws, found.at) == (64, 32, MONTHS - 1)
    assert found.sequential is sequential
    assert found.joint.value <= min(count.likelihood.value for count in found.counts)
    assert found.joint.value <= found.joint_about.value
    for count in found.counts:
        assert count.p10 <= count.median <= count.p90
        assert count.likelihood.value <= count.about.value
        assert count.over_parameters is not None
        assert 0.0 <= count.over_parameters[0] <= count.over_parameters[1] <= 1.0
        assert count.luck_share is not None
        assert count.parameter_share is not None
        assert count.luck_share + count.parameter_share == pytest.approx(1.0)
        for interval in (count.likelihood, count.about):
            assert 0.0 <= interval.low <= interval.value <= interval.high <= 1.0


def test_a_summary_is_made_of_plain_values() -> None:
    """Written as JSON and read back, nothing has changed; NumPy's numbers could not be written."""
    found = asdict(summarise(ensemble(20), np.arange(20) // 2, 5, 0.1, sequential=True))
    again = json.loads(json.dumps(found, allow_nan=False))
    assert json.loads(json.dumps(again)) == again
    for count in found["counts"]:
        words = ("id", "unit", "reading", "other")
        numbers = {type(value) for key, value in count.items() if key not in words}
        assert numbers <= {int, float, tuple, type(None)} | {type(count["likelihood"])}


def test_the_order_of_the_replicates_does_not_matter() -> None:
    draws = np.array([0, 0, 1, 1, 1, 2, 3, 3, 4, 4])
    counts = ensemble(10, draws)
    order = np.random.default_rng(SEED).permutation(10)
    one = summarise(counts, draws, MONTHS - 1, 0.1, sequential=False)
    other = summarise(counts[order], draws[order] + 40, MONTHS - 1, 0.1, sequential=False)
    for first, second in zip(one.counts, other.counts, strict=True):
        assert first.median == second.median
        assert first.likelihood == pytest.approx(second.likelihood)
        assert first.parameter_share == pytest.approx(second.parameter_share)


def test_an_ensemble_in_parts_gives_the_same_summary() -> None:
    counts, draws = ensemble(24), np.arange(24) // 2
    parts = [outcomes(counts[start : start + 8], at=6) for start in (0, 8, 16)]
    joined = Outcomes(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    whole = summarise(counts, draws, 6, 0.1, sequential=True)
    assert summarise_outcomes(joined, draws, 6, 0.1, sequential=True) == whole


def test_as_many_draws_as_replicates() -> None:
    with pytest.raises(ValueError, match="3 draws for 4 replicates"):
        summarise(ensemble(4), np.array([0, 0, 1]), 5, 0.1, sequential=False)


@pytest.mark.parametrize(
    ("reached", "month"),
    [
        ([3, 1, 2], 2),
        ([4, 1, -1, -1], 4),  # half of them: the later of the two
        ([4, -1, -1], None),
        ([-1, -1], None),
        ([0], 0),
    ],
)
def test_the_median_year_counts_those_that_never_arrive(
    reached: list[int], month: int | None
) -> None:
    expected = None if month is None else decimal_year(month)
    assert median_year(np.array(reached)) == expected


def test_a_target_reached_after_the_month_of_the_summary_still_has_a_year() -> None:
    counts = np.zeros((2, 5, len(IDS)))
    counts[:, 4] = TARGETS
    found = summarise(counts, np.zeros(2, dtype=np.int64), at=2, tolerance=0.1, sequential=False)
    assert found.counts[0].likelihood.value == 0.0
    assert found.counts[0].median_year == decimal_year(4)


def test_reading_a_summary_need_not_wait_for_scipy() -> None:
    code = "import sys, sim.estimate; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
