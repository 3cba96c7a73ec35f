"""The command of replications, from options to files; two replicates are run."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def test_replications_print_and_write(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "replicate"
    few = ("--replicates", 2, "--workers", 2, "--seed", 7, "--lang", "en")
    said = command("replicate", *few, "--no-figures", "--out", out)
    assert said.status == 0, said.err
    assert "about" in said.err
    assert "evaluations are hit" in said.out
    files = {"replications.csv", "replicates.csv", "replications.json", "study.json"}
    assert {path.name for path in out.iterdir()} == files
    document = json.loads((out / "replications.json").read_text(encoding="utf-8"))
    assert (document["seed"], document["replicates"], document["posterior"]) == (7, 2, True)
    again = command("replicate", *few, "--no-figures", "--out", out)
    assert again.status == 2  # an earlier result is never overwritten


@pytest.mark.parametrize(
    ("words", "told"),
    [(("as-written",), "as-written"), (("--replicates", 1), "--replicates")],
)
def test_bad_input_is_said_before_anything_runs(
    command: Command, words: tuple[object, ...], told: str
) -> None:
    said = command("replicate", *words)
    assert said.status == 2
    assert told in said.err
    assert said.out == ""
