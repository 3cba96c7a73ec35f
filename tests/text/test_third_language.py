"""Protects that a further language is one file: a catalogue beside those of English and Chinese."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.digest import model_hash
from sim.scenario import read_scenario
from tests.text.french import with_french

NAME = "as-written"
ROOT = Path(__file__).parents[2]
MADE_UP = """
from sim import ensemble
from tests.experiments.conftest import made_up
ensemble.run_one = made_up
ensemble.warm_up = lambda *_: None
from sim.cli import main
main()
"""
"""The command line on replicates that cost nothing."""
ASKED = """
import copy, json, pickle
from sim.language import LANGUAGES, Text, default_language
from sim.plan import CITY
from sim.text.catalogue import say, texts, worded
from sim.text.joining import commas
both = Text("Yes", "是")
print(json.dumps([
    LANGUAGES, default_language(), CITY.in_("fr"),
    [say("study.threads", each, number=0) for each in LANGUAGES],
    [say("fan.target", each, target=7) for each in LANGUAGES],
    both, commas([worded("lab.language"), both]), texts()["lab.language"], say("lab.stop", "fr"),
    both._asdict(), pickle.loads(pickle.dumps(both)) == copy.deepcopy(both) == both,
]))
"""


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return with_french(tmp_path_factory.mktemp("french"))


def run(
    surroundings: dict[str, str], *words: str, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run Python in the folder of the copy."""
    return subprocess.run(
        [sys.executable, *words], env=surroundings | more, cwd=surroundings["PYTHONPATH"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_english_stands_for_what_a_catalogue_lacks(surroundings: dict[str, str]) -> None:
    said = run(surroundings, "-c", ASKED, LANG="fr_CA.UTF-8")
    assert said.stderr == ""
    assert json.loads(said.stdout) == [
        ["en", "zh", "fr"], "fr", "Shanghai",
        ["0 threads", "0 线程", "0 fil"],
        ["target 7", "目标 7", "target 7"],
        ["Yes", "是", "Yes"], ["English, Yes", "中文、是", "Français, Yes"],
        ["English", "中文", "Français"], "Stop",
        {"en": "Yes", "zh": "是"}, True,
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("--lang", "fr"), ("SIM_LANG",)], ids=str)
def test_it_can_be_asked_for(surroundings: dict[str, str], words: tuple[str, ...]) -> None:
    asked, own = (words, {}) if len(words) > 1 else ((), {"SIM_LANG": "fr"})
    said = run(surroundings, "-m", "sim", "plan", *asked, **own)
    assert (said.returncode, said.stderr) == (0, "")
    assert "cible" in said.stdout.split()


def test_a_study_is_helped_with_in_it(surroundings: dict[str, str]) -> None:
    for own, words in (("fr", ["Ce qui retient"]), ("zh", ["瓶颈环节"]), ("en", ["Which gate"])):
        said = run(surroundings, "-m", "sim", "gates", "--help", SIM_LANG=own)
        assert (said.returncode, said.stderr) == (0, "")
        assert all(each in said.stdout for each in words)
        assert ("Which gate" in said.stdout) == (own == "en")


def test_all_languages_are_named_where_another_is_asked_for(surroundings: dict[str, str]) -> None:
    said = run(surroundings, "-m", "sim", "plan", "--lang", "de")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "sim plan: --lang: found de; expected en or zh or fr\n"


def test_the_numbers_of_a_run_do_not_hang_on_languages(surroundings: dict[str, str]) -> None:
    told = "from sim.digest import model_hash; from sim.scenario import read_scenario;"
    said = run(surroundings, "-c", f"{told} print(model_hash(), read_scenario({NAME!r}).hash())")
    assert said.stdout.split() == [model_hash(), read_scenario(NAME).hash()], said.stderr


def test_studies_are_told_and_drawn_in_it(surroundings: dict[str, str]) -> None:
    words = "sweep one-lever-off --replicates 2 --yes --out swept --lang fr"
    copy = surroundings["PYTHONPATH"]
    paths = {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}"}
    said = run(surroundings, "-c", MADE_UP, *words.split(), **paths)
    assert said.returncode == 0, said.stderr
    folder = Path(copy, "swept")
    assert list((folder / "figures").glob("sweep_table.*"))
    assert '"fr": ' in (folder / "study.json").read_text(encoding="utf-8")


def test_tables_of_a_run_are_labelled_in_it(surroundings: dict[str, str]) -> None:
    pytest.importorskip("xarray")
    asked = "import sim; found = sim.run('as-written', replicates=2, figures=False, language='fr')"
    said = run(surroundings, "-c", f"{asked}; print(found.to_xarray().attrs['name'])")
    assert said.stdout == "The plan as written\n", said.stderr
