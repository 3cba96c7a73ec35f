"""A city's pack says what it is called and when its plan begins and is due, or is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim import city
from sim.problems import Problem
from tests.cities.made_up import SMALL, write

SAID = """\
name = { en = "A", zh = "甲" }
first = "2022-10"
due = "2028-12"
outlook = "2030-12"
draws = "prior"
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('first = "2022-10"', "", "first", "—"),
        ('"2022-10"', '"2022-13"', "first", "'2022-13'"),
        ('"2028-12"', '"2028-11"', "due", "'2028-11'"),
        ('"2028-12"', '"2021-12"', "due", "'2021-12'"),
        ('"2030-12"', '"2028-12"', "outlook", "'2028-12'"),
        (', zh = "甲"', "", "name.zh", "—"),
        ("due =", "end =", "end", "end"),
    ],
)
def test_months_out_of_order_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, key: str, found: str
) -> None:
    (tmp_path / "city.toml").write_text(SAID.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(city, "folder", lambda: tmp_path)
    with pytest.raises(Problem) as caught:
        city.about.__wrapped__()
    assert (caught.value.where, caught.value.key, caught.value.found) == ("city.toml", key, found)


def test_an_outlook_may_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "city.toml").write_text(SAID.replace('outlook = "2030-12"\n', ""), encoding="utf-8")
    monkeypatch.setattr(city, "folder", lambda: tmp_path)
    assert city.about.__wrapped__() == (("A", "甲"), "2022-10", "2028-12", None, "prior", None)


def test_a_file_about_the_city_that_is_meant_anyway_says_nothing_to_later_processes() -> None:
    """They may be of another copy of the program: an installed one, with a pack of its own."""
    asked = "from sim.cli.city_asked import settle; settle(['check', 'without-yulin'])"
    code = f"import os; {asked}; print(os.environ.get('SIM_CITY'))"
    bare = {name: value for name, value in os.environ.items() if name != "SIM_CITY"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None\n"


@pytest.mark.parametrize("words", ['city = "elsewhere"', '"城市" = "elsewhere"', '"继承" = "far"'])
def test_a_file_chooses_its_city_in_either_language(tmp_path: Path, words: str) -> None:
    """Itself, or by what it starts from."""
    write(tmp_path / "elsewhere", SMALL)
    (tmp_path / "mine.toml").write_text(words, encoding="utf-8")
    (tmp_path / "far.toml").write_text('"城市" = "elsewhere"', encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name != "SIM_CITY"}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "check", "mine.toml"],
        cwd=tmp_path,
        env={**bare, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
