"""Protects draws from what experts hold: in their place, in the hash, and refused when damaged."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.dependence import places
from sim.ensemble import draw_values
from sim.evidence.elicitation import panel, pool
from sim.problems import Problem
from sim.scenario import drawn_from, read_scenario, scenario_from_resolved
from sim.scenario.files import SHIPPED

POOL = SHIPPED / "experts" / "made-up.json"
PRIOR = drawn_from(read_scenario("as-written"), "prior")
ASKED = drawn_from(PRIOR, "expert:made-up")


def test_the_made_up_pool_is_what_comes_of_the_made_up_answers() -> None:
    found = panel(sorted(POOL.parent.glob("made-up-*.csv")))
    wanted = pool(found, "performance", found.scored().weights)
    held = json.loads(POOL.read_text(encoding="utf-8"))
    assert held["weights"] == pytest.approx(wanted["weights"])
    assert held["parameters"].keys() == wanted["parameters"].keys()
    for name, each in held["parameters"].items():
        for key in ("values", "below"):
            assert each[key] == pytest.approx(wanted["parameters"][name][key])


def test_each_parameter_keeps_its_place_and_all_others_their_values() -> None:
    before, after = (draw_values(each.setup(), 7, 3) for each in (PRIOR, ASKED))
    held = {each.name: each for each in ASKED.beliefs()}
    assert held
    for name, value in after.items():
        if name in held:
            assert value == held[name].quantile(places(7, 3, (name,))[0])
            assert value != before[name]
        else:
            assert value == before[name]
    assert held["team"].quantile(1e-9) == pytest.approx(held["team"].values[0])
    assert held["climb_pace"].log


def test_what_a_scenario_fixes_stays_fixed(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = 'extends = "as-written"\ndraws = "expert:made-up"\n[parameters]\nteam = 3.3\n'
    file.write_text(text, encoding="utf-8")
    assert draw_values(read_scenario(file).setup(), 7, 3)["team"] == 3.3


def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any]) -> Path:
    """Put a changed pool where the user is, who then stands there."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "scenarios" / "experts" / "mine.json"
    file.parent.mkdir(parents=True)
    said = json.loads(POOL.read_text(encoding="utf-8"))
    file.write_text(json.dumps(change(said)), encoding="utf-8")
    return file


def test_what_experts_hold_is_in_the_hash_and_a_result_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _own(tmp_path, monkeypatch, lambda said: said)
    mine = drawn_from(PRIOR, "expert:mine")
    assert len({PRIOR.hash(), ASKED.hash()}) == 2
    assert mine.hash() == ASKED.hash()  # it is what they hold that counts, not where it lies
    kept = mine.resolved()
    assert scenario_from_resolved(kept).hash() == mine.hash()
    said = json.loads(file.read_text(encoding="utf-8"))
    said["parameters"]["team"]["values"][0] *= 0.9
    file.write_text(json.dumps(said), encoding="utf-8")
    assert drawn_from(PRIOR, "expert:mine").hash() != ASKED.hash()
    with pytest.raises(Problem, match="beliefs"):
        scenario_from_resolved(kept)
    shutil.rmtree(file.parent)
    with pytest.raises(Problem, match="mine"):
        scenario_from_resolved(kept)


def _team(**changes: Any) -> Callable[[Any], Any]:
    def change(said: Any) -> Any:
        said["parameters"]["team"] |= changes
        return said

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_team(values=[1.0, 3.0, 2.0], below=[0.0, 0.5, 1.0]), "team.values"),
        (_team(values=[1.0, 2.0, 3.0], below=[0.0, 0.5, 0.9]), "team.below"),
        (_team(values=[-1.0, 2.0, 3.0], below=[0.0, 0.5, 1.0]), "team"),
        (lambda said: {**said, "format": 2}, "format"),
        (lambda said: {**said, "parameters": {"no_such": {}}}, "parameters"),
        (lambda said: [said], ""),
    ],
)
def test_a_damaged_file_is_told_with_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any], place: str
) -> None:
    file = _own(tmp_path, monkeypatch, change)
    with pytest.raises(Problem) as caught:
        drawn_from(PRIOR, "expert:mine")
    assert str(file) in str(caught.value) and place in str(caught.value)


@pytest.mark.parametrize("name", ["expert:nobody", "expert:../experts/made-up", "expert:", "exprt"])
def test_an_unknown_expert_is_refused(name: str) -> None:
    with pytest.raises(Problem) as caught:
        drawn_from(PRIOR, name)
    assert caught.value.where == "--draws"
