"""A pack that lacks what the rules look up, or holds what they do not know, is refused at once."""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from sim.indicators import INDICATORS
from sim.plan import PLAN, looked_up
from sim.plan.load import load
from sim.problems import Problem

PACKAGE = Path(str(files("sim")))
ROOT = PACKAGE.parent
PACK = "cities/shanghai"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a copy of the package, in a folder of its own."""
    copy = tmp_path / "sim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "app", "fonts"))
    return copy


def refused(package: Path) -> Problem:
    """Return why the pack of a copy of the package is refused."""
    with pytest.raises(Problem) as caught:
        looked_up.check(load(package / PACK), package, package / PACK)
    return caught.value


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("command", [["check"], ["run", "--replicates", "2", "--no-figures"]])
def test_without_a_parameter_that_rules_read_check_and_run_say_so(
    package: Path, command: list[str]
) -> None:
    edit(package / PACK / "parameters.csv", "\nheredity,", "\nhereditary,")
    done = subprocess.run(
        [sys.executable, "-m", "sim", *command, "as-written", "--lang", "en"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "found —; expected heredity, which sim/model/rules/entry.py reads" in done.stderr
    assert "found hereditary; expected a parameter that a rule reads" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_pack_as_it_is_has_all_that_is_looked_up(package: Path) -> None:
    looked_up.check(PLAN, package, package / PACK)


def test_instruments_may_share_a_mechanism_and_leave_one_unmoved(package: Path) -> None:
    edit(package / PACK / "plans.toml", 'moves = "stars"', 'moves = "sourcing"')
    looked_up.check(load(package / PACK), package, package / PACK)


def test_what_cannot_be_a_count_is_no_counts_measure(package: Path) -> None:
    """A month's entries are neither a stock, nor a flow of twelve months, nor all that is new."""
    edit(package / PACK / "goals.toml", 'measure = "pilot_zones"', 'measure = "entries"')
    assert refused(package).found == "'entries'"


def test_every_indicator_is_read_where_counts_are_recorded() -> None:
    source = (PACKAGE / "model" / "rules" / "record.py").read_text(encoding="utf-8")
    read = dict(re.findall(r'^(\w+) = indicator\("(\w+)"\)', source, re.MULTILINE))
    assert sorted(read.values()) == sorted(INDICATORS)
    assert [name for name in read if len(re.findall(rf"\b{name}\b", source)) < 2] == []


def test_an_instrument_without_a_cost_is_refused(package: Path) -> None:
    edit(package / PACK / "parameters.csv", "cost:forums,", "cost:fora,")
    problem = refused(package)
    assert (problem.where, problem.key) == ("parameters.csv", "cost")
    assert "forums" in problem.expected.en


def test_tracks_in_another_order_than_their_parameters_are_refused(package: Path) -> None:
    first, second = (track.id for track in PLAN.tracks[:2])
    clusters = package / PACK / "clusters.toml"
    text = clusters.read_text(encoding="utf-8")
    text = text.replace(f'id = "{first}"', 'id = "x"').replace(
        f'id = "{second}"', f'id = "{first}"'
    )
    clusters.write_text(text.replace('id = "x"', f'id = "{second}"'), encoding="utf-8")
    problem = refused(package)
    assert (problem.where, problem.found) == ("parameters.csv", first)
