"""Protects where things are: districts as on the map, their land and people as published."""

import json
import unicodedata

import pytest

from sim import city
from sim.figures import figure
from sim.plan import PLAN, Track

CITY_KM2 = 6340.50
"""Shanghai's land: what figures F192 to F207 say they add up to."""


def test_districts_have_the_numbers_and_names_of_the_map() -> None:
    outlines = city.file("map/districts.geojson").read_text(encoding="utf-8")
    on_map = {
        entry["properties"]["id"]: (entry["properties"]["name_en"], entry["properties"]["name"])
        for entry in json.loads(outlines)["features"]
    }
    assert {district.number: tuple(district.name) for district in PLAN.districts} == on_map
    assert [district.number for district in PLAN.districts] == list(range(16))


def test_seven_districts_are_core() -> None:
    assert [district.number for district in PLAN.districts if district.core] == list(range(7))


def test_districts_add_up_to_the_city() -> None:
    assert sum(district.population for district in PLAN.districts) == figure("F174").number
    assert sum(district.area_km2 for district in PLAN.districts) == pytest.approx(CITY_KM2)


@pytest.mark.parametrize(
    ("name", "area_km2", "population"),
    [("huangpu", 20.46, 662030), ("pudong", 1210.41, 5681512), ("chongming", 1185.49, 637921)],
)
def test_a_district_has_its_own_figures(name: str, area_km2: float, population: int) -> None:
    district = next(entry for entry in PLAN.districts if entry.id == name)
    assert (district.area_km2, district.population) == (area_km2, population)


def test_unchecked_coordinates_say_so() -> None:
    assert {zone.quality for zone in PLAN.zones} == {"unverified"}
    assert {university.quality for university in PLAN.universities} == {"unverified"}


def test_the_first_zones_are_those_that_the_plan_names() -> None:
    sentence = next(entry.sentence for entry in PLAN.instruments if entry.id == "pilot_zones")
    assert "聚焦" + "、".join(zone.name.zh for zone in PLAN.zones) + "等" in sentence


@pytest.mark.parametrize("track", PLAN.tracks, ids=lambda track: track.id)
def test_a_tracks_name_stands_where_its_source_says(track: Track, plan_text: str) -> None:
    cited = figure(track.source.en.split()[1]) if track.source.en.startswith("figure") else None
    if cited is None:
        assert f"\n{track.section.zh[-1]}.{track.name.zh}。" in plan_text
        assert track.section.zh in track.source.zh
    else:
        assert f"lists no tracks in {track.section.en}" in track.source.en
        assert f"{track.name.zh}" not in plan_text
        assert unicodedata.normalize("NFKC", track.name.zh) in cited.quote
