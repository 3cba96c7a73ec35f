"""Which columns of parameters decide an outcome: a regression of ranks, with honest selection.

Parameters and outcome are replaced by their ranks over the draws, so that any rise or fall counts
alike, however it bends. Of the variance of the outcome's ranks, each parameter named has a share:
the relative weight of Johnson (2000, Multivariate Behavioral Research 35, 1-19), which for
parameters drawn independently is the squared standardised rank coefficient (Saltelli and Marivoet
1990, Reliability Engineering and System Safety 28, 229-253), and which divides fairly what
correlated ones (of a posterior) have in common. What goes up and down again, and what works only
jointly, is not seen and stays unexplained, as luck does.

There are more parameters than draws, and the best of many looks good by chance. So a parameter is
named only by a forward selection that controls the false discovery rate (Benjamini and Gavrilov
2009, Annals of Applied Statistics 3, 179-198): of the names given, one in twenty is expected to be
wrong, and where nothing matters, one outcome in twenty gets any name. Intervals of the shares are
widened for the selection (Benjamini and Yekutieli 2005, Journal of the American Statistical
Association 100, 71-81), and how much is explained is measured on draws that had no part in choosing
(cross-validation).

The sums behind the regressions are of whole numbers, which are exact in any order, and selection
works element by element: which parameters are named does not depend on machine or threads.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats
from sim.estimate.records import Interval

ERRORS = 0.05
"""Of the parameters named, the share expected to be wrong at most; and of intervals, to miss."""
LEVEL = 0.04
"""At which parameters are entered: the t distribution holds only nearly for ranks, and 0.05 comes
out as 0.057 with 128 draws, as 0.048 with 256."""
FOLDS = 8
"""Parts of the draws, each of which is once left out to measure how much is explained."""
DRAWS_A_NAME = 8
"""Draws for each parameter named, at least: with fewer, coefficients mean little."""
DIGITS = 6
"""Decimals of what is told: beyond them, libraries of linear algebra may round differently."""
CONSTANT = 0
"""Column of ones among the sums."""
TINY = 1e-12
"""Share of a sum of squares below which nothing is left of it."""


class Column(NamedTuple):
    """A column of parameters that stands clear of chance."""

    column: int
    share: Interval
    """Of the variance of the outcome's ranks."""
    rises: bool
    """Whether the outcome rises with it."""


class Regression(NamedTuple):
    """What the ranks of parameters say about those of one outcome."""

    explained: float
    """Share of the variance of its ranks that the parameters named foretell in other draws."""
    named: tuple[Column, ...]
    """The largest share first; empty where nothing stands clear of chance."""


def regress(parameters: Floats, outcomes: Floats) -> list[Regression]:
    """Return which columns of parameters decide each outcome.

    Args:
        parameters: one row a draw, shape (K, P); those that do not vary are never named.
        outcomes: of the same draws, shape (K, C).
    """
    width = parameters.shape[1]
    columns = [ranks(column) for table in (parameters, outcomes) for column in table.T]
    ranked = np.column_stack([np.ones(len(parameters)), *columns])
    sums = ranked.T @ ranked
    folds = [part.T @ part for part in (ranked[first::FOLDS] for first in range(FOLDS))]
    return [_regression(sums, folds, width, 1 + width + each) for each in range(outcomes.shape[1])]


def ranks(values: Floats) -> Floats:
    """Return ranks, shape (K,), centred and doubled: whole numbers, even where values tie."""
    # Not SciPy's: it comes with all of its statistics, which take a second to load.
    _, position, alike = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(alike)
    found: Floats = (2 * last - alike - len(values))[position].astype(np.float64)
    return found


def noise_floor(draws: int, parameters: int) -> float:
    """Return the share of rank variance below which the first parameter passes for chance.

    Args:
        draws: looked at, three or more.
        parameters: that vary among them.
    """
    from scipy.special import stdtrit

    freedom = draws - 2.0
    square = float(stdtrit(freedom, LEVEL / (parameters + LEVEL) / 2.0)) ** 2
    return square / (freedom + square)


def _regression(sums: Floats, folds: Sequence[Floats], width: int, outcome: int) -> Regression:
    names = entered(sums, width, outcome)
    if not names:
        return Regression(0.0, ())
    missed = sum(_missed(sums - fold, fold, width, outcome) for fold in folds)
    explained = max(1.0 - missed / float(sums[outcome, outcome]), 0.0)
    return Regression(round(explained, DIGITS), _named(sums, names, width, outcome))


