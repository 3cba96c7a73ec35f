"""Tracks and the zones that the plan names, as places where levers act."""

import numpy as np
import pytest

from sim.app.in_words import differences
from sim.app.links import from_link, to_link
from sim.app.package import from_toml, to_toml
from sim.experiments.costs import cost
from sim.model.world.codes import CLUSTER_OF, DISTRICT_OF_PLACE
from sim.model.world.grid import cell_at, grid
from sim.model.world.place import extent, land_cells, zone_parts
from sim.model.world.tables import CLUSTERS, DISTRICTS, FIRST_ZONE
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import scenario_from_resolved
from sim.scenario.explain import where
from tests.scenario.conftest import Read, Refused

FUND = [entry.id for entry in PLAN.instruments].index("guidance_fund")
TRACKS = [track.id for track in PLAN.tracks]
ZONES = [zone.id for zone in PLAN.zones]
CONFINED = """
extends = "as-written"
draws = "prior"
[plans.yulin.guidance_fund]
on = true
districts = ["临港", "闵行", "Zhangjiang"]
clusters = ["6G", "energy", "脑机接口"]
"""


def test_zones_and_tracks_go_by_names_in_both_languages(read: Read) -> None:
    setting = read(CONFINED).settings["guidance_fund"]
    assert setting.districts == ("minhang", "lingang", "zhangjiang")
    assert setting.clusters == ("energy", "brain_computer", "six_g")
    assert where(setting).zh == "闵行区、临港、张江；未来能源、脑机接口、6G"


def test_they_are_parts_of_clusters_and_districts(read: Read) -> None:
    found = read(CONFINED).setup().reach[FUND]
    tracks = [TRACKS[k] for k in np.flatnonzero(found[CLUSTERS:, FIRST_ZONE])]
    assert tracks == ["brain_computer", "six_g", "advanced_nuclear", "energy_storage"]
    spots = np.flatnonzero(found[CLUSTERS + TRACKS.index("six_g"), DISTRICTS:])
    minhang, pudong = 7, 10
    assert spots.tolist() == [minhang, *(DISTRICTS + k for k in range(len(ZONES)))]
    by_cluster = [
        np.mean([TRACKS[k] in tracks for k in range(len(TRACKS)) if CLUSTER_OF[k] == c])
        for c in range(CLUSTERS)
    ]
    assert found[:CLUSTERS, minhang] == pytest.approx(by_cluster)
    own = zone_parts()[[ZONES.index("lingang"), ZONES.index("zhangjiang")]].sum()
    assert found[:CLUSTERS, pudong] == pytest.approx(np.array(by_cluster) * own)
    assert not found[:, :DISTRICTS][
        :, [d for d in range(DISTRICTS) if d not in (minhang, pudong)]
    ].any()


def test_a_zone_is_the_land_of_its_district_around_its_seat() -> None:
    table, width = land_cells().cell_table, grid().width
    assert (table["place"][table["district"] < 0] == -1).all()
    inside = table["district"] >= 0
    assert (np.array(DISTRICT_OF_PLACE)[table["place"][inside]] == table["district"][inside]).all()
    for k, zone in enumerate(PLAN.zones):
        seat = np.divmod(cell_at(zone.lon, zone.lat), width)
        cells = np.divmod(np.flatnonzero(table["place"] == FIRST_ZONE + k), width)
        far = np.hypot(cells[0] - seat[0], cells[1] - seat[1])
        assert far.min() == 0.0
        assert far.max() <= PARAMETERS["zone_radius"].default
    assert ((zone_parts() > 0.0) & (zone_parts() < 0.1)).all()


def test_what_reaches_a_part_costs_a_part(read: Read) -> None:
    whole, part = read('extends = "as-written"\ndraws = "prior"'), read(CONFINED)
    share = extent(part.setup().reach)[FUND]
    assert 0.0 < share < 0.1
    price = whole.setup().dose[:, FUND].sum() / 12.0 * PARAMETERS["cost:guidance_fund"].default
    assert cost(whole, 99) - cost(part, 99) == pytest.approx(price * (1.0 - share))


@pytest.mark.parametrize(
    ("said", "key", "found", "expected"),
    [
        ('districts = ["张江镇东"]', "districts", "张江镇东", "a zone: lingang"),
        ('districts = ["zhangjang"]', "districts", "zhangjang", "zhangjiang"),
        ('clusters = ["7G"]', "clusters", "7G", "six_g"),
        ('clusters = ["quantm"]', "clusters", "quantm", "quantum"),
        ('clusters = ["zhangjiang"]', "clusters", "zhangjiang", "a track"),
    ],
)
def test_unknown_names_are_refused(
    refused: Refused, said: str, key: str, found: str, expected: str
) -> None:
    problem = refused(f"[plans.yulin]\non = true\n{said}")
    assert problem.key == f"plans.yulin.{key}"
    assert problem.found.strip('"') == found
    assert expected in str(problem)


def test_zones_and_tracks_survive_files_links_and_results(read: Read) -> None:
    scenario, package = read(CONFINED), from_toml(CONFINED, "a.toml")
    assert from_toml(to_toml(package), "a.toml").same_as(package)
    assert from_link(to_link(package)).same_as(package)
    assert scenario_from_resolved(scenario.resolved()).settings == scenario.settings
    told = " ".join(each.en for each in differences(package))
    assert "Lingang" in told
    assert "6G" in told
