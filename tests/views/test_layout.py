"""Protects every sheet in both languages: no text clipped or covered, no glyph missing."""

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure

from sim.estimate.readings import others
from sim.language import Language
from sim.plan import PLAN
from sim.studies.shared.of_run import figures
from sim.views.source import Run
from tests.views import reading
from tests.views.reading import check

MakeRun = Callable[..., Run]
LONGEST = max(PLAN.counts, key=lambda count: len(count.name.en))
STEMS = (
    "likelihood",
    *("fan_output", "fan_colleges", f"fan_{LONGEST.id}"),
    *("map_firms", "map_output", "map_talents"),
    *("output_by_cluster", "certificates"),
)
"""Of the fans, which differ by what their count is called: an amount, a few, the longest name."""
FAMILIES = ("likelihood", "fan_leading_firms", "map_talents", "output_by_cluster", "certificates")
"""One figure of each kind."""
LONG = "A scenario with a name that goes on and on, \U0001f680, from $5 to $6, as names may do, "


def drawn(run: Run, stem: str, language: Language) -> Figure:
    """Draw one figure of a run; any warning is an error."""
    return reading.sheet(next(each for each in figures(run) if each.name == stem), language)


@pytest.mark.parametrize(
    ("stem", "language"),
    [*((stem, "en") for stem in STEMS), *((stem, "zh") for stem in FAMILIES)],
)
def test_nothing_is_clipped_or_covered(fake_run: MakeRun, stem: str, language: Language) -> None:
    check(drawn(fake_run(), stem, language))


@pytest.mark.parametrize(
    ("stem", "settings"),
    [
        ("fan_output", {"months": 159}),
        ("fan_products", {"level": 0.0}),
        ("fan_clusters", {"replicates": 2}),
        ("fan_colleges", {"level": 40.0}),
        ("map_firms", {"level": 0.0}),
        ("map_talents", {"level": 40.0}),
        ("output_by_cluster", {"level": 0.0, "months": 159}),
        ("certificates", {"level": 0.0}),
        ("likelihood", {"level": 0.0}),
        ("likelihood", {"level": 40.0, "sequential": True}),
        ("likelihood", {"readings": others(PLAN.readings)}),
        ("fan_colleges", {"readings": others(PLAN.readings)}),
    ],
)
def test_runs_that_end_at_nought_or_far_beyond_still_read_well(
    fake_run: MakeRun, stem: str, settings: dict[str, Any]
) -> None:
    check(drawn(fake_run(**settings), stem, "en"))


@pytest.mark.parametrize("stem", ["likelihood", "fan_hightech_enterprises"])
def test_all_counts_in_their_other_readings_fit_in_chinese(fake_run: MakeRun, stem: str) -> None:
    check(drawn(fake_run(readings=others(PLAN.readings)), stem, "zh"))


def test_a_long_name_with_odd_characters_is_shortened(fake_run: MakeRun) -> None:
    manifest = dict(fake_run().manifest)
    manifest["scenario"] = {**manifest["scenario"], "name": {"en": LONG * 3, "zh": LONG * 3}}
    figure = drawn(fake_run(manifest=manifest), "fan_output", "en")
    check(figure, shortened=True)


@pytest.mark.parametrize("stem", FAMILIES)
def test_every_sheet_says_what_it_rests_on(fake_run: MakeRun, stem: str) -> None:
    """N, seed, hashes and the condition stand in the notes of every figure."""
    figure = drawn(fake_run(), stem, "en")
    notes = " ".join(text.get_text() for text in figure.texts)
    for part in (
        "N = 60",
        "seed 20221011",
        "0123456789ab",
        "fedcba987654",
        "conditional on the model",
    ):
        assert part in notes


@pytest.mark.parametrize(("language", "word"), [("en", "schematic"), ("zh", "示意图")])
def test_maps_are_called_schematic(fake_run: MakeRun, language: Language, word: str) -> None:
    figure = drawn(fake_run(), "map_firms", language)
    assert word in figure.texts[1].get_text()
