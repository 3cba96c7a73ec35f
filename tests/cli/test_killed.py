"""Commands as processes of their own, killed at random moments: the same one then ends alike."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from sim.store.store import DRAFTS

ROOT = Path(__file__).resolve().parents[2]
KILLS = 3
MINE = 'extends = "as-written"\ndraws = "prior"\n'
"""What is asked about: a posterior takes longer to read."""
SMALL = ("--workers", "2", "--seed", "7", "--out", "result", "--no-figures", "--lang", "en")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "run": ("run", "mine.toml", "--replicates", "160"),
    "rank": (
        *("rank", "mine.toml", "--objective", "industry", "--levers", "yulin,kaiyuan,zhuji"),
        *("--replicates", "48"),
    ),
    "search": (
        *("search", "--scenario", "mine.toml", "--objective", "industry"),
        *("--trials", "4", "--replicates", "32"),
    ),
}
MADE_UP = """
import time
from sim import ensemble
from tests.experiments.conftest import made_up
def run_one(setup, seed, *given):
    time.sleep(0.004)
    found = made_up(setup, seed, *given)
    return found._replace(parameters=ensemble.draw_values(setup, seed, found.draw))
ensemble.run_one, ensemble.warm_up = run_one, lambda *_: None
from sim.cli import main
main()
"""
"""The command line on replicates that cost nothing but time."""


def start(folder: Path, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start a command in a folder, and return once it has begun to keep something."""
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    before = drafts(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", MADE_UP, *words, *SMALL],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and drafts(folder) <= before:
        time.sleep(0.002)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """Wait until a command has ended well."""
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err.decode()


def drafts(folder: Path) -> set[Path]:
    """Return the drafts of a result: a command makes one as soon as it begins to run anything."""
    return set(folder.glob(".result.partial-*"))


def kept(folder: Path) -> dict[str, bytes]:
    """Return what stands in the result and in the store, by its place."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and DRAFTS not in path.parts and not path.name.endswith(".toml")
    }


@pytest.mark.parametrize("study", WORDS)
def test_killed_at_random_moments_it_goes_on_and_ends_with_the_same_bytes(
    study: str, tmp_path: Path
) -> None:
    """SIGKILL three times: nothing false stands in the store, and nothing half is left beside."""
    never, often = tmp_path / "never", tmp_path / "often"
    for folder in (never, often):
        folder.mkdir()
    process = start(never, WORDS[study])
    begun = time.monotonic()
    end(process)
    lasts, moment, whole = time.monotonic() - begun, random.Random(3), kept(never)
    assert any(name.startswith("result/") for name in whole)
    for _ in range(KILLS):
        process = start(often, WORDS[study])
        time.sleep(moment.uniform(0.0, 0.6 * lasts))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (often / "result").exists():  # it was quicker than the one before
            break
        assert process.returncode == -signal.SIGKILL
        assert len(drafts(often)) == 1, "what the one before left is gone"
        now = kept(often / "results")
        assert all(whole[f"results/{name}"] == content for name, content in now.items())
    else:
        end(start(often, WORDS[study]))
        assert not drafts(often)
    assert kept(often) == whole
