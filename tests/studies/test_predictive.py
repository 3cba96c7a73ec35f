"""Protects the charts of evidence: observed beside modelled, and forecasts beside plain ones."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.evidence.calibration.diagnostics import Learnt
from sim.evidence.calibration.synthetic import Synthetic
from sim.language import Language, Text
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Panels, Pieces
from sim.studies.calibrate import Found, parts
from sim.studies.shared.predictive import designations_figure, hindcast_figure
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
NAME = Text("high-tech enterprises, valid stock, Shanghai, 2024", "高新技术企业存量，2024年")


def calibrated(rows: int) -> Any:
    """Return a report on a calibration to some figures, as far as its figure reads it."""
    said_of_it = {"id": "x", "figures": ("F001",), "why": "for the test"}
    observation = SimpleNamespace(
        name=NAME, low=0.1, high=0.2, spread=0.05, patterns=(), **said_of_it
    )
    bands = {"prior": (-0.4, -0.2, 0.1, 0.4, 0.9), "posterior": (0.0, 0.1, 0.12, 0.15, 0.3)}
    predicted = [SimpleNamespace(observation=observation, others=0.5, conflict=False, **bands)]
    proposals = [SimpleNamespace(possible=0.4)]
    found = SimpleNamespace(numbers=range(64), waves=(1, 2), proposals=proposals, seen=(1, 2))
    learnt = [Learnt("team", 0.3, 0.1, 0.2), Learnt("climb_pace", 0.0, 0.0, 0.0)]
    check = Synthetic(10, np.ones(10, int), 0.4, 0.8, 0.7, (1.0, 2.0, 3.0, 4.0), 9, {})
    synthetic = {"prior": check, "posterior": check}
    rest = {"effective": 1234.5, "learnt": learnt, "noise": 0.1, "synthetic": synthetic}
    return SimpleNamespace(found=found, predicted=predicted * rows, **rest)


def forecast() -> Any:
    """Return a hindcast of two years of a figure, likewise."""
    series = SimpleNamespace(name=NAME)
    scores = tuple(
        SimpleNamespace(
            case=SimpleNamespace(series=series, year=year, growth=0.3, trend=0.5),
            quantiles=(0.0, 0.1, 0.2, 0.3, 0.4),
        )
        for year in (2023, 2024)
    )
    designation = SimpleNamespace(name=NAME, date="2023-12", known=2022, low=3.0, high=4.0)
    foretold = SimpleNamespace(
        designation=designation, quantiles=(0.0, 1.0, 2.0, 3.0, 9.0), naive=(0.0, 5.0), hit=True
    )
    year = SimpleNamespace(known=2022, scores=scores)
    return SimpleNamespace(years=(year,), scores=scores, foretold=(foretold,))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [1, 9])
def test_what_was_observed_stands_below_prior_and_posterior(language: Language, rows: int) -> None:
    told = parts(Found(calibrated(rows), ()), BASIS)
    (declared,) = (each for each in told if isinstance(each, Figure))
    assert isinstance(declared.mark, Panels)
    prior, posterior, medians, spread, seen, ends = declared.mark.panels[0].layers
    assert isinstance(prior, Pieces) and isinstance(posterior, Pieces)
    assert prior.ends[0] == (-0.4, 0.0, 0.9, 0.0)
    assert posterior.ends[0] == (0.0, 0.0, 0.3, 0.0)
    assert isinstance(medians, Dots) and medians.across[0] == 0.12
    assert isinstance(spread, Pieces) and isinstance(seen, Pieces) and isinstance(ends, Dots)
    assert spread.ends[0][::2] == pytest.approx((0.0, 0.3))
    assert seen.ends[0] == (0.1, 0.3, 0.2, 0.3)
    assert ends.across[:2] == (0.1, 0.2)
    figure = sheet(declared, language)
    check(figure)
    assert "1,234" in said(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_stands_beside_plain_ones(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.shared.predictive.means", lambda _scores: (0.1, 0.2, 0.3))
    declared = hindcast_figure(forecast(), BASIS)
    assert isinstance(declared.mark, Panels)
    dots = [each for each in declared.mark.panels[0].layers if isinstance(each, Dots)]
    assert [each.across for each in dots] == [
        (0.2, 0.2), (0.3,) * 4, (0.0, 0.0), (0.5, 0.5)
    ]  # fmt: skip
    figure = sheet(declared, language)
    check(figure)
    assert "2022-12" in said(figure)
    named = designations_figure(forecast(), BASIS)
    assert isinstance(named.mark, Panels)
    band = named.mark.panels[0].layers[0]
    assert isinstance(band, Pieces) and band.ends == ((1.0, 0.0, 3.0, 0.0),)
    check(sheet(named, language))
