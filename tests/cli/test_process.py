"""The command as a process of its own, with the real model: bytes, statuses, signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import ensemble
from sim.scenario import read_scenario
from sim.store import load_result
from sim.store.manifest import SEALED

SIM = (sys.executable, "-m", "sim")


def start(
    folder: Path, *words: str, program: tuple[str, ...] = SIM, **variables: str
) -> subprocess.Popen[str]:
    environment = {**os.environ, "SIM_LANG": "en", **variables}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*program, *words], cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True
    )


def finish(folder: Path, *words: str) -> tuple[int, str, str]:
    process = start(folder, *words)
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


RUN = ("run", "as-written", "--replicates", "48", "--no-figures")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a result that two threads made without a break."""
    folder = tmp_path_factory.mktemp("whole")
    status, _, err = finish(folder, *RUN, "--workers", "2", "--out", "result")
    assert status == 0, err
    return folder / "result"


def test_a_replay_gives_the_same_bytes(whole: Path) -> None:
    status, out, err = finish(whole.parent, "replay", "result", "--replicate", "3")
    assert status == 0, err
    assert "same bytes" in out
    counts = load_result(whole).counts()
    assert len({replicate.tobytes() for replicate in counts}) == 48


def wait_for(folder: Path, pattern: str) -> None:
    """Wait until a run has come so far that there is such a file."""
    for _ in range(60_000):
        if any(folder.glob(pattern)):
            return
        time.sleep(0.002)
    raise AssertionError("the run did not begin")


ENDLESS = ("run", "as-written", "--replicates", "100000", "--no-figures", "--yes")
INTERRUPTED = (
    "finished replicates are in the store; the same command goes on from there\n"
    "interrupted: no unfinished result was kept\n"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path, *ENDLESS)
    wait_for(tmp_path, "results/.*.partial-*")
    process.send_signal(number)
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out, err) == (130, "", INTERRUPTED)
    assert not list(tmp_path.glob("results/.*"))
    assert {path.name for path in tmp_path.glob("results/*")} <= {"store"}


def test_an_interrupted_run_goes_on_from_what_it_has_finished_on_any_number_of_threads(
    tmp_path: Path, whole: Path
) -> None:
    words = (*RUN, "--workers", "1")
    process = start(tmp_path, *words)
    wait_for(tmp_path, "results/store/*/*/w*/*.parquet")
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=600)[1] == INTERRUPTED
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    assert kept
    status, _, err = finish(tmp_path, *words, "--out", "again")
    assert status == 0, err
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    for name in (*SEALED, "manifest.json"):
        assert (tmp_path / "again" / name).read_bytes() == (whole / name).read_bytes()


def test_a_long_run_is_asked_about_and_a_place_that_cannot_be_written_told_before(
    tmp_path: Path,
) -> None:
    status, out, err = finish(tmp_path, "run", "as-written", "--replicates", "1000000")
    assert (status, out) == (2, "")
    assert "--replicates: found 1000000 replicates are still to run: about" in err
    (tmp_path / "results").write_text("a file")
    for words in (("sweep", "six-plans"), ("run", "as-written")):
        status, out, err = finish(tmp_path, *words)
        assert (status, out) == (2, ""), words
        assert "results" in err
        assert "Traceback" not in err


def test_ctrl_c_again_and_again_in_the_midst_of_writing_leaves_nothing(tmp_path: Path) -> None:
    earlier = tmp_path / "results" / "earlier"
    earlier.mkdir(parents=True)
    # Small blocks, so that a table has been begun soon.
    code = (
        "import sim.store.tables; sim.store.tables.BLOCK = 2;"
        "import sys; sys.argv[0] = 'sim'; from sim.cli import main; main()"
    )
    process = start(tmp_path, *ENDLESS, program=(sys.executable, "-c", code))
    wait_for(tmp_path, "results/.*.partial-*/trajectories.parquet")
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.005)
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out, err) == (130, "", INTERRUPTED)
    assert {path.name for path in (tmp_path / "results").iterdir()} <= {"earlier", "store"}
    assert list(earlier.iterdir()) == []


def test_an_output_without_chinese_letters_is_no_failure(tmp_path: Path) -> None:
    process = start(tmp_path, "plan", "yulin", "--lang", "zh", PYTHONIOENCODING="ascii")
    out, err = process.communicate(timeout=600)
    assert (process.returncode, err) == (0, "")
    assert "guidance_fund" in out


def test_a_mode_of_the_rules_that_does_not_exist_is_refused_in_words(tmp_path: Path) -> None:
    process = start(tmp_path, "run", "as-written", "--replicates", "2", SIM_MODE="fast")
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out) == (2, "")
    assert err == "SIM_MODE: found fast; expected plain, checked or compiled\n"
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
    # Compiled rules are larger than the limit: they have to be there.
    ensemble.warm_up(read_scenario("as-written").setup(), 2022)
    process = start(tmp_path, *words, program=(sys.executable, "-c", code))
    _, err = process.communicate(timeout=600)
    assert process.returncode == 2, err
    assert "expected a folder that can be written" in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


SWEEP = """
base = "as-written"
design = "full"
[[factors]]
lever = "forums"
set = "dose"
values = [0, 1, 2]
"""


def test_an_interrupted_sweep_keeps_whole_blocks_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SWEEP)
    words = ("sweep", "small.toml", "--replicates", "16", "--workers", "1", "--no-figures")
    process = start(tmp_path, *words)
    wait_for(tmp_path, "results/store/*/*/*/*.parquet")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=600)
    assert process.returncode == 130
    kept = _blocks(tmp_path)
    assert 0 < len(kept) < 3
    status, _, err = finish(tmp_path, *words)
    assert status == 0, err
    assert kept.items() <= _blocks(tmp_path).items()
    assert len(_blocks(tmp_path)) == 3


def _blocks(folder: Path) -> dict[str, bytes]:
    found = folder.rglob("*.parquet")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
