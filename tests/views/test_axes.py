"""Protects the habits that charts share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.spec.scales import steps, years
from sim.views.axes import spread

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
    scale = years(99)
    assert [tick.text.en for tick in scale.ticks] == [str(year) for year in range(2023, 2031)]
    assert [tick.at for tick in scale.ticks] == [year + 0.5 for year in range(2023, 2031)]
    assert (scale.low, scale.high) == pytest.approx((2022.75, 2022.75 + 98 / 12), abs=0.1)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 9))
def test_round_places_are_few_and_on_the_scale(low: float, length: float, most: int) -> None:
    found = steps(low, low + length, most)
    assert len(found) <= most + 1
    assert all(low - 1e-6 * length <= place <= low + length * (1 + 1e-6) for place in found)
