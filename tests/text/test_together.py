"""Protects numbers that are read together: what is shown adds up, and says what is clear."""

from math import inf

import numpy as np
import pytest

from sim.estimate import Interval
from sim.text.multiples import times, times_alike
from sim.text.together import Rounded, together


def test_numbers_that_add_up_are_whole() -> None:
    found = together(0.371, 0.402, Interval(0.031, -0.01, 0.07))
    assert found == Rounded("37%", "40%", "+3", "–1", "+7")


def test_numbers_that_do_not_add_up_get_a_decimal() -> None:
    """37 %, 40 % and +2 are 37.1 %, 39.5 % and +2.4."""
    found = together(0.371, 0.395, Interval(0.024, -0.01, 0.06))
    assert found == Rounded("37.1%", "39.5%", "+2.4", "–1.0", "+6.0")


@pytest.mark.parametrize("replicates", [64, 256, 1000])
def test_whatever_is_shown_adds_up(replicates: int) -> None:
    rng = np.random.default_rng(replicates)
    for first, second in rng.integers(0, replicates + 1, (400, 2)) / replicates:
        gap = second - first
        found = together(first, second, Interval(gap, gap - 0.03, gap + 0.03))
        one, other = (float(text.removesuffix("%")) for text in found[:2])
        shown = float(found.value.replace("–", "-"))
        assert other - one == pytest.approx(shown, abs=1e-9), found
        off = 0.1 if "." in found.second else 0.5
        assert shown == pytest.approx(100 * gap, abs=off + 1e-9), found
        assert all(len(text.partition(".")[2]) <= 2 for text in found[:2]), found  # one, and "%"
        assert (one in (0.0, 100.0)) == (first in (0.0, 1.0)), found


def test_an_interval_that_is_clear_of_nought_does_not_end_in_it() -> None:
    found = together(0.48, 0.45, Interval(-0.03, -0.052, -0.002))
    assert found == Rounded("48%", "45%", "–3", "–5.2", "–0.2")
    assert together(0.48, 0.45, Interval(-0.03, -0.062, 0.002)).high == "0"
    assert together(0.48, 0.45, Interval(-0.03, -inf, inf)).low == "…"


def test_ratios_near_one_have_the_decimals_that_show_them() -> None:
    assert [times(each) for each in (1.0, 1.0054, 0.671, 12.34, inf)] == [
        "×1.00",
        "×1.005",
        "×0.67",
        "×12.3",
        "×∞",
    ]


def test_ratios_along_an_axis_have_the_same_decimals() -> None:
    assert times_alike([0.7, 0.9, 1.0, 1.1]) == ["×0.70", "×0.90", "×1.00", "×1.10"]
    assert times_alike([0.975, 1.0]) == ["×0.975", "×1.000"]
    assert times_alike([5.0, 10.0]) == ["×5.00", "×10.00"]
