"""Hindcasts: what was known is used, what came later is scored, and naive forecasts are beside."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.evidence.calibration.calibrate import Plan
from sim.evidence.hindcast import hindcast as module
from sim.evidence.hindcast.designations import (
    designations,
    forecast_from,
    naive,
    read_designations,
)
from sim.evidence.hindcast.hindcast import asked, hindcasts, interval_score, means
from sim.evidence.hindcast.later import amount, read_later
from sim.evidence.hindcast.series import Levels, all_series, cases, overruled, own_levels
from sim.model.world.layout import COUNTS, MEASURES
from sim.present.terminal import print_parts
from sim.problems import Problem
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.hindcast import files, parts
from tests.views.made_up import BASIS


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
    found = hindcasts(asked(2022, later), plan)
    named = {(score.case.series.quantity, score.case.year): score for score in found.scores}
    # The project's own figure for that year is overruled by the file's, which is absurd.
    absurd = named["hightech_enterprises", 2023]
    assert absurd.case.growth > 1.0
    assert not absurd.in_90
    assert absurd.crps > named["output", 2023].crps
    assert absurd.intervals[0] > 5.0
    model, last, trend = means(found.scores)
    assert min(model, last, trend) > 0.0
    said = dict(files(found, BASIS))
    assert list(said) == ["hindcast.json"]
    (instead,) = found.asked.overruled
    own = own_levels()[instead.series][2023]
    assert instead == (absurd.case.series, 2023, own, 90_000.0)
    written = json.loads(said["hindcast.json"])
    brought = {"figure": instead.series.figure, "year": 2023, "own": own, "brought": 9e4}
    assert written["in_place_of_own"] == [brought]
    assert [each["known_until"] for each in written["years"]] == ["2022-12"]
    print_parts(tuple(parts(found, BASIS)), "en")
    printed = " ".join(capsys.readouterr().out.split())
    assert f"90,000 firms is used in the place of the project's own figure, {own:,.0f} f" in printed
    assert "R&D expenditure" in printed and "Mean interval score" in printed
    (left,) = found.asked.left
    assert left.where == f"{later}:3"
    assert "R&D expenditure" in str(left)
    assert str(left) in written["not_used"][0]["en"]
    assert {each.designation.known for each in found.foretold} == {2022}


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
        asked(2023, file)
    assert [problem.key for problem in caught.value.each] == ["quantity", "quantity"]


WIDE = "Model,Scenario,Region,Variable,Unit,2023,2024,2025\n"
LONG = "Model,Scenario,Region,Variable,Unit,Year,Value\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{WIDE}observed,history,Shanghai,High-Tech Enterprises,firms,,25000,25800\n",
        f"{LONG}observed,history,上海,高新技术企业,firms,2024,25000\n"
        "observed,history,Shanghai,High-Tech Enterprises,firms,2025,25800\n",
    ],
)
def test_tables_as_the_iamc_has_them_are_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "later.csv"
    file.write_text(text, encoding="utf-8")
    later = read_later(file)
    ((series, found),) = later.levels.items()
    assert (series.quantity, found) == ("hightech_enterprises", {2024: 25000.0, 2025: 25800.0})
    assert later.left == ()
    assert 2024 in asked(None, file).years


def test_a_region_that_is_not_the_city_is_named(tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    file.write_text(f"{WIDE}m,s,Beijing,High-Tech Enterprises,firms,1,2,3\n")
    left = read_later(file).left
    assert {(each.where, each.key, each.found) for each in left} == {
        (f"{file}:2", "scope", "Beijing")
    }


def test_every_year_from_which_there_is_something_to_score_is_a_start() -> None:
    years = asked(None, None).years
    assert years == (2022, 2023, 2024)
    assert sum(len(forecast_from(year, designations())) for year in years) >= 10


@pytest.mark.parametrize(
    ("forecast", "seen", "score"),
    [((2.0, 5.0), (3.0, 3.0), 3.0), ((2.0, 5.0), (6.0, 6.0), 13.0), ((4.0, 4.0), (3.0, 3.0), 10.0),
     ((2.0, 5.0), (0.0, 1.0), 13.0), ((2.0, 5.0), (5.0, 9.0), 3.0)],
)  # fmt: skip
def test_interval_scores_by_hand(
    forecast: tuple[float, float], seen: tuple[float, float], score: float
) -> None:
    assert interval_score(forecast, seen) == pytest.approx(score)


DESIGNATIONS = (
    "id,date,quantity,since,low,high,reading,rows,name_en,name_zh\n"
    "a,2022-10,pilot_zones,,0,0,strict,F021,zones,先导区\n"
    "b,2023-12,pilot_zones,,3,3,strict,F021,zones,先导区\n"
    "c,2025-03,pilot_zones,,3,5,strict,F022,zones,先导区\n"
)


def test_designations_are_forecast_from_what_was_known_a_year_before(tmp_path: Path) -> None:
    file = tmp_path / "designations.csv"
    file.write_text(DESIGNATIONS, encoding="utf-8")
    first, second, third = found = read_designations(file)
    assert (second.known, third.known) == (2022, 2023)
    assert forecast_from(2022, found) == [second]
    assert naive(second, found) == (0.0, 0.0)  # one value is known
    assert naive(third, found) == pytest.approx((3.0, 3.0 + 15 * 3.0 / 14))
    assert first.middle == 0.0 and third.middle == 4.0


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("3,5,strict", "3,x,strict", "high", "a number"),
        ("3,5,strict", "5,3,strict", "high", "at least 5"),
        ("F022", "F999", "rows", "ids of figures"),
        ("F022", "", "rows", "not empty"),
        ("2025-03", "2025", "date", "YYYY-MM"),
        ("c,2025-03,pilot_zones", "c,2025-03,pilot_zone", "quantity", "Did you mean pilot_zones?"),
        ("c,2025-03,pilot_zones", "c,2025-03,consortia", "date", "a December"),
        ("c,2025-03", "b,2025-03", "id", "no other row"),
    ],
)
def test_a_row_of_designations_that_is_wrong_is_named(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    file = tmp_path / "designations.csv"
    file.write_text(DESIGNATIONS.replace(old, new), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_designations(file)
    assert (caught.value.where, caught.value.key) == (f"{file}:4", key)
    assert said in str(caught.value)
