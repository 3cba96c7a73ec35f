"""Protects the chart of failing futures: the box stands around the draws that it speaks about."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.estimate.discovery import Condition, Rule
from sim.experiments.futures import Futures
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.views.futures import MOST, futures
from tests.views.made_up import EXPERIMENT
from tests.views.reading import check, drawn, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LEADING = PLAN.counts[8].name
NAMES = ("firms_2022", "cost:technology_colleges", "output_2022")
DRAWS = 200
VALUES = {name: np.random.default_rng(k).uniform(1, 9, DRAWS) for k, name in enumerate(NAMES)}
ENDS = ((-np.inf, 3.0), (6.0, np.inf), (2.0, 7.0))


def found(conditions: int, boxes: int = 1) -> Futures:
    """Return futures that are missed within a box of so many conditions, and nowhere else."""
    box = tuple(Condition(name, *end) for name, end in zip(NAMES[:conditions], ENDS, strict=False))
    inside = np.ones(DRAWS, dtype=bool)
    for each in box:
        inside &= (each.low < VALUES[each.name]) & (VALUES[each.name] <= each.high)
    rule = Rule(box, 0.12, 0.87, 0.43, 0.21, 0.9, 0.77, 0.93)
    return Futures((rule,) * boxes, VALUES, inside.astype(np.float64))


def dots(axes: Axes, colour: str) -> np.ndarray:
    """Return where the filled dots of a colour are, shape (dots, 2)."""
    lines = [line for line in axes.lines if line.get_markerfacecolor() == colour]
    return np.asarray(np.concatenate([np.column_stack(line.get_data()) for line in lines]))


@pytest.mark.parametrize("conditions", [1, 2, 3])
def test_every_miss_lies_in_the_box_and_nothing_else_unless_it_is_small(conditions: int) -> None:
    axes = futures(EXPERIMENT, LEADING, found(conditions), "en").axes[0]
    (box,) = (patch for patch in axes.patches if isinstance(patch, Rectangle))
    (left, low), right, high = box.xy, box.xy[0] + box.get_width(), box.xy[1] + box.get_height()

    def inside(points: np.ndarray) -> np.ndarray:
        across, up = points.T
        return np.asarray((left < across) & (across < right) & (low < up) & (up < high))

    missed, reached = dots(axes, palette.VERMILION), dots(axes, palette.BANDS[2])
    assert len(missed) + len(reached) == DRAWS
    assert len(missed) > 0
    assert inside(missed).all()
    sizes = {float(line.get_markersize()) for line in axes.lines if np.size(line.get_xdata())}
    assert len(sizes) == (2 if conditions > 2 else 1)
    assert inside(reached).any() == (conditions > 2)


def test_density_and_coverage_are_named_with_the_ends_of_the_box() -> None:
    figure = futures(EXPERIMENT, LEADING, found(3), "en")
    told = said(figure)
    for part in ("Density: 87%", "77–93%", "Coverage: 43%", "everywhere 21%", "holds 12%", "2 <"):
        assert part in told
    assert "3" in [text.get_text() for text in figure.axes[0].get_xticklabels()]
    assert "6" in [text.get_text() for text in figure.axes[0].get_yticklabels()]


def test_no_more_than_the_densest_boxes_are_drawn_and_the_rest_are_told() -> None:
    figure = futures(EXPERIMENT, LEADING, found(2, MOST + 2), "en")
    assert len(figure.axes) == MOST
    assert "4 densest of 6 boxes" in said(figure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("conditions", "boxes"), [(1, 1), (2, 2), (3, 1), (3, 3), (3, 6)])
def test_nothing_is_clipped_or_covered(language: Language, conditions: int, boxes: int) -> None:
    check(drawn(lambda: futures(EXPERIMENT, LEADING, found(conditions, boxes), language)))


@pytest.mark.parametrize("part", ["other half", "N = 256", "conditional on the model", "fedcba"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(futures(EXPERIMENT, LEADING, found(2), "en"))
