"""Protects the compile cache: never stale code, never compiled twice, never a failed run."""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from sim import compiled

ENTRY = """\
from tiny.compiled import kernel
from tiny.inner import FROZEN, bonus

@kernel
def total(n):
    sum_ = 0
    for i in range(n):
        sum_ += bonus(i)
    return sum_ + FROZEN
"""
INNER = """\
from pathlib import Path
from tiny.compiled import helper

FROZEN = int((Path(__file__).parent / "number.csv").read_text())

@helper
def bonus(i):
    return i + 1
"""
LAST_YEAR = time.time() - 365 * 24 * 3600.0

Run = Callable[[], tuple[int, str]]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a package of two rules around a copy of sim/compiled.py; return its folder."""
    folder = tmp_path / "tiny"
    (folder / "views").mkdir(parents=True)
    shutil.copy(Path(compiled.__file__), folder)
    (folder / "__init__.py").touch()
    (folder / "entry.py").write_text(ENTRY)
    (folder / "inner.py").write_text(INNER)
    (folder / "number.csv").write_text("100")
    (folder / "views" / "labels.toml").write_text("title = 'a'")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "kept"))
    return folder


def fresh(name: str) -> ModuleType:
    """Import a module of the package as a new process would."""
    for loaded in [module for module in sys.modules if module.split(".")[0] == "tiny"]:
        del sys.modules[loaded]
    invalidate_caches()
    return import_module(name)


@pytest.fixture
def run(package: Path) -> Run:
    """Return what calls the kernel as a new process would: its answer, and "kept" or "compiled"."""
    assert package.exists()

    def call() -> tuple[int, str]:
        total: Any = fresh("tiny.entry").total
        answer = total(3)
        return answer, "kept" if sum(total.stats.cache_hits.values()) else "compiled"

    return call


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_an_edit_of_a_helper_in_another_module_is_noticed_and_undone(
    package: Path, run: Run
) -> None:
    assert run() == (106, "compiled")
    assert run() == (106, "kept")
    edit(package / "inner.py", "i + 1", "i + 2")
    assert run() == (109, "compiled")
    edit(package / "inner.py", "i + 2", "i + 1")
    assert run() == (106, "kept")


def test_an_edit_of_a_data_file_that_is_frozen_into_the_code_is_noticed(
    package: Path, run: Run
) -> None:
    assert run() == (106, "compiled")
    (package / "number.csv").write_text("200")
    assert run() == (206, "compiled")


def test_an_edit_of_what_no_rule_may_import_compiles_nothing(package: Path, run: Run) -> None:
    assert run() == (106, "compiled")
    (package / "views" / "labels.toml").write_text("title = 'b'")
    (package / "cli.py").touch()
    assert run() == (106, "kept")


def test_nothing_is_written_into_the_package(package: Path, run: Run) -> None:
    """So an installation that only an administrator may write to works."""
    before = sorted(package.rglob("*"))
    for path in (*before, package):
        path.chmod(0o555)
    try:
        assert [run(), run()] == [(106, "compiled"), (106, "kept")]
        assert sorted(package.rglob("*")) == before
    finally:
        package.chmod(0o755)
        (package / "views").chmod(0o755)


def test_a_cache_folder_that_cannot_be_made_has_a_replacement(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert [run(), run()] == [(106, "compiled"), (106, "kept")]
    assert fresh("tiny.compiled").cache_folder().is_relative_to(tmp_path / "xdg")


@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04damaged"])
def test_a_damaged_file_costs_time_and_not_the_run(
    tmp_path: Path, run: Run, suffix: str, content: bytes
) -> None:
    run()
    (file,) = (tmp_path / "kept").rglob(f"*.{suffix}")
    file.write_bytes(content)
    assert [run(), run()] == [(106, "compiled"), (106, "kept")]


def test_a_cache_that_vanishes_or_is_full_costs_time_and_not_the_run(
    tmp_path: Path, run: Run
) -> None:
    total: Any = (run(), fresh("tiny.entry"))[1].total
    shutil.rmtree(tmp_path / "kept")
    assert total(3) == 106


def test_processes_that_start_together_compile_once(package: Path) -> None:
    code = "from tiny.entry import total; total(3); print(sum(total.stats.cache_misses.values()))"
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    start = [sys.executable, "-c", code]
    processes = [
        subprocess.Popen(start, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    misses = [int(process.communicate()[0]) for process in processes]
    assert sorted(misses) == [0, 1]


def test_code_that_nobody_uses_goes_and_the_rest_stays(tmp_path: Path, run: Run) -> None:
    old = [tmp_path / "kept" / f"{k:032x}" for k in range(6)]
    for k, folder in enumerate(old):
        folder.mkdir(parents=True)
        os.utime(folder, (LAST_YEAR + k, LAST_YEAR + k))
    other, fresh_one = tmp_path / "kept" / "photographs", tmp_path / "kept" / ("f" * 32)
    for folder in (other, fresh_one):
        folder.mkdir()
    os.utime(other, (LAST_YEAR, LAST_YEAR))
    run()
    assert [folder.exists() for folder in old] == [False, False, False, False, True, True]
    assert other.exists()
    assert fresh_one.exists()


def test_a_function_from_outside_the_package_is_not_kept() -> None:
    """Its source is in no digest, so its code could be stale."""

    def twice(x: int) -> int:
        return 2 * x

    function: Any = compiled.kernel(twice)
    assert function(4) == 8
    assert function.stats.cache_path is None


def test_the_lock_may_be_held_around_a_first_call(run: Run) -> None:
    """A thread that waited for itself would hang here."""
    with fresh("tiny.compiled").compile_lock():
        assert run() == (106, "compiled")


def test_the_hash_leaves_out_only_rooms_that_the_import_check_keeps_above_the_ensemble() -> None:
    settings = tomllib.loads((compiled.HOME.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    layers = [layer.strip("()") for layer in contract["layers"]]
    above = set(layers[: layers.index("ensemble")])
    # An installed package has the scenarios inside, where there is no room of that name.
    assert above | {"shipped"} == compiled.ABOVE_THE_MODEL


def test_one_version_of_a_helper_serves_all_whole_numbers_without_wrapping_round() -> None:
    @compiled.helper
    def doubled(number: Any) -> Any:
        return number + number

    @compiled.kernel
    def run_rule(rows: Any) -> Any:
        return doubled(rows[0].level) + doubled(7) + doubled(np.int32(1)) + doubled(0)

    rows = np.full(1, 100, np.dtype([("level", "i1")]))
    assert run_rule(rows) == 216
    versions: Any = doubled
    assert len(versions.inner.signatures) == 1


def test_python_may_call_a_helper_that_compiled_code_has_called() -> None:
    @compiled.helper
    def doubled(number: Any) -> Any:
        return 2 * number

    @compiled.kernel
    def run_rule(number: Any) -> Any:
        return doubled(number)

    assert run_rule(3) == 6
    assert doubled(3) == 6
    assert doubled(1.5) == 3.0
