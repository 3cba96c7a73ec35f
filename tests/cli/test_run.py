"""``sim run``: what a person reads, and what stays on disk."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import typer
from rich.cells import cell_len
from rich.console import Console

from sim.estimate import Interval
from sim.language import Language
from sim.plan import PLAN, READINGS
from sim.present.terminal import print_parts
from sim.scenario import read_scenario
from sim.store import load_result
from sim.studies.shared.influence import rests_on
from sim.studies.shared.of_run import said
from sim.text.numbers import plain
from tests.cli.conftest import Command
from tests.store import made

NOTHING_DRAWN = "--no-figures"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_run_prints_every_count_and_what_it_rests_on(
    command: Command, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "r"
    said = command(
        "run", "as-written", "--replicates", 4, "--out", out, NOTHING_DRAWN, "--lang", language
    )
    assert said.status == 0
    shown = " ".join(said.out.split())
    summary = load_result(out).summary
    for count, entry in zip(summary.counts, PLAN.counts, strict=True):
        assert entry.name.in_(language).split()[-1] in shown
        assert f"{100 * count.likelihood.value:.0f}%" in shown
    assert read_scenario("as-written").name.in_(language) in shown
    assert "".join(rests_on(None).in_(language).split()) in "".join(shown.split())
    assert str(out) in said.out.replace("\n", "")
    assert "4" in said.err  # how many, and how long it took


@pytest.mark.parametrize("width", [60, 80, 100, 130, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_terminal_cuts_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, language: Language
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    result = made.result(tmp_path / "r", 20)
    screen = Console(
        width=width, file=StringIO(), highlight=False, force_terminal=True, no_color=True
    )
    monkeypatch.setattr("sim.present.screen.console", lambda: screen)
    print_parts(said(result), language)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in shown
    assert all(
        cell_len(line) <= width
        for line in shown.replace("\x1b[1m", "").replace("\x1b[0m", "").split("\n")
    )
    for count in result.summary.counts:
        low, high = count.likelihood.low, count.likelihood.high
        whole = f"{100 * count.likelihood.value:.0f}% ({100 * low:.0f} - {100 * high:.0f}%)"
        assert whole in shown
        assert f"{plain(count.p10)} - {plain(count.p90)}" in shown
    if width >= 80:  # the answer stands on the first screen
        assert whole in "\n".join(shown.split("\n")[: 2 * len(PLAN.counts)])


def test_what_is_rare_is_not_printed_as_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    result = made.result(tmp_path / "r", 4)
    rare = Interval(0.001, 0.0003, 0.0042)
    first, *others = result.summary.counts
    counts = (replace(first, likelihood=rare), *others)
    changed = replace(result.summary, counts=counts, joint=rare)
    print_parts(said(replace(result, summary=changed), together=True), "en")
    shown = " ".join(capsys.readouterr().out.split())
    assert "<1% (0 - <1%)" in shown
    assert "strict 0.1% (0.0 - 0.4%)" in shown


@pytest.mark.parametrize(
    ("language", "head"),
    [("en", "Likelihoods in the other reading:"), ("zh", "换用另一口径的可能性：")],
)
def test_counts_whose_likelihood_depends_on_the_reading_are_listed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: Language,
    head: str,
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    result = made.result(tmp_path / "r", 40, made.read_otherwise())
    print_parts(said(result), language)
    lines = capsys.readouterr().out.splitlines()
    differing = [count for count in result.summary.counts if count.other is not None]
    assert "colleges" in [count.id for count in differing]
    start = lines.index(head) + 1
    block = lines[start : start + len(differing)]
    for line, count in zip(block, differing, strict=True):
        name = next(entry.name for entry in PLAN.counts if entry.id == count.id)
        assert line.startswith(f"  {name.in_(language)}")
        assert count.other is not None
        assert f"{100 * count.other.likelihood.value:.0f}%" in line
        assert f"{100 * count.other.about.value:.0f}%" in line
        assert READINGS[count.other.reading].in_(language) in line
        if language == "zh":
            assert not set(line) & set(",:;()")
    assert not lines[start + len(differing)].startswith(" ")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_block_is_printed_where_no_likelihood_depends_on_the_reading(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: Language,
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    result = made.result(tmp_path / "r", 4)
    alike = tuple(replace(count, other=None) for count in result.summary.counts)
    print_parts(said(replace(result, summary=replace(result.summary, counts=alike))), language)
    shown = capsys.readouterr().out
    assert "other reading" not in shown
    assert "另一口径" not in shown


def test_a_run_says_whether_luck_can_be_told_from_parameters(
    command: Command, tmp_path: Path
) -> None:
    for lang, few in (("en", "is not told: 31 parameter draws"), ("zh", "参数抽样仅 31 组")):
        for replicates in (159, 160):
            where = ("--out", tmp_path / lang / str(replicates), NOTHING_DRAWN, "--lang", lang)
            said = command("run", "as-written", "--replicates", replicates, *where)
            assert said.status == 0, said.err
            assert (few in "".join(said.out.splitlines())) == (replicates == 159)


def test_a_precision_out_of_reach_is_said(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.run.CAP", 300)
    said = command("run", "as-written", "--precision", 0.02, "--out", tmp_path / "r", NOTHING_DRAWN)
    assert said.status == 0
    assert "NOT reached: after 300 replicates" in " ".join(said.out.split())


def test_several_scenarios_get_a_folder_each(command: Command, tmp_path: Path) -> None:
    words = ("run", "as-written", "late-start", "--replicates", 2, "--out", tmp_path / "pair")
    said = command(*words, NOTHING_DRAWN)
    assert said.status == 0
    found = {path.name: load_result(path) for path in (tmp_path / "pair").iterdir()}
    assert set(found) == {"as-written", "late-start"}
    assert {result.manifest["scenario"]["id"] for result in found.values()} == set(found)


@pytest.mark.parametrize(("language", "asks"), [("en", "Did you mean"), ("zh", "是否想写")])
def test_a_misspelt_scenario_is_answered_with_the_nearest(
    command: Command, language: str, asks: str
) -> None:
    said = command("run", "as-writen", "--lang", language)
    assert (said.status, said.out) == (2, "")
    assert f"{asks} as-written" in said.err


def test_a_folder_with_results_is_refused_and_untouched(command: Command, tmp_path: Path) -> None:
    words = ("run", "as-written", "--replicates", 2, "--out", tmp_path / "r", NOTHING_DRAWN)
    assert command(*words).status == 0
    before = {path: path.read_bytes() for path in (tmp_path / "r").iterdir()}
    said = command(*words)
    assert said.status == 2
    assert "--out" in said.err
    assert {path: path.read_bytes() for path in (tmp_path / "r").iterdir()} == before


def test_the_same_scenario_twice_gives_two_results(command: Command, tmp_path: Path) -> None:
    words = ("run", "as-written", "as-written", "--replicates", 2, "--out", tmp_path / "twice")
    assert command(*words, NOTHING_DRAWN).status == 0
    names = sorted(path.name for path in (tmp_path / "twice").iterdir())
    assert names == ["as-written", "as-written-2"]


def test_one_taken_folder_of_several_stops_all_before_any_is_run(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "late-start").mkdir()
    (tmp_path / "late-start" / "mine.txt").touch()
    words = ("run", "as-written", "late-start", "--replicates", 2, "--out", tmp_path)
    said = command(*words, NOTHING_DRAWN)
    assert (said.status, said.out) == (2, "")
    assert "mine.txt" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["late-start"]


def test_a_folder_below_a_file_cannot_be_written(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = command("run", "as-written", "--replicates", 2, "--out", tmp_path / "file" / "r")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(str(tmp_path / "file"))
    assert "folder that can be written" in said.err


def test_a_link_that_leads_nowhere_is_told_before_the_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    said = command("run", "as-written", "--replicates", 2, "--out", tmp_path / "link")
    assert (said.status, said.out) == (2, "")
    assert "leads nowhere" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["link"]


@pytest.mark.parametrize("letters", [60, 83])
def test_a_long_name_is_fitted_to_what_the_disk_takes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters: int
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"{'雨' * letters}.toml"
    file.write_text('extends = "as-written"')
    said = command("run", file, file, "--replicates", 2, NOTHING_DRAWN)
    assert (said.status, "Traceback" in said.err) == (0, False)
    names = sorted(path.name for path in (tmp_path / "results").iterdir())
    assert len(names) == 2
    assert all("-s2022-n2" in name for name in names)


def test_an_empty_file_is_told_what_it_stands_for(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").touch()
    for words in (("check",), ("run", "--replicates", 2, NOTHING_DRAWN, "--out", tmp_path / "r")):
        said = command(words[0], tmp_path / "empty.toml", *words[1:])
        assert said.status == 0
        assert "business as usual" in said.err


def test_letters_that_no_font_has_are_told(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.views.fonts.missing", lambda text: text)
    file = tmp_path / "mine.toml"
    file.write_text('extends = "as-written"\nname = "昇腾算力（玥、苝、㎡）"', encoding="utf-8")
    check, run = (
        ("check", file),
        ("run", file, "--replicates", 2, "--no-figures", "--out", tmp_path / "r"),
    )
    for words, language, lost in (
        (check, "en", "has 苝"),
        (check, "zh", "均无“苝”字"),
        (run, "en", "has 苝"),
    ):
        said = command(*words, "--lang", language)
        assert said.status == 0
        assert lost in said.err
        assert "昇" not in said.err.replace(str(file), "")


def test_a_no_to_a_question_is_status_130(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def abort(*_: object, **__: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("sim.cli.app.whole_app", lambda *_: abort)
    said = command("run", "as-written", "--lang", "zh")
    assert said == (130, "", "已中断：未保留未完成的结果\n")


@pytest.mark.parametrize("words", [("--lang", "fr"), ("--lang=fr",), ("--lang", "EN")], ids=str)
def test_a_language_that_there_is_not_is_refused(command: Command, words: tuple[str, ...]) -> None:
    said = command("plan", *words)
    language = words[-1].removeprefix("--lang=")
    expected = f"sim plan: --lang: found {language}; expected en or zh\n"
    assert (said.status, said.out, said.err) == (2, "", expected)


def test_surroundings_that_ask_for_another_language_are_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIM_LANG", "fr")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = command("plan")
    assert (said.status, said.out, said.err) == (2, "", "SIM_LANG：现为 fr；应为 en 或 zh\n")
    monkeypatch.setenv("SIM_LANG", "")
    assert command("plan").status == 0
