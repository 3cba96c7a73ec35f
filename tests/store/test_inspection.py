"""A damaged result is noticed before anything is read off it, and the message says where."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.problems import Problem
from sim.store import load_result, seal
from sim.store.manifest import MANIFEST, SEALED
from sim.store.tables import REPLICATES, TRAJECTORIES
from tests.store import made

FILES = (MANIFEST, *SEALED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made.result(tmp_path / "result").folder


def problem_of(folder: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        load_result(folder)
    problem = caught.value
    assert problem.found
    assert problem.expected.en and problem.expected.zh
    return problem


def edited(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest, leaving its checksums as they are."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    edit(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


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
        ("format", 2),
        ("format", None),
        ("seed", "2022"),
        ("replicates", True),
        ("months", None),
        ("scenario", []),
        ("counts", {}),
        ("counts", [{}]),
        ("counts", [{"name": "output"}]),
        ("files", []),
    ],
)
def test_a_manifest_with_a_wrong_entry(folder: Path, key: str, value: object) -> None:
    edited(folder, lambda manifest: manifest.update({key: value}))
    problem = problem_of(folder)
    assert (problem.where, problem.key) == (str(folder / MANIFEST), key)


def test_a_manifest_without_checksums(folder: Path) -> None:
    edited(folder, lambda manifest: manifest["files"].clear())
    assert problem_of(folder).key == "sha256"


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
