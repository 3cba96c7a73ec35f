"""The manifest says how to make a result again, and nothing that changes from run to run."""

import json
import shlex
from pathlib import Path

import pytest

from sim.digest import model_hash
from sim.functions import run
from sim.model.world.layout import COUNTS, MEASURES
from sim.parameters import PARAMETERS
from sim.scenario import read_scenario
from sim.store.manifest import SEALED
from tests.store import made


def test_everything_needed_to_make_the_result_again(tmp_path: Path) -> None:
    scenario = read_scenario("late-start")
    manifest = run(scenario, replicates=4, seed=9, out=tmp_path / "r", figures=False).manifest
    assert manifest == json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == scenario.resolved()
    assert manifest["scenario_hash"] == scenario.hash()
    assert manifest["model_hash"] == model_hash()
    assert (manifest["seed"], manifest["replicates"], manifest["months"]) == (9, 4, 99)
    programs = {"shanghai-future-industry-sim", "python", "numpy", "numba", "mesa", "pyarrow"}
    assert programs == set(manifest["versions"])
    assert [entry["name"] for entry in manifest["counts"]] == list(COUNTS)
    assert [entry["name"] for entry in manifest["measures"]] == list(MEASURES)
    assert set(manifest["files"]) == set(SEALED)
    words = shlex.split(manifest["command"])
    assert words[:2] == ["sim", "run"]
    assert words[words.index("--seed") + 1] == "9"


def test_every_parameter_is_there_with_its_prior_and_source(tmp_path: Path) -> None:
    entries = {entry["name"]: entry for entry in made.result(tmp_path / "r").manifest["parameters"]}
    assert list(entries) == list(PARAMETERS)
    for name, entry in entries.items():
        assert entry["default"] == PARAMETERS[name].default
        assert entry["prior"]["kind"] == PARAMETERS[name].prior.kind
        assert entry["source"]
        assert entry["fixed"] is None


def test_a_parameter_fixed_by_the_scenario_says_so(tmp_path: Path) -> None:
    file = tmp_path / "fixed.toml"
    file.write_text('extends = "as-written"\n[parameters]\nfirms_2022 = 2500\n', encoding="utf-8")
    result = run(file, replicates=2, out=tmp_path / "r", figures=False)
    fixed = [entry for entry in result.manifest["parameters"] if entry["fixed"] is not None]
    assert [(entry["name"], entry["fixed"]) for entry in fixed] == [("firms_2022", 2500.0)]


def test_the_same_run_gives_the_same_folder_byte_by_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made.result(tmp_path / "one").folder
    # Neither the day nor the folder that the user is in may show.
    monkeypatch.setattr("time.time", lambda: 2e9)
    two = made.result(tmp_path / "two").folder
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes()
