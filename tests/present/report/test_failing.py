"""Protects gates and futures in the report: the figures of the results given, and all they hold."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.estimate.discovery import Condition, Rule
from sim.experiments.futures import Futures
from sim.experiments.futures_files import files_of_futures
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.compose import document
from sim.present.report.document import Document, Paragraph, Picture, Table
from sim.present.report.failing import futures_section, gates_section
from sim.present.report.given import open_all
from sim.present.report.wording import apart, bracketed
from sim.scenario import read_scenario
from sim.studies.gates import GATES, figure, held
from sim.studies.study import basis_of
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import points
from sim.text.together import is_tie
from sim.views.figures import Named
from sim.views.from_futures import futures_figures
from sim.views.parameter_names import parameter_name
from tests.present.report.conftest import (
    BASE,
    LANGUAGES,
    SAMPLE,
    Written,
    failing,
    opened,
    write,
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


def test_the_report_shows_figure_and_table_of_both(report: Written) -> None:
    for kind in KINDS:
        assert keys(report.document, Picture).count(kind) == 1
        assert keys(report.document, Table).count(kind) == 1
        assert re.search(rf'<figure[^>]*id="figure-{kind}-\d+"', report.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_the_report_are_those_of_the_commands(
    results: dict[str, Path], figures: list[Figure], language: Language
) -> None:
    given = open_all([results["gates"], results["futures"]], language)
    gates_section(given[0], 1, language)
    futures_section(given[1], 2, language)
    name = worded("experiment.gates", base=unquoted(BASE.name))
    declared = figure(GATES, held(opened()), basis_of(name, [BASE], SAMPLE))
    gates = Named("gates", lambda: drawn(declared, language))
    (futures,) = futures_figures(failing(), "products", BASE, SAMPLE, language)
    for shown, named in zip(figures, (gates, futures), strict=True):
        own = named.draw()
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


def test_the_answer_and_the_table_tell_the_densest_box(report: Written) -> None:
    language = report.document.language
    box = f"{parameter_name('firms_2022', language)} ≤ 2500"
    (table,) = [
        block
        for block in report.document.blocks
        if isinstance(block, Table) and block.key.startswith("futures-")
    ]
    assert table.rows[0][0].text == box
    assert table.rows[0][2].values == (0.8, 0.7, 0.9)
    answer = [block.text for block in report.document.blocks if isinstance(block, Paragraph)][1]
    for told in (box, "80%", "70–90%", "50%"):
        assert told in answer


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


def test_readings_that_are_not_the_default_are_named_in_the_figure(
    tmp_path: Path, figures: list[Figure]
) -> None:
    file = tmp_path / "x.toml"
    file.write_text('extends = "as-written"\n[readings]\ncolleges = "stock"\n', encoding="utf-8")
    base = read_scenario(file)
    folder = write(tmp_path / "f", list(files_of_futures(base, "all", failing(), SAMPLE)))
    (given,) = open_all([folder], "en")
    futures_section(given, 1, "en")
    assert "Not in the default reading: future technology" in said(figures[0])


@pytest.mark.parametrize(
    "found",
    [
        Futures((), {}, np.array([0.0, 1.0])),
        Futures(
            (Rule((Condition("no_more", 1.0, 2.0),), 0.5, 0.8, 0.6, 0.5, 0.9, 0.7, 0.9),),
            {"no_more": np.array([1.0, 2.0])},
            np.array([0.0, 1.0]),
        ),
    ],
    ids=["no rule", "a parameter that the model has no more"],
)
def test_what_cannot_be_drawn_is_told(
    tmp_path: Path, figures: list[Figure], found: Futures
) -> None:
    folder = write(tmp_path / "f", list(files_of_futures(BASE, "output", found, SAMPLE)))
    (given,) = open_all([folder], "en")
    blocks = futures_section(given, 1, "en")
    assert len(blocks) == 2
    assert not figures


def test_draws_and_rules_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Ends of conditions are kept in full, open ones too."""
    low, high = 1234.56789012345, 2500.1
    conditions = (Condition("firms_2022", -np.inf, high), Condition("seed_money", low, np.inf))
    rule = failing().rules[0]._replace(conditions=conditions)
    values = {"firms_2022": np.array([0.1, 1 / 3]), "seed_money": np.array([2.0, 3.0])}
    wrote = Futures((rule,), values, np.array([0.5, 1.0]))
    folder = write(tmp_path / "f", list(files_of_futures(BASE, "output", wrote, SAMPLE)))
    (given,) = open_all([folder], "en")
    found = given.document["found"]
    assert found.rules == wrote.rules
    assert found.missed.tolist() == [0.5, 1.0]
    assert {name: each.tolist() for name, each in found.values.items()} == {
        name: each.tolist() for name, each in values.items()
    }
