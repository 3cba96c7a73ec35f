"""How firms' yearly growth is distributed, and how its spread falls with size."""

from math import lgamma, log
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import linregress

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Floats, Years

SMALLEST = 500.0
"""万元 a year: the size from which Chinese industrial surveys covered a firm until 2010."""
CLASSES = 8
"""Size classes with equally many firms."""
FEWEST = 30
"""Growth rates in a class."""
SHAPES = (0.2, 6.0)
"""Range in which the shape is looked for: 1 is Laplace's distribution, 2 the normal one."""
STEP = 0.02


class Growth(NamedTuple):
    """Growth of firms that were not small in either of two years, one row a firm and year."""

    size: Floats
    """Log sales of the earlier year."""
    rate: Floats
    """Log growth, less the year's mean."""


def growth(years: Years) -> Growth:
    """Return firms' growth from each year to the next."""
    sizes: list[Floats] = []
    rates: list[Floats] = []
    large = years.sales >= SMALLEST
    for year in np.unique(years.year)[:-1]:
        now, then = large & (years.year == year), large & (years.year == year + 1)
        _, i, j = np.intersect1d(years.firm[now], years.firm[then], return_indices=True)
        size = np.log(years.sales[now][i])
        rate = np.log(years.sales[then][j]) - size
        sizes.append(size)
        rates.append(rate - rate.mean() if len(rate) else rate)
    return Growth(np.concatenate(sizes), np.concatenate(rates))


def size_classes(found: Growth) -> tuple[Floats, Floats, Floats]:
    """Return the classes' mean log size and spread, (classes,), and all rates in spreads.

    Each class's mean is taken out and each rate divided by its class's spread, so that the shape of
    the whole is not that of a mixture of narrow and wide classes.
    """
    edges = np.quantile(found.size, np.linspace(0.0, 1.0, CLASSES + 1))
    member = np.clip(np.searchsorted(edges, found.size, side="right") - 1, 0, CLASSES - 1)
    parts = [found.rate[member == k] for k in range(CLASSES)]
    spreads = np.array([part.std() for part in parts])
    centres = np.array([found.size[member == k].mean() for k in range(CLASSES)])
    scaled = [(part - part.mean()) / spread for part, spread in zip(parts, spreads, strict=True)]
    return centres, spreads, np.concatenate(scaled)


def spread_slope(found: Growth) -> Estimate:
    """Return the slope of log spread on log size over size classes (Stanley et al. 1996)."""
    if len(found.rate) < CLASSES * FEWEST:
        return UNKNOWN
    centres, spreads, _ = size_classes(found)
    line = linregress(centres, np.log(spreads))
    return Estimate(float(line.slope), float(line.stderr))


def shape(found: Growth) -> Estimate:
    """Return the shape of growth within size classes, as `subbotin` does."""
    if len(found.rate) < CLASSES * FEWEST:
        return UNKNOWN
    return subbotin(size_classes(found)[2])


def subbotin(values: Floats) -> Estimate:
    """Return the shape b of Subbotin's density, exp(-|x / a|^b / b), by maximum likelihood.

    Bottazzi and Secchi (2006, RAND Journal of Economics 37, 235-256). The scale that is best for a
    shape is known, a^b = mean |x|^b, so that one number is looked for; its error comes from the
    curvature there. `scipy.stats.gennorm` is the same density, but fits three numbers by a general
    search that takes a hundred times as long and knows no error.

    Args:
        values: around zero.
    """
    distance = np.abs(values[values != 0.0])

    def loss(b: float) -> float:
        """Return minus the mean log likelihood at the best scale."""
        log_a = log(float((distance**b).mean())) / b
        return log_a + log(2.0) + log(b) / b + lgamma(1.0 + 1.0 / b) + 1.0 / b

    b = float(minimize_scalar(loss, bounds=SHAPES, method="bounded").x)
    step = STEP * b
    curvature = (loss(b + step) - 2.0 * loss(b) + loss(b - step)) / step**2
    return Estimate(b, 1.0 / float(np.sqrt(len(distance) * curvature)))
