"""Protects Cooke's classical model: a published example, and one that fits on an envelope.

The published one is the second of section 3.7.3 of Delft University of Technology's open course
"Decision Making Under Uncertainty: Introduction to Structured Expert Judgment"
(https://ocw.tudelft.nl/course-readings/3-7-3-the-calibration-score-of-the-dm-2/): five questions,
three made-up experts.
"""

from math import erfc, exp, log, pi, sqrt

import numpy as np
import pytest

from sim.estimate.cooke import QUANTILES, calibration, ends, information, pooled, scored

TRUTHS = np.array([24.0, 11.0, 68.0, 47.0, 31.0])
ANSWERS = np.array(
    [
        [[2, 5, 7], [12, 13, 15], [87, 89, 92], [2, 5, 8], [48, 50, 52]],
        [[20, 23, 34], [8, 10, 11], [60, 70, 90], [20, 35, 45], [30, 35, 40]],
        [[20, 25, 28], [10, 13, 15], [65, 67, 70], [42, 44, 46], [32, 33, 35]],
    ],
    dtype=float,
)
RANGES = [
    ends(ANSWERS[:, item], float(truth), -np.inf, np.inf) for item, truth in enumerate(TRUTHS)
]


def test_the_published_example_comes_out_as_printed() -> None:
    found = scored(ANSWERS, TRUTHS, RANGES)
    assert [each.calibration for each in found.scores] == pytest.approx(
        [3.621e-5, 0.608, 0.327], rel=2e-3
    )
    assert [each.information for each in found.scores] == pytest.approx(
        [1.418, 0.558, 1.354], abs=6e-4
    )
    raw = np.array([each.weight for each in found.scores])
    assert raw / raw.sum() == pytest.approx([6.565e-5, 0.4338, 0.5661], rel=2e-3)


def test_two_answers_in_the_middle_ranges_by_hand() -> None:
    """Of two answers one in each middle range: s = (0, 1/2, 1/2, 0), so 2 N I = 4 log(1 / 0.9)."""
    statistic = 4.0 * log(1.0 / 0.9)
    # Of 3 degrees of freedom, in closed form.
    tail = erfc(sqrt(statistic / 2.0)) + sqrt(2.0 * statistic / pi) * exp(-statistic / 2.0)
    quantiles = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert calibration(quantiles, np.array([1.5, 2.5])) == pytest.approx(tail)


def test_an_expert_who_says_what_the_background_says_has_no_information() -> None:
    assert information(np.array([5.0, 50.0, 95.0]), (0.0, 100.0)) == pytest.approx(0.0)
    assert information(np.array([40.0, 50.0, 60.0]), (0.0, 100.0)) > 0.5


def test_a_pool_lies_between_its_experts_and_one_alone_is_itself() -> None:
    between = (0.0, 10.0)
    both = np.array([[1.0, 2.0, 3.0], [5.0, 7.0, 9.0]])
    alone = pooled(both, between, np.array([1.0, 0.0]))
    assert [alone.quantile(u) for u in QUANTILES] == pytest.approx([1.0, 2.0, 3.0])
    mixed = pooled(both, between, np.array([0.5, 0.5]))
    assert 2.0 < mixed.quantile(0.5) < 7.0
    assert np.all(np.diff(mixed.below) > 0.0)
    assert (mixed.below[0], mixed.below[-1]) == pytest.approx((0.0, 1.0))


def test_experts_below_the_level_count_for_nothing_and_the_pool_is_as_good_as_any() -> None:
    found = scored(ANSWERS, TRUTHS, RANGES)
    assert found.weights.sum() == pytest.approx(1.0)
    low = [each.calibration < found.level for each in found.scores]
    assert all(weight == 0.0 for weight, out in zip(found.weights, low, strict=True) if out)
    assert found.performance.weight >= found.equal.weight
