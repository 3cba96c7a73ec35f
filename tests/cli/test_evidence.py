"""The commands of evidence, from options to files, with few runs."""

from pathlib import Path

import pytest

from sim.evidence.calibration import files
from sim.evidence.hindcast import hindcast as hindcast_module
from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store that the commands of this module share."""
    return str(tmp_path_factory.mktemp("evidence"))


def test_facts_are_listed_with_their_sources(command: Command) -> None:
    for lang, word in (("en", "a programme opened"), ("zh", "载体启用")):
        status, out, _ = command("facts", "--lang", lang)
        assert status == 0
        assert word in out and "F209" in out


def test_a_small_calibration_leaves_its_files_and_figure_and_is_used_from_then_on(
    command: Command, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "calibration"
    monkeypatch.setattr(files, "SIZE", 64)
    posterior = tmp_path / "posterior.json"
    monkeypatch.setattr(files, "posterior_file", lambda: posterior)
    words = ("calibrate", "--runs", "64", "--store", store, "--out", str(out))
    status, said, _ = command(*words, "--use", "--yes", "--lang", "zh")
    assert status == 0
    assert "有效样本量" in said and str(posterior) in said
    assert posterior.read_bytes() == (out / "posterior.json").read_bytes()
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert {"posterior.json", "observations.csv", "parameters.csv", "calibration.png"} <= names
    status, _, err = command(*words, "--lang", "en")
    assert status == 2 and str(out) in err


def test_a_small_hindcast_prints_scores_beside_naive_forecasts(
    command: Command, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hindcast_module, "DRAWS", 16)
    words = ("hindcast", "--known", "2022", "--runs", "64", "--store", store, "--lang", "en")
    status, said, _ = command(*words, "--out", str(tmp_path / "hindcast"))
    assert status == 0
    assert "last value" in said and "CRPS" in said and "designations" in said
    names = {path.name for path in (tmp_path / "hindcast").rglob("*") if path.is_file()}
    assert {"hindcast.csv", "designations.csv", "hindcast.json", "study.json"} <= names
    assert {"hindcast.png", "designations.png"} <= names
