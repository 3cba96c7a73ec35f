"""Protects gates in the report: the figure of the result given, and all it holds."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.compose import document
from sim.present.report.document import Document, Picture, Table
from sim.present.report.failing import gates_section
from sim.present.report.given import open_all
from sim.present.report.wording import apart, bracketed
from sim.studies.gates import GATES, figure, held
from sim.studies.study import basis_of
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import points
from sim.text.together import is_tie
from tests.present.report.conftest import (
    BASE,
    LANGUAGES,
    SAMPLE,
    Written,
    opened,
)
from tests.views.reading import said

KINDS = ("gates", "futures")


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Return the figures of the report, as they are drawn."""
    found: list[Figure] = []

    def forms(draw: Any, *_: Any) -> tuple[tuple[float, float], None, bytes]:
        found.append(draw())
        return (10.0, 5.0), None, b""

    monkeypatch.setattr("sim.present.report.drawing.forms", forms)
    return found


def keys(shown: Document, kind: type[Picture] | type[Table]) -> list[str]:
    """Return the keys of a document's figures or tables, without their numbers."""
    found = [block.key for block in shown.blocks if isinstance(block, kind)]
    return [re.sub(r"-\d+$", "", key) for key in found]


def test_the_report_shows_figure_and_table(report: Written) -> None:
    assert keys(report.document, Picture).count("gates") == 1
    assert keys(report.document, Table).count("gates") == 1
    assert re.search(r'<figure[^>]*id="figure-gates-\d+"', report.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_of_the_report_is_that_of_the_command(
    results: dict[str, Path], figures: list[Figure], language: Language
) -> None:
    (given,) = open_all([results["gates"]], language)
    gates_section(given, 1, language)
    name = worded("experiment.gates", base=unquoted(BASE.name))
    declared = figure(GATES, held(opened()), basis_of(name, [BASE], SAMPLE))
    (shown,), own = figures, drawn(declared, language)
    assert said(shown) == said(own)
    for a, b in zip(shown.axes, own.axes, strict=True):
        assert marks(a.lines) == marks(b.lines)


def marks(lines: Sequence[Any]) -> list[list[float]]:
    """Return where the marks of a chart stand."""
    return [np.ravel(line.get_xydata()).tolist() for line in lines]


def test_the_figure_of_gates_is_told_to_those_who_cannot_see_it(report: Written) -> None:
    (picture,) = [
        block
        for block in report.document.blocks
        if isinstance(block, Picture) and block.key.startswith("gates-")
    ]
    last = opened()[-1]
    for count, found in zip(PLAN.counts, last.comparison.counts, strict=True):
        language = report.document.language
        told = picture.alternative.partition(f"{count.name.in_(language)} ")[2]
        assert bool(told) == (found.likelihood.low > 0.0)
        gain = apart(found.likelihood, language)
        assert not told or last.gate.name.in_(language) + bracketed(gain, language) in told
        assert is_tie(found.likelihood) or points(found.likelihood.value) in picture.alternative


@pytest.mark.usefixtures("undrawn")
def test_results_name_their_seed_replicates_and_model(results: dict[str, Path]) -> None:
    for kind in KINDS:
        shown = document([results[kind]], "en")
        (table,) = [
            block for block in shown.blocks if isinstance(block, Table) and block.key == "results"
        ]
        ((_, _, seed, replicates, model, *_),) = table.rows
        assert (seed.values, replicates.values) == ((SAMPLE.seed,), (SAMPLE.replicates,))
        assert re.fullmatch("[0-9a-f]{12}", model.text)
