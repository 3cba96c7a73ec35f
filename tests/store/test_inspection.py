"""A damaged result is noticed before anything is read off it, and the message says where."""

import json
import math
import shutil
from collections.abc import Callable
from functools import partial, reduce
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.problems import Problem
from sim.store import load_result, seal
from sim.store.decides import DECIDES
from sim.store.manifest import FORMAT, MANIFEST, SEALED, checksum, own_checksum
from sim.store.summaries import DOCUMENT
from sim.store.tables import REPLICATES, TRAJECTORIES
from tests.store import made

FILES = (MANIFEST, *SEALED)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.ensemble.run", made.ensemble)
        return made.result(tmp_path_factory.mktemp("whole") / "result").folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return a result that the test may damage."""
    return shutil.copytree(whole, tmp_path / "result")


def problem_of(folder: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        load_result(folder)
    problem = caught.value
    assert problem.found
    assert problem.expected.en and problem.expected.zh
    return problem


def edited(folder: Path, edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Change the manifest, leaving its checksums as they are, and return it."""
    path = folder / MANIFEST
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    edit(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return manifest


def sealed_again(folder: Path) -> None:
    """Make the checksums right again, as somebody who tampers would."""
    seal(folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def test_no_folder_and_not_a_folder(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "nowhere").where == str(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    assert "file" in problem_of(tmp_path / "file").found
    assert problem_of(tmp_path).where == str(tmp_path / MANIFEST)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    problem = problem_of(folder)
    assert problem.where == str(folder / name)
    assert problem.found == "No such file or directory"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe garbled", b"[" * 100_000])
def test_a_garbled_file(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert problem_of(folder).where == str(folder / name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file(folder: Path, name: str, part: float) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: int(part * len(whole))])
    assert problem_of(folder).where == str(folder / name)


@given(name=st.sampled_from(SEALED), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_single_flipped_bit(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: float, bit: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "flipped"
    if not folder.exists():
        made.result(folder, 2)
    whole = (folder / name).read_bytes()
    broken = bytearray(whole)
    broken[int(place * len(whole))] ^= 1 << bit
    try:
        (folder / name).write_bytes(broken)
        problem = problem_of(folder)
        assert (problem.where, problem.key) == (str(folder / name), "sha256")
        assert problem.hint is not None
    finally:
        (folder / name).write_bytes(whole)
    load_result(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", FORMAT + 1),
        ("format", None),
        ("seed", "2022"),
        ("replicates", True),
        ("months", None),
        ("scenario", []),
        ("counts", {}),
        ("files", []),
    ],
)
def test_a_manifest_with_a_wrong_entry(folder: Path, key: str, value: object) -> None:
    edited(folder, lambda manifest: manifest.update({key: value}))
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / MANIFEST), key)


@pytest.mark.parametrize(
    "edit",
    [
        {"seed": 7},
        {"seed": -1},
        {"months": 159},
        {"replicates": 6},
        {"scenario_hash": "0"},
        {"model_hash": "0"},
        {"scenario": {}},
        {"sha256": "0"},
        {"sha256": None},
        {"another": "key"},
    ],
)
def test_a_manifest_that_is_not_as_it_was_written(folder: Path, edit: dict[str, Any]) -> None:
    edited(folder, lambda manifest: manifest.update(edit))
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / MANIFEST), "sha256")


def test_a_manifest_may_be_laid_out_anew(folder: Path) -> None:
    edited(folder, lambda manifest: manifest.update(dict(reversed(manifest.items()))))
    assert load_result(folder).replicates == 4


@pytest.mark.parametrize("counts", [[{}], [3], [{"name": "output"}]])
def test_a_manifest_of_another_model(folder: Path, counts: list[object]) -> None:
    seal(folder, edited(folder, lambda manifest: manifest.update(counts=counts)))
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / MANIFEST), "counts")


