"""Protects the chart of gates: each gain in its gate's chart and its count's row, ties hollow."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.experiments.gates import GATES
from sim.language import Language
from sim.spec import palette
from sim.views.gates import Held, gates
from tests.views.made_up import EXPERIMENT, around
from tests.views.reading import check, drawn, labels, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
NAMES = [gate.name for gate in GATES]
APPROVALS = [gate.id for gate in GATES].index("approvals")


def held(size: float = 0.05) -> list[Held]:
    """Return counts that the last gate helps more and more from a loss on, and others hardly."""
    rows = []
    for number in range(13):
        gains = [around(0.1 * size * (gate - 2), 0.5 * size) for gate in range(len(GATES) - 1)]
        rows.append(Held(0.05 * number, [*gains, around(size * (number - 3), size / 2)]))
    return rows


def marks(axes: Axes) -> dict[int, Line2D]:
    """Return the mark in each row."""
    return {int(place(line)[1]): line for line in axes.lines if line.get_marker() in ("o", "D")}


def place(mark: Line2D) -> tuple[float, float]:
    """Return where a mark stands, across and down."""
    across, down = (np.asarray(each, dtype=np.float64) for each in mark.get_data())
    return float(across[0]), float(down[0])


def test_each_gain_stands_in_its_gates_chart_and_its_counts_row() -> None:
    rows = held()
    figure = gates(EXPERIMENT, NAMES, rows, "en")
    for number, axes in enumerate(figure.axes):
        at = marks(axes)
        assert [place(at[row])[0] for row in range(13)] == [row.gains[number].value for row in rows]
        assert NAMES[number].en.lower() in " ".join(labels(axes)).lower()
    scales = {axes.get_xlim() for axes in figure.axes}
    assert len(scales) == 1


def test_ties_are_hollow_and_the_clear_gate_that_adds_most_is_marked_and_told() -> None:
    axes = gates(EXPERIMENT, NAMES, held(), "en").axes[APPROVALS]
    at = marks(axes)
    hollow = [row for row in range(13) if at[row].get_markerfacecolor() == palette.PAPER]
    assert hollow == [3]
    assert [row for row in range(13) if at[row].get_marker() == "D"] == list(range(4, 13))
    assert [text for text in labels(axes) if text.startswith("+")] == [
        f"+{5 * step}" for step in range(1, 10)
    ]


def test_gates_whose_intervals_overlap_are_all_said_to_add_most() -> None:
    """The first of equals was once called the bottleneck."""
    gains = [around(each, 0.05) for each in (0.2, 0.2, 0.16, 0.08, 0.02, -0.3)]
    assert Held(0.5, gains).largest == (0, 1, 2)
    assert Held(0.5, [around(0.04, 0.05)] * 6).largest == ()
    figure = gates(EXPERIMENT, NAMES, [Held(0.5, gains)] * 13, "en")
    assert [marks(axes)[0].get_marker() for axes in figure.axes] == [*"DDDooo"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [0.0, 0.05, 0.11])
def test_nothing_is_clipped_or_covered(language: Language, size: float) -> None:
    check(drawn(lambda: gates(EXPERIMENT, NAMES, held(size), language)))


@pytest.mark.parametrize("part", ["95% interval", "N = 256", "conditional on the model", "60%"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(gates(EXPERIMENT, NAMES, held(), "en"))
