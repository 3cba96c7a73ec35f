"""A planted model: what each dose adds to output is known, and so is what a sweep has to find."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import Trajectory, draw_values
from sim.evidence.influence import status_of
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.parameters import UNCERTAIN, defaults
from sim.plan import PLAN
from sim.problems import Problem
from sim.runner import carry_out, setting
from sim.sampling import draw_of, replicates_for
from sim.spec.findings import Findings, Sentence
from sim.spec.marks import Line, Panels
from sim.spec.table import Table
from sim.studies.shared.swept_objective import Met, levels
from sim.studies.sweep import STUDY, Found
from sim.views.parameter_names import short_names
from tests.studies.swept import TEXTS, figures
from tests.views.reading import check, sheet

FUND, TALENTS = 0.10, 0.02
"""What one more of each dose adds to output, as a part of its target."""
OUTPUT = next(count for count in PLAN.counts if count.measure == "output")
DOSES = {each.id: number for number, each in enumerate(PLAN.instruments)}
PAIRS = 96


def planted(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a trajectory whose output follows from two doses, and luck."""
    fund, talents = (setup.dose[-1][DOSES[n]] for n in ("guidance_fund", "global_talents"))
    luck = np.random.default_rng([seed, replicate]).normal(0.0, 0.2)
    counts = np.zeros((setup.months, len(COUNTS)))
    counts[:, PLAN.counts.index(OUTPUT)] = OUTPUT.target * max(
        0.9 + FUND * fund + TALENTS * talents + luck, 0.0
    )
    measures = np.zeros((setup.months, len(setup.measures)), np.float32)
    return Trajectory(replicate, draw_of(replicate), counts, measures, {})


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "run_one", planted)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)


def swept(folder: Path, out: str, **options: object) -> tuple[Found, Findings, Path]:
    """Carry out the study and return what it found, says, and its folder."""
    given = {each.name: each.default for each in STUDY.options}
    design = STUDY.design({**given, **options})
    here = setting(design.scenarios[0], PAIRS, 7, 1, str(folder / "store"), None)
    done = carry_out(STUDY, design, here, lambda *_: None, folder / out, None)
    return done.found, done.findings, done.folder


def test_what_no_replicate_tells_apart_is_not_certain_to_be_alike() -> None:
    """Of 32 pairs none differs: there may be six points between the packages all the same."""
    draws, none = np.arange(32), np.zeros(32, dtype=bool)
    base, *others = (Met((value,), none, draws) for value in (1.0, 2.0, 3.0))
    own, second, third = levels([base, *others], base, None)
    assert tuple(own.gain) == (0.0, 0.0, 0.0)  # the base against itself
    assert second.gain == third.gain and second.gain.value == 0.0
    assert -0.07 < second.gain.low < -0.05 and 0.05 < second.gain.high < 0.07


def test_what_turns_each_point_s_effects_stands_in_a_table_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the fund adds grows with one parameter; what it lacks is clear, what it has is not."""
    known = next(name for name in UNCERTAIN if status_of(name) == "counted")
    usual = defaults()[known]

    def turning(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
        found = planted(setup, seed, replicate)
        value = draw_values(setup, seed, found.draw)[known] / usual
        return found._replace(counts=found.counts * value)

    monkeypatch.setattr(ensemble, "run_one", turning)
    monkeypatch.setattr("tests.studies.test_sweep_objective.PAIRS", replicates_for(128))
    (tmp_path / "base.toml").write_text('extends = "as-written"\ndraws = "prior"\n', "utf-8")
    (tmp_path / "few.toml").write_text(
        f'base = "{tmp_path / "base.toml"}"\ndesign = "full"\n[[factors]]\n'
        'lever = "guidance_fund"\nset = "dose"\nvalues = [0, 1]\n',
        "utf-8",
    )
    found, told, folder = swept(tmp_path, "turned", file=str(tmp_path / "few.toml"))
    (other,) = (at for at, point in enumerate(found.points) if not point.is_base)
    held = rows(folder / "turned.csv")
    assert {row["second"] for row in held} == {found.sweep.scenarios[other].id}
    named = {row["count"]: row["parameter"] for row in reversed(held)}
    assert named == {count.id: known if count == OUTPUT else "" for count in PLAN.counts}
    assert OUTPUT.id in found.points[other].clear
    tables = [part for part in told.parts if isinstance(part, Table)]
    (by,) = (each for each in tables if each.title.en.startswith("What turns") and not each.name)
    ((count, parameters, _),) = by.rows
    assert count.text == OUTPUT.name and short_names()[known].en in parameters.text.en


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return the sweep over a fund, talents and a start, and beside it an objective of output."""
    (tmp_path / "mine.toml").write_text(f"counts.{OUTPUT.id} = {{}}", encoding="utf-8")
    file = tmp_path / "three.toml"
    file.write_text(TEXTS["three"], encoding="utf-8")
    return file


