"""The command of patterns, from options to files; two replicates are run."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_patterns_print_and_write(command: Command, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "patterns"
    few = ("--replicates", 2, "--workers", 1, "--seed", 7, "--lang", lang)
    said = command("patterns", "business-as-usual", *few, "--no-figures", "--out", out)
    assert said.status == 0, said.err
    assert ("约需" if lang == "zh" else "about") in said.err
    assert ("不构成验证" if lang == "zh" else "no validation") in said.out
    tables = {f"{name}.csv" for name in ("patterns", "replicates", "tracks")}
    assert {path.name for path in out.iterdir()} == {*tables, "patterns.json", "study.json"}
    document = json.loads((out / "patterns.json").read_text(encoding="utf-8"))
    assert (document["seed"], document["replicates"]) == (7, 2)
    again = command("patterns", *few, "--no-figures", "--out", out)
    assert again.status == 2  # an earlier result is never overwritten
    assert "--out" in again.err
