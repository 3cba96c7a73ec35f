"""Protects the habits that charts share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from sim.views.axes import spread, time_axis, years

HEIGHTS = st.lists(st.floats(0, 100), min_size=1, max_size=8)


@given(HEIGHTS, st.floats(0.1, 10))
def test_spread_labels_keep_their_gap_their_order_and_the_limit(
    heights: list[float], gap: float
) -> None:
    placed = spread(heights, gap, 100.0)
    order = np.argsort(heights, kind="stable")
    sorted_places = np.array(placed)[order]
    assert (np.diff(sorted_places) >= gap - 1e-9).all()
    assert max(placed) <= 100.0


def test_labels_apart_already_stay_where_they_are() -> None:
    assert spread([30.0, 10.0, 60.0], 5.0, 100.0) == [30.0, 10.0, 60.0]


def test_each_year_is_named_once_under_its_middle() -> None:
    axes = Figure().add_subplot()
    at = years(99)
    time_axis(axes, at)
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        str(year) for year in range(2023, 2031)
    ]
    assert axes.get_xlim() == pytest.approx((at[0], at[-1]))
    assert list(axes.get_xticks()) == [year + 0.5 for year in range(2023, 2031)]
