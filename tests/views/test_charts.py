"""Protects what the charts show: the numbers of the run, and no others."""

from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from sim.language import Language
from sim.plan import PLAN, Count
from sim.spec import palette
from sim.spec.marks import Map
from sim.studies.shared import courses
from sim.studies.shared.likelihoods import likelihood
from sim.studies.shared.maps import district_map
from sim.views.shades import Scale
from sim.views.source import Run, count_summary, tolerance
from tests.views.reading import sheet

MakeRun = Callable[..., Run]
OUTPUT, CERTIFIED = PLAN.counts[0], PLAN.counts[11]


def fan(run: Run, count: Count, language: Language) -> Figure:
    """Draw the fan of one count of a run."""
    runs = run.counts()[:, :, PLAN.counts.index(count)]
    return sheet(courses.fan(run, count, runs), language)


def line(figure: Figure, colour: str, axes: int = 0) -> NDArray[np.float64]:
    """Return the heights of the one long line of a colour."""
    lines = [
        found
        for found in figure.axes[axes].lines
        if found.get_color() == colour and np.size(found.get_ydata()) > 50
    ]
    assert len(lines) == 1
    return np.asarray(lines[0].get_ydata(), dtype=np.float64)


def middle(runs: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the lower of the middle replicates, month by month, shape (M,)."""
    rows: NDArray[np.floating] = np.sort(runs, axis=0)
    return np.asarray(rows[(len(rows) - 1) // 2])


def level_lines(figure: Figure) -> list[float]:
    """Return the heights of lines from edge to edge."""
    return [
        float(np.asarray(found.get_ydata())[0])
        for found in figure.axes[0].lines
        if found.get_color() in (palette.VERMILION, palette.ORANGE_INK)
    ]


def said(figure: Figure) -> str:
    """Return all texts of a figure."""
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts)


def test_a_fan_shows_the_median_and_both_targets(fake_run: MakeRun) -> None:
    run = fake_run()
    counts = run.counts()
    figure = fan(run, OUTPUT, "en")
    assert_allclose(line(figure, palette.MEDIAN), middle(counts[:, :, 0]), rtol=1e-5)
    assert level_lines(figure) == [5000.0, 4500.0]


def test_a_fan_of_clusters_has_no_about(fake_run: MakeRun) -> None:
    run = fake_run()
    clusters = next(count for count in PLAN.counts if count.id == "clusters")
    figure = fan(run, clusters, "en")
    assert level_lines(figure) == [5.0]
    assert "bout" not in figure.texts[2].get_text()


def test_a_fans_bands_are_nested_shares_of_runs(fake_run: MakeRun) -> None:
    run = fake_run(replicates=400)
    figure = fan(run, OUTPUT, "en")
    ends = run.counts()[:, -1, 0]
    for drawn, share in zip(figure.axes[0].collections, (0.95, 0.8, 0.5), strict=True):
        vertices = np.asarray(drawn.get_paths()[0].vertices)
        last = vertices[vertices[:, 0] == vertices[:, 0].max(), 1]
        inside = ((ends >= last.min()) & (ends <= last.max())).mean()
        assert inside == pytest.approx(share, abs=0.02)


def test_a_fan_without_a_stated_tolerance_draws_the_target_only(fake_run: MakeRun) -> None:
    told = fake_run().manifest
    said = {key: value for key, value in told["scenario"].items() if key != "tolerance"}
    silent = {**told, "scenario": said}
    run = fake_run(manifest=silent)
    assert tolerance(run) is None
    assert level_lines(fan(run, OUTPUT, "en")) == [5000.0]


def test_likelihoods_stand_where_the_summary_puts_them(fake_run: MakeRun) -> None:
    run = fake_run()
    axes = sheet(likelihood(run)).axes[0]
    dots = [found for found in axes.lines if found.get_marker() == "o"]
    expected = [*(found.likelihood.value for found in run.summary.counts), run.summary.joint.value]
    assert [float(np.asarray(dot.get_xdata())[0]) for dot in dots] == pytest.approx(expected)
    diamonds = [found for found in axes.lines if found.get_marker() == "D"]
    spoken_about = [
        found.about.value
        for found, count in zip(run.summary.counts, PLAN.counts, strict=True)
        if count.about
    ]
    places = [float(np.asarray(dot.get_xdata())[0]) for dot in diamonds]
    assert places == pytest.approx([*spoken_about, run.summary.joint_about.value])


def test_the_title_of_likelihoods_says_how_many_are_likely(fake_run: MakeRun) -> None:
    run = fake_run()
    found = [each.likelihood for each in run.summary.counts]
    likely, unlikely = sum(each.low > 0.5 for each in found), sum(each.high < 0.5 for each in found)
    title = likelihood(run).title.en
    assert f" {likely} are likely, {unlikely} unlikely and {13 - likely - unlikely} open" in title


@pytest.mark.parametrize(("language", "words"), [("en", "new since"), ("zh", "以来新增")])
def test_a_fan_is_drawn_in_the_chosen_reading_and_says_so(
    fake_run: MakeRun, language: Language, words: str
) -> None:
    zones = next(count for count in PLAN.counts if count.id == "pilot_zones")
    number = PLAN.counts.index(zones)
    stock = fake_run()
    new = fake_run(readings={**PLAN.readings, "pilot_zones": "new"})
    figure = fan(new, zones, language)
    recorded = stock.counts()[:, :, number]
    assert_allclose(line(figure, palette.MEDIAN), middle(recorded - recorded[:, :1]), rtol=1e-5)
    assert words in said(figure)
    assert words not in said(fan(stock, zones, language))


def test_the_likelihood_chart_names_counts_that_are_not_in_their_default_reading(
    fake_run: MakeRun,
) -> None:
    assert "default reading" not in said(sheet(likelihood(fake_run())))
    run = fake_run(readings={**PLAN.readings, "colleges": "stock"})
    told = " ".join(said(sheet(likelihood(run))).split())
    assert "Not in the default reading: future technology colleges (stock)." in told
    told = "".join(said(sheet(likelihood(run), "zh")).split())
    assert "未用默认口径：未来技术学院（存量）。" in told


def test_certificates_are_the_valid_ones_in_any_reading(fake_run: MakeRun) -> None:
    """Beside them stand those that real R&D supports, which are a stock."""
    run = fake_run(readings={**PLAN.readings, "hightech_enterprises": "new"})
    expected = middle(fake_run().counts()[:, :, 11])
    assert_allclose(
        line(sheet(courses.certificates(run, CERTIFIED)), palette.BLUE), expected, rtol=1e-5
    )


def test_the_stopping_rules_interval_is_named(fake_run: MakeRun) -> None:
    assert "Wilson" in said(sheet(likelihood(fake_run())))
    assert "stopping rule" in said(sheet(likelihood(fake_run(sequential=True))))


def test_clusters_stack_to_the_mean_of_their_sum(fake_run: MakeRun) -> None:
    run = fake_run()
    runs = sum(run.measure(f"output_{cluster.id}").astype(np.float64) for cluster in PLAN.clusters)
    top = sheet(courses.output_by_cluster(run)).axes[0].collections[-1].get_paths()[0].vertices
    heights = np.asarray(top)[:, 1]
    assert heights.max() == pytest.approx(
        cast("NDArray[np.float64]", runs).mean(axis=0).max(), rel=1e-5
    )


def test_certificates_stand_beside_what_real_rd_supports(fake_run: MakeRun) -> None:
    run = fake_run()
    figure = sheet(courses.certificates(run, CERTIFIED))
    assert_allclose(line(figure, palette.BLUE), middle(run.counts()[:, :, 11]), rtol=1e-5)
    expected = middle(run.measure("certified_real"))
    assert_allclose(line(figure, palette.VERMILION), expected, rtol=1e-5)
    reported = middle(run.measure("reported_rd"))
    assert_allclose(line(figure, palette.BLUE, axes=1), reported, rtol=1e-5)


def test_maps_write_each_districts_median(fake_run: MakeRun) -> None:
    run = fake_run()
    panels = [axes for axes in sheet(district_map(run, "firms")).axes if axes.get_title()]
    assert [axes.get_title() for axes in panels] == ["2022-10", "2026-12", "2030-12"]
    last = panels[-1]
    labels = [text.get_text() for axes in (last, *last.child_axes) for text in axes.texts]
    assert len(labels) == len(PLAN.districts)
    pudong = middle(run.measure("firms_pudong"))[98]
    assert f"Pudong\n{pudong:,.0f}" in labels


def test_the_inset_holds_the_seven_core_districts(fake_run: MakeRun) -> None:
    panel = sheet(district_map(fake_run(), "output"), "zh").axes[0]
    (inset,) = panel.child_axes
    names = {text.get_text().partition("\n")[0] + "区" for text in inset.texts}
    assert names == {district.name.zh for district in PLAN.districts if district.core}


def test_dates_beyond_the_run_are_left_out(fake_run: MakeRun) -> None:
    figure = sheet(district_map(fake_run(), "firms", dates=("2022-10", "2035-12")))
    assert [axes.get_title() for axes in figure.axes if axes.get_title()] == ["2022-10"]


def test_a_colour_scale_starts_at_nought_and_covers_all_values(fake_run: MakeRun) -> None:
    scale = Scale(500.0)
    assert scale.colour(0.0) != scale.colour(500.0)
    mark = district_map(fake_run(level=0.0), "firms").mark
    assert isinstance(mark, Map)
    assert mark.top == 1.0


def test_the_title_of_all_fans_says_how_many_medians_stand_at_their_targets(
    fake_run: MakeRun,
) -> None:
    run = fake_run()
    due = run.counts()[:, run.summary.at]
    targets = np.array([count.target for count in PLAN.counts])
    reached = int((np.median(due, axis=0) >= targets).sum())
    assert f" {reached} of thirteen medians" in courses.fans(run).title.en


def test_a_count_that_the_summary_lacks_is_an_error(fake_run: MakeRun) -> None:
    with pytest.raises(KeyError):
        count_summary(fake_run(), "nothing")


def test_line_helper_finds_lines() -> None:
    """The helper above fails where there is no such line."""
    figure = Figure()
    figure.add_subplot().add_line(Line2D([0, 1], [0, 1], color="#123456"))
    with pytest.raises(AssertionError):
        line(figure, "#123456")
