"""``sim report``: two files or none, and what cannot be reported on is said in one message."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.store import made


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a made-up run."""
    folder = tmp_path_factory.mktemp("made") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.ensemble.run", made.ensemble)
        made.result(folder)
    return folder


def futures(folder: Path, changed: str = "2500") -> Path:
    """Write a small study of futures that fail, one of whose numbers may be changed in the CSV."""
    from sim.scenario import read_scenario
    from sim.store.fill import Sample
    from sim.studies.futures import STUDY
    from tests.present.report.conftest import failing, missed
    from tests.studies.files import study_files

    folder.mkdir()
    base, sample = read_scenario("as-written"), Sample(7, 64)
    for name, text in study_files(STUDY, missed(failing()), [base], sample):
        told = text.replace("2500", changed) if name == "futures.csv" else text
        if name:
            (folder / name).write_text(told, encoding="utf-8")
    return folder


def test_two_files_appear_and_are_named(command: Command, tmp_path: Path) -> None:
    said = command("report", futures(tmp_path / "f"), "--out", tmp_path / "r", "--lang", "zh")
    assert (said.status, said.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["report.html", "report.pdf"]
    assert str(tmp_path / "r" / "report.pdf") in said.out.replace("\n", "")


def test_a_brief_is_one_page_in_two_forms(command: Command, tmp_path: Path) -> None:
    given = futures(tmp_path / "f")
    said = command("report", given, "--brief", "--out", tmp_path / "r", "--lang", "zh")
    assert (said.status, said.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["brief.pdf", "brief.png"]
    assert str(tmp_path / "r" / "brief.png") in said.out.replace("\n", "")


def test_half_a_letter_in_a_name_is_spelt_out(command: Command, tmp_path: Path) -> None:
    """JSON can hold a lone surrogate, which no encoding writes."""
    said = futures(tmp_path / "f") / "study.json"
    document = json.loads(said.read_text(encoding="utf-8"))
    document["name"] = {"en": "half \ud800", "zh": "半 \ud800"}
    said.write_text(json.dumps(document), encoding="utf-8")
    done = command("report", tmp_path / "f", "--out", tmp_path / "r", "--lang", "en")
    assert (done.status, done.err) == (0, "")
    assert "Half \\ud800" in (tmp_path / "r" / "report.html").read_text(encoding="utf-8")


def nothing(folder: Path, _run: Path) -> list[Path]:
    return [folder / "nonesuch"]


def a_file(folder: Path, _run: Path) -> list[Path]:
    (folder / "file").touch()
    return [folder / "file"]


def no_result(folder: Path, _run: Path) -> list[Path]:
    (folder / "empty").mkdir()
    return [folder / "empty"]


def changed(folder: Path, run: Path) -> list[Path]:
    shutil.copytree(run, folder / "copy")
    summary = folder / "copy" / "summary.json"
    summary.write_text(summary.read_text(encoding="utf-8").replace("0.", "1.", 1), encoding="utf-8")
    return [folder / "copy"]


def table_lost(folder: Path, _run: Path) -> list[Path]:
    found = futures(folder / "f")
    (found / "futures.csv").unlink()
    return [found]


def rule_changed(folder: Path, _run: Path) -> list[Path]:
    return [futures(folder / "f", "2600")]


def cut(folder: Path, _run: Path) -> list[Path]:
    (folder / "c").mkdir()
    (folder / "c" / "comparison.json").write_text('{"model_hash": ', encoding="utf-8")
    for name in ("comparison.csv", "areas.csv"):
        (folder / "c" / name).touch()
    return [folder / "c"]


def twice(_folder: Path, run: Path) -> list[Path]:
    return [run, run / "." / ".." / run.name]


def two_versions(folder: Path, run: Path) -> list[Path]:
    shutil.copytree(run, folder / "old")
    remade(folder / "old", "0" * 64)
    return [run, folder / "old"]


def remade(folder: Path, model: str) -> None:
    """Let a run say that another model made it."""
    from sim.store import seal
    from sim.store.manifest import OWN_CHECKSUM

    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del said[OWN_CHECKSUM]
    seal(folder, {**said, "model_hash": model})


@pytest.mark.parametrize(("language", "form"), [("en", []), ("zh", []), ("zh", ["--brief"])])
@pytest.mark.parametrize(
    ("make", "named"),
    [
        (nothing, "nonesuch"),
        (a_file, "file"),
        (no_result, "empty"),
        (changed, "summary.json"),
        (table_lost, "futures.csv"),
        (rule_changed, "futures.csv ≠ study.json"),
        (cut, "comparison.json"),
        (twice, "RESULT..."),
        (two_versions, "model_hash"),
    ],
)
def test_what_cannot_be_reported_on_is_one_message_and_no_report(
    command: Command,
    run: Path,
    tmp_path: Path,
    make: object,
    named: str,
    language: str,
    form: list[str],
) -> None:
    assert callable(make)
    (tmp_path / "in").mkdir()
    folders = make(tmp_path / "in", run)
    out = tmp_path / "out" / "r"
    said = command("report", *folders, *form, "--out", out, "--lang", language)
    assert (said.status, said.out) == (2, "")
    assert named in said.err
    assert len(said.err.splitlines()) == 1
    assert ("应为" if language == "zh" else "expected") in said.err
    assert "Traceback" not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_folder_that_is_taken_is_refused_and_untouched(command: Command, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "mine.txt").touch()
    said = command("report", futures(tmp_path / "f"), "--out", tmp_path / "r")
    assert said.status == 2
    assert "mine.txt" in said.err
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["mine.txt"]


def test_results_of_one_other_version_are_reported_as_such(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.present.report.compose import document

    drawn = ((10.0, 5.0), None, b"")
    monkeypatch.setattr("sim.present.report.drawing.forms", lambda *_: drawn)

    shutil.copytree(run, tmp_path / "old")
    remade(tmp_path / "old", "0" * 64)
    said = document([tmp_path / "old"], "en")
    assert any(
        "another version of the model" in getattr(block, "text", "") for block in said.blocks
    )
