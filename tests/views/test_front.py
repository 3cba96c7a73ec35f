"""Protects the chart of what a search found: its own values apart from those run anew."""

import numpy as np
import pytest

from sim.language import Language, Text
from sim.spec import palette
from sim.views.front import Candidate, front
from tests.views.made_up import EXPERIMENT, around
from tests.views.reading import check, drawn, labels, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
GOAL = Text("All thirteen together", "十三项同时实现")
NAME = Text("Rainforest Plan ×2 and Wild-Geese Plan ×1.5 from 2025-01", "雨林计划×2、雁阵计划×1.5")

LONG = Text("Foundation Plan 1.2 and Front-Runner Plan 0.4 and so on " * 4, "筑基计划1.2、领跑" * 9)


def candidate(cost: float, seen: float, *, anew: bool = True, best: bool = True) -> Candidate:
    """Return a candidate that was worth less when run anew."""
    return Candidate(NAME, cost, seen, around(seen - 0.06, 0.05) if anew else None, best)


def some() -> list[Candidate]:
    """Return a front, and a few candidates below it."""
    best = [candidate(100.0 * step, 0.2 + 0.1 * step) for step in range(1, 7)]
    rest = [candidate(90.0 * step, 0.1 * step, anew=False, best=False) for step in range(1, 6)]
    return best + rest


def test_the_front_joins_what_the_search_saw_in_order_of_cost() -> None:
    axes = front(EXPERIMENT, GOAL, some()[::-1], "en").axes[0]
    (line,) = (line for line in axes.lines if line.get_color() == palette.BANDS[2])
    assert list(np.asarray(line.get_xdata())) == [100.0 * step for step in range(1, 7)]
    assert list(np.asarray(line.get_ydata())) == [each.seen for each in some()[:6]]


def test_what_the_search_saw_is_hollow_and_what_was_run_anew_is_not() -> None:
    axes = front(EXPERIMENT, GOAL, some(), "en").axes[0]
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    hollow = [mark for mark in marks if mark.get_markerfacecolor() == palette.PAPER]
    assert len(hollow) == len(some())
    solid = {float(np.asarray(mark.get_ydata())[0]) for mark in marks if mark not in hollow}
    assert solid == {each.again.value for each in some() if each.again}


def test_numbers_in_the_list_are_those_above_the_chart() -> None:
    axes = front(EXPERIMENT, GOAL, some(), "en").axes[0]
    numbers = [text for text in labels(axes) if text.isdigit() and int(text) <= 6]
    assert sorted(numbers) == sorted(2 * [str(number) for number in range(1, 7)])
    assert "24% (19–29%)" in labels(axes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "found",
    [
        some(),
        [candidate(500.0 + step, 0.5) for step in range(28)],
        [candidate(0.0, 0.06)],
        [candidate(2e5, 0.5, anew=False)],
        [candidate(9.0, 0.5)._replace(seen=None, on_front=False), *some()],
        [each._replace(name=LONG) for each in some()],
    ],
    ids=["some", "crowded", "one", "none anew", "not searched", "long names"],
)
def test_nothing_is_clipped_or_covered(language: Language, found: list[Candidate]) -> None:
    check(drawn(lambda: front(EXPERIMENT, GOAL, found, language)))


@pytest.mark.parametrize("part", ["95% Monte-Carlo interval", "flatters", "N = 256", "conditional"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(front(EXPERIMENT, GOAL, some(), "en"))
