"""What evaluations compute, from numbers alone; not a number where it cannot be known."""

from math import log, nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FEWEST = 20
"""Firms, or events, below which nothing is said."""
LEAST_LEVERAGE = 0.005
"""Change of a price below which nothing is said about what it does."""
TENTH = 0.9


def ratio(after: float, before: float) -> float:
    """Return what is there after over what was there before."""
    return after / before if before > 0.0 else nan


def change(after: float, before: float) -> float:
    """Return the relative change."""
    return ratio(after, before) - 1.0


def in_differences(
    treated: tuple[float, float], others: tuple[float, float], fewest: float = FEWEST
) -> float:
    """Return the relative change of the treated beyond that of the others.

    Args:
        treated: without and with the treatment.
        others: those who are not treated, in the city without and in the city with it.
        fewest: events that each must have without.
    """
    if min(treated[0], others[0]) < fewest:
        return nan
    return ratio(ratio(treated[1], treated[0]), ratio(others[1], others[0])) - 1.0


def per_tenth(quantity: float, price: float) -> float:
    """Return the relative change for a price lower by a tenth, at a constant elasticity.

    Args:
        quantity: ratio of what is bought with the other price.
        price: ratio of the prices.
    """
    if not (quantity > 0.0 and price > 0.0) or abs(price - 1.0) < LEAST_LEVERAGE:
        return nan
    return float(TENTH ** (log(quantity) / log(price)) - 1.0)


def chance_ratio(treated: Bools, untreated: Bools, fewest: int = FEWEST) -> float:
    """Return how much likelier something happens to the treated.

    Args:
        treated: whether it happened to each of them.
        untreated: whether it happened to each of those compared with.
        fewest: that there must be of each.
    """
    if min(len(treated), len(untreated)) < fewest:
        return nan
    return ratio(float(treated.mean()), float(untreated.mean()))


def mean_change(after: Floats, before: Floats, fewest: int = FEWEST) -> float:
    """Return the mean relative change, in logarithms, of those that are above 0 both times."""
    known = (after > 0.0) & (before > 0.0)
    if known.sum() < fewest:
        return nan
    return float(np.exp(np.log(after[known] / before[known]).mean()) - 1.0)


def stratified(changes: Floats, treated: Bools, stratum: Ints, fewest: int = FEWEST) -> float:
    """Return the mean change of the treated beyond that of others of the same stratum.

    Strata without both are left out.

    Args:
        changes: of each.
        treated: whether each is.
        stratum: number of the group that each belongs to.
        fewest: treated that must be left.
    """
    _, group = np.unique(stratum, return_inverse=True)
    groups = int(group.max()) + 1 if len(group) else 0
    usual = ~treated
    others = np.bincount(group[usual], minlength=groups)
    sums = np.bincount(group[usual], changes[usual], minlength=groups)
    mine = treated & (others[group] > 0)
    if mine.sum() < fewest:
        return nan
    expected = sums[group[mine]] / others[group[mine]]
    return float((changes[mine] - expected).mean())


def foretold(cell: Ints, happened: Bools, of: Ints) -> float:
    """Return the mean chance of something that cells foretell for others.

    Args:
        cell: of each that it is learnt from.
        happened: whether it happened to each of these.
        of: cells of the others; those in a cell that nothing is known of are left out.
    """
    cells = int(max(cell.max(initial=-1), of.max(initial=-1))) + 1
    seen = np.bincount(cell, minlength=cells)
    rate = np.bincount(cell, happened, minlength=cells) / np.maximum(seen, 1)
    known = of[seen[of] > 0]
    return float(rate[known].mean()) if len(known) else nan
