"""Charts say what the arrays say."""

import numpy as np
import pytest

from sim.app.answers import answer, change, sampled
from sim.app.growth import Replicates
from sim.app.package import named, preset, with_lever
from sim.app.pages.trajectory_view import shown
from sim.app.shown import levers, likelihoods
from sim.evidence.instruments import said_of_instrument
from sim.experiments.costs import FORGONE
from sim.language import Language
from sim.model.world.layout import COUNTS
from sim.plan import PLAN
from sim.present.browser import PHONE, WIDTH, height, is_broad, option
from sim.scenario import read_scenario
from sim.spec.marks import Line, Panels, numbers
from sim.studies.shared.courses import LEVELS, fan
from sim.text.catalogue import capital
from sim.views.themes import LIGHT
from tests.views.conftest import FakeRun
from tests.views.reading import check, said, sheet

SUBJECTS = [("count:output", 1), ("cluster:firms", 5), ("district:talents", 16)]


@pytest.mark.parametrize(("subject", "number"), SUBJECTS)
def test_every_subject_has_its_fans_with_the_medians_of_both(
    subject: str, number: int, as_written: Replicates, without_yulin: Replicates
) -> None:
    package, reference = preset("without-yulin"), preset("as-written")
    found = shown(subject, reference, package, without_yulin, 8, as_written)
    assert len(found.fans) == number
    assert isinstance(found.figure.mark, Panels)
    kind, _, name = subject.partition(":")
    for own, panel in zip(found.fans, found.figure.mark.panels, strict=True):
        lines = {each.name: each.up for each in panel.layers if isinstance(each, Line)}
        middle = numbers(own.edges[len(LEVELS) // 2])
        assert own.before is not None
        assert lines[named(reference)] == numbers(own.before)
        assert middle in lines.values()
        if kind == "count":
            column = COUNTS.index(name)
            assert np.allclose(own.before, np.median(as_written.counts[:8, :, column], axis=0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fan_says_in_the_browser_what_its_file_says(
    language: Language, without_yulin: Replicates
) -> None:
    package = preset("without-yulin")
    found = shown("count:components", package, package, without_yulin, 8, None)
    figure = sheet(found.figure, language)
    check(figure)
    series = option(found.figure, language, LIGHT)["series"]
    told = {point["label"]["formatter"] for each in series for point in each["data"]
            if isinstance(point, dict)}  # fmt: skip
    assert isinstance(found.figure.mark, Panels)
    (panel,) = found.figure.mark.panels
    assert {each.text.in_(language) for each in panel.endings} <= told
    assert all(text in said(figure) for text in told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_above_a_chart_take_its_lines_and_no_room_from_it(
    language: Language, without_yulin: Replicates
) -> None:
    package = preset("without-yulin")
    found = shown("count:components", package, package, without_yulin, 8, None).figure
    assert not is_broad(found)
    rooms = [
        (height(found, language, LIGHT, wide), option(found, language, LIGHT, wide)["grid"][0])
        for wide in (PHONE, WIDTH)
    ]
    assert rooms[0][0] > rooms[1][0]
    assert [high - grid["top"] for high, grid in rooms] == [rooms[0][0] - rooms[0][1]["top"]] * 2
    assert {grid["height"] for _, grid in rooms} == {rooms[0][1]["height"]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_shows_every_count_and_its_change(
    language: str, as_written: Replicates, without_yulin: Replicates
) -> None:
    scenario = read_scenario("without-yulin")
    known = answer(without_yulin, scenario, 8)
    before, after = (sampled(each, scenario) for each in (as_written, without_yulin))
    told = change(before, after, [read_scenario("as-written"), scenario])
    shown = likelihoods(known, told, "zh" if language == "zh" else "en", busy=False)
    assert [row["id"] for row in shown["rows"]] == [*(count.id for count in PLAN.counts), "all"]
    for row in shown["rows"]:
        assert 0.0 <= row["low"] <= row["value"] <= row["high"] <= 1.0
        assert row["direction"] in ("tie", "up", "down")


def test_the_panel_shows_what_the_package_says() -> None:
    lever = PLAN.levers[5]
    package = with_lever(preset("as-written"), lever, on=False)
    shown = levers(with_lever(package, PLAN.levers[0], dose=2.5, districts=["pudong"]), "en")
    by_id = {each["id"]: each for group in shown["groups"] for each in group["levers"]}
    assert not by_id[lever.id]["setting"]["on"]
    assert by_id["zhuji"]["setting"]["dose"] == 2.5
    assert by_id["zhuji"]["setting"]["districts"] == ("pudong",)
    instruments = [one for each in by_id.values() for one in each["instruments"]]
    assert len(instruments) == len(PLAN.instruments)
    assert all(one["sentence"] and one["acts_on"] and one["cost"] for one in instruments)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_panel_says_what_each_instrument_was_measured_to_move(language: Language) -> None:
    shown = levers(preset("as-written"), language)
    told = {
        one["id"]: one
        for group in shown["groups"]
        for each in group["levers"]
        for one in each["instruments"]
    }
    for entry in PLAN.instruments:
        measured = capital(said_of_instrument(entry.id).in_(language))
        assert told[entry.id]["measured"] == measured
        forgone = entry.id in FORGONE and FORGONE[entry.id].in_(language)
        assert not forgone or forgone in told[entry.id]["cost"]


def test_a_threshold_is_named_as_high_as_it_is_drawn() -> None:
    """13.5 pilot zones are not called 14."""
    run = FakeRun()
    for count in PLAN.counts:
        mark = fan(run, count, run.counts()[:, :, PLAN.counts.index(count)]).mark
        assert isinstance(mark, Panels)
        for each in mark.panels[0].endings:
            assert float(each.text.en.split()[-1].replace(",", "")) == each.height
