"""A new fact is asked for, checked field by field, and stands as one line where runs read it."""

import io
import sys
from pathlib import Path

import pytest

from sim import city
from sim.scenario import read_facts
from tests.cli.conftest import Command

OPENED = ("--kind", "opened", "--date", "2025-01", "--what", "college", "--place", "minhang")
SAID = (*OPENED, "--source", "G192", "--note-en", "a college", "--note-zh", "一所学院")
OWN = Path("scenarios") / "facts.csv"


class Person(io.StringIO):
    """Somebody who types answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with nobody to ask."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def test_a_fact_is_added_to_ones_own_table_which_keeps_those_of_the_city(command: Command) -> None:
    before = read_facts()
    done = command("facts", "add", *SAID, "--lang", "en")
    assert (done.status, done.err) == (0, "")
    assert str(OWN) in done.out
    assert "copy" in done.out
    new = [fact for fact in read_facts() if fact not in before]
    assert [(fact.id, fact.place) for fact in new] == [("college-minhang-2025-01", "minhang")]
    assert len(read_facts()) == len(before) + 1
    assert city.file("facts.csv").read_text("utf-8") in OWN.read_text("utf-8")
    assert "copy" not in command("facts", "add", *SAID, "--id", "other", "--lang", "en").out


def test_a_table_that_runs_do_not_read_is_said_to_be_none(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    said = command("facts", "add", *SAID, "--to", table, "--lang", "zh").out
    assert str(city.file("facts.csv")) in said
    assert [fact.note.zh for fact in read_facts(table)] == ["一所学院"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--date", "2035-12"),
        ("--date", "2025-1"),
        ("--kind", "rumour"),
        ("--what", "forums"),
        ("--place", "atlantis"),
        ("--low", "3"),
        ("--source", "G999"),
        ("--note-en", " "),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    command: Command, option: str, value: str
) -> None:
    done = command("facts", "add", *SAID, option, value, "--lang", "en")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{option}: found")
    assert not OWN.exists()


def test_a_fact_of_a_name_that_is_taken_is_refused(command: Command) -> None:
    assert command("facts", "add", *SAID, "--lang", "en").status == 0
    done = command("facts", "add", *SAID, "--lang", "en")
    assert done.status == 2
    assert done.err.startswith("--id: found")


def test_what_is_not_given_is_asked_for_until_it_is_right(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ("2035-12", "2025-06", "standards", "2", "1", "9", "G053", "named", "已发布", "mine")
    monkeypatch.setattr(sys, "stdin", Person("".join(f"{each}\n" for each in answers)))
    done = command("facts", "add", "--kind", "count", "--lang", "en")
    assert done.status == 0
    assert "2035-12" in done.out
    fact = next(fact for fact in read_facts() if fact.id == "mine")
    assert (fact.what, fact.low, fact.high, fact.note.zh) == ("standards", 2, 9, "已发布")


def test_a_line_of_the_future_is_refused_wherever_it_came_from(command: Command) -> None:
    assert command("facts", "add", *SAID).status == 0
    OWN.write_text(OWN.read_text("utf-8").replace("2025-01,opened", "2035-12,opened"), "utf-8")
    done = command("facts", "--lang", "en")
    assert done.status == 2
    assert f"{OWN}:" in done.err
    assert "date: found" in done.err
