"""Charts say what the arrays say."""

import numpy as np
import pytest

from sim.app.answers import answer, change, sampled
from sim.app.charts import LEVELS, Panel, edges_of, fans, grid_of_differences
from sim.app.growth import Replicates
from sim.app.package import preset, with_lever
from sim.app.pages.trajectory_view import _targets, panels_of
from sim.app.shown import levers, likelihoods
from sim.evidence.instruments import said_of_instrument
from sim.experiments.costs import FORGONE
from sim.language import Language
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.spec.marks import Panels
from sim.studies.shared.courses import fan
from sim.text.catalogue import capital
from tests.views.conftest import FakeRun

WORDS = {"median": "median", "before": "before", "unit": "unit"}


def test_the_layers_of_a_fan_add_up_to_its_edges() -> None:
    values = np.random.default_rng(1).gamma(2.0, 100.0, (200, 12)).cumsum(axis=1)
    edges = edges_of(values)
    option = fans([Panel("", edges, (("target", 500.0),))], WORDS, dark=False)
    layers = [each["data"] for each in option["series"] if "stack" in each]
    assert np.allclose(np.cumsum(layers, axis=0), edges, rtol=2e-3)
    median = next(each for each in option["series"] if each.get("name") == "median")
    assert np.allclose(median["data"], edges[LEVELS.index(0.5)], rtol=1e-3)
    assert [line["yAxis"] for line in median["markLine"]["data"]] == [500.0]


@pytest.mark.parametrize(("subject", "number"), [("count:output", 1), ("cluster:firms", 5),
                                                 ("district:talents", 16)])  # fmt: skip
def test_every_subject_has_its_panels(
    subject: str, number: int, as_written: Replicates, without_yulin: Replicates
) -> None:
    scenario = read_scenario("without-yulin")
    found = panels_of(subject, scenario, without_yulin, 8, as_written, "zh")
    assert len(found) == number
    option = fans(found, WORDS, dark=True)
    assert len(option["grid"]) == number


def test_what_may_be_none_is_paler() -> None:
    option = grid_of_differences(["row"], ["a", "b"], [[(30.0, False), (30.0, True)]], dark=False)
    sure, unsure = (cell["value"] for cell in option["series"][0]["data"])
    assert sure[2] > unsure[2] > 0.0
    assert {cell["label"]["formatter"] for cell in option["series"][0]["data"]} == {"+30.0"}


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
    assert by_id["zhuji"]["setting"]["districts"] == ["pudong"]
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
    """13.5 pilot zones are not called 14, in the lab and in the fan of a result."""
    scenario, run = read_scenario("as-written"), FakeRun()
    for count in PLAN.counts:
        told = [*_targets(count.id, scenario, "en")]
        mark = fan(run, count, run.counts()[:, :, PLAN.counts.index(count)]).mark
        assert isinstance(mark, Panels)
        told += [(each.text.en, each.height) for each in mark.panels[0].endings]
        for text, height in told:
            assert float(text.split()[-1].replace(",", "")) == height
