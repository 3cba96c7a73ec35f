"""Quantiles of replicates: the spread of what may happen, not the error of an estimate."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.estimate.groups import Floats

METHOD: Final = "inverted_cdf"
"""The smallest value that at least the given share of replicates does not exceed. It is a value
that did occur, so that no ensemble has half a college as its median (type 1 of Hyndman and Fan
1996, The American Statistician 50, 361-365)."""


def quantiles(values: NDArray[np.floating], levels: Sequence[float]) -> Floats:
    """Return quantiles over the replicates.

    Args:
        values: finite, shape (R, ...).
        levels: between 0 and 1, L of them.

    Returns:
        Values that occur, shape (L, ...).

    Raises:
        ValueError: no replicates, or a level out of range.
    """
    if not len(values):
        raise ValueError("no replicates")
    if not all(0.0 <= level <= 1.0 for level in levels):
        raise ValueError(f"levels lie between 0 and 1: {list(levels)}")
    found = np.quantile(values, np.asarray(levels, dtype=np.float64), axis=0, method=METHOD)
    return np.asarray(found, dtype=np.float64)


def fan(values: NDArray[np.floating], levels: Sequence[float]) -> Floats:
    """Return quantiles over the replicates, month by month.

    A line through them is no replicate's path: each month has an order of its own.

    Args:
        values: of one count or measure, finite, shape (R, M).
        levels: between 0 and 1, L of them.

    Returns:
        Values that occur, shape (L, M).

    Raises:
        ValueError: another shape, no replicates, values that are not finite, or a level out of
            range.
    """
    values = np.asarray(values)
    if values.ndim != 2:
        raise ValueError(f"values have the shape (replicates, months), not {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("values must be finite")
    return quantiles(values, levels)
