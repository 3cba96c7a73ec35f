"""``sim sensitivity`` from options to files, on made-up replicates; killed, it goes on."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image, ImageChops

from sim.evidence.sensitivity import identify
from sim.evidence.sensitivity.analysis import EXTRA
from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.experiments.attribution import PLANS
from tests.cli.conftest import Command
from tests.experiments.conftest import quick
from tests.scripts import script

__all__ = ["quick"]

ROOT = Path(__file__).resolve().parents[2]
SMALL = (
    "as-written", "--trajectories", "2", "--important", "2", "--base", "8", "--replicates", "16",
    "--histories", "16",
)  # fmt: skip
TABLES = ("screening.csv", "indices.csv", "shares.csv", "ranking.csv", "identifiable.csv")
DOCUMENTS = ("sensitivity.json", "study.json")
RUNS = 2 * (len(UNCERTAIN) + 1) + 8 * (2 + EXTRA + 2) + 16 * 2 ** len(PLANS) + 2 * 16
"""Replicates of so small an analysis: screening, indices, packages, and two lucks a history."""
PICTURES = ("screening", "index_bars", "shares", "plan_ranks", "identifiable")


class Made(NamedTuple):
    """What one run of the command left."""

    store: Path
    out: Path
    said: str
    err: str


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Made]:
    """Run the whole analysis once, never stopped, with its figures."""
    folder = tmp_path_factory.mktemp("sensitivity")
    store, out = folder / "store", folder / "sensitivity"
    process = start(store, out)
    said, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    yield Made(store, out, said, err)


MADE_UP = """
import numpy
from sim import ensemble
from sim.evidence.sensitivity import identify
from tests.experiments.conftest import made_up
ensemble.run_one = made_up
ensemble.warm_up = lambda *_: None
identify.published_spread = lambda: numpy.linspace(0.8, 1.0, len(identify.UNCERTAIN))
from sim.cli import main
main()
"""
"""The command line on replicates, and a posterior, that cost nothing."""


def start(store: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    places = ("--store", str(store), "--out", str(out))
    words = ("sensitivity", *SMALL, "--lang", "en", *places, *more)
    return subprocess.Popen(
        [sys.executable, "-c", MADE_UP, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Return what stands in a folder, file by file."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_and_figures_are_there(made: Made) -> None:
    figures = {f"figures/{stem}.{kind}" for stem in PICTURES for kind in ("png", "svg")}
    assert contents(made.out).keys() == {*TABLES, *DOCUMENTS, *figures}
    said = json.loads((made.out / "sensitivity.json").read_text(encoding="utf-8"))
    assert said["runs"] == RUNS
    with (made.out / "ranking.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 14 * 6
    for row in rows:
        assert sum(float(row[f"rank_{rank}"]) for rank in range(1, 7)) == pytest.approx(
            1.0, abs=1e-4
        )
        assert 1 <= int(row["best_rank"]) <= int(row["worst_rank"]) <= 6


WORDS = {
    "en": ("All other parameters", "pairs in clear order", "uncertain parameters"),
    "zh": ("其余参数", "次序明确的计划对", "个不确定参数"),
}


@pytest.mark.usefixtures("quick")
def test_both_languages_name_parameters_and_read_the_store(
    command: Command, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spread = np.linspace(0.8, 1.0, len(UNCERTAIN))
    monkeypatch.setattr(identify, "published_spread", lambda: spread)
    before = contents(made.store)
    more = ("--store", made.store, "--out", tmp_path / "out", "--no-figures", "--lang", "zh")
    said = command("sensitivity", *SMALL, *more)
    assert said.status == 0, said.err
    told = {"en": made.said + made.err, "zh": said.out + said.err}
    for language, words in WORDS.items():
        assert all(word in told[language] for word in words)
    for name in (*TABLES, *DOCUMENTS):
        assert (tmp_path / "out" / name).read_bytes() == (made.out / name).read_bytes()
    assert contents(made.store) == before
    taken = command("sensitivity", *SMALL, *more)
    assert taken.status == 2 and str(tmp_path / "out") in taken.err


def test_killed_in_every_part_it_goes_on_and_ends_with_the_same_bytes(
    made: Made, tmp_path: Path
) -> None:
    """SIGKILL while parameters are screened and while packages run."""
    store, out = tmp_path / "store", tmp_path / "out"
    whole = len(list(made.store.rglob("*.parquet")))
    for share in (0.2, 0.7):
        process = start(store, out, "--no-figures")
        while len(list(store.rglob("*.parquet"))) < share * whole:
            assert process.poll() is None
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not out.exists()
    process = start(store, out, "--no-figures")
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    drawn = {name: text for name, text in contents(made.out).items() if "figures" not in name}
    assert contents(out) == drawn
    stored = [
        {name: content for name, content in contents(each).items() if name.endswith(".parquet")}
        for each in (store, made.store)
    ]
    assert stored[0] == stored[1]


def test_the_page_of_validation_takes_its_tables_and_pictures_from_the_files(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = script("make_validation")
    monkeypatch.setattr(page, "EVIDENCE", made.out.parent)
    monkeypatch.setattr(page, "IMAGES", tmp_path)
    text = "\n".join(page.sensitivities())
    page.shrink_pictures()
    shown = re.findall(r"!\[.+\]\(images/(.+)\)", text)
    assert sorted(shown) == sorted(path.name for path in tmp_path.iterdir())
    assert len(shown) == 5
    for path in tmp_path.iterdir():
        assert path.stat().st_size < 200_000
        drawn = made.out / "figures" / path.name.removeprefix("sensitivity-")
        with Image.open(path) as small, Image.open(drawn) as whole:
            wanted = whole.convert("RGB").resize(small.size, Image.Resampling.LANCZOS)
            astray = np.asarray(ImageChops.difference(small.convert("RGB"), wanted)).max()
        assert astray <= 24, "a colour was lost"
    assert text.count("| targets reached |") == 1 and f"{RUNS} runs" in text
