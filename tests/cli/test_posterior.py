"""Whatever runs, runs with a posterior for these rules and priors, or says what to do."""

import json
import sys
from pathlib import Path

import pytest

from sim import city
from sim.store import load_result
from tests import calibrated
from tests.cli.conftest import Command
from tests.cli.test_process import finish, start

ASKED = 'extends = "as-written"\ndraws = "posterior"\n'
COMMANDS = {
    "run": ("run", "as-written", "--replicates", "2"),
    "precision": ("run", "as-written", "--precision", "0.1"),
    "compare": ("compare", "as-written", "without-yulin", "--replicates", "2"),
    "sweep": ("sweep", "one-lever-off", "--replicates", "2"),
    "attribute": ("attribute", "--replicates", "2"),
    "gates": ("gates", "--replicates", "2"),
    "futures": ("futures", "products", "--replicates", "2"),
    "deadline": ("deadline", "products", "--lever", "yulin", "--replicates", "2"),
    "search": ("search", "products", "--trials", "2"),
    "watch": ("watch", "--replicates", "2"),
    "facts": ("facts", "as-written", "--replicates", "2"),
    "patterns": ("patterns", "--replicates", "2"),
    "cluster": ("sweep", "one-lever-off", "--replicates", "2", "--cluster", "tcp://127.0.0.1:9"),
    "check": ("check", "as-written"),
}


@pytest.fixture
def altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where the posterior was made for other rules."""
    calibrated.work_with_it(tmp_path, monkeypatch, rules="0" * 64)
    (tmp_path / "scenarios" / "asked.toml").write_text(ASKED)
    return tmp_path


@pytest.fixture
def fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where there is a posterior for the rules as they are."""
    calibrated.work_with_it(tmp_path, monkeypatch)
    return tmp_path


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_nothing_runs_with_a_posterior_of_other_rules(
    altered: Path, command: Command, words: tuple[str, ...]
) -> None:
    status, out, err = command(*words)
    assert (status, out) == (2, "")
    assert err.startswith(f"{altered}/scenarios/posterior.json: rules: found 000000000000;")
    assert "sim calibrate --use" in err and err.count("\n") == 1
    assert [path.name for path in altered.iterdir() if path.name != "results"] == ["scenarios"]


def test_the_shipped_scenarios_draw_from_the_posterior_of_these_rules(
    command: Command, tmp_path: Path
) -> None:
    """What is shipped is calibrated, and who asks for the prior is told first that nothing is."""
    assert city.about().draws == "posterior"
    asked = ("--replicates", "4", "--no-figures", "--store", tmp_path / "s")
    for lang, first in (("en", "Parameters are drawn from their priors"), ("zh", "参数取自先验")):
        for words in (("run", "as-written"), ("run", "as-written", "--draws", "prior")):
            where = ("--out", tmp_path / lang / str(len(words)))
            status, out, err = command(*words, *asked, *where, "--lang", lang)
            assert status == 0, err
            assert out.startswith(first) == ("prior" in words)


def test_the_lab_does_not_start_with_it(altered: Path) -> None:
    status, out, err = finish(altered, "app", "asked", "--port", "0", "--no-open")
    assert (status, out) == (2, "")
    assert "posterior.json: rules: found" in err and "Traceback" not in err


def test_a_process_refuses_it_and_runs_without_it(altered: Path) -> None:
    words = ("run", "asked", "--replicates", "2", "--no-figures", "--out", "r")
    status, out, err = finish(altered, *words)
    assert (status, out) == (2, "") and "sim calibrate --use" in err
    status, out, err = finish(altered, *words, "--draws", "prior")
    assert status == 0, err
    assert load_result(altered / "r").manifest["parameters_from"]["used"] == "prior"
    assert "is a list of" not in out


def test_missing_everywhere_is_an_error(tmp_path: Path) -> None:
    code = (
        "import sys; import sim.scenario.posterior as it; it.FILE = 'no.json';"
        "sys.argv[0] = 'sim'; from sim.cli import main; main()"
    )
    (tmp_path / "asked.toml").write_text(ASKED)
    words = ("compare", "asked.toml", "without-yulin", "--replicates", "2")
    process = start(tmp_path, *words, program=(sys.executable, "-c", code))
    out, err = process.communicate(timeout=600)
    assert (process.returncode, out) == (2, "")
    assert "No such file" in err and "sim calibrate --use" in err and err.count("\n") == 1


def test_a_run_says_what_the_list_adds(command: Command, fitted: Path) -> None:
    words = ("run", "as-written", "--replicates", "8", "--no-figures")
    status, out, _ = command(*words, "--out", fitted / "r")
    assert status == 0
    assert (
        "the posterior is a list of 4096 draws: up to 1.5 points of each likelihood at 95 %" in out
    )
    assert "used again" not in out
    said = json.loads((fitted / "r" / "summary.json").read_text())
    assert said["posterior"]["rows"] == 4096 and not said["posterior"]["used_again"]
    assert 0.0153 < said["posterior"]["error_at_most"] < 0.0154
    for count in said["counts"]:
        assert 0.0 < count["likelihood_list_error"] <= said["posterior"]["error_at_most"]
    listed = load_result(fitted / "r").summary.listed
    assert listed is not None and listed.rows == 4096 and 4094.0 < listed.effective < 4094.1
    _, out, _ = command(*words, "--out", fitted / "zh", "--lang", "zh")
    assert "后验由 4096 次抽样的列表代表" in out


def test_a_run_through_the_whole_list_says_that_it_starts_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {"2024-12": {"effective": 3.0, "draws": [1, 2, 3]}}
    calibrated.work_with_it(tmp_path, monkeypatch, fits=short)
    words = ("run", "as-written", "--no-figures", "--replicates")
    assert "All 3 were used" not in command(*words, "3").out
    assert "All 3 were used; after that they were used again" in command(*words, "4").out


def test_a_precision_beyond_the_list_is_refused(command: Command, fitted: Path) -> None:
    words = ("run", "as-written", "--precision", "0.005", "--out", fitted / "r")
    status, out, err = command(*words)
    assert (status, out) == (2, "")
    assert err.startswith("--precision: found 0.005; expected 0.016 or more")
    assert "--draws prior has no such limit" in err
    assert not (fitted / "r").exists()


def test_the_prior_before_anything_was_observed_is_told(command: Command, fitted: Path) -> None:
    words = ("run", "as-written", "--as-of", "2023-06", "--replicates", "2", "--no-figures")
    status, out, _ = command(*words, "--out", fitted / "r")
    assert status == 0
    assert out.startswith("As of 2023-06 nothing was known that parameters are calibrated to")
    assert load_result(fitted / "r").manifest["parameters_from"] == {
        "asked": "posterior",
        "used": "prior",
        "observed_until": None,
    }
