"""The command of replications, from options to files; two replicates are run."""

import json
from pathlib import Path

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
