"""``sim replay``: whether a result still holds, and the life of a firm in it."""

import re
from pathlib import Path
from typing import Any

import pytest

from sim.functions import run
from sim.scenario import read_scenario
from sim.store import load_result, seal
from tests.cli.conftest import Command
from tests.store import made

FIRM = re.compile(r"firm:[0-9A-Z-]*[0-9A-Z]")


@pytest.fixture(scope="module")
def true_result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a result that the model itself has made."""
    folder = tmp_path_factory.mktemp("result") / "r"
    run(read_scenario("as-written"), replicates=2, seed=7, out=folder, figures=False)
    return folder


@pytest.fixture
def made_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a result whose numbers no model gives."""
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    made.result(tmp_path / "r", 2)
    return tmp_path / "r"


@pytest.mark.parametrize(("language", "same"), [("en", "the same bytes"), ("zh", "逐字节一致")])
def test_a_result_of_this_model_has_the_same_bytes(
    command: Command, true_result: Path, language: str, same: str
) -> None:
    said = command("replay", true_result, "--replicate", 1, "--lang", language)
    assert (said.status, said.err) == (0, "")
    assert same in said.out and "99" in said.out
    assert len(said.out.splitlines()) == 1


@pytest.mark.parametrize("trace", [(), ("--trace", "firms"), ("--trace", "firm:3")])
def test_other_bytes_are_a_problem_whatever_is_traced(
    command: Command, made_result: Path, trace: tuple[str, ...]
) -> None:
    said = command("replay", made_result, "--replicate", 1, *trace)
    assert (said.status, said.out) == (2, "")
    assert said.err == f"{made_result}: replicate: found 1; expected the stored bytes\n"


@pytest.mark.parametrize(("language", "hint"), [("en", "another version"), ("zh", "另一版本")])
def test_replay_of_another_model_s_result_says_so(
    command: Command, made_result: Path, language: str, hint: str
) -> None:
    manifest: dict[str, Any] = dict(load_result(made_result).manifest)
    seal(made_result, {**manifest, "model_hash": "older"})
    said = command("replay", made_result, "--replicate", 1, "--lang", language)
    assert said.status == 2
    assert "manifest.json" in said.err and "model_hash" in said.err and "older" in said.err
    assert hint in said.err


def test_replay_of_a_replicate_that_is_not_there(command: Command, made_result: Path) -> None:
    said = command("replay", made_result, "--replicate", 2)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("--replicate: found")


def test_replay_of_a_damaged_result_is_a_problem(command: Command, made_result: Path) -> None:
    (made_result / "summary.csv").unlink()
    said = command("replay", made_result, "--replicate", 1)
    assert said.status == 2
    assert "summary.csv" in said.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_some_firms_are_listed_and_each_can_be_traced(
    command: Command, true_result: Path, language: str
) -> None:
    words = ("replay", true_result, "--replicate", 0, "--lang", language, "--trace")
    listed = FIRM.findall(command(*words, "firms").out)
    assert len(listed) == len(set(listed)) >= 15
    lasting, ended = command(*words, listed[0]), command(*words, listed[-1])
    for said in (lasting, ended):
        assert (said.status, said.err) == (0, "")
        months = re.findall(r"^ (20[0-9]{2}-[0-9]{2}) ", said.out, re.MULTILINE)
        assert len(months) >= 2
        assert months == sorted(months)
    last = {"en": ("is at work", "ends: "), "zh": ("仍存续", "退出：")}[language]
    assert last[0] in lasting.out.splitlines()[-1]
    assert last[1] in ended.out and last[0] not in ended.out


@pytest.mark.parametrize(
    "trace",
    [
        "",
        "firm",
        "firm:",
        "firm:x",
        "firm:-3",
        "firm:1.5",
        f"firm:{'9' * 40}",
        "firm:2029-8A8V",
        "Firms",
        "talent:3",
        "3",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_malformed_trace_is_one_message(
    command: Command, tmp_path: Path, trace: str, language: str
) -> None:
    """It is noticed before the result is even opened."""
    words = ("--replicate", 1, "--trace", trace, "--lang", language)
    said = command("replay", tmp_path / "nonesuch", *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("--trace")
    assert len(said.err.splitlines()) == 1
    assert trace in said.err and "firm:" in said.err and "firms" in said.err


@pytest.mark.parametrize("number", ["0", "3", "9" * 18, "1999-2222"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_firm_is_one_message_with_firms_to_trace(
    command: Command, true_result: Path, number: str, language: str
) -> None:
    words = ("replay", true_result, "--replicate", 0, "--lang", language, "--trace")
    said = command(*words, f"firm:{number}")
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    asked, *offered = FIRM.findall(said.err)
    assert asked == f"firm:{number}"
    assert "--trace firms" in said.err
    assert len(offered) == 3
    assert command(*words, offered[0]).status == 0
