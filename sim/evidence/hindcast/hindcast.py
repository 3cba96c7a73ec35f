"""Forecasts as they would have been made, scored against what was published later."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import START
from sim.evidence.calibration.calibrate import Calibration, Plan, calibrate
from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.trial import trial
from sim.evidence.calibration.weights import effective
from sim.evidence.hindcast.designations import (
    Designation,
    Naive,
    designations,
    forecast_from,
    naive,
)
from sim.evidence.hindcast.later import LAST, Later, read_later
from sim.evidence.hindcast.series import (
    Case,
    Levels,
    Overruled,
    cases,
    overruled,
    own_levels,
    with_later,
)
from sim.extras import of_extra
from sim.problems import Problem, Problems
from sim.sampling import LUCKS_A_DRAW
from sim.store.fill import Sample, fill, load
from sim.text.catalogue import worded

Floats = NDArray[np.float64]
DRAWS: Final = 512
"""Draws of the posterior that are run on."""
LEVELS: Final = (0.05, 0.1, 0.5, 0.9, 0.95)
HELD: Final = 0.8
"""Share that the interval of the interval score should hold."""


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

    @property
    def intervals(self) -> tuple[float, float, float]:
        """Interval scores of the model, of the last value and of the trend."""
        low, high = (float(self.quantiles[number]) for number in (1, 3))
        seen = (self.case.growth, self.case.growth)
        ends = ((low, high), (0.0, 0.0), (self.case.trend, self.case.trend))
        model, last, trend = (interval_score(each, seen) for each in ends)
        return model, last, trend


class Foretold(NamedTuple):
    """A designation and how its forecast, made a year or more before, fared."""

    designation: Designation
    quantiles: Floats
    """Of the forecast, at ``LEVELS``."""
    naive: Naive

    @property
    def hit(self) -> bool:
        """Return whether the central 80 % of the forecast meets what came."""
        ends = self.quantiles[1], self.quantiles[3]
        return bool(ends[0] <= self.designation.high and self.designation.low <= ends[1])

    @property
    def intervals(self) -> tuple[float, float, float]:
        """Interval scores of the model, of the last value and of the trend."""
        seen = (self.designation.low, self.designation.high)
        low, high = (float(self.quantiles[number]) for number in (1, 3))
        ends = ((low, high), *((each, each) for each in self.naive))
        model, last, trend = (interval_score(each, seen) for each in ends)
        return model, last, trend


class Hindcast(NamedTuple):
    """Forecasts from the end of a year."""

    known: int
    scores: tuple[Score, ...]
    foretold: tuple[Foretold, ...]
    calibration: Calibration | None
    """None: nothing had been observed, so the prior was run."""
    replicates: int

    @property
    def effective(self) -> float:
        """Return the effective sample size of the calibration; of the prior, its draws."""
        return DRAWS if self.calibration is None else effective(self.calibration.weights)


class Asked(NamedTuple):
    """What is forecast, and from when."""

    years: tuple[int, ...]
    """Whose ends forecasts are made from."""
    levels: Levels
    """Figures, known and later, by series."""
    left: tuple[Problem, ...]
    """Why rows of the table of later figures are not used."""
    overruled: tuple[Overruled, ...]
    """The project's own figures in whose place the table has others."""


