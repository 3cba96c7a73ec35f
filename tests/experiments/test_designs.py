"""Designs are what their names promise."""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiments.designs import DESIGNS, Asked, Factor
from sim.experiments.sweep_indices import sobol_indices
from sim.problems import Problem

Function = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Shares = Sequence[float] | NDArray[np.float64]
NOTHING = Asked(0, 0, "file")
TWO = [Factor(f"f{k}", (0, 1)) for k in range(6)]
RANGES = [
    Factor("a", (), 0.0, 2.0),
    Factor("b", (), 10.0, 20.0),
    Factor("c", (), "2023-01", "2023-12"),
]


def test_full_is_every_combination_once() -> None:
    points = DESIGNS["full"]([Factor("a", (1, 2, 3)), Factor("b", ("x", "y"))], NOTHING)
    assert sorted(points) == [(a, b) for a in (1, 2, 3) for b in ("x", "y")]
    with pytest.raises(Problem, match="design"):
        DESIGNS["full"]([Factor("a", tuple(range(100)))] * 3, NOTHING)


def test_fractional_is_balanced_and_clears_main_effects_of_pairs() -> None:
    points: NDArray[np.int64] = np.array(DESIGNS["fractional"](TWO, NOTHING)) * 2 - 1
    assert len(points) == 16
    assert (points.sum(axis=0) == 0).all()
    columns = points.T
    for one, other in combinations(columns, 2):
        assert one @ other == 0
        for third in columns:  # no main effect is mistaken for an interaction of two others
            if third is not one and third is not other:
                assert abs((one * other) @ third) < len(points)
    with pytest.raises(Problem, match="f9"):
        DESIGNS["fractional"]([*TWO, Factor("f9", (1, 2, 3))], NOTHING)


def test_one_at_a_time_starts_from_the_base_and_changes_one_thing() -> None:
    points = DESIGNS["one-at-a-time"]([Factor("a", (1, 2)), Factor("b", (3,))], NOTHING)
    assert points == [(None, None), (1, None), (2, None), (None, 3)]


def test_a_latin_hypercube_hits_every_slice_of_every_range_once() -> None:
    points = DESIGNS["latin-hypercube"](RANGES, Asked(24, 5, "file"))
    assert sorted(int(point[0] / 2.0 * 24) for point in points) == list(range(24))
    assert sorted(int((point[1] - 10.0) / 10.0 * 24) for point in points) == list(range(24))
    months = [point[2] for point in points]
    assert {month: months.count(month) for month in months} == {
        f"2023-{k:02d}": 2 for k in range(1, 13)
    }
    assert points == DESIGNS["latin-hypercube"](RANGES, Asked(24, 5, "file"))
    assert points != DESIGNS["latin-hypercube"](RANGES, Asked(24, 6, "file"))


@pytest.mark.parametrize("design", ["latin-hypercube", "sobol"])
def test_more_points_leave_those_before_as_they_are(design: str) -> None:
    few, more = (DESIGNS[design](RANGES, Asked(8, 5, "file", many)) for many in (0, 24))
    assert len(more) == 4 * len(few)
    assert more[: len(few)] == few
    shares = sorted(int(point[0] / 2.0 * 8) for point in more[len(few) : 2 * len(few)])
    assert design == "sobol" or shares == list(range(8))
    with pytest.raises(Problem, match="--more"):
        DESIGNS[design](RANGES, Asked(8, 5, "file", 3))


def ishigami(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ishigami and Homma (1990), a = 7, b = 0.1, on the unit cube."""
    one, two, three = np.pi * (2.0 * x.T - 1.0)
    return np.asarray(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


A = np.array([0.0, 1.0, 4.5, 9.0])
PARTS = 1.0 / (3.0 * (1.0 + A) ** 2)
WHOLE = np.prod(1.0 + PARTS) - 1.0


def g_function(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The g-function (Saltelli and Sobol' 1995)."""
    return np.asarray(np.prod((np.abs(4.0 * x - 2.0) + A) / (1.0 + A), axis=1))


@pytest.mark.parametrize(
    ("function", "first", "total", "second"),
    [
        (ishigami, [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437], {(0, 2): 0.2437}),
        (
            g_function,
            PARTS / WHOLE,
            [PARTS[k] * np.prod(1.0 + np.delete(PARTS, k)) / WHOLE for k in range(4)],
            {(0, 1): PARTS[0] * PARTS[1] / WHOLE},
        ),
    ],
    ids=["ishigami", "g"],
)
def test_indices_alone_with_others_and_of_pairs_are_those_that_are_published(
    function: Function, first: Shares, total: Shares, second: dict[tuple[int, int], float]
) -> None:
    """With 1024 base points the estimates stray by about 0.03."""
    factors = [Factor(f"x{number}", (), 0.0, 1.0) for number in range(len(first))]
    points = DESIGNS["sobol"](factors, Asked(1024, 0, "file", second_order=True))
    assert len(points) == 1024 * (2 * len(first) + 2)
    found = sobol_indices(function(np.array(points)).tolist(), len(first), second=True)
    assert found is not None
    np.testing.assert_allclose([each.first for each in found.singles], first, atol=0.06)
    np.testing.assert_allclose([each.total for each in found.singles], total, atol=0.06)
    for pair in found.pairs:
        assert pair.share == pytest.approx(second.get(pair[:2], 0.0), abs=0.08)
    assert all(each.known for each in found.singles)


def test_sobol_has_the_points_that_its_indices_need() -> None:
    assert len(DESIGNS["sobol"](RANGES, Asked(8, 0, "file"))) == 8 * (3 + 2)


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
    assert not all(each.known for each in found.singles)
