"""Protects the tables of shares and interactions: every number in its own cell, ties pale."""

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.numbers import points
from sim.text.together import is_tie
from sim.views.attribution import attribution, plan_names
from sim.views.interactions import interactions
from tests.views.made_up import EXPERIMENT, pairs, shares
from tests.views.reading import check, drawn, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LEADING = PLAN.counts[8]


def numbers(axes: Axes) -> dict[tuple[int, int], str]:
    """Return what is written in each cell, by row and column."""
    return {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text()
        for text in axes.texts
        if text.get_position()[0] % 1 == text.get_position()[1] % 1 == 0.5
    }


def fills(axes: Axes) -> dict[tuple[int, int], float]:
    """Return the darkest part of each cell's colour, by row and column."""
    return {
        (int(cell.get_y()), int(cell.get_x())): min(to_rgb(cell.get_facecolor()))
        for cell in axes.patches
        if isinstance(cell, Rectangle)
    }


def test_each_share_stands_in_its_counts_row_and_its_plans_column() -> None:
    rows = shares()
    without, plans, with_all = attribution(EXPERIMENT, rows, "en").axes[:3]
    assert numbers(plans) == {
        (down, across): points(share.value)
        for down, row in enumerate(rows)
        for across, share in enumerate(row.plans)
    }
    assert numbers(without)[0, 0] == "40%"
    assert numbers(with_all)[12, 0] == f"{100 * rows[12].with_all:.0f}%"


def test_shares_that_may_be_nothing_are_pale_and_grey() -> None:
    rows = shares()
    axes = attribution(EXPERIMENT, rows, "en").axes[1]
    ties = [is_tie(share) for row in rows for share in row.plans]
    assert 0 < sum(ties) < len(ties)
    written = [
        text.get_color() == palette.GREY
        for text in axes.texts
        if text.get_position()[0] % 1 == text.get_position()[1] % 1 == 0.5
    ]
    assert written == ties
    assert all(fills(axes)[number // 6, number % 6] > 0.7 for number, tie in enumerate(ties) if tie)


def test_an_interaction_stands_on_both_sides_of_an_empty_diagonal() -> None:
    found = pairs()
    written = numbers(interactions(EXPERIMENT, LEADING, found, "en").axes[0])
    for (one, other), pair in found.items():
        assert written[one, other] == written[other, one] == points(pair.value)
    assert not any((number, number) in written for number in range(6))


def test_the_plans_are_the_six() -> None:
    assert len(plan_names("en")) == 6
    assert plan_names("zh")[0] == "筑基计划"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_or_covered(language: Language) -> None:
    check(drawn(lambda: attribution(EXPERIMENT, shares(), language)))
    check(drawn(lambda: interactions(EXPERIMENT, LEADING, pairs(), language)))


def test_no_difference_at_all_still_reads_well() -> None:
    nothing = {pair: found._replace(value=0.0) for pair, found in pairs().items()}
    check(drawn(lambda: interactions(EXPERIMENT, LEADING, nothing, "en")))


@pytest.mark.parametrize("part", ["95% interval", "N = 256", "conditional on the model", "fedcba"])
def test_the_sheets_say_what_they_rest_on(part: str) -> None:
    assert part in said(attribution(EXPERIMENT, shares(), "en"))
    assert part in said(interactions(EXPERIMENT, LEADING, pairs(), "en"))
