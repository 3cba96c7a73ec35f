"""Protects what a package does to the counts: one set of numbers in table, file, figure, report."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes

from sim.experiments.compare import Comparison, compare
from sim.language import Language
from sim.model.world.layout import MEASURES
from sim.plan import PLAN
from sim.present.report.changes import change_tables
from sim.present.report.compared import of_comparison
from sim.present.terminal import print_parts
from sim.scenario import read_scenario
from sim.store.fill import Ensemble, Sample
from sim.studies.shared.compared import tables
from sim.studies.shared.comparison import comparison_figures, rests_on
from sim.studies.shared.headline import headline
from sim.studies.shared.of_comparison import effects
from sim.text.numbers import hyphened, signed
from sim.text.together import amount
from tests.studies.files import comparison_files
from tests.views.made_up import BASIS, FIRST
from tests.views.reading import check, labels, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
SAMPLE = Sample(7, 64)
BASE = read_scenario("as-written")
OUTPUT, COLLEGES, STANDARDS = (
    [count.id for count in PLAN.counts].index(name) for name in ("output", "colleges", "standards")
)


def ensemble(gains: np.ndarray, name: str) -> Ensemble:
    """Return replicates that start at nothing, and end at their luck and a gain of their own.

    The gains are not in the order of the luck, so that a difference of medians is another number.
    """
    luck = np.random.default_rng(1).uniform(0.5, 1.5, (64, 13))
    targets = np.array([count.target for count in PLAN.counts], dtype=np.float64)
    at_end = luck * targets * (1.0 + gains)
    counts = at_end[:, None, :] * np.linspace(0.0, 1.0, 99)[None, :, None]
    measures = np.zeros((64, 9, len(MEASURES)), dtype=np.float32)
    return Ensemble(replace(BASE, id=name), counts, np.arange(64) // 2, measures, SAMPLE.seed)


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Output rises in 62 of 64 pairs, colleges move both ways, standards fall in all pairs."""
    rng = np.random.default_rng(2)
    gains = np.zeros((64, 13))
    gains[:, OUTPUT] = np.where(np.arange(64) < 62, rng.uniform(0.0, 0.6, 64), -0.1)
    gains[:, COLLEGES] = np.where(np.arange(64) % 4 < 2, 0.1, -0.1)
    gains[:, STANDARDS] = -0.2
    return compare(ensemble(np.zeros((64, 13)), "one"), ensemble(gains, "other"))


def test_table_file_figures_and_report_have_the_same_numbers(
    found: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table once said -210 and the figure of the same folder -113."""
    monkeypatch.setenv("COLUMNS", "200")
    print_parts(tables(found), "en")
    printed = capsys.readouterr().out
    texts = dict(comparison_files([found], SAMPLE))
    rows = list(csv.DictReader(io.StringIO(texts["comparison.csv"])))
    figures = {
        each.name: sheet(each) for each in comparison_figures([found], rests_on([found], SAMPLE))
    }
    beside = labels(figures["effects_2"].axes[0])
    report = change_tables(of_comparison(found, BASIS, ""), 1, "en")[0]
    for number, count in enumerate(found.counts):
        size = count.effect.amount
        curve = found.curves[number]
        assert size.value == float(rows[number]["amount"]) == curve.median[98]
        assert size.p10 == float(rows[number]["amount_p10"]) == curve.p10[98]
        assert size.p90 == float(rows[number]["amount_p90"]) == curve.p90[98]
        shown, low, high = (signed(each) for each in size[:3])
        assert f"{shown} ({low} … {high})" in beside
        assert report.rows[number][1].text == f"{shown} ({low} … {high})"
        told = f"{amount(size.value)} ({amount(size.low)} … {amount(size.high)})"
        assert hyphened(told) in printed
        inside = labels(figures["difference_fans_2"].axes[number])
        assert any(text.startswith(f"{shown} (") for text in inside)


def test_the_headline_says_what_rises_and_falls_and_how_surely(found: Comparison) -> None:
    told = headline(found.counts, "en")
    rises, rest = told.split(" Likely to fall: ")
    falls, open_ = rest.split(" Cannot be told apart: ")
    assert rises.startswith("Likely to rise: future-industry output (97% of pairs")
    assert falls.startswith("Chinese standards (100% of pairs, 100% of draws, ×0.80)")
    assert "future technology colleges" in open_
    said = headline(found.counts, "zh")
    assert (
        said.index("很可能增加：未来产业产值")
        < said.index("很可能减少：")
        < said.index("难分高下：")
    )


def test_where_nothing_differs_all_thirteen_cannot_be_told_apart() -> None:
    same = ensemble(np.zeros((64, 13)), "one")
    told = headline(compare(same, same).counts, "en")
    assert told.startswith("Cannot be told apart: none of the thirteen")


def test_the_title_says_how_many_rise_and_fall(found: Comparison) -> None:
    own = [each.effect for each in found.counts]
    title = effects(BASIS, "effects", (FIRST, FIRST), own, FIRST).title
    assert title.en.endswith(
        ": of thirteen counts 1 are likely to rise, 1 to fall and 11 cannot be told apart"
    )
    assert title.zh.endswith("1项可能增加，1项可能减少，11项难分高下")


def test_the_scale_is_written_with_as_many_decimals_throughout(found: Comparison) -> None:
    own = [each.effect for each in found.counts]
    axes = sheet(effects(BASIS, "effects", (FIRST, FIRST), own, FIRST)).axes[0]
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert len({len(text.partition(".")[2]) for text in ticks}) == 1


def marks(axes: Axes) -> list[float]:
    """Return where the dots of a chart stand on its scale."""
    return [float(np.ravel(line.get_xdata())[0]) for line in axes.lines if line.get_marker() == "o"]


def test_dots_stand_at_the_ratios(found: Comparison) -> None:
    own = [each.effect for each in found.counts]
    axes = sheet(effects(BASIS, "effects", (FIRST, FIRST), own, FIRST)).axes[0]
    assert marks(axes) == pytest.approx([each.ratio.value for each in own])
    assert marks(axes)[STANDARDS] == pytest.approx(0.8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_or_covered(found: Comparison, language: Language) -> None:
    own = [each.effect for each in found.counts]
    far = own[0]._replace(ratio=own[0].ratio._replace(value=9.0, high=np.inf, p90=np.inf))
    declared = effects(BASIS, "effects", (FIRST, FIRST), [far, *own[1:]], FIRST)
    check(sheet(declared, language))
