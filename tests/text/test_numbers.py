"""Protects how numbers read on figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.text.numbers import (
    exact,
    nice_ceiling,
    percent,
    percent_range,
    plain,
    points,
    round_ticks,
    signed,
)

POSITIVE = st.floats(1e-3, 1e7)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (4.5, "4.5"),
        (5, "5"),
        (9.96, "10"),
        (412.4, "412"),
        (5000, "5,000"),
        (12345, "12,300"),
    ],
)
def test_quantities(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(13.5, "13.5"), (4.25, "4.25"), (15, "15"), (5000, "5,000"), (12345.0, "12,345"), (0, "0")],
)
def test_a_target_is_never_rounded(value: float, text: str) -> None:
    assert exact(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.001, "<1%"), (0.374, "37%"), (0.999, ">99%"), (1, "100%")],
)
def test_nearly_none_is_not_called_none_nor_nearly_all_all(share: float, text: str) -> None:
    assert percent(share) == text


def test_a_range_of_percentages() -> None:
    assert percent_range(0.333, 0.417) == "33–42%"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.01, "0"), (4.5, "+4.5"), (-4.5, "\u20134.5"), (-12345, "\u201312,300")],
)
def test_differences_have_their_sign(value: float, text: str) -> None:
    assert signed(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (0.0001, "+0.0"), (0.123, "+12.3"), (-0.005, "\u20130.5"), (-1, "\u2013100.0")],
)
def test_a_difference_that_is_not_quite_none_keeps_its_sign(share: float, text: str) -> None:
    assert points(share) == text


@given(POSITIVE)
def test_a_nice_ceiling_is_above_and_near(value: float) -> None:
    top = nice_ceiling(value)
    assert value <= top <= 1.7 * value


@given(POSITIVE)
def test_round_ticks_rise_from_nought_and_stay_within_the_scale(top: float) -> None:
    ticks = round_ticks(top, top / 50)
    assert ticks[0] == 0
    assert ticks == sorted(set(ticks))
    assert top / 50 <= ticks[1] <= ticks[-1] <= top
    assert len(ticks) >= 4
