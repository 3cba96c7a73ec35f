"""Hindcasts: what was known is used, what came later is scored, and naive forecasts are beside."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.cli.hindcasting import print_hindcast
from sim.evidence.calibration.calibrate import Plan
from sim.evidence.hindcast import hindcast as module
from sim.evidence.hindcast.files import files_of
from sim.evidence.hindcast.hindcast import hindcast, means
from sim.evidence.hindcast.later import amount, read_later
from sim.evidence.hindcast.series import Levels, all_series, cases, overruled, own_levels
from sim.model.world.layout import COUNTS, MEASURES
from sim.problems import Problem
from sim.store.store import Store
from sim.store.work import Where


def levels(**by_year: float) -> Levels:
    """Return levels of the three leading industries."""
    return {all_series()[0]: {int(year.removeprefix("y")): at for year, at in by_year.items()}}


def test_naive_forecasts_by_hand() -> None:
    (case,) = cases(2023, levels(y2021=1.0, y2023=1.4, y2024=1.5))
    assert (case.base, case.year) == (2023, 2024)
    assert case.growth == pytest.approx(np.log(1.5 / 1.4))
    assert case.trend == pytest.approx(np.log(1.6 / 1.4))


def test_only_what_was_known_makes_the_forecast() -> None:
    early = cases(2022, levels(y2021=1.0, y2022=1.2, y2023=1.4))
    later = cases(2022, levels(y2021=1.0, y2022=1.2, y2023=99.0))
    assert early[0].trend == later[0].trend
    assert early[0].growth != later[0].growth
    assert cases(2023, levels(y2021=1.0, y2022=1.2, y2023=1.4)) == []


def test_series_stand_for_what_the_model_has() -> None:
    assert {series.quantity for series in all_series()} <= {*COUNTS, *MEASURES}
    assert len(cases(2022, own_levels())) >= 4


def test_a_hindcast_scores_later_figures_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "DRAWS", 16)
    later = tmp_path / "later.csv"
    later.write_text(
        "id,quantity,scope,entity,year,value\n"
        'N1,"high-tech enterprises, valid stock",city,,2023,"90,000"\n'
        "N2,R&D expendture,city,,2023,2500\n"
    )
    plan = Plan(64, Store(str(tmp_path / "store")), Where(2))
    found = hindcast(2022, plan, later)
    named = {(score.case.series.quantity, score.case.year): score for score in found.scores}
    # The project's own figure for that year is overruled by the file's, which is absurd.
    absurd = named["hightech_enterprises", 2023]
    assert absurd.case.growth > 1.0
    assert not absurd.in_90
    assert absurd.crps > named["output", 2023].crps
    model, last, trend = means(found.scores)
    assert min(model, last, trend) > 0.0
    names = [name for name, _ in files_of(found)]
    assert names == ["hindcast.json", "hindcast.csv"]
    (instead,) = found.overruled
    own = own_levels()[instead.series][2023]
    assert instead == (absurd.case.series, 2023, own, 90_000.0)
    said = json.loads(files_of(found)[0][1])["in_place_of_own"]
    assert said == [{"figure": instead.series.figure, "year": 2023, "own": own, "brought": 9e4}]
    print_hindcast(found, "en")
    printed = " ".join(capsys.readouterr().out.split())
    assert f"90,000 firms is used in the place of the project's own figure, {own:,.0f} f" in printed
    (left,) = found.left
    assert left.where == f"{later}:3"
    assert "R&D expenditure" in str(left)
    assert str(left) in json.loads(files_of(found)[0][1])["not_used"][0]["en"]


@pytest.mark.parametrize("text", [None, "quantity,year\n", "\xff"])
def test_a_file_that_is_no_table_of_figures_is_named(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    if text is not None:
        file.write_bytes(text.encode("latin-1"))
    with pytest.raises(Problem, match=r"later\.csv"):
        read_later(file)


HEAD = "id,quantity,scope,entity,year,value,unit\n"


def _left(tmp_path: Path, line: str) -> Problem:
    """Return why a line of a table of later figures is not used."""
    file = tmp_path / "later.csv"
    file.write_text(f"{HEAD}X1,研发经费,city,,2025,2300,亿元\n{line}\n", encoding="utf-8-sig")
    later = read_later(file)
    assert [found for found in later.levels.values()] == [{2025: 2300.0}]
    (problem,) = later.left
    assert problem.where == f"{file}:3"
    return problem


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("X2,R&D expendture,city,,2025,2500,亿元", "quantity", "Did you mean R&D expenditure?"),
        ("X2,rainfall,city,,2025,1,mm", "quantity", "three leading industries scale; high-tech"),
        ("X2,R&D expenditure,district,,2025,1,亿元", "scope", "city"),
        ("X2,R&D expenditure,city,,2026,0.24,万亿元", "unit", "亿元, as"),
        ("X2,R&D expenditure,city,,2036,2500,亿元", "year", "up to 2035"),
        ("X2,R&D expenditure,city,,2026E,2500,亿元", "year", "2026E"),
        ("X2,R&D expenditure,city,,2026,25-26,亿元", "value", "25-26"),
        ('X2,R&D expenditure,city,,2026,"25,00",亿元', "value", "25,00"),
        ("X2,R&D expenditure,city,,2026,,亿元", "value", "above 0"),
    ],
)
def test_a_row_that_is_not_used_is_named(tmp_path: Path, line: str, key: str, said: str) -> None:
    problem = _left(tmp_path, line)
    assert problem.key == key
    assert said in str(problem)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("25,800", 25800.0),
        ("1，234，567.5", 1234567.5),
        (" 2.5 ", 2.5),
        ("1,23", None),
        ("-1", None),
    ],
)
def test_thousands_may_be_separated(written: str, number: float | None) -> None:
    assert amount(written) == number


def test_two_values_for_a_year_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    lines = ["2025,2.0", "2026,2.2", "2025,2.1", "2026,2.2"]
    rows = [f"X,three leading industries scale,city,,{line},万亿元" for line in lines]
    file.write_text(HEAD + "\n".join(rows))
    with pytest.raises(Problem) as caught:
        read_later(file)
    assert [problem.where for problem in caught.value.each] == [f"{file}:4", f"{file}:5"]
    assert "line 2 has another" in str(caught.value)


def test_all_mistakes_of_a_table_that_is_refused_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    file.write_text(
        f"{HEAD}X1,three leading industries scale,city,,2025,2.0,万亿元\n"
        "X2,R&D expendture,city,,2025,2500,亿元\n"
        "X3,three leading industries scale,city,,2025,2.1,万亿元\n"
        "X4,R&D expenditure,city,,2025,much,亿元\n"
    )
    with pytest.raises(Problem) as caught:
        read_later(file)
    assert [(each.where, each.key) for each in caught.value.each] == [
        (f"{file}:3", "quantity"), (f"{file}:4", "value"), (f"{file}:5", "value"),
    ]  # fmt: skip


def test_a_figure_that_says_the_same_overrules_none() -> None:
    (series, *_) = own = own_levels()
    (year, *_) = own[series]
    assert overruled(own, {series: {year: own[series][year]}}) == ()
    assert overruled(own, {series: {2034: 1.0}}) == ()
    assert overruled(own, {series: {year: 0.5}}) == ((series, year, own[series][year], 0.5),)


def test_a_table_of_which_nothing_can_be_scored_says_why(tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    file.write_text(HEAD + "X,R&D expendture,city,,2025,1,亿元\n")
    with pytest.raises(Problem, match="known at the end of 2023") as caught:
        hindcast(2023, Plan(64, Store(str(tmp_path / "store")), Where(1)), file)
    assert [problem.key for problem in caught.value.each] == ["quantity", "quantity"]
