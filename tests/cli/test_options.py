"""Options that studies share: a precision, JSON, completion, and what becomes of failures."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.completion import completing
from sim.digest import model_hash
from sim.language import Text
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store import block, replicates
from sim.studies import registry
from tests.cli.conftest import Command
from tests.experiments.conftest import quick

__all__ = ["quick"]

FEW = ("--replicates", "16", "--no-figures", "--lang", "en")
PRECISE = {
    *("attribute", "compare", "deadline", "definitions", "facts"),
    *("gates", "rank", "run", "sweep"),
}
"""Studies that tell likelihoods, or differences of them, of packages run alike."""


@pytest.mark.usefixtures("quick")
def test_json_is_all_that_stands_on_stdout(command: Command, tmp_path: Path) -> None:
    said = command("gates", *FEW, "--json", "--store", tmp_path / "s", "--out", tmp_path / "o")
    assert said.status == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    assert (found["status"], found["study"], found["replicates"]) == ("done", "gates", 16)
    assert found["folder"] == str(tmp_path / "o")
    (table,) = (each for each in found["tables"] if each["name"] == "gates")
    lines = (tmp_path / "o" / "gates.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [*table["rows"][0]] == lines[0].split(",") and len(table["rows"]) == len(lines) - 1
    assert found["sentences"][0]["tone"] == "lead" and found["sentences"][0]["zh"]
    assert "Result:" in said.err


def test_what_there_is_to_choose_from_is_json_too(command: Command) -> None:
    (table,) = json.loads(command("facts", "--json").out)["tables"]
    assert [row[0] for row in table["read"] if "guidance_fund" in row] == ["2024-09"]


@pytest.mark.usefixtures("quick")
def test_a_failed_scenario_has_a_cause_and_the_others_go_on(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = replicates.trajectories

    def failing(scenario: Any, *rest: Any) -> Any:
        if scenario.id == "without-yulin":
            raise Problem(scenario.id, "", "none", Text("one that runs", "可运行者"))
        return usual(scenario, *rest)

    monkeypatch.setattr("sim.studies.shared.simulating.trajectories", failing)
    words = ("run", "without-yulin", "as-written", *FEW, "--json")
    said = command(*words, "--store", tmp_path / "s", "--out", tmp_path / "o")
    assert said.status == 2
    failed, done = map(json.loads, said.out.splitlines())
    assert failed["status"] == "failed" and "one that runs" in failed["cause"]["en"]
    assert done["status"] == "done" and (tmp_path / "o" / "as-written").is_dir()
    assert not (tmp_path / "o" / "without-yulin").exists()
    assert "1 of 2 done" in said.err and "Traceback" not in said.err


@pytest.mark.parametrize("study", ["run", "compare"])
def test_all_that_is_wrong_with_several_scenarios_is_told_at_once(
    study: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "wrong.toml").write_text("replicates = -3\n")
    said = command(study, "nobody", "as-written", tmp_path / "wrong.toml", *FEW)
    assert said.status == 2 and not said.out
    one, other = said.err.splitlines()
    assert "nobody" in one and "wrong.toml" in other


@pytest.fixture
def flooded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no package run that lacks the fund: its people find no room."""
    usual = block.run_block

    def failing(task: block.Task) -> block.Done:
        without = read_scenario("without-yulin").hash()
        flood = task.scenario == without
        return block.Done(b"", model_hash(), "too many births") if flood else usual(task)

    monkeypatch.setattr("sim.store.work.run_block", failing)


SWEPT = """\
base = "without-yulin"
design = "full"
replicates = 16
[[factors]]
lever = "yulin"
set = "on"
values = [false, true]
[[factors]]
lever = "yanzhen"
set = "dose"
values = [1.0, 2.0]
"""


