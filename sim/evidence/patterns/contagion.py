"""Whether more firms are founded where others recently succeeded."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import PoissonRegressor

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Bools, Floats, Places

MEMORY = 24
"""Months for which a success is recent."""
QUARTER = 3
FEWEST = 10
"""Places with any founding."""

Numbers = NDArray[np.integer]


def contagion(places: Places) -> Estimate:
    """Return the elasticity of foundings to one plus recent successes, in the same place.

    Foundings of a quarter by cluster and district on log(1 + successes of the 24 months before) and
    log(1 + firms there before), with an effect of each place and of each cluster's quarter, so that
    neither large places nor good times for a cluster pass for contagion.
    """
    starts = np.arange(MEMORY, len(places.founded) - QUARTER + 1, QUARTER)
    founded = np.array([places.founded[start : start + QUARTER].sum(axis=0) for start in starts])
    recent = np.array([places.succeeded[start - MEMORY : start].sum(axis=0) for start in starts])
    firms = places.firms[starts - 1]
    when, market, district = np.indices(founded.shape)
    count, successes, there = founded.ravel(), np.log1p(recent).ravel(), np.log1p(firms).ravel()
    return poisson(
        count,
        np.column_stack([successes, there]),
        market.ravel(),
        district.ravel(),
        when.ravel(),
    )


def poisson(
    count: Floats, drivers: Floats, market: Numbers, place: Numbers, period: Numbers
) -> Estimate:
    """Return the first coefficient of a Poisson regression with two effects in each market.

    Each market's places and its periods have effects of their own. The error is robust and
    clustered by place (Wooldridge 1999, Journal of Econometrics 90, 77-97). Places and periods
    without any event tell nothing about the coefficient and are left out.

    Args:
        count: events, shape (rows,).
        drivers: what may drive them, shape (rows, drivers).
        market: number of each row's market, shape (rows,).
        place: number of its place in the market, shape (rows,).
        period: number of its period, shape (rows,).
    """
    place = market * (place.max() + 1) + place
    period = market * (period.max() + 1) + period
    kept = _with_events(count, place) & _with_events(count, period)
    count, drivers, market = count[kept], drivers[kept], market[kept]
    place, period = place[kept], period[kept]
    if len(np.unique(place)) < FEWEST or np.ptp(drivers[:, 0]) == 0.0:
        return UNKNOWN
    # A market's first period has no effect of its own: its places' effects stand for it.
    firsts = [period[market == each].min() for each in np.unique(market)]
    later = np.setdiff1d(np.unique(period), firsts)
    effects = (place[:, None] == np.unique(place), period[:, None] == later)
    design = np.column_stack([drivers, *effects]).astype(np.float64)
    if np.linalg.matrix_rank(design.T @ design, hermitian=True) < design.shape[1]:
        return UNKNOWN  # a driver that only differs between places or between periods
    fit = PoissonRegressor(alpha=0.0, fit_intercept=False, solver="newton-cholesky", max_iter=100)
    fit.fit(design, count)
    expected = fit.predict(design)
    bread = np.linalg.inv(design.T @ (expected[:, None] * design))
    scores = design * (count - expected)[:, None]
    sums = np.array([scores[place == name].sum(axis=0) for name in np.unique(place)])
    many = len(sums)
    variance = many / (many - 1) * (bread @ (sums.T @ sums) @ bread)[0, 0]
    return Estimate(float(fit.coef_[0]), float(np.sqrt(variance)))


def _with_events(count: Floats, group: Numbers) -> Bools:
    return np.asarray(np.bincount(group, count)[group] > 0.0)
