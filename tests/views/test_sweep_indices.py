"""Protects what is said of a sweep's Sobol' indices: told where known, refused where not."""

import pytest

from sim.experiments.reached import COLUMNS
from sim.experiments.sweep_indices import Explained, Index, index_rows
from sim.language import Language, Text
from sim.views import sweep_indices as view
from sim.views.sweep_source import Varied
from tests.views.made_up import EXPERIMENT
from tests.views.reading import check, drawn, labels, said

FACTORS = [Varied(Text("Fund", "基金"), "dose"), Varied(Text("Intake", "引才"), "dose")]
WHY = {"en": "too few points to say", "zh": "点数太少，无从判断"}
CLEAR, WIDE = Index(0.6, 0.1, 0.7, 0.1), Index(0.0, 0.4, 0.1, 0.3)
FOUND = [
    Explained(COLUMNS[0], "likelihood", (CLEAR, WIDE)),
    Explained(COLUMNS[0], "median", (WIDE, WIDE)),
    *(Explained(count, "likelihood", None) for count in COLUMNS[1:]),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chart_says_where_points_are_too_few(language: Language) -> None:
    figure = drawn(lambda: view.sweep_indices(EXPERIMENT, FACTORS, FOUND, language))
    check(figure)
    told = [labels(axes).count(WHY[language]) for axes in figure.axes]
    assert told == [1] * 14
    assert len(figure.axes[0].patches) == 4
    widths = [patch.get_width() for patch in figure.axes[0].patches]  # type: ignore[attr-defined]
    assert widths == [0.7, 0.0, 0.6, 0.0]
    assert ("1 of 14" in said(figure)) == (language == "en")


def test_a_table_has_a_row_for_each_index_that_is_known_and_one_where_none_is() -> None:
    rows = list(view.index_rows(FACTORS, FOUND, "en"))
    assert len(rows) == 2 + 13
    assert rows[0][1:] == ("Fund, dose", "0.60 (0.50 … 0.70)", "0.70 (0.60 … 0.80)")
    assert rows[1][1:] == ("Intake, dose", WHY["en"], WHY["en"])
    assert {row[1:] for row in rows[2:]} == {("any factor", WHY["en"], WHY["en"])}


def test_the_file_gives_a_verdict_for_each() -> None:
    rows = list(index_rows(["a", "b"], FOUND[:1]))
    assert [row[-1] for row in rows] == ["told", "too few points to say"]
