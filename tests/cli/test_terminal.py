"""What others wrote does not act on a terminal, and a reader who leaves stops no work."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.cli import progress

SIM = (sys.executable, "-m", "sim")
ACTS = ("\x1b[31mname", "\x1b]0;title", "\x07", "\u202e", "\x9b")
PLAIN = ("--workers", "1", "--no-figures")
NAME = r"red \u001b[31mname\u001b]0;title\u0007 \u202egnorw \u009b2J"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a scenario of a hostile name, and a hostile file with a mistake."""
    folder = tmp_path_factory.mktemp("hostile")
    text = f'extends = "as-written"\nname = {{ en = "{NAME}", zh = "{NAME}" }}\n'
    (folder / "hostile.toml").write_text(text, encoding="utf-8")
    (folder / "second.toml").write_text('extends = "as-written"', encoding="utf-8")
    (folder / "\x1b]0;title\x07\x1b[31mname.toml").write_text("[plans]\n'\x1b[31mname' = 1")
    return folder


def on_a_terminal(folder: Path, *words: str) -> str:
    """Return what a terminal receives from a command."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*SIM, *words],
        cwd=folder,
        env={**os.environ, "SIM_LANG": "en", "TERM": "xterm-256color", "COLUMNS": "160"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    received = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # how Linux says that the other end was closed
            break
        if not part:
            break
        received += part
    os.close(ours)
    process.wait(timeout=600)
    return received.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "hostile.toml"),
        ("check", "hostile.toml", "\x1b]0;title\x07\x1b[31mname.toml"),
        ("run", "--\x1b[31mname"),
        ("run", "hostile.toml", "--replicates", "2", *PLAIN),
    ],
    ids=["show", "check", "option", "run"],
)
def test_nothing_that_others_wrote_acts(folder: Path, words: tuple[str, ...]) -> None:
    received = on_a_terminal(folder, *words)
    assert [each for each in ACTS if each in received] == []
    assert "\\u001b[31mname" in received


def test_a_list_of_scenarios_of_which_one_is_hostile(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.toml").write_bytes((folder / "hostile.toml").read_bytes())
    received = on_a_terminal(tmp_path, "scenarios")
    assert [each for each in ACTS if each in received] == []
    assert "as-written" in received


def test_a_reader_who_leaves_stops_no_work(folder: Path) -> None:
    """As in ``sim run hostile second | head -1``."""
    process = subprocess.Popen(
        [*SIM, "run", "second.toml", "hostile.toml", "--replicates", "2", "--out", "left", *PLAIN],
        cwd=folder,
        env={**os.environ, "SIM_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert "N = 2" in process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=600) == 0
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert (folder / "left" / "second" / "manifest.json").is_file()
    assert (folder / "left" / "hostile" / "manifest.json").is_file()


def test_the_pace_is_of_what_was_run_in_all_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A study may run two; counted from nought, the second once came to -122.7 a second."""
    now = iter((0.0, 10.0, 20.0, 30.0, 40.0))
    monkeypatch.setattr(progress, "time", SimpleNamespace(perf_counter=lambda: next(now)))
    meter = progress.Meter()
    for done in (256, 512, 160, 320):  # of 512 the store held 256, of 320 half
        meter.count(done)
    assert meter.done == 832
    assert meter.speed == f"{(256 + 160) / 30.0:.1f}/s"
