"""Protects a sweep's figures: the figure that suits its design, every number in its own place."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

from sim.calendar import decimal_year, month_index
from sim.language import Language, Text
from sim.plan import PLAN
from sim.spec import palette
from sim.text.numbers import percent
from sim.text.together import is_tie
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_cells import told_cells
from sim.views.sweep_pairs import sweep_pairs
from sim.views.sweep_scatter import sweep_scatter
from sim.views.sweep_source import (
    Outcome,
    Varied,
    all_of,
    combination_text,
    front_of,
    point_text,
)
from sim.views.sweep_starts import APART, sweep_starts
from sim.views.sweep_table import MOST, sweep_table
from tests.views.made_up import EXPERIMENT, around
from tests.views.reading import check, drawn, labels, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
PLANS = [lever.name for lever in PLAN.levers if lever.kind == "plan"]
DATES = ("2023-01", "2025-01", "2028-01")
NOTHING: tuple[None, ...] = (None,) * len(PLANS)
STARTS = [Varied(name, "start") for name in PLANS]
DOSES = (Varied(PLAN.instruments[0].name, "dose"), Varied(PLAN.instruments[7].name, "dose"))
LEVELS = (0.0, 0.5, 1.0, 2.0)
Design = tuple[str, list[Varied], list[Outcome]]


def outcome(values: tuple[Any, ...], shift: float, base: float = 0.9) -> Outcome:
    """Return a point at which each count's likelihood differs from every other's.

    It is the base if nothing is shifted against that; one shifted little cannot be told from it.
    """
    found = [around((number + shift) / 14, 0.03) for number in range(14)]
    changes = [around((shift - base) / 14, 0.02)] * 14
    return Outcome(values, found[:13], found[13], 400.0 * shift, changes, shift == base)


def starts() -> Design:
    """Return one plan's start after another's."""
    points = [outcome(NOTHING, 0.9)]
    for plan, (late, date) in product(range(len(PLANS)), enumerate(DATES)):
        values = (*NOTHING[:plan], date, *NOTHING[plan + 1 :])
        points.append(outcome(values, 0.9 - 0.02 * plan - 0.1 * late))
    return "one-at-a-time", STARTS, points


def two() -> Design:
    """Return all combinations of two doses."""
    points = [
        outcome((up, across), 0.2 * up + 0.1 * across, 0.2 * 2.0 + 0.1 * 2.0)
        for up, across in product(LEVELS, LEVELS)
    ]
    return "full", list(DOSES), points


def many(points: int = 130) -> Design:
    """Return points all over a space of two doses."""
    shares = np.linspace(0, 1, points)
    return "latin-hypercube", list(DOSES), [outcome((x, 2 - x), float(x), 1.0) for x in shares]


@pytest.mark.parametrize(
    ("design", "expected", "language"),
    [
        (starts(), ["sweep_starts", "sweep_table"], "en"),
        (two(), ["sweep_pairs", "sweep_table"], "zh"),
        (many(), ["sweep_scatter"], "en"),
        (many(MOST), ["sweep_table"], "zh"),
    ],
    ids=["starts", "two", "many", "few"],
)
def test_a_sweep_gets_the_figures_that_suit_it_and_all_read_well(
    design: Design, expected: list[str], language: Language
) -> None:
    found = list(figures_of_sweep(EXPERIMENT, *design, (), language))
    assert [named.stem for named in found] == expected
    for named in found:
        figure = drawn(named.draw)
        check(figure)
        for part in ("256", "20221011", "fedcba987654", "95%"):
            assert part in said(figure)


def test_a_table_has_each_points_likelihoods_in_its_row() -> None:
    _, factors, points = two()
    cells, costs, _ = sweep_table(EXPERIMENT, factors, points, "en").axes
    written = [cell for row in told_cells(points) for cell in row]
    expected = [
        text
        for cell in written
        for text in (cell.likelihood, *([cell.change_with_ends(", ")] if cell.change else []))
    ]
    assert labels(cells)[: len(expected)] == expected
    assert labels(costs)[:3] == ["0", "20", "40"]
    counts = [found.value for point in points for found in all_of(point)]
    shown = [float(cell.likelihood.strip("%")) for cell in written]
    assert shown == pytest.approx([100 * each for each in counts], abs=0.5)


def test_what_is_written_of_a_point_adds_up_to_what_is_written_of_the_base() -> None:
    """37.5 % and 43.75 % were 38, 44 and +6; 18.75 % less 6.25 % was 19, 6 and +12."""
    levels = [0.0625, 0.1875, 0.375, 0.4375]
    points = []
    for number, level in enumerate(levels):
        changes = [around(level - levels[0], 0.01)] * 14
        own = [around(level, 0.1)] * 14
        points.append(Outcome((number,), own[:13], own[13], 1.0, changes, number == 0))
    base, *others = told_cells(points)
    assert not any(cell.change for cell in base)
    for row in others:
        for cell, beside in zip(row, base, strict=True):
            gap = float(cell.likelihood.strip("%")) - float(beside.likelihood.strip("%"))
            decimals = len(cell.change.partition(".")[2])
            assert round(gap, decimals) == float(cell.change.replace("–", "-"))


def test_rows_say_what_differs_from_the_base() -> None:
    _, factors, points = starts()
    assert point_text(factors, points[0], "en") == "the base scenario"
    assert point_text(factors, points[1], "en") == "Foundation Plan, start 2023-01"
    assert point_text(factors, points[1], "zh") == "筑基计划启动 2023-01"
    off = [Varied(Text("Reform", "改革创新"), "on")]
    assert point_text(off, outcome((False,), 0), "en") == "Reform off"
    assert point_text(off, outcome((False,), 0), "zh") == "改革创新 关闭"


def test_two_factors_grow_upwards_and_to_the_right() -> None:
    _, (up, across), points = two()
    axes = sweep_pairs(EXPERIMENT, (up, across), points, "en").axes[3]
    written = np.array(labels(axes)).reshape(len(LEVELS), len(LEVELS))
    found = {point.values: percent(point.counts[3].value) for point in points}
    frames = [patch for patch in axes.patches if not patch.get_fill()]
    assert len(frames) == sum(point.is_base for point in points) == 1
    for row, column in product(range(4), range(4)):
        assert written[row, column] == found[LEVELS[3 - row], LEVELS[column]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2", "1", "0.5", "0"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "0.5", "1", "2"]


def test_many_levels_leave_the_numbers_out_and_still_read_well() -> None:
    levels = np.linspace(0, 4, 17).tolist()
    points = [outcome(pair, sum(pair) / 9, 0.0) for pair in product(levels, levels)]
    figure = drawn(lambda: sweep_pairs(EXPERIMENT, DOSES, points, "en"))
    check(figure)
    assert not any(any(labels(axes)) for axes in figure.axes[:14])
    bar = [label.get_text() for label in figure.axes[-1].get_xticklabels()]
    assert bar[2] == "0"
    assert bar[0].strip("–") == bar[4].strip("+")


def test_the_note_names_the_widest_interval() -> None:
    _, factors, points = two()
    wide = points[0]._replace(joint=around(0.5, 0.081))
    assert not wide.is_base
    figure = sweep_table(EXPERIMENT, factors, [wide, *points[1:]], "en")
    assert "at most 8.1 percentage points" in said(figure)


def test_points_stand_at_their_costs_and_likelihoods() -> None:
    _, factors, points = many()
    for number, axes in enumerate(sweep_scatter(EXPERIMENT, factors, points, "en").axes):
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert [dot.get_markerfacecolor() for dot in dots] == [palette.PAPER, palette.BLUE]
        for dot, tie in zip(dots, (True, False), strict=True):
            others = [point for point in points if not point.is_base]
            own = [point for point in others if is_tie(point.changes[number]) is tie]
            assert own
            assert list(np.asarray(dot.get_xdata())) == [point.cost for point in own]
            expected = [all_of(point)[number].value for point in own]
            assert list(np.asarray(dot.get_ydata())) == expected


def plans_on_and_off() -> Design:
    """Return all combinations of the six plans; each plan helps the counts by its own weight."""
    weights = np.array([8, 5, 3, 2, 1, 1])
    points = []
    for on in product((False, True), repeat=len(PLANS)):
        found = [around(float(weights @ np.roll(on, number)) / 21, 0.03) for number in range(14)]
        changes = [around(each.value - 1.0, 0.05) for each in found]
        price = 100.0 * sum(on) + 10.0 * on[0]
        points.append(Outcome(on, found[:13], found[13], price, changes, all(on)))
    return "full", [Varied(name, "on") for name in PLANS], points


def test_a_front_leaves_out_what_is_dearer_and_no_likelier() -> None:
    assert front_of([3.0, 1.0, 2.0, 2.0, 1.0], [0.5, 0.2, 0.2, 0.4, 0.2]) == [1, 3, 0]


def test_a_combination_is_named_by_what_is_on() -> None:
    _, factors, points = plans_on_and_off()
    by_values = {point.values: point for point in points}
    one = by_values[(True, *[False] * 5)]
    assert combination_text(factors, one, "en") == "only Foundation Plan"
    assert combination_text(factors, one, "zh") == "仅筑基计划"
    five = by_values[(False, *[True] * 5)]
    assert combination_text(factors, five, "en") == "all but Foundation Plan"
    assert combination_text(factors, five, "zh") == "除筑基计划外全部"
    assert combination_text(factors, points[0], "en") == "none of them"
    assert combination_text(factors, points[-1], "en") == "all of them"
    _, doses, others = two()
    assert combination_text(doses, others[0], "en") == point_text(doses, others[0], "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dots_of_a_front_are_numbered_and_named(language: Language) -> None:
    _, factors, points = plans_on_and_off()
    figure = drawn(lambda: sweep_scatter(EXPERIMENT, factors, points, language))
    check(figure)
    written = [text.get_text() for text in figure.texts]
    costs = [point.cost for point in points]
    seen = set()
    for number, axes in enumerate(figure.axes):
        front = front_of(costs, [all_of(point)[number].value for point in points])
        places = {(points[at].cost, all_of(points[at])[number].value): at for at in front}
        for label in axes.texts:
            assert isinstance(label, Annotation)
            point = points[places[label.xy]]
            name = combination_text(factors, point, language)
            at = written.index(label.get_text()) + 1
            listed = " ".join(written[at : at + 3])
            assert "".join(listed.split()).startswith("".join(f"{name}·".split()))
            seen.add(label.get_text())
    assert len(seen) >= 7
    assert seen == {str(number + 1) for number in range(len(seen))}


def test_each_plan_has_its_line_over_its_own_starts() -> None:
    _, factors, points = starts()
    axes = sweep_starts(EXPERIMENT, factors, points, "en").axes[5]
    lines = [line for line in axes.lines if line.get_color() in palette.LINES[:6]]
    assert len(lines) == len(PLANS)
    for plan, line in enumerate(lines):
        assert isinstance(line, Line2D)
        own = [point for point in points if point.values[plan] is not None]
        assert list(np.asarray(line.get_ydata())) == [point.counts[5].value for point in own]
        years = [decimal_year(month_index(date)) for date in DATES]
        assert np.abs(np.asarray(line.get_xdata()) - years).max() <= 3 * APART


def test_one_start_only_and_no_base_still_read_well() -> None:
    _, factors, points = starts()
    few = [point for point in points if point.values[0] == DATES[0]]
    check(drawn(lambda: sweep_starts(EXPERIMENT, factors[:1], [_first(few[0])], "en")))


def _first(point: Outcome) -> Outcome:
    return point._replace(values=point.values[:1])
