"""Studies as Python functions: the numbers of the command, from what the study declares."""

import csv
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim import ensemble
from sim.ensemble import Trajectory
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.problems import Problem
from sim.spec.study_result import StudyResult
from sim.studies import registry
from tests.cli.conftest import Command, command
from tests.store import made

__all__ = ["command"]

pandas = pytest.importorskip("pandas")
SAID = {"compare": {"scenarios": "files"}, "sweep": {"sweep": "file"}}
"""What a function calls an option otherwise than the study, beside its scenario."""
CHANGED = {"yulin": {"dose": 1.5}}


def moved(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a made-up replicate whose counts grow with all doses."""
    found = made.trajectory(replicate, setup.months, seed)
    return found._replace(
        counts=found.counts * (1.0 + setup.dose[-1].mean()),
        measures=np.zeros((setup.months, len(setup.measures)), np.float32),
    )


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ensemble, "run", made.ensemble)
    monkeypatch.setattr(ensemble, "run_one", moved)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that says what `CHANGED` says, and is called as the changed scenario is."""
    path = tmp_path / f"{sim.read_scenario('as-written').changed(**CHANGED).id}.toml"
    path.write_text('extends = "as-written"\nplans.yulin.dose = 1.5\n', encoding="utf-8")
    return path


def check_same(frame: Any, path: Path) -> None:
    """Check that a frame holds what a CSV file holds, to the last digit."""
    heads, *lines = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert list(frame.columns) == heads
    assert len(frame) == len(lines)
    for row, line in zip(frame.itertuples(index=False), lines, strict=True):
        for value, text in zip(row, line, strict=True):
            if pandas.isna(value):
                assert text == ""
            elif isinstance(value, pandas.Timestamp):
                assert f"{value:%Y-%m-%d}" == f"{text}-01"
            elif isinstance(value, str | bool | np.bool_):
                assert str(value).casefold() == text.casefold()
            else:
                assert float(text) == value


def asked_of_compare(given: object) -> StudyResult:
    return sim.compare("as-written", given, matched=0, replicates=16, seed=5)  # type: ignore[arg-type]


def asked_of_rank(given: object) -> StudyResult:
    levers = "yulin,zhuji"
    return sim.rank(given, "industry", levers=levers, replicates=16, seed=5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        (asked_of_compare, ("compare", "as-written"), ("--matched", "0")),
        (asked_of_rank, ("rank",), ("--objective", "industry", "--levers", "yulin,zhuji")),
    ],
    ids=["compare", "rank"],
)
def test_a_function_gives_the_numbers_of_the_command(
    command: Command,
    tmp_path: Path,
    file: Path,
    asked: Callable[[object], StudyResult],
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> None:
    more = ("--replicates", "16", "--seed", "5", "--no-figures", "--out", tmp_path / "out")
    said = command(*before, file, *after, *more, "--lang", "en")
    assert said.status == 0, said.err
    found = asked(sim.read_scenario("as-written").changed(**CHANGED))
    assert found.tables == tuple(
        path.stem for name in found.tables if (path := tmp_path / "out" / f"{name}.csv").is_file()
    )
    for name in found.tables:
        check_same(found.to_pandas(name), tmp_path / "out" / f"{name}.csv")
    assert found.to_pandas().equals(found.to_pandas(found.main))
    assert found.to_pandas().attrs["seed"] == 5
    assert found.folder is None


def test_a_comparison_has_dimensions_and_says_what_it_is_of(file: Path) -> None:
    pytest.importorskip("xarray")
    found = asked_of_compare(file)
    data = found.to_xarray()
    assert data.sizes == {"first": 1, "second": 1, "count": len(PLAN.counts) + 1}
    assert data["count"].to_numpy().tolist() == [*(each.id for each in PLAN.counts), "all"]
    one = data.sel(first="as-written", second=file.stem, count="output")
    frame = found.to_pandas().set_index("count")
    assert float(one.likelihood_second) == frame.loc["output", "likelihood_second"]
    hashes = found.to_pandas().attrs["scenarios"]
    assert hashes[file.stem] == sim.read_scenario(file).hash()
    assert "tables: comparison" in repr(found) and "seed 5" in repr(found)
    assert found.sentences[0] in str(found)


def test_a_run_gives_its_tables_with_dates_and_units(tmp_path: Path) -> None:
    pytest.importorskip("xarray")
    result = sim.run("as-written", replicates=6, seed=5, out=tmp_path / "r", figures=False)
    check_same(result.to_pandas(), tmp_path / "r" / "summary.csv")
    head, *counts = str(result).splitlines()
    assert "N = 6" in head
    for count, told, row in zip(PLAN.counts, counts, result.summary.counts, strict=True):
        assert told.startswith(count.name.en) and f"strict {row.likelihood.value:.0%} (" in told
    assert "seed 5" in repr(result) and "tables: summary" in repr(result)
    months = result.to_pandas("trajectories")
    assert months.month.iloc[98] == pandas.Timestamp(2030, 12, 1)
    assert months.attrs["units"]["output"] == PLAN.counts[0].unit.en
    data = result.to_xarray(["output", "standards"])
    assert dict(data.sizes) == {"replicate": 6, "month": 99}
    assert data.attrs["scenario_hash"] == result.scenario_hash
    due = data.output.sel(month="2030-12-01") >= data.output.attrs["target"]
    assert float(due.mean()) == result.summary.counts[0].likelihood.value


@pytest.mark.parametrize("name", ["run", "compare", "rank", "sweep", "explain", "attribute"])
def test_a_function_takes_what_the_study_declares(name: str) -> None:
    declared = {each.name: each for each in registry.study(name).options}
    taken = inspect.signature(getattr(sim, name)).parameters
    own = {key: each for key, each in taken.items() if key != "common"}
    called = {**{"scenario": "file"}, **SAID.get(name, {})}
    names = {called.get(key, key) for key in own}
    beside = {"replicates", "profile"} if name == "run" else set()  # for all studies; in no result
    assert names == set(declared) - beside
    for key, each in own.items():
        if each.default is not inspect.Parameter.empty:
            assert each.default == declared[called.get(key, key)].default


@pytest.mark.parametrize("name", sorted({*registry.names()} - {"run"}))
def test_the_main_table_of_a_study_is_one_that_it_writes(name: str) -> None:
    study = registry.study(name)
    folder = Path(str(registry.__file__)).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert f'table("{study.table or study.id}"' in sources


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: sim.study("futurs"), ["futurs", "Did you mean futures?"]),
        (lambda: sim.study("run", file="as-written"), ["run", "sim.run()"]),
        (lambda: sim.study("gates", replicate=4), ["replicate;", "Did you mean replicates?"]),
        (lambda: sim.compare("as-written", "late-start", matched=-1), ["matched", "-1", "from 0"]),
        (lambda: sim.study("gates", file=2), ["file", "found 2", "a name"]),
        (lambda: sim.study("rank", per_cost=2), ["per_cost", "found 2", "True or False"]),
        (lambda: sim.rank("as-written", levers="yulin"), ["--objective"]),
        (lambda: sim.run("as-writen"), ["as-writen", "Did you mean"]),
        (
            lambda: sim.run("late-start", language="xx"),
            ["sim.run()", "language", "found xx", "en or zh"],
        ),
        (lambda: sim.sweep({"design": "ful", "factors": []}), ["sweep", "design", "full"]),
        (lambda: asked_of_compare("late-start").to_pandas("comparisn"), ["comparison?"]),
    ],
)
def test_what_cannot_be_used_is_one_message(asked: Callable[[], Any], words: list[str]) -> None:
    with pytest.raises(Problem) as caught:
        asked()
    for word in words:
        assert word in caught.value.in_("en")


def test_a_sweep_can_be_told_in_python_and_has_another_base(tmp_path: Path) -> None:
    pytest.importorskip("xarray")
    told = {"design": "full", "factors": [{"lever": "yulin", "set": "dose", "values": [0.5, 1.0]}]}
    base = sim.read_scenario("as-written").changed(zhuji=False)
    found = sim.sweep(told, base=base, replicates=16, seed=5, store=tmp_path / "s")
    points = found.to_pandas("points")
    assert points["yulin.dose"].tolist() == [0.5, 1.0]
    assert points.loc[points.base, "yulin.dose"].tolist() == [1.0]
    assert found.to_xarray().sizes == {"point": 2, "count": len(PLAN.counts) + 1}


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked_of_compare("late-start")
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(Problem, match=r"shanghai-future-industry-sim\[data\]"):
        found.to_xarray()
