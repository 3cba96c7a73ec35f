"""A run to a precision stops when it has that precision, and not before."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.estimate import Interval, Summary, needed, precise_enough, summarise
from sim.estimate.paired import likelihood_difference
from sim.estimate.precision import FIRST_LOOK, draws_needed, intervals, next_look
from sim.estimate.sequential import confidence_sequence
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.text.together import half_width

SEED = 20221011
TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)


def summary(replicates: int, sequential: bool = True) -> Summary:
    """Return the summary of the first replicates of one endless ensemble."""
    rng = np.random.default_rng(SEED)
    draws = np.array([draw_of(replicate) for replicate in range(4096)])
    level = rng.normal(size=(4096, 1, 1))[draws] + rng.normal(size=(4096, 1, len(TARGETS)))
    counts = TARGETS * np.exp(0.2 * level[:replicates])
    return summarise(counts, draws[:replicates], 0, tolerance=0.1, sequential=sequential)


def test_every_interval_counts() -> None:
    found = summary(512)
    assert len(list(intervals(found))) == 2 * len(TARGETS) + 2
    widest = max(interval.half_width for interval in intervals(found))
    assert precise_enough(found, widest)
    assert not precise_enough(found, widest - 1e-9)
    loose = Interval(0.5, 0.0, 0.5 + widest)
    assert not precise_enough(replace(found, joint=loose), widest)
    assert not precise_enough(replace(found, joint_about=loose), widest)
    last = replace(found.counts[-1], about=loose)
    assert not precise_enough(replace(found, counts=(*found.counts[:-1], last)), widest)


def test_the_longer_side_of_an_interval_counts() -> None:
    assert Interval(0.1, 0.08, 0.15).half_width == pytest.approx(0.05)
    assert Interval(0.9, 0.85, 0.92).half_width == pytest.approx(0.05)


def test_only_intervals_that_are_valid_under_stopping_may_stop_a_run() -> None:
    with pytest.raises(ValueError, match="sequential"):
        precise_enough(summary(64, sequential=False), 0.5)


@pytest.mark.parametrize("half_width", [0.0, -0.1, float("nan")])
def test_a_precision_is_positive(half_width: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        precise_enough(summary(64), half_width)
    with pytest.raises(ValueError, match="positive"):
        needed(summary(64), half_width)


@settings(max_examples=30)
@given(st.floats(0.0, 1.0), st.sampled_from([0.03, 0.1, 0.3]))
def test_the_number_of_draws_needed_is_the_smallest(share: float, half_width: float) -> None:
    number = draws_needed(share, half_width)
    wide, narrow = (
        Interval(share, *confidence_sequence(share * many, many)).half_width
        for many in (number - 1, number)
    )
    assert narrow <= half_width < wide


def test_three_points_around_one_half() -> None:
    """The figure that sequential.py's own text gives."""
    assert draws_needed(0.5, 0.03) == 2683


def test_a_precision_that_no_run_reaches_is_an_error() -> None:
    with pytest.raises(ValueError, match="no run"):
        draws_needed(0.5, 1e-8)


def test_a_run_stops_about_where_the_forecast_puts_it() -> None:
    size, half_width = 256, 0.08
    forecast = needed(summary(size), half_width)
    stopped = next(
        many for many in range(size, 4097, size) if precise_enough(summary(many), half_width)
    )
    assert not precise_enough(summary(stopped - size), half_width)
    assert forecast == pytest.approx(stopped, abs=2 * size)
    assert needed(summary(stopped), half_width) <= stopped


def test_a_study_to_a_precision_covers_the_truth_as_often_as_it_says() -> None:
    """Looks again and again at how wide intervals are, of pairs with a known difference."""
    rng = np.random.default_rng(SEED)
    trials, hit = 400, 0
    truth = NormalDist(0.0, 0.99**0.5).cdf(0.3) - 0.5
    for _ in range(trials):
        luck = 0.7 * rng.normal(size=4096).repeat(2) + 0.7 * rng.normal(size=8192)
        one, other = (luck + 0.1 * rng.normal(size=8192) > edge for edge in (0.3, 0.0))
        draws, last, many = np.arange(8192) // 2, 0, int(FIRST_LOOK)
        while many != last:
            found = likelihood_difference(one[:many], other[:many], draws[:many])
            last, many = many, next_look(many, half_width(found), 0.03) or many
        assert FIRST_LOOK < last < 8192
        hit += found.low <= truth <= found.high
    assert 0.93 <= hit / trials <= 0.975


def test_a_forecast_asks_for_whole_blocks_and_ends_at_a_cap() -> None:
    assert next_look(256, 0.05, 0.05) is None
    assert next_look(256, 0.06, 0.05) == 384
    assert next_look(256, 0.0501, 0.05) == 272
    assert next_look(256, float("inf"), 0.05) == 1024
    assert next_look(50_000, 0.06, 0.05) is None