def entered(sums: Floats, width: int, outcome: int) -> list[int]:
    """Return the columns of the parameters that forward selection enters, in that order.

    Each step enters the parameter that explains most of what is left, unless chance alone would
    often do as well: the k-th needs a p-value of at most q k / (P + 1 - k (1 - q)), q the `LEVEL`.

    Args:
        sums: products of the columns: one of ones, then ranks of parameters, then of outcomes.
        width: how many parameters there are, P.
        outcome: number of the outcome's column.
    """
    from scipy.special import stdtr

    draws, left = float(sums[0, 0]), _Left(sums, outcome)
    left.take_out(CONSTANT)
    candidates = int(np.count_nonzero(left.open[1 : 1 + width]))
    found: list[int] = []
    for k in range(1, min(candidates, int(draws) // DRAWS_A_NAME) + 1):
        pick, share = left.best(width)
        freedom = draws - 1.0 - k
        t = np.sqrt(freedom * share / max(1.0 - share, TINY))
        if 2.0 * stdtr(freedom, -t) > LEVEL * k / (candidates + 1.0 - k * (1.0 - LEVEL)):
            break
        found.append(pick)
        left.take_out(pick)
    return found


class _Left:
    """What is left of every column once some are taken out, as in a Cholesky factorisation.

    It is worked out element by element, so that it rounds alike everywhere.
    """

    def __init__(self, sums: Floats, outcome: int) -> None:
        self._sums, self._outcome = sums, outcome
        self._rows: list[Floats] = []
        self._squares = sums.diagonal().copy()
        self._products = sums[outcome].copy()

    @property
    def open(self) -> Bools:
        """Which columns have something left, shape (columns,)."""
        found: Bools = self._squares > TINY * self._sums.diagonal()
        return found

    def best(self, width: int) -> tuple[int, float]:
        """Return the parameter that explains most of the outcome's rest, and that share of it."""
        whole = self._squares[self._outcome]
        if not self.open[self._outcome]:
            return 1, 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(self.open, self._products**2 / (self._squares * whole), 0.0)
        pick = 1 + int(np.argmax(shares[1 : 1 + width]))
        return pick, float(shares[pick])

    def take_out(self, pick: int) -> None:
        """Take a column out of all others, and out of itself."""
        row = self._sums[pick].copy()
        for earlier in self._rows:
            row -= earlier[pick] * earlier
        row /= np.sqrt(self._squares[pick])
        self._rows.append(row)
        self._squares -= row * row
        self._products -= row[self._outcome] * row
        self._squares[pick] = 0.0


def _missed(rest: Floats, fold: Floats, width: int, outcome: int) -> float:
    """Return the squared errors in a part of the draws of what is chosen and fitted on the rest."""
    columns = [CONSTANT, *entered(rest, width, outcome)]
    weights = np.append(-np.linalg.solve(rest[np.ix_(columns, columns)], rest[columns, outcome]), 1)
    columns.append(outcome)
    return float(weights @ fold[np.ix_(columns, columns)] @ weights)


def _named(sums: Floats, entered: list[int], width: int, outcome: int) -> tuple[Column, ...]:
    """Return the parameters entered, each with its share and the interval of that."""
    from scipy.special import stdtrit

    scale = np.sqrt(sums.diagonal()[entered])
    alike = sums[np.ix_(entered, entered)] / np.outer(scale, scale)
    along = sums[entered, outcome] / (scale * np.sqrt(sums[outcome, outcome]))
    slopes = np.linalg.solve(alike, along)
    freedom = float(sums[0, 0]) - 1.0 - len(entered)
    rest = max(1.0 - float(slopes @ along), 0.0)
    errors = np.sqrt(rest / freedom * np.linalg.inv(alike).diagonal())
    # Those named are the ones of all that look best: their intervals must reach farther.
    far = -stdtrit(freedom, ERRORS * len(entered) / width / 2.0) * errors / np.abs(slopes)
    shares = _relative_weights(alike, along)
    lows, highs = (
        shares * np.maximum(1.0 - far, 0.0) ** 2,
        np.minimum(shares * (1.0 + far) ** 2, 1.0),
    )
    found = [
        Column(
            column - 1, Interval(*(round(float(each), DIGITS) for each in share)), bool(slope > 0.0)
        )
        for column, slope, *share in zip(entered, slopes, shares, lows, highs, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each.share.value, each.column)))


def _relative_weights(alike: Floats, along: Floats) -> Floats:
    """Return shares of the variance that add up to what a regression explains (Johnson 2000).

    Args:
        alike: correlations of the regressors, shape (k, k).
        along: their correlations with the outcome, shape (k,).
    """
    values, vectors = np.linalg.eigh(alike)
    root = (vectors * np.sqrt(values)) @ vectors.T
    weights: Floats = root**2 @ np.linalg.solve(root, along) ** 2
    return weights
