"""A run: as many replicates as asked, a whole folder or none, the same bytes each time."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.ensemble import Trajectory
from sim.functions import run
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store import Result, load_result
from sim.store.manifest import SEALED
from sim.views.figures import Named
from tests.store import made

SCENARIO = read_scenario("as-written")


@pytest.fixture(autouse=True)
def _made_up_replicates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)


def data(result: Result) -> list[bytes]:
    return [(result.folder / name).read_bytes() for name in SEALED]


def stopping(monkeypatch: pytest.MonkeyPatch, stop: BaseException) -> None:
    """Let the ensemble stop after three replicates."""

    def ensemble(
        setup: Setup, seed: int, replicates: range, workers: int | None = None
    ) -> Iterator[Trajectory]:
        yield from made.ensemble(setup, seed, replicates[:3], workers)
        raise stop

    monkeypatch.setattr("sim.ensemble.run", ensemble)


def test_a_run_leaves_a_result_that_can_be_loaded(tmp_path: Path) -> None:
    result = run(SCENARIO, replicates=6, out=tmp_path / "r", figures=False)
    assert result.folder == tmp_path / "r"
    assert (result.replicates, result.summary.replicates, result.summary.draws) == (6, 6, 6)
    assert load_result(tmp_path / "r").summary == result.summary
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_scenario_may_be_named(tmp_path: Path) -> None:
    result = run("late-start", replicates=2, out=tmp_path / "r", figures=False)
    assert result.manifest["scenario"]["id"] == "late-start"


def test_a_folder_is_named_after_scenario_seed_and_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"as-written-{SCENARIO.hash()[:8]}-s7-n2"
    places = [run(SCENARIO, replicates=2, seed=7, figures=False).folder for _ in range(2)]
    assert places == [Path("results") / name, Path("results") / f"{name}-2"]


def test_seeds_have_an_effect_and_workers_have_none(tmp_path: Path) -> None:
    def bytes_of(name: str, seed: int, workers: int) -> list[bytes]:
        out = tmp_path / name
        return data(run(SCENARIO, replicates=4, seed=seed, workers=workers, out=out, figures=False))

    assert bytes_of("one", 1, 1) == bytes_of("two", 1, 2)
    assert bytes_of("three", 2, 1) != bytes_of("four", 1, 1)


def test_a_run_to_a_precision_stops_when_it_is_reached(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    result = run(
        SCENARIO, precision=0.15, out=tmp_path / "r", figures=False, watch=lambda *n: seen.append(n)
    )
    assert result.summary.sequential
    assert result.replicates % 256 == 0
    assert result.manifest["precision"] == 0.15
    assert result.manifest["precision_reached"] <= 0.15
    assert [done for done, _ in seen] == list(range(1, result.replicates + 1))
    assert all(done <= expected for done, expected in seen)


def certain_as_a_stock(
    setup: Setup, seed: int, replicates: range, workers: int | None = None
) -> Iterator[Trajectory]:
    """Yield replicates at all targets, and zones there from the start in every other pair."""
    zones = COUNTS.index("pilot_zones")
    for each in made.ensemble(setup, seed, replicates, workers):
        counts = np.where(np.arange(setup.months)[:, None] > 0, 2.0 * made.TARGETS, 0.0)
        counts[0, zones] = 2.0 * made.TARGETS[zones] * (each.draw % 2)
        yield each._replace(counts=counts)


def test_a_run_to_a_precision_looks_at_the_chosen_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a stock the zones are certain and few replicates do; what is new of them is a toss-up."""
    monkeypatch.setattr("sim.ensemble.run", certain_as_a_stock)
    new = replace(SCENARIO, readings={**SCENARIO.readings, "pilot_zones": "new"})
    runs = [
        run(scenario, precision=0.06, out=tmp_path / name, figures=False)
        for name, scenario in (("stock", SCENARIO), ("new", new))
    ]
    assert [each.summary.joint.value for each in runs] == [1.0, 0.5]
    assert runs[0].replicates < runs[1].replicates
    assert all(each.manifest["precision_reached"] <= 0.06 for each in runs)


def test_batches_leave_no_trace_in_the_tables(tmp_path: Path) -> None:
    batches = run(SCENARIO, precision=0.1, out=tmp_path / "p", figures=False)
    at_once = run(SCENARIO, replicates=batches.replicates, out=tmp_path / "n", figures=False)
    assert batches.replicates > 256
    for name in ("trajectories.parquet", "replicates.parquet"):
        assert (batches.folder / name).read_bytes() == (at_once.folder / name).read_bytes()


def test_a_precision_out_of_reach_keeps_what_was_run_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.run.CAP", 300)
    result = run(SCENARIO, precision=0.02, out=tmp_path / "r", figures=False)
    assert result.replicates == 300
    assert result.manifest["precision_reached"] > result.manifest["precision"] == 0.02
    assert load_result(tmp_path / "r").replicates == 300


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RuntimeError("a bug"), MemoryError()])
def test_a_stopped_run_leaves_nothing_and_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    before = data(run(SCENARIO, replicates=2, out=tmp_path / "before", figures=False))
    stopping(monkeypatch, stop)
    with pytest.raises(type(stop)):
        run(SCENARIO, replicates=10, out=tmp_path / "r", figures=False)
    assert [path.name for path in tmp_path.iterdir()] == ["before"]
    assert data(load_result(tmp_path / "before")) == before


def test_a_disk_that_fills_up_during_the_figures_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_figures: Iterator[Named], folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "fan.png"))

    monkeypatch.setattr("sim.views.figures.draw_all", full)
    with pytest.raises(Problem, match="No space left on device") as caught:
        run(SCENARIO, replicates=2, out=tmp_path / "r")
    assert caught.value.where.endswith("fan.png")
    assert list(tmp_path.iterdir()) == []


def test_figures_are_drawn_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(figures: Iterator[Named], folder: Path) -> None:
        folder.mkdir()
        first = next(figures)
        told = "".join(text.get_text() for text in first.draw().texts)
        (folder / f"{first.stem}{'.zh' if '较可能实现' in told else ''}.png").touch()

    monkeypatch.setattr("sim.views.figures.draw_all", draw)
    run(SCENARIO, replicates=2, language="zh", out=tmp_path / "r")
    assert [path.name for path in (tmp_path / "r" / "figures").iterdir()] == ["likelihood.zh.png"]


def test_what_is_sealed_is_the_same_in_both_languages(tmp_path: Path) -> None:
    one, two = (
        run(SCENARIO, replicates=2, language=language, out=tmp_path / language, figures=False)
        for language in ("en", "zh")
    )
    assert one.manifest == two.manifest
    assert data(one) == data(two)
    assert (one.language, two.language) == ("en", "zh")


def test_a_folder_that_is_taken_is_a_problem_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    stopping(monkeypatch, AssertionError("must not be run"))
    with pytest.raises(Problem, match="new folder or an empty one"):
        run(SCENARIO, replicates=2, out=tmp_path, figures=False)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_longer_horizon_still_reads_the_counts_in_2030(tmp_path: Path) -> None:
    short = run(SCENARIO, replicates=4, out=tmp_path / "short", figures=False)
    long = run(SCENARIO, replicates=4, horizon="2035-12", out=tmp_path / "long", figures=False)
    assert (short.months, long.months) == (99, 159)
    assert short.summary.at == long.summary.at == 98
    assert long.counts().shape == (4, 159, 13)