def test_an_objective_has_facets_by_factor_paired_with_the_marked_base(
    three: Path, tmp_path: Path
) -> None:
    objective = str(tmp_path / "mine.toml")
    found, findings, folder = swept(tmp_path, "out", file=str(three), objective=objective)
    drawn = figures(list(findings.parts))
    assert {"sweep_factors", "sweep_facets", "sweep_table"} <= set(drawn)
    levels = {(each.factor, each.name.en): each.gain for each in found.levels}
    assert len(levels) == 9
    assert levels[0, "0"].high < 0.0 < levels[0, "2"].low  # the fund decides
    assert levels[0, "2"].value > 3 * abs(levels[1, "2"].value)
    said = [each.text.en for each in findings.parts if isinstance(each, Sentence)]
    (lead,) = [text for text in said if "is moved most" in text]
    assert "guidance fund" in lead
    facets = drawn["sweep_facets"].mark
    assert isinstance(facets, Panels)
    assert len(facets.panels) == 3  # a chart for each start, a line for each dose of the fund
    lines = [each for each in facets.panels[0].layers if isinstance(each, Line)]
    assert len(lines) == 3
    (base,) = [each for each in found.points if each.is_base]
    at = found.points.index(base)
    assert found.reached is not None
    assert [each.against is None for each in found.reached.packages].index(True) == at
    gains = [each.against.likelihood.value for each in found.reached.packages if each.against]
    mean = np.mean([0.0, *gains])
    own = [each.gain.value for each in found.levels if each.factor == 0]
    assert np.mean(own) == pytest.approx(mean)
    check(sheet(drawn["sweep_facets"], "zh"))
    check(sheet(drawn["sweep_factors"], "en"))
    file = rows(folder / "objective_levels.csv")
    assert {row["factor"] for row in file} == {factor.name for factor in found.sweep.factors}


def test_another_sweep_is_set_against_pair_by_pair_and_a_folder_apart(
    three: Path, tmp_path: Path
) -> None:
    """With less of the fund from the start, each point is worse; against itself none is."""
    other = tmp_path / "other.toml"
    (tmp_path / "low.toml").write_text(
        'extends = "as-written"\nplans.yulin.guidance_fund.dose = 0.2\n', encoding="utf-8"
    )
    text = '[[factors]]\nlever = "global_talents"\nset = "dose"\nvalues = [0.5, 1, 2]\n'
    head = 'design = "full"\nbase = '
    three.write_text(f'{head}"as-written"\n{text}', encoding="utf-8")
    other.write_text(f'{head}"low.toml"\n{text}', encoding="utf-8")
    _, findings, folder = swept(tmp_path, "out", file=str(three), against=str(other))
    told = [row for row in rows(folder / "against.csv") if row["count"] == OUTPUT.id]
    assert len(told) == 3
    for row in told:
        assert float(row["difference_high"]) < 0.0 and row["paired"] == "True"
        gap = float(row["likelihood_other"]) - float(row["likelihood"])
        assert float(row["difference"]) == pytest.approx(gap)
    said = " ".join(p.text.en for p in findings.parts if isinstance(p, Sentence))
    assert "3 of 3 points are in both" in said
    _, again, apart = swept(tmp_path, "again", file=str(three), against=str(folder))
    own = [row for row in rows(apart / "against.csv") if row["count"] == OUTPUT.id]
    for row in own:
        low, high = float(row["difference_low"]), float(row["difference_high"])
        assert (float(row["difference"]), row["paired"]) == (0.0, "False")
        assert low < 0.0 < high
    assert any("cannot be paired" in p.text.en for p in again.parts if isinstance(p, Sentence))
    nothing = tmp_path / "nothing.toml"
    nothing.write_text(f'{head}"as-written"\n{text.replace("0.5, 1, 2", "3, 4")}', encoding="utf-8")
    with pytest.raises(Problem, match="--against"):
        STUDY.design({**{e.name: e.default for e in STUDY.options}, "file": str(three),
                      "against": str(nothing)})  # fmt: skip


def test_a_finished_sweep_is_extended_by_what_is_missing_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "drawn.toml"
    file.write_text(
        'base = "as-written"\ndesign = "latin-hypercube"\npoints = 4\n[[factors]]\n'
        'lever = "guidance_fund"\nset = "dose"\nlow = 0\nhigh = 4\n', encoding="utf-8",
    )  # fmt: skip
    first, *_ = swept(tmp_path, "first", file=str(file))
    ran: list[tuple[int, float]] = []

    def counted(setup: Setup, seed: int, replicate: int, *rest: Any) -> Trajectory:
        ran.append((replicate, float(setup.dose[-1][DOSES["guidance_fund"]])))
        return planted(setup, seed, replicate, *rest)

    monkeypatch.setattr(ensemble, "run_one", counted)
    second, *_ = swept(tmp_path, "second", file=str(file), more=4)
    assert len(second.points) == len(first.points) + 4
    assert [each.values for each in second.points[:4]] == [each.values for each in first.points[:4]]
    assert len(ran) == 4 * PAIRS
