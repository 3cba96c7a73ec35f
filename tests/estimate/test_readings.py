"""Counts and targets are read as asked for, and nothing that is not a number slips through."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from sim.estimate import Interval, OtherReading, summarise
from sim.estimate.precision import intervals, precise_enough
from sim.estimate.readings import NEVER, in_reading, in_readings, others, outcomes, thresholds
from sim.plan import PLAN, Count, Reading
from sim.problems import Problem

IDS = [count.id for count in PLAN.counts]
TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)
PAIRS = np.array([0, 0, 1, 1])
ZONES, COLLEGES = IDS.index("pilot_zones"), IDS.index("colleges")
OTHERWISE = others(PLAN.readings)


def the(name: str) -> Count:
    return PLAN.counts[IDS.index(name)]


def recorded() -> NDArray[np.float64]:
    """Return four replicates of three months: all at their targets, but zones and colleges.

    Zones start at 10 and end at 15, 25, 24 and 14, with a target of 15; colleges at 4, 5, 3 and 5,
    with a target of 5.
    """
    counts = np.zeros((4, 3, len(IDS)))
    counts[:, 1:] = 2.0 * TARGETS
    counts[:, :, ZONES] = [[10, 12, 15], [10, 20, 25], [10, 26, 24], [10, 30, 14]]
    counts[:, :, COLLEGES] = [[0, 4, 4], [0, 0, 5], [0, 4, 3], [0, 5, 5]]
    return counts


def test_the_default_readings_are_what_is_recorded() -> None:
    counts = recorded()
    assert_array_equal(in_readings(counts, PLAN.readings), counts)


def test_what_is_new_of_a_stock_is_its_increase_since_the_first_month() -> None:
    stock = np.array([[4.0, 6.0, 3.0, 9.0], [0.0, 1.0, 0.0, 2.0]])
    expected = [[0.0, 2.0, 0.0, 5.0], [0.0, 1.0, 0.0, 2.0]]
    assert in_reading(stock, the("scenarios"), "new").tolist() == expected


def test_the_stock_of_what_is_new_holds_what_stood_before() -> None:
    new = np.array([[0.0, 0.0, 3.0]])
    assert in_reading(new, the("colleges"), "stock").tolist() == [[1.0, 1.0, 4.0]]


@pytest.mark.parametrize(
    ("name", "reading"), [("output", "new"), ("components", "stock"), ("scenarios", "flow")]
)
def test_a_reading_that_a_count_cannot_have_is_an_error(name: str, reading: Reading) -> None:
    with pytest.raises(ValueError, match=f"{name} cannot be read as '{reading}'"):
        in_reading(np.zeros((1, 2)), the(name), reading)
    with pytest.raises(ValueError, match=name):
        in_readings(recorded(), {**PLAN.readings, name: reading})


def test_only_the_count_that_is_read_otherwise_changes() -> None:
    counts = recorded()
    before = counts.copy()
    read = in_readings(counts, {**PLAN.readings, "pilot_zones": "new"})
    assert_array_equal(counts, before)
    assert read[:, 2, ZONES].tolist() == [5.0, 15.0, 14.0, 4.0]
    rest = [number for number in range(len(IDS)) if number != ZONES]
    assert_array_equal(read[:, :, rest], counts[:, :, rest])


def test_the_other_reading_of_the_other_is_the_first() -> None:
    assert others(OTHERWISE) == PLAN.readings
    alike = {name for name in IDS if OTHERWISE[name] == PLAN.readings[name]}
    assert alike == {"output", "components", "products", "standards", "leading_firms"}


def test_outcomes_hold_both_readings_and_the_month_of_the_chosen() -> None:
    found = outcomes(recorded(), 2, OTHERWISE)
    assert found.values[:, ZONES].tolist() == [5.0, 15.0, 14.0, 4.0]
    assert found.other[:, ZONES].tolist() == [15.0, 25.0, 24.0, 14.0]
    assert found.reached[:, ZONES].tolist() == [NEVER, 2, 1, 1]
    assert found.reached[:, COLLEGES].tolist() == [1, 2, 1, 1]
    default = outcomes(recorded(), 2)
    assert default.reached[:, ZONES].tolist() == [2, 1, 1, 1]
    assert_array_equal(default.other, found.values)
    assert_array_equal(default.values, found.other)


def test_a_summary_is_of_the_chosen_readings() -> None:
    found = summarise(recorded(), PAIRS, 2, 0.1, False, OTHERWISE)
    zones, colleges = found.counts[ZONES], found.counts[COLLEGES]
    assert (zones.reading, colleges.reading) == ("new", "stock")
    assert (zones.p10, zones.median, zones.p90) == (4.0, 5.0, 15.0)
    assert (zones.likelihood.value, zones.about.value) == (0.25, 0.5)
    assert colleges.likelihood.value == 0.75
    default = summarise(recorded(), PAIRS, 2, 0.1, False)
    assert default.counts[ZONES].likelihood.value == 0.75
    assert default.counts[COLLEGES].likelihood.value == 0.5
    # Together: in one reading the second replicate, in the other the second too, but not the first.
    assert found.joint.value == 0.25
    assert default.joint.value == 0.25
    zones_only = summarise(recorded(), PAIRS, 2, 0.1, False, {**PLAN.readings, "colleges": "stock"})
    assert zones_only.joint.value == 0.5


def test_the_other_reading_says_what_a_summary_in_it_would_say() -> None:
    default = summarise(recorded(), PAIRS, 2, 0.1, True)
    otherwise = summarise(recorded(), PAIRS, 2, 0.1, True, OTHERWISE)
    for one, two in ((default, otherwise), (otherwise, default)):
        for number in (ZONES, COLLEGES):
            there = two.counts[number]
            expected = OtherReading(there.reading, there.median, there.likelihood, there.about)
            assert one.counts[number].other == expected


def test_a_reading_in_which_no_likelihood_differs_is_not_told() -> None:
    found = summarise(recorded(), PAIRS, 2, 0.1, False)
    told = [count.id for count in found.counts if count.other is not None]
    assert told == ["colleges", "pilot_zones"]


def test_a_likelihood_that_differs_within_the_tolerance_only_is_told() -> None:
    counts = recorded()
    counts[:, :, COLLEGES] = 2.0 * TARGETS[COLLEGES]
    counts[:, 0, ZONES], counts[:, 1:, ZONES] = 1.0, 14.0
    zones = summarise(counts, PAIRS, 2, 0.1, False).counts[ZONES]
    assert (zones.likelihood.value, zones.about.value) == (0.0, 1.0)
    assert zones.other is not None
    assert (zones.other.likelihood.value, zones.other.about.value) == (0.0, 0.0)


def test_a_run_stops_on_the_chosen_readings_alone() -> None:
    found = summarise(recorded(), PAIRS, 2, 0.1, True)
    widest = max(interval.half_width for interval in intervals(found))
    wide = Interval(0.5, 0.0, 1.0 + widest)
    loose = OtherReading("new", 0.0, wide, wide)
    changed = tuple(replace(count, other=loose) for count in found.counts)
    assert precise_enough(replace(found, counts=changed), widest)


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_about_means_so_much_below_the_target_to_the_last_digit(percent: int) -> None:
    found = thresholds(percent / 100)
    for count, strict, about in zip(PLAN.counts, *found, strict=True):
        assert strict == count.target
        slack = Fraction(percent, 100) if count.about else 0
        assert about == float(count.target * (1 - slack))


def test_the_plan_does_not_say_about_of_the_clusters() -> None:
    clusters = IDS.index("clusters")
    found = thresholds(0.5)
    assert found.about[clusters] == found.strict[clusters]
    assert (np.delete(found.about < found.strict, clusters)).all()


@pytest.mark.parametrize("tolerance", [-0.1, 1.0, float("nan")])
def test_a_tolerance_is_a_fraction(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        thresholds(tolerance)


def test_the_month_in_which_a_target_was_first_reached() -> None:
    """The first time counts, even if the count falls below its target again."""
    counts = np.zeros((1, 6, len(IDS)))
    counts[0, :, 0] = TARGETS[0] * np.array([0.0, 0.999, 1.0, 0.5, 2.0, 2.0])
    counts[0, 5, 1] = TARGETS[1]
    counts[0, :, 2] = TARGETS[2]
    found = outcomes(counts, at=3)
    assert found.reached[0, :4].tolist() == [2, 5, 0, NEVER]
    assert found.values[0].tolist() == counts[0, 3].tolist()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_count_that_is_no_number_is_named(bad: float) -> None:
    counts = np.zeros((4, 8, len(IDS)))
    counts[2, 3, 5] = bad
    with pytest.raises(Problem) as caught:
        outcomes(counts, at=7)
    assert caught.value.key == IDS[5]
    assert caught.value.found == f"{bad} (replicate 2, 2023-01)"
    assert caught.value.expected.zh


@pytest.mark.parametrize("shape", [(4, 8), (4, 8, 12), (0, 8, 13), (4, 0, 13)])
def test_counts_of_another_shape_are_an_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shape|month"):
        outcomes(np.zeros(shape), at=0)


@pytest.mark.parametrize("at", [-1, 8])
def test_a_month_outside_the_run_is_an_error(at: int) -> None:
    with pytest.raises(ValueError, match="month"):
        outcomes(np.zeros((4, 8, 13)), at=at)
