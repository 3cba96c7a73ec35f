"""What cannot be used is refused in one message, in either language, before anything runs."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.experiments.conftest import quick

__all__ = ["quick"]

REFUSED = (
    # Command lines that make no sense.
    ("run", "FILE"),
    ("rnu", "rnu"),
    ("run as-written --replicate 3", "--replicates"),
    ("run as-written --replicates many", "many"),
    ("run as-written --workers 1.5", "1.5"),
    ("run as-written --replicates", "--replicates"),
    ("export folder --format pdf", "--format"),
    ("import table.csv --as prices", "--as"),
    ("schema plan", "KIND"),
    ("explain as-written without-yulin mine", "mine"),
    ("hindcast --known 2050", "2034"),
    ("replay folder", "--replicate"),
    ("compare as-written", "FILE..."),
    # Names of nothing.
    ("run nonesuch", "nonesuch"),
    ("run as-written nonesuch --replicates 2", "nonesuch"),
    ("compare as-written without-yulim", "without-yulim"),
    ("sweep one-lever-of", "one-lever-of"),
    ("futures outputt", "outputt"),
    ("deadline output --lever yulim", "yulim"),
    ("gates --cluster nonsense", "--cluster"),
    ("gates --store nowhere://x", "--store"),
    ("store explain nobody", "nobody"),
    ("sensitivity no-such-plan", "no-such-plan"),
    ("hindcast --against nowhere.csv", "nowhere.csv"),
    ("facts no-such-scenario", "no-such-scenario"),
    ("patterns nowhere", "nowhere"),
    ("replicate as-written", "as-written"),
    ("watch --objective nosuch", "nosuch"),
    ("rank --objective industry --levers yulim", "yulim"),
    ("rank --objective industry --levers ,", "--levers"),
    # Numbers and words out of range.
    ("run as-written --replicates 1", "--replicates"),
    ("run as-written --precision 3", "--precision"),
    ("run as-written --seed -1", "--seed"),
    ("run as-written --workers 0", "--workers"),
    ("run as-written --horizon 2031-12", "--horizon"),
    ("run as-written --as-of 2021-01", "--as-of"),
    ("run as-written --draws guess", "--draws"),
    ("gates --replicates 0", "--replicates"),
    ("sensitivity --base 100", "--base"),
    ("sensitivity --base 4", "--base"),
    ("sensitivity --trajectories 1", "--trajectories"),
    ("sensitivity --important 0", "--important"),
    ("sensitivity --histories 8", "--histories"),
    ("sensitivity --replicates 6", "--replicates"),
    ("patterns --replicates 1", "--replicates"),
    ("patterns --seed -1", "--seed"),
    ("patterns --workers 0", "--workers"),
    ("replicate --replicates 1", "--replicates"),
    ("hindcast --known 2034", "quantity"),
    ("watch --month soon", "--month"),
    ("rank --objective industry --way left", "--way"),
    ("rank --objective industry --up -3", "1.01"),
    ("rank --objective industry --up -3", "10"),
    ("sensitivity --base 100000", "65536"),
    ("rank --objective industry --by luck", "--by"),
    # What does not go together.
    ("run as-written --replicates 4 --precision 0.1", "--precision"),
    ("compare as-written business-as-usual --equal-cost", "--equal-cost"),
    ("compare business-as-usual as-written --equal-cost", "--equal-cost"),
    ("compare business-as-usual --each-lever", "--each-lever"),
    ("search output --scenario business-as-usual", "--budget"),
    ("deadline output --lever yulin --scenario without-yulin", "yulin"),
    ("rank", "--objective"),
    ("rank double-yulin --objective industry --levers 雨林计划 --up 6", "--up"),
    ("rank business-as-usual --objective industry --way down --levers yulin", "--levers"),
    ("store remove --yes", "--all"),
    ("store remove as-written --all --yes", "as-written"),
    # So much that it is asked about first, and nobody is there to answer.
    ("sensitivity --base 65536", "--yes"),
    ("search output --trials 1000", "--replicates"),
    ("gates --replicates 4000", "--replicates"),
    ("attribute --replicates 1000", "--replicates"),
)

OF_THE_PARSER = (
    "Traceback",
    "Invalid value",
    "not one of",
    "Got unexpected",
    "No such command",
    "requires",
)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("line", "named"), REFUSED)
def test_what_cannot_be_used_is_one_message_and_leaves_nothing(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    named: str,
    language: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = command(*line.split(), "--lang", language)
    assert (said.status, said.out) == (2, "")
    assert named in said.err and not any(words in said.err for words in OF_THE_PARSER)
    assert len(said.err.splitlines()) == 1
    assert ("应为" if language == "zh" else "expected") in said.err
    assert list(tmp_path.iterdir()) == []