ODD: Final[list[object]] = [None, True, "x", [], {}, math.nan, math.inf, 10**400, "\ud800"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (DOCUMENT, ("counts", 0, "median")),
        (DOCUMENT, ("counts", 0, "likelihood_low")),
        (DOCUMENT, ("joint", "value")),
        (MANIFEST, ("scenario", "name")),
        (MANIFEST, ("parameters", 0, "prior")),
        (MANIFEST, ("parameters", 0, "default")),
    ],
)
def test_odd_values_under_right_checksums(
    folder: Path, name: str, path: tuple[str | int, ...]
) -> None:
    said = json.loads((folder / name).read_text(encoding="utf-8"))
    *way, last = path
    for value in ODD:
        reduce(lambda place, step: place[step], way, said)[last] = value
        (folder / name).write_text(json.dumps(said), encoding="utf-8")
        edited(folder, partial(_seal_as_it_is, folder))
        assert problem_of(folder).where == str(folder / name), value


def _seal_as_it_is(folder: Path, manifest: dict[str, Any]) -> None:
    """Make the checksums right; `seal` refuses what is no number."""
    manifest["files"][DOCUMENT]["sha256"] = checksum(folder / DOCUMENT)
    manifest["sha256"] = own_checksum(manifest)


@pytest.mark.parametrize(("old", "new"), [("output", "outputs"), (",4,", ",x,"), ("draws", "")])
def test_an_odd_table_of_what_decides(folder: Path, old: str, new: str) -> None:
    text = (folder / DECIDES).read_text(encoding="utf-8-sig")
    assert old in text
    (folder / DECIDES).write_text(text.replace(old, new), encoding="utf-8-sig")
    sealed_again(folder)
    assert problem_of(folder).where.startswith(str(folder / DECIDES))


def test_a_scenario_of_another_version_names_the_manifest(folder: Path) -> None:
    seal(folder, edited(folder, lambda manifest: manifest["scenario"].pop("horizon")))
    with pytest.raises(Problem) as caught:
        load_result(folder).scenario()
    place = (caught.value.where, caught.value.key)
    assert place == (str(folder / MANIFEST), "scenario.horizon")


def test_many_missing_columns_are_not_all_listed(folder: Path) -> None:
    table = pq.read_table(folder / REPLICATES)
    pq.write_table(table.select(["replicate", "draw", "luck"]), folder / REPLICATES)
    sealed_again(folder)
    problem = problem_of(folder)
    assert problem.key == "columns"
    assert len(problem.found) < 100
    assert f"({table.num_columns - 3})" in problem.found


def test_a_manifest_without_checksums(folder: Path) -> None:
    edited(folder, lambda manifest: manifest["files"].clear())
    assert problem_of(folder).key == "sha256"


def test_a_file_without_a_checksum(folder: Path) -> None:
    manifest = edited(folder, lambda manifest: manifest["files"].pop("summary.csv"))
    manifest["sha256"] = own_checksum(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / "summary.csv"), "sha256")


@pytest.mark.parametrize("name", [TRAJECTORIES, REPLICATES])
def test_a_table_that_lacks_a_column_or_has_one_too_many(folder: Path, name: str) -> None:
    table = pq.read_table(folder / name)
    pq.write_table(table.rename_columns(["other", *table.column_names[1:]]), folder / name)
    sealed_again(folder)
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / name), "columns")
    assert problem.found == "-replicate +other"


@pytest.mark.parametrize("name", [TRAJECTORIES, REPLICATES])
def test_a_table_with_too_few_rows(folder: Path, name: str) -> None:
    table = pq.read_table(folder / name)
    pq.write_table(table.slice(1), folder / name)
    sealed_again(folder)
    assert problem_of(folder).key == "rows"


def test_a_table_that_is_none(folder: Path) -> None:
    (folder / TRAJECTORIES).write_text("PAR1 but no table PAR1")
    sealed_again(folder)
    assert problem_of(folder).where == str(folder / TRAJECTORIES)


def test_a_summary_of_another_version(folder: Path) -> None:
    (folder / "summary.json").write_text('{"counts": [{"count": "output"}]}')
    sealed_again(folder)
    assert problem_of(folder).where == str(folder / "summary.json")


def test_figures_may_be_redrawn_or_removed(folder: Path) -> None:
    (folder / "figures").mkdir()
    (folder / "figures" / "likelihood.png").write_bytes(b"drawn again")
    assert load_result(folder).replicates == 4
