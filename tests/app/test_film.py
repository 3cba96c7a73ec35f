"""The moving map shows the replicate that the ensemble runs, and lives that did happen."""

import json
import struct

import numpy as np
import pytest

from sim import ensemble
from sim.app import lives
from sim.app.film import Film, film, packed
from sim.model.world.layout import measure
from sim.scenario import read_scenario


@pytest.fixture(scope="module")
def shot() -> Film:
    return film(read_scenario("as-written"), 1)


def test_the_film_is_the_replicate(shot: Film) -> None:
    scenario = read_scenario("as-written")
    run = ensemble.run_one(scenario.setup(), scenario.seed, 1)
    assert np.array_equal(shot.counts, run.counts.astype(np.float32))
    assert np.array_equal(np.diff(shot.starts), run.measures[:, measure("firms")])
    assert np.array_equal(shot.homes.sum(axis=1), run.measures[:, measure("talents")])
    assert np.array_equal(shot.districts[:, 0].sum(axis=1), run.measures[:, measure("firms")])


def test_the_browser_finds_every_array_in_the_bytes(shot: Film) -> None:
    content = packed(shot)
    (length,) = struct.unpack_from("<I", content)
    said = json.loads(content[4 : 4 + length])
    for entry in said["arrays"]:
        start = 4 + length + entry["at"]
        found = np.frombuffer(content, entry["type"], entry["size"], start)
        assert start % 4 == 0
        assert np.array_equal(found, np.ravel(getattr(shot, entry["name"])))
    assert [int(name) for name in said["identities"]] == shot.identities.tolist()
    assert len(said["shapes"]) == 16


def test_lives_are_told(shot: Film) -> None:
    opened = next(each for each in shot.programmes if 1 in each.stages and each.stages[-1] == 4)
    told = lives.programme(opened)
    assert [what.en for _, what in told.events][-1] == "opens"
    months = [month for month, _ in told.events]
    assert months == sorted(months)
    years = lives.district(shot, opened.district)
    assert any(what.en.startswith("Firms ") for _, what in years.events)
    identity = int(shot.identities[shot.firms[shot.starts[-2]]])
    life = lives.firm(read_scenario("as-written"), 1, identity)
    assert life.events
    assert life.events[0][0] <= life.events[-1][0]
