"""Hindcasts: what was known is used, what came later is scored, and naive forecasts are beside."""

from pathlib import Path

import numpy as np
import pytest

from sim.evidence.calibration.calibrate import Plan
from sim.evidence.hindcast import hindcast as module
from sim.evidence.hindcast.files import files_of
from sim.evidence.hindcast.hindcast import hindcast, means
from sim.evidence.hindcast.series import all_series, cases, own_figures, read_figures
from sim.experiments.store import Store
from sim.experiments.work import Where
from sim.problems import Problem
from sim.world.layout import COUNTS, MEASURES


def rows(**levels: float) -> list[dict[str, str]]:
    return [
        {
            "quantity": "three leading industries scale",
            "scope": "city",
            "year": year.removeprefix("y"),
            "value": str(level),
        }
        for year, level in levels.items()
    ]


def test_naive_forecasts_by_hand() -> None:
    (case,) = cases(2023, rows(y2021=1.0, y2023=1.4, y2024=1.5))
    assert (case.base, case.year) == (2023, 2024)
    assert case.growth == pytest.approx(np.log(1.5 / 1.4))
    assert case.trend == pytest.approx(np.log(1.6 / 1.4))


def test_only_what_was_known_makes_the_forecast() -> None:
    early = cases(2022, rows(y2021=1.0, y2022=1.2, y2023=1.4))
    later = cases(2022, rows(y2021=1.0, y2022=1.2, y2023=99.0))
    assert early[0].trend == later[0].trend
    assert early[0].growth != later[0].growth
    assert cases(2023, rows(y2021=1.0, y2022=1.2, y2023=1.4)) == []


def test_series_stand_for_what_the_model_has() -> None:
    assert {series.quantity for series in all_series()} <= {*COUNTS, *MEASURES}
    assert len(cases(2022, own_figures())) >= 4


def test_a_hindcast_scores_later_figures_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DRAWS", 16)
    later = tmp_path / "later.csv"
    later.write_text(
        "id,quantity,scope,entity,year,value\n"
        'N1,"high-tech enterprises, valid stock",city,,2023,90000\n'
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


@pytest.mark.parametrize("text", [None, "quantity,year\n", "\xff"])
def test_a_file_that_is_no_table_of_figures_is_named(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "later.csv"
    if text is not None:
        file.write_bytes(text.encode("latin-1"))
    with pytest.raises(Problem, match=r"later\.csv"):
        read_figures(file)
