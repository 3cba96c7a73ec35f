"""``--objective``: what people read of it, and what stays on disk."""

import csv
from pathlib import Path

import pytest

from sim.language import Language
from sim.plan import PLAN
from sim.store import load_result
from tests.cli.conftest import Command


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_run_says_how_far_an_objective_is_reached(
    command: Command, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "r"
    words = ("--replicates", 6, "--out", out, "--no-figures", "--lang", language)
    said = command("run", "as-written", "--objective", "industry", *words)
    assert said.status == 0, said.err
    assert {"en": "all at once", "zh": "同时实现"}[language] in said.out
    (line,) = rows(out / "objective.csv")
    summary = load_result(out).summary
    own = {each["count"]: float(each["likelihood"]) for each in rows(out / "objective_counts.csv")}
    assert own == {each.id: each.likelihood.value for each in summary.counts if each.id in own}
    met = [float(each["exactly"]) for each in rows(out / "objective_met.csv")]
    assert sum(met) == pytest.approx(1.0)
    assert float(line["likelihood"]) == met[-1]
    assert "--objective " in load_result(out).manifest["command"]


def test_all_counts_together_are_told_only_when_asked(command: Command, tmp_path: Path) -> None:
    words = ("run", "as-written", "--replicates", 4, "--no-figures", "--lang", "en")
    together = f"All {PLAN.counts and 'thirteen'} together"
    for number, (more, wanted) in enumerate(
        [((), False), (("--objective", "industry"), False), (("--objective", "all"), True)]
    ):
        said = command(*words, *more, "--out", tmp_path / str(number))
        assert (together in said.out) == wanted, said.out


def test_packages_are_compared_by_an_objective(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "c"
    words = ("--replicates", 8, "--matched", 0, "--out", out, "--store", tmp_path / "store")
    said = command(
        *("compare", "as-written", "without-yulin", "--objective", "seven-of-all"),
        *(*words, "--no-figures", "--lang", "en"),
    )
    assert said.status == 0, said.err
    assert "at least seven of" in " ".join(said.out.split())
    first, second = rows(out / "objective.csv")
    assert first["difference"] == ""
    gap = float(second["likelihood"]) - float(first["likelihood"])
    assert float(second["difference"]) == pytest.approx(gap)
    assert float(second["difference_low"]) <= gap <= float(second["difference_high"])


def test_an_objective_is_checked_as_a_scenario_is(command: Command, tmp_path: Path) -> None:
    said = command("check", "industry", "--lang", "en")
    assert (said.status, said.out) == (0, "industry: an objective of 3 counts\n")
    file = tmp_path / "mine.toml"
    file.write_text("counts.output.target = 0", encoding="utf-8")
    assert "counts.output.target: found 0" in command("check", file, "--lang", "en").err
    file.write_text('extends = "as-written"\ncounts.output = {}', encoding="utf-8")
    assert "--objective" in command("check", file, "--lang", "en").err  # where they belong


def test_a_wrong_objective_is_refused_before_anything_runs(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("counts.output.year = 2034", encoding="utf-8")
    for study in ("run", "compare"):
        said = command(study, "as-written", "as-written", "--objective", file, "--lang", "en")
        assert (said.status, said.out) == (2, "")
        assert said.err.splitlines()[-1].startswith(f"{file}: counts.output.year: found 2034")
        assert command(study, "as-written", "--objective", "nobody", "--lang", "en").status == 2