class Hindcasts(NamedTuple):
    """Forecasts from the ends of some years, and what was brought to score them."""

    asked: Asked
    years: tuple[Hindcast, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        """All forecasts of figures."""
        return tuple(score for each in self.years for score in each.scores)

    @property
    def foretold(self) -> tuple[Foretold, ...]:
        """All forecasts of designations."""
        return tuple(found for each in self.years for found in each.foretold)


def interval_score(forecast: tuple[float, float], seen: tuple[float, float]) -> float:
    """Return the score of an interval that should hold 80 %; lower is better.

    It is the interval's width, and ten times what lies between it and what was seen (Gneiting and
    Raftery 2007, Journal of the American Statistical Association 102, 359-378, sec. 6.2). A
    forecast of one value is an interval without width.

    Args:
        forecast: its ends.
        seen: ends of what was seen, which may be known as a range only.
    """
    low, high = forecast
    missed = max(0.0, low - seen[1], seen[0] - high)
    return high - low + 2.0 / (1.0 - HELD) * missed


def asked(known: int | None, against: Path | None) -> Asked:
    """Return what can be forecast, and from which years.

    Args:
        known: the only year; None: every year from which there is something to score.
        against: table of later figures; by default the project's own alone.

    Raises:
        Problem: the table cannot be used, or holds nothing to score.
    """
    later = Later({}, ()) if against is None else read_later(against)
    own = own_levels()
    levels = with_later(own, later.levels)
    years = range(START[0], LAST) if known is None else [known]
    scored = {year: [case for case in cases(year, levels) if case.year <= LAST] for year in years}
    brought = [
        case
        for found in scored.values()
        for case in found
        if case.year in later.levels.get(case.series, {})
    ]
    chosen = [year for year in years if scored[year] or forecast_from(year, designations())]
    if not (chosen if against is None else brought):
        where = "figures.csv" if against is None else str(against)
        last = max(years) if known is None else known
        expected = worded("expected.later_figures", last=last)
        raise Problems([Problem(where, "quantity", "—", expected), *later.left])
    left = (*later.left, *_unknown(later, brought, chosen, str(against)))
    return Asked(tuple(chosen), levels, left, overruled(own, later.levels))


def hindcasts(wanted: Asked, plan: Plan) -> Hindcasts:
    """Calibrate up to the end of each year, and score forecasts of what came later.

    Args:
        wanted: what is forecast, and from when.
        plan: how each calibration is run.

    Raises:
        Problem: the store fails, or what scores forecasts is not installed.
    """
    of_extra("scoringrules")  # told before anything is run, if it is not there
    return Hindcasts(wanted, tuple(_hindcast(year, wanted.levels, plan) for year in wanted.years))


def _hindcast(known: int, levels: Levels, plan: Plan) -> Hindcast:
    """Calibrate up to the end of a year and score forecasts of what came later."""
    scored = [case for case in cases(known, levels) if case.year <= LAST]
    named = forecast_from(known, designations())
    until = f"{known}-12"
    fitted = calibrate(until, plan, patterns=False) if known > START[0] else None
    numbers = np.arange(DRAWS) if fitted is None else fitted.posterior(DRAWS)
    to = max([f"{case.year}-12" for case in scored] + [each.date for each in named])
    scenario = trial(tuple(numbers.tolist()), plan.seed, to, until)
    sample = Sample(plan.seed, LUCKS_A_DRAW * DRAWS)
    fill([scenario], sample, plan.store, plan.where, plan.watch)
    ensemble = load(scenario, sample, plan.store)
    generator = np.random.default_rng(plan.seed)
    scores = tuple(
        _score(case, _as_observed(case).simulated(ensemble), generator) for case in scored
    )
    foretold = tuple(
        Foretold(each, np.quantile(each.simulated(ensemble), LEVELS), naive(each, designations()))
        for each in named
    )
    return Hindcast(known, scores, foretold, fitted, sample.replicates)


def _unknown(
    later: Later, brought: Sequence[Case], years: Sequence[int], where: str
) -> Iterator[Problem]:
    """Yield that nothing was known of a series of which later figures were brought."""
    scored = {case.series for case in brought}
    for series, levels in later.levels.items():
        told = [str(year) for year in sorted(levels) if year > min(years)]
        if told and series not in scored:
            last = max(years)
            expected = worded("expected.known_series", start=START[0], last=last)
            yield Problem(where, series.figure, ", ".join(told), expected)


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
    from scoringrules import crps_ensemble  # takes seconds to load: not before it is needed

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
