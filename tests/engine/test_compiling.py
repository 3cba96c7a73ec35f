"""Protects kept code: never stale, compiled only where something changed, no failed run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engine import compiling, driver, kept, rule
from sim.engine.inputs import no_policy
from sim.engine.marks import mark_of
from sim.problems import Problem
from tests.compiled import compiled
from tests.engine import tiny

LAST_YEAR = time.time() - 365 * 24 * 3600.0

Run = Callable[[], tuple[int, str]]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Write a package of two rules, to be kept in a folder of its own; return its folder."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "kept"))
    kept.base.cache_clear()
    yield tiny.write(tmp_path)
    kept.base.cache_clear()


@pytest.fixture
def run(package: Path) -> Run:
    """Return what calls the rule as a new process would: its answer, and "kept" or "compiled"."""
    assert package.exists()

    def call() -> tuple[int, str]:
        module = tiny.fresh()
        world, inputs = module.Tiny(np.zeros(1, np.int64)), no_policy(np.zeros(1, [("x", "f8")]))
        answer = driver.Compiled(world, inputs).call(module.total, 3, back=int)
        function = driver._layout(world, inputs).entry(mark_of(module.total), (int,), int)
        return answer, "kept" if function.cache_hits else "compiled"

    return call


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_an_edit_of_a_rule_in_another_module_is_noticed_and_undone(package: Path, run: Run) -> None:
    assert run() == (106, "compiled")
    assert run() == (106, "kept")
    edit(package / "inner.py", "i + 1", "i + 2")
    assert run() == (109, "compiled")
    edit(package / "inner.py", "i + 2", "i + 1")
    assert run() == (106, "kept")


def test_an_edit_of_a_number_that_is_frozen_into_the_code_is_noticed(
    package: Path, run: Run
) -> None:
    assert run() == (106, "compiled")
    edit(package / "inner.py", "100", "200")
    assert run() == (206, "compiled")


@pytest.mark.parametrize(
    ("old", "new"),
    [('"""Add up."""', '"""Add all up."""'), ("found = 0", "# so\n    found = 0")],
    ids=("docstring", "comment"),
)
def test_an_edit_that_changes_nothing_compiles_nothing(
    package: Path, run: Run, old: str, new: str
) -> None:
    assert run() == (106, "compiled")
    edit(package / "entry.py", old, new)
    assert run() == (106, "kept")


def test_a_cache_folder_that_cannot_be_made_has_a_replacement(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert [run(), run()] == [(106, "compiled"), (106, "kept")]
    assert list((tmp_path / "xdg").rglob("*.nbi"))


@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04damaged"])
def test_a_damaged_file_costs_time_and_not_the_run(
    tmp_path: Path, run: Run, suffix: str, content: bytes
) -> None:
    run()
    (file,) = (tmp_path / "kept").rglob(f"*.{suffix}")
    file.write_bytes(content)
    assert [run(), run()] == [(106, "compiled"), (106, "kept")]


def test_a_cache_that_vanishes_costs_time_and_not_the_run(tmp_path: Path, run: Run) -> None:
    run()
    shutil.rmtree(tmp_path / "kept")
    assert run() == (106, "compiled")


def test_processes_that_start_together_compile_once(package: Path) -> None:
    code = """
import numpy as np
from sim.engine import driver
from sim.engine.inputs import no_policy
from sim.engine.marks import mark_of
from tiny.entry import Tiny, total
given = Tiny(np.zeros(1, np.int64)), no_policy(np.zeros(1, [("x", "f8")]))
print(driver._layout(*given).entry(mark_of(total), (int,), int).cache_hits)
"""
    path = os.pathsep.join([str(package.parent), str(Path(__file__).parents[2])])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert sorted(int(process.communicate()[0]) for process in processes) == [0, 1]


def test_code_that_nobody_uses_goes_and_the_rest_stays(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT", 3)
    old = [tmp_path / "kept" / f"total-{k:032x}" for k in range(6)]
    for k, folder in enumerate(old):
        folder.mkdir(parents=True)
        os.utime(folder, (LAST_YEAR + k, LAST_YEAR + k))
    fresh = tmp_path / "kept" / ("total-" + "f" * 32)
    fresh.mkdir()
    other = tmp_path / "kept" / "photographs"
    other.mkdir()
    os.utime(other, (LAST_YEAR, LAST_YEAR))
    run()
    assert [folder.exists() for folder in old] == [False, False, False, False, True, True]
    assert fresh.exists()
    assert other.exists()


def test_one_version_of_a_rule_serves_all_whole_numbers_without_wrapping_round() -> None:
    @rule
    def doubled(number: Any) -> Any:
        return number + number

    twice = compiled(doubled)
    assert [twice(np.int8(100)), twice(np.int32(1)), twice(7)] == [200, 2, 14]
    mark = mark_of(doubled)
    assert mark is not None
    assert len(compiling.dispatcher_of(mark).signatures) == 1


def test_without_private_parts_of_numba_compiling_takes_longer_and_no_more(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_compiler: object) -> None:
        raise AttributeError

    monkeypatch.setitem(sys.modules, "sim.engine.link", None)
    monkeypatch.setattr(compiling, "_widen", gone)
    assert run() == (106, "compiled")


def test_a_rule_that_does_not_compile_is_told_with_file_and_line(package: Path, run: Run) -> None:
    edit(package / "inner.py", "i + 1", "i.no_such_field")
    with pytest.raises(Problem) as problem:
        run()
    assert "inner.py" in problem.value.where
    assert problem.value.key == "7"
    assert "no_such_field" in problem.value.found
