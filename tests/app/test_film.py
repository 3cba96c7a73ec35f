"""The moving map shows the replicate that the ensemble runs, and lives that did happen."""

import json
import re
import struct

import numpy as np
import pytest

from sim import ensemble
from sim.app import lives
from sim.app.film import Film, film, packed
from sim.model.world.layout import measure
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.trace.names import FIRM_LENGTH, code, firm_name


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
    assert said["codes"] == [code(identity, FIRM_LENGTH) for identity in shot.identities.tolist()]
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
    life = lives.firm(shot, read_scenario("as-written"), 1, identity)
    assert life.events
    number = int(np.searchsorted(shot.identities, identity))
    own = f"{shot.years[number]}-{code(identity, FIRM_LENGTH)}"
    assert re.fullmatch(rf"[A-Z].* firm {own}", life.name.en)
    assert life.name.zh.startswith(PLAN.tracks[shot.tracks[number]].name.zh + "企业 ")
    assert life.events[0][0] <= life.events[-1][0]


def test_no_two_firms_of_a_film_have_one_name(shot: Film) -> None:
    told = zip(shot.identities.tolist(), shot.tracks.tolist(), shot.years.tolist(), strict=True)
    names = {firm_name(*each) for each in told}
    assert len(names) == len(shot.identities) > 1000
    assert not any(re.search(r"\d{5}", text) for name in names for text in name)


def test_lives_name_others_without_their_numbers(shot: Film) -> None:
    """Founders, and those whose orders they have."""
    scenario, said = read_scenario("as-written"), ""
    for identity in shot.identities[shot.firms[shot.starts[-2] :]][:: len(shot.identities) // 8]:
        life = lives.firm(shot, scenario, 1, int(identity))
        said += " ".join(text for _, what in life.events for text in what)
    assert re.search(r"founded by talent [2-9A-Z]{6}:", said)
    assert re.search(r"order of [^;]+ firm \d{4}-[2-9A-Z]{4}", said)
    assert not re.search(r"\d{10}", said)
    with pytest.raises(Problem, match="12345"):
        lives.firm(shot, scenario, 1, 12345)
