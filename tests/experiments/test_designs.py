"""Designs are what their names promise."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiments.designs import DESIGNS, Factor
from sim.experiments.sweep_indices import sobol_indices
from sim.problems import Problem

TWO = [Factor(f"f{k}", (0, 1)) for k in range(6)]
RANGES = [
    Factor("a", (), 0.0, 2.0),
    Factor("b", (), 10.0, 20.0),
    Factor("c", (), "2023-01", "2023-12"),
]


def test_full_is_every_combination_once() -> None:
    points = DESIGNS["full"]([Factor("a", (1, 2, 3)), Factor("b", ("x", "y"))], 0, 0, "file")
    assert sorted(points) == [(a, b) for a in (1, 2, 3) for b in ("x", "y")]
    with pytest.raises(Problem, match="design"):
        DESIGNS["full"]([Factor("a", tuple(range(100)))] * 3, 0, 0, "file")


def test_fractional_is_balanced_and_clears_main_effects_of_pairs() -> None:
    points: NDArray[np.int64] = np.array(DESIGNS["fractional"](TWO, 0, 0, "file")) * 2 - 1
    assert len(points) == 16
    assert (points.sum(axis=0) == 0).all()
    columns = points.T
    for one, other in combinations(columns, 2):
        assert one @ other == 0
        for third in columns:  # no main effect is mistaken for an interaction of two others
            if third is not one and third is not other:
                assert abs((one * other) @ third) < len(points)
    with pytest.raises(Problem, match="f9"):
        DESIGNS["fractional"]([*TWO, Factor("f9", (1, 2, 3))], 0, 0, "file")


def test_one_at_a_time_starts_from_the_base_and_changes_one_thing() -> None:
    points = DESIGNS["one-at-a-time"]([Factor("a", (1, 2)), Factor("b", (3,))], 0, 0, "file")
    assert points == [(None, None), (1, None), (2, None), (None, 3)]


def test_a_latin_hypercube_hits_every_slice_of_every_range_once() -> None:
    points = DESIGNS["latin-hypercube"](RANGES, 24, 5, "file")
    assert sorted(int(point[0] / 2.0 * 24) for point in points) == list(range(24))
    assert sorted(int((point[1] - 10.0) / 10.0 * 24) for point in points) == list(range(24))
    months = [point[2] for point in points]
    assert {month: months.count(month) for month in months} == {
        f"2023-{k:02d}": 2 for k in range(1, 13)
    }
    assert points == DESIGNS["latin-hypercube"](RANGES, 24, 5, "file")
    assert points != DESIGNS["latin-hypercube"](RANGES, 24, 6, "file")


def test_sobol_has_the_points_that_its_indices_need() -> None:
    assert len(DESIGNS["sobol"](RANGES, 8, 0, "file")) == 8 * (3 + 2)


def test_the_indices_of_a_sobol_design_are_those_of_ishigamis_function() -> None:
    """Known first-order and total indices (Ishigami and Homma 1990, a = 7, b = 0.1).

    With 2048 base points the estimates stray by about 0.02.
    """
    factors = [Factor(name, (), -np.pi, np.pi) for name in "xyz"]
    x: NDArray[np.float64] = np.array(DESIGNS["sobol"](factors, 2048, 0, "file"))
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol_indices(y.tolist(), 3)
    assert found is not None
    np.testing.assert_allclose([each.first for each in found], [0.3139, 0.4424, 0.0], atol=0.05)
    np.testing.assert_allclose([each.total for each in found], [0.5576, 0.4424, 0.2437], atol=0.05)
    assert all(each.known for each in found)


@pytest.mark.parametrize("moved", [0, 1, 9])
def test_where_nearly_nothing_varies_no_index_is_told(
    moved: int, recwarn: pytest.WarningsRecorder
) -> None:
    """One point in 32 that differs once came out as 0.0 ± 0.0, with a library's warnings."""
    values = np.full(8 * 16, 0.375)
    values[: 4 * moved : 4] = 0.438
    assert sobol_indices(values.tolist(), 2) is None
    assert not recwarn.list


def test_an_interval_wider_than_its_index_says_nothing() -> None:
    """Pure noise over sixty-four rows: some index is about as large as its own error."""
    noise = np.random.default_rng(3).normal(size=4 * 64)
    found = sobol_indices(noise.tolist(), 2)
    assert found is not None
    assert not all(each.known for each in found)