@pytest.mark.usefixtures("quick", "flooded")
@pytest.mark.parametrize(
    ("study", "left"),
    [
        (("compare", "as-written", "without-yulin", "business-as-usual", "--matched", "0"), 1),
        (("compare", "as-written", "without-yulin"), 0),
        (("compare", "without-yulin", "as-written", "business-as-usual"), 0),
        (("sweep", "swept.toml"), 3),
        (("sweep", "other.toml"), 0),
        (("rank", "--objective", "industry", "--way", "down"), 10),
    ],
)
def test_a_package_that_cannot_be_run_is_left_out_and_the_others_go_on(
    study: tuple[str, ...], left: int, command: Command, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Without the first package, or any other, there is nothing to compare."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "swept.toml").write_text(SWEPT.replace("without-yulin", "as-written"))
    (tmp_path / "other.toml").write_text(SWEPT)
    said = command(*study, *FEW, "--json", "--store", "s", "--out", "o")
    assert said.status == 2 and "Traceback" not in said.err
    if not left:
        assert "too many births" in said.err and not (tmp_path / "o").exists()
        failed = json.loads(said.out)
        assert failed["status"] == "failed" and "too many births" in failed["cause"]["en"]
        return
    found = json.loads(said.out)
    assert found["status"] == "partly done"
    assert list(found["left_out"].values()) == ["too many births"]
    assert "too many births" in found["sentences"][-1]["zh"]
    (table,) = (each for each in found["tables"] if each["name"] == MAIN[study[0]])
    assert len({row[WHO[study[0]]] for row in table["rows"]}) == left
    assert "could not be run" in said.err


MAIN = {"compare": "comparison", "sweep": "points", "rank": "rank"}
WHO = {"compare": "second", "sweep": "point", "rank": "lever"}


@pytest.mark.usefixtures("quick")
def test_replicates_are_added_until_the_widest_interval_is_narrow(
    command: Command, tmp_path: Path
) -> None:
    places = ("--store", tmp_path / "s", "--out", tmp_path / "o", "--no-figures", "--lang", "en")
    words = ("compare", "as-written", "business-as-usual", "--matched", "0")
    said = command(*words, "--precision", "0.1", "--json", *places)
    assert said.status == 0, said.err
    found = json.loads(said.out)
    told = found["sentences"][-1]["en"]
    assert f"(asked: ±10): {found['replicates']} of each package" in told
    assert 64 < found["replicates"] < 512
    both = command(*words, "--precision", "0.1", "--replicates", "64")
    assert both.status == 2 and "--replicates 64 --precision 0.1" in both.err


@pytest.mark.parametrize("name", registry.names())
def test_a_precision_can_be_asked_of_what_tells_likelihoods(name: str, command: Command) -> None:
    said = command(name, "--help").out
    assert (" --precision " in said) == (name in PRECISE)
    assert " --json " in said


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("sim run as-w", {"as-written"}),
        ("sim compare as-written business-", {"business-as-usual"}),
        ("sim gates --objective ind", {"industry"}),
        ("sim deadline --lever yul", {"yulin"}),
        ("sim plan yul", {"yulin"}),
        ("sim sweep one-lever-", {"one-lever-off"}),
        ("sim futures prod", {"products"}),
        ("sim --verbose run as-w", {"as-written"}),
        ("sim sensi", {"sensitivity"}),
        ("sim rank --levers yul", {"yulin"}),
        ("sim rank --levers plans,yulin,kaiy", {"plans,yulin,kaiyuan"}),
        ("sim elicit form --parameters market_pace,climb_p", {"market_pace,climb_pace"}),
        ("sim search output,prod", {"output,products"}),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_completes_names(
    shell: str, line: str, wanted: set[str], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each shell says the words in variables of its own, and in no others."""
    monkeypatch.setenv("_SIM_COMPLETE", f"complete_{shell}")
    own = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }
    for name, value in own[shell].items():
        monkeypatch.setenv(name, value)
    said = command()
    assert wanted <= {each.split("\t")[0] for each in said.out.splitlines()}, said.err


def test_of_a_list_the_last_is_completed_by_what_is_not_there_yet() -> None:
    """Where nothing fits, no file of that name is offered in its place."""
    listed = completing(lambda: ["yulin", "yanzhen", "zhuji"], listed=True)
    assert listed("") == ["yanzhen", "yulin", "zhuji"]
    assert listed("yulin,y") == ["yulin,yanzhen"]
    assert listed("zhuji,yulin,") == ["zhuji,yulin,yanzhen"]
    assert listed("te") == []


def test_completion_is_shown_and_an_unknown_shell_refused(command: Command) -> None:
    assert "_SIM_COMPLETE=complete_bash" in command("--show-completion", "bash").out
    said = command("--install-completion", "csh")
    assert said.status == 2 and "--install-completion" in said.err and "csh" in said.err
