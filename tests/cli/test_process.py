"""The command as a process of its own, with the real model: bytes, statuses, signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.store import load_result
from sim.store.manifest import SEALED

SIM = (sys.executable, "-m", "sim")


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "SIM_LANG": "en"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*SIM, *words], cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True
    )


def finish(folder: Path, *words: str) -> tuple[int, str, str]:
    process = start(folder, *words)
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


def test_one_and_two_threads_give_the_same_bytes_and_a_replay_too(tmp_path: Path) -> None:
    for workers in ("1", "2"):
        words = ("--replicates", "4", "--workers", workers, "--out", workers, "--no-figures")
        status, _, err = finish(tmp_path, "run", "as-written", *words)
        assert status == 0, err
    for name in (*SEALED, "manifest.json"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    status, out, err = finish(tmp_path, "replay", "1", "--replicate", "3")
    assert status == 0, err
    assert "same bytes" in out


def test_replicates_are_not_identical_copies(tmp_path: Path) -> None:
    words = ("--replicates", "4", "--out", "r", "--no-figures")
    assert finish(tmp_path, "run", "as-written", *words)[0] == 0
    counts = load_result(tmp_path / "r").counts()
    assert len({replicate.tobytes() for replicate in counts}) == 4


def wait_for_a_draft(folder: Path) -> None:
    """Wait until a run has begun to write."""
    for _ in range(6000):
        if any(".partial-" in path.name for path in folder.glob("results/.*")):
            return
        time.sleep(0.02)
    raise AssertionError("the run did not begin")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path, "run", "as-written", "--replicates", "2000", "--no-figures")
    wait_for_a_draft(tmp_path)
    process.send_signal(number)
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out) == (130, "")
    assert err == "interrupted: no unfinished result was kept\n"
    assert list(tmp_path.iterdir()) == []


def test_bad_input_is_status_2_without_a_traceback(tmp_path: Path) -> None:
    status, out, err = finish(tmp_path, "run", "nonesuch")
    assert (status, out) == (2, "")
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="limits are a matter of Unix")
def test_a_disk_that_takes_no_more_is_status_2_and_leaves_nothing(tmp_path: Path) -> None:
    # A limit on the size of a file stands in for a full disk: the system refuses to write.
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
        "from sim.cli import main; sys.argv[0] = 'sim'; main()"
    )
    words = ("run", "as-written", "--replicates", "4", "--out", "r", "--no-figures")
    finish(tmp_path, "run", "as-written", "--replicates", "2", "--out", "compiled", "--no-figures")
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path, env={**os.environ, "SIM_LANG": "en"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "expected a folder that can be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["compiled"]
