"""Forecasts as they would have been made, scored against what was published later."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scoringrules import crps_ensemble

from sim.evidence.calibration.calibrate import Calibration, Plan, calibrate
from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.trial import trial
from sim.evidence.calibration.weights import effective
from sim.evidence.hindcast.later import LAST, Later, read_later
from sim.evidence.hindcast.series import (
    Case,
    Overruled,
    cases,
    overruled,
    own_levels,
    with_later,
)
from sim.language import Text
from sim.problems import Problem, Problems
from sim.sampling import LUCKS_A_DRAW
from sim.store.fill import Sample, fill, load

Floats = NDArray[np.float64]
DRAWS: Final = 512
"""Draws of the posterior that are run on."""
LEVELS: Final = (0.05, 0.1, 0.5, 0.9, 0.95)


class Score(NamedTuple):
    """One forecast and how it fared; growth in logarithms since the last known figure."""

    case: Case
    quantiles: Floats
    """Of the forecast, at ``LEVELS``."""
    crps: float
    """Continuous ranked probability score; lower is better (T. Gneiting and A. Raftery, 2007)."""
    last_value: float
    """Score of the forecast that nothing changes: its absolute error."""
    trend: float
    """Score of the forecast that a straight line goes on."""

    @property
    def in_80(self) -> bool:
        """Return whether the figure lies in the central 80 % of the forecast."""
        return bool(self.quantiles[1] <= self.case.growth <= self.quantiles[3])

    @property
    def in_90(self) -> bool:
        """Return whether the figure lies in the central 90 % of the forecast."""
        return bool(self.quantiles[0] <= self.case.growth <= self.quantiles[4])


class Hindcast(NamedTuple):
    """Forecasts from the end of a year."""

    known: int
    scores: tuple[Score, ...]
    calibration: Calibration | None
    """None: nothing had been observed, so the prior was run."""
    replicates: int
    left: tuple[Problem, ...] = ()
    """Why rows of the table of later figures are not used."""
    overruled: tuple[Overruled, ...] = ()
    """The project's own figures in whose place the table has others."""

    @property
    def effective(self) -> float:
        """Return the effective sample size of the calibration; of the prior, its draws."""
        return DRAWS if self.calibration is None else effective(self.calibration.weights)


def hindcast(known: int, plan: Plan, against: Path | None = None) -> Hindcast:
    """Calibrate up to the end of a year and score forecasts of figures published for later years.

    Args:
        known: the year.
        plan: how the calibration is run.
        against: table of later figures; by default the project's own.

    Raises:
        Problem: the table cannot be used, holds nothing to score, or the store fails.
    """
    later = Later({}, ()) if against is None else read_later(against)
    own = own_levels()
    levels = with_later(own, later.levels)
    scored = [case for case in cases(known, levels) if case.year <= LAST]
    brought = [case for case in scored if case.year in later.levels.get(case.series, {})]
    if not (scored if against is None else brought):
        where = "figures.csv" if against is None else str(against)
        expected = Text(
            f"later figures of a series that is known at the end of {known}",
            f"{known}年底已知序列的后续数据",
        )
        raise Problems([Problem(where, "quantity", "—", expected), *later.left])
    left = (*later.left, *_unknown(known, later, scored, str(against)))
    until = f"{known}-12"
    fitted = calibrate(until, plan) if known > 2022 else None
    numbers = np.arange(DRAWS) if fitted is None else fitted.posterior(DRAWS)
    to = f"{max(case.year for case in scored)}-12"
    scenario = trial(tuple(numbers.tolist()), plan.seed, to, until)
    sample = Sample(plan.seed, LUCKS_A_DRAW * DRAWS)
    fill([scenario], sample, plan.store, plan.where, plan.watch)
    ensemble = load(scenario, sample, plan.store)
    generator = np.random.default_rng(plan.seed)
    scores = tuple(
        _score(case, _as_observed(case).simulated(ensemble), generator) for case in scored
    )
    instead = overruled(own, later.levels)
    return Hindcast(known, scores, fitted, sample.replicates, left, instead)


def _unknown(known: int, later: Later, scored: Sequence[Case], where: str) -> Iterator[Problem]:
    """Yield that nothing was known of a series of which later figures were brought."""
    known_ones = {case.series for case in scored}
    for series, levels in later.levels.items():
        years = [str(year) for year in sorted(levels) if year > known]
        if years and series not in known_ones:
            expected = Text(
                f"a series of which a figure from 2022 on is known at the end of {known}",
                f"2022年以来至{known}年底已有数据的序列",
            )
            yield Problem(where, series.figure, ", ".join(years), expected)


def _as_observed(case: Case) -> Observation:
    """Return the later figure as an observation of growth."""
    series = case.series
    return Observation(
        id="",
        year=case.year,
        since=case.base,
        quantity=series.quantity,
        over="",
        low=case.growth,
        high=case.growth,
        spread=series.spread,
        figures=(),
        name=series.name,
        why="",
    )


def _score(case: Case, simulated: Floats, generator: np.random.Generator) -> Score:
    forecast = simulated + case.series.spread * generator.standard_normal(len(simulated))
    return Score(
        case,
        np.quantile(forecast, LEVELS),
        float(crps_ensemble(case.growth, forecast)),
        abs(case.growth),
        abs(case.growth - case.trend),
    )


def means(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Return the mean score of the model, of the last value and of the linear trend."""
    rows = np.array([[score.crps, score.last_value, score.trend] for score in scores])
    model, last, trend = rows.mean(axis=0).tolist()
    return model, last, trend
