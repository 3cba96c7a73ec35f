"""Protects the chart of paired differences: places, figures, what cannot be told apart."""

from collections.abc import Sequence
from math import inf

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.estimate import Interval
from sim.language import Language, Text
from sim.spec import palette
from sim.studies.shared.of_comparison import SHAPES, Change, Package, differences
from sim.text.together import is_tie
from tests.views.made_up import BASIS, FIRST, package
from tests.views.reading import check, labels, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def chart(packages: Sequence[Package], language: Language = "en", first: Text = FIRST) -> Figure:
    """Draw the chart of some packages."""
    return sheet(differences(BASIS, "differences", first, packages, FIRST), language)


def marks(axes: Axes, kind: str) -> list[Line2D]:
    """Return the marks of a kind, from the first count down."""
    return [line for line in axes.lines if line.get_marker() == kind]


def across(line: Line2D) -> float:
    """Return where a mark stands on the scale."""
    return float(np.asarray(line.get_xdata())[0])


def test_each_mark_stands_at_its_difference() -> None:
    found = package()
    axes = chart([found]).axes[0]
    expected = [change.difference.value for change in (*found.counts, found.joint)]
    assert [across(mark) for mark in marks(axes, "o")] == pytest.approx(expected)


def test_what_cannot_be_told_apart_is_hollow_and_marked_and_nothing_else_is() -> None:
    found = package()
    axes = chart([found]).axes[0]
    ties = [is_tie(change.difference) for change in (*found.counts, found.joint)]
    assert 0 < sum(ties) < len(ties)
    hollow = [mark.get_markerfacecolor() == palette.PAPER for mark in marks(axes, "o")]
    assert hollow == ties
    assert [text.startswith("≈ ") for text in labels(axes) if " to " in text] == ties


def test_the_title_says_how_many_likelihoods_rise_and_fall() -> None:
    found = package()
    apart = [each.difference for each in found.counts if not is_tie(each.difference)]
    rise = sum(each.value > 0.0 for each in apart)
    told = differences(BASIS, "differences", FIRST, [found], FIRST).title.en
    assert f"of thirteen likelihoods {rise} rise, {len(apart) - rise} fall" in told


def test_the_figures_beside_a_mark_are_its_own() -> None:
    one = Change(0.374, 0.497, Interval(0.123, 0.081, 0.164))
    """37 % and 50 % are 13 points apart, 12.3 are 12: the row has a decimal."""
    found = package()._replace(counts=(one, *package().counts[1:]))
    beside = labels(chart([found]).axes[0])
    assert "37.4% → 49.7%" in beside
    assert "+12.3 (+8.1 to +16.4)" in beside


def test_four_packages_have_their_own_marks_and_colours() -> None:
    packages = [package(number) for number in range(4)]
    axes = chart(packages).axes[0]
    for number, kind in enumerate(SHAPES):
        found = marks(axes, kind)
        assert len(found) == 14
        colours = {
            mark.get_markeredgecolor()
            for mark in found
            if mark.get_markerfacecolor() == palette.PAPER
        } | {
            mark.get_markerfacecolor()
            for mark in found
            if mark.get_markerfacecolor() != palette.PAPER
        }
        assert colours == {palette.PACKAGES[number]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 4])
def test_nothing_is_clipped_or_covered(language: Language, number: int) -> None:
    packages = [package(each) for each in range(number)]
    check(chart(packages, language))


@pytest.mark.parametrize(
    ("reach", "size"), [(0.0, 0.0), (inf, 0.3), (0.9, 0.9)], ids=["nothing", "open", "wide"]
)
def test_no_difference_and_open_intervals_still_read_well(reach: float, size: float) -> None:
    found = package(reach=reach, size=size)
    check(chart([found]))


def test_chinese_names_with_quotation_marks_are_quoted_properly() -> None:
    found = package()._replace(name=Text("Twice the fund", "“雨林计划”加倍"))
    assert "“‘雨林计划’加倍”" in said(chart([found], "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 4])
def test_long_names_are_shortened(language: Language, number: int) -> None:
    long = Text("A package with a name that goes on and on " * 3, "名称很长的政策组合" * 9)
    packages = [package(each)._replace(name=long) for each in range(number)]
    figure = chart(packages, language, long)
    check(figure, shortened=True)


@pytest.mark.parametrize(
    "part", ["N = 256", "seed 20221011", "fedcba987654", "95% interval", "conditional on the model"]
)
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(chart([package()]))
