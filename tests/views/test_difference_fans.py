"""Protects the small charts of paired differences over time."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from sim.estimate.paired import Curves
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.studies.shared.of_comparison import difference_fans
from tests.views.made_up import BASIS, FIRST, NAMES
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def fans(curves: list[Curves], language: Language) -> Figure:
    """Draw the fans."""
    return sheet(difference_fans(BASIS, "fans", (FIRST, NAMES[0]), curves, FIRST), language)


def bands(size: float = 0.1, months: int = 99) -> list[Curves]:
    """Return differences that start at nought and widen, every other count a loss."""
    at = np.linspace(0, 1, months)
    found = []
    for number, count in enumerate(PLAN.counts):
        middle = count.target * size * at**2 * (-1) ** number
        reach = count.target * size * at
        found.append(Curves(middle, middle - reach, middle + reach))
    return found


def test_lines_and_bands_are_those_given() -> None:
    found = bands()
    figure = fans(found, "en")
    assert len(figure.axes) == len(PLAN.counts)
    for axes, expected in zip(figure.axes, found, strict=True):
        (line,) = (line for line in axes.lines if line.get_color() == palette.MEDIAN)
        assert_allclose(np.asarray(line.get_ydata()), expected.median, rtol=1e-5)
        edges = np.asarray(axes.collections[0].get_paths()[0].vertices)[:, 1]
        ends = (expected.p10.min(), expected.p90.max())
        assert (edges.min(), edges.max()) == pytest.approx(ends, rel=1e-5)


def test_zero_is_drawn_and_in_sight_everywhere() -> None:
    """A count that only gains still shows how far it is from no difference."""
    found = [Curves(each.median + 50, each.p10 + 50, each.p90 + 50) for each in bands()]
    for axes in fans(found, "en").axes:
        low, high = axes.get_ylim()
        assert low < 0 < high
        assert any(np.all(np.asarray(line.get_ydata()) == 0) for line in axes.lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "months"), [(0.1, 99), (0.0, 99), (30.0, 159)])
def test_nothing_is_clipped_or_covered(language: Language, size: float, months: int) -> None:
    check(fans(bands(size, months), language))


def test_the_band_is_not_called_an_interval() -> None:
    text = said(fans(bands(), "en"))
    assert "10th to 90th percentile" in text
    assert "not the error of an estimate" in text
    assert "conditional on the model" in text
