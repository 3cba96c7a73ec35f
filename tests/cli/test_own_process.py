"""A process and a measure of one's own as a person runs them: the page of docs in a folder."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from sim.calendar import month_index
from sim.engine.modes import MODES
from sim.ensemble import run_one, warm_up
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store import load_result
from tests.cli.test_process import SIM, start
from tests.reference.processes import SMALL

PAGE = (Path(__file__).parents[2] / "docs/processes.md").read_text(encoding="utf-8")
(SCENARIO, MEASURED), (CODE, MEASURES) = (
    re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[:2] for language in ("toml", "python")
)
FEWEST = {**SMALL, "output_2022": 100.0, "private_inflow": 6.0}  # as few as a file may ask for
FEW = 'draws = "prior"\n{}\n[parameters]\n' + "".join(f"{k} = {v}\n" for k, v in FEWEST.items())
AT_ONCE = CODE.replace("2025-01", "2022-12")
RUN = ("run", "mine.toml", "--replicates", "2", "--no-figures", "--out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder with the page's two files, the scenario with a small population."""
    for name, text in (("mine", SCENARIO), ("measured", MEASURED)):
        head, table, rest = text.partition("[processes]")
        few = FEW.format(head).strip() + f"\n{table}{rest}"
        (tmp_path / f"{name}.toml").write_text(few, "utf-8")
    (tmp_path / "my_measures.py").write_text(MEASURES, "utf-8")
    (tmp_path / "usual.toml").write_text(FEW.format(head), "utf-8")
    (tmp_path / "export_controls.py").write_text(CODE, "utf-8")
    return tmp_path


def said(folder: Path, *words: str, **variables: str) -> tuple[int, str, str]:
    process = start(folder, *words, program=SIM, **variables)
    out, err = process.communicate(timeout=600)
    assert "Traceback" not in err
    return process.returncode, out, err


def test_it_runs_and_says_so(folder: Path) -> None:
    status, _, err = said(folder, *RUN, "result")
    assert status == 0, err
    assert "runs code of export_controls.py after market (sha256 " in err
    assert not (folder / "results").exists()  # nothing was read from a store
    told = json.loads((folder / "result/manifest.json").read_text("utf-8"))["scenario"]["processes"]
    assert told["without"] == ["linkage"]
    (added,) = told["add"]
    assert (added["file"], added["after"]) == ("export_controls.py", "market")
    status, _, err = said(folder, "replay", "result", "--replicate", "0")
    assert status == 2
    assert "only the command line and Python run processes from files" in err


def test_it_leaves_the_same_bytes_in_every_mode(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "export_controls.py").write_text(AT_ONCE, "utf-8")
    setup = read_scenario(str(folder / "mine.toml"), foreign=True).setup()
    some, left = setup._replace(months=4), set()
    for mode in MODES:
        monkeypatch.setenv("SIM_MODE", mode)
        left.add(run_one(some, 7, 0).counts.tobytes())
    assert len(left) == 1


def test_a_measure_is_in_results_and_in_the_store(folder: Path) -> None:
    ran = ("run", "measured.toml", "--replicates", "16", "--no-figures", "--out", "result")
    status, _, err = said(folder, *ran)
    assert status == 0, err
    assert "measures firms_near_market (firms at readiness level 7 or higher, firms)" in err
    one = load_result(folder / "result")
    found = one.measure("firms_near_market")
    assert np.array_equal(found, found.round())
    assert (found[:, -1] > 0.0).all()
    assert (found <= one.measure("firms")).all()
    (told,) = [each for each in one.manifest["measures"] if each["name"] == "firms_near_market"]
    assert (told["unit"], told["label"]["zh"]) == ("firms", "成熟度7级及以上的企业")
    kept = {path: path.stat().st_mtime_ns for path in folder.rglob("store/**/*.parquet")}
    command = ("compare", "usual.toml", "measured.toml", "--replicates", "16", "--no-figures")
    status, out, err = said(folder, *command)
    assert status == 0, err
    assert kept and {path: path.stat().st_mtime_ns for path in kept} == kept
    status, out, err = said(folder, "trace", "measured.toml", "vouchers", "--months", "50")
    assert (status, "measures.firms_near_market" in out) == (0, True), err


def test_a_measure_changes_nothing(folder: Path) -> None:
    file = folder / "my_measures.py"
    file.write_text(MEASURES.replace("found += 1", "firm.level += 1"), "utf-8")
    status, _, err = said(folder, "run", "measured.toml", *RUN[2:], "result")
    assert status == 2
    assert "my_measures.py: measure firms_near_market: found writes firms.level" in err


def test_pairs_stay_paired(folder: Path) -> None:
    """Until export controls begin, all is the same to the last bit; then it is not."""
    mine = folder / "mine.toml"
    mine.write_text(mine.read_text("utf-8").replace('without = ["linkage"]', ""), "utf-8")
    for name in ("mine", "usual"):
        status, _, err = said(folder, "run", f"{name}.toml", *RUN[2:], name)
        assert status == 0, err
    mine_, usual = (load_result(folder / name) for name in ("mine", "usual"))
    assert mine_.draws().tolist() == usual.draws().tolist()
    first = month_index("2025-01")
    one, other = mine_.counts(), usual.counts()
    assert np.array_equal(one[:, :first], other[:, :first])
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("firm.capacity *= 1.0 - LOST", "firm.capacity = {}", "what Numba can compile"),
        (
            "firm.capacity *= 1.0 - LOST",
            "firm.capacity *= 1.0 - LOST\n    world.who[:3] = world.who[3:6]",
            "export_controls.py: 24: found what takes memory",
        ),
        ("firm.level >= CLOSE", "firm.level >= CLOSED", "NameError"),
    ],
    ids=["uncompilable", "memory", "no name"],
)
def test_what_it_may_not_do_is_refused_before_the_first_replicate(
    folder: Path, was: str, becomes: str, told: str
) -> None:
    (folder / "export_controls.py").write_text(AT_ONCE.replace(was, becomes), "utf-8")
    setup = read_scenario(str(folder / "mine.toml"), foreign=True).setup()
    with pytest.raises(Problem) as refused:
        warm_up(setup, 7)
    assert told in str(refused.value)
    assert "export_controls" in str(refused.value)


def test_a_command_ends_in_one_message_where_it_reads_what_it_does_not_declare(
    folder: Path,
) -> None:
    file = folder / "export_controls.py"
    file.write_text(AT_ONCE.replace(" alive capacity level", " alive capacity"), "utf-8")
    status, _, err = said(folder, *RUN, "result")
    assert status == 2
    assert "export_controls.py" in err and "reads firms.level" in err
    assert len([line for line in err.splitlines() if "expected" in line]) == 1
    assert not (folder / "result").exists()


def test_it_is_held_to_its_word_beside_a_scenario_without_it(folder: Path) -> None:
    file = folder / "export_controls.py"
    file.write_text(AT_ONCE.replace(" capacity level", " level"), "utf-8")
    status, _, err = said(folder, "compare", "usual.toml", "mine.toml", "--replicates", "2")
    assert status == 2
    assert "reads firms.capacity" in err
