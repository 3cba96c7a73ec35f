"""Replicates grouped by the parameter draw that they share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Groups(NamedTuple):
    """Which replicates share a parameter draw."""

    position: NDArray[np.intp]
    """Of each replicate's draw among the draws, shape (R,), from 0 to K-1."""
    sizes: Floats
    """Number of replicates of each draw, shape (K,)."""

    @property
    def replicates(self) -> int:
        """Number of replicates, R."""
        return len(self.position)

    @property
    def crowding(self) -> float:
        """Size of the draw that an average replicate belongs to: 1 if no two share a draw."""
        return float(self.sizes @ self.sizes / self.sizes.sum())

    def means(self, values: Floats | Bools) -> Floats:
        """Return each draw's mean, shape (K,), of one value per replicate."""
        totals = np.bincount(self.position, weights=values, minlength=len(self.sizes))
        return totals.astype(np.float64) / self.sizes


def grouped(draws: Ints) -> Groups:
    """Return the groups, given the number of each replicate's draw.

    Args:
        draws: any whole numbers, shape (R,), in any order; equal numbers share a draw.

    Raises:
        ValueError: not one-dimensional, not whole numbers, or empty.
    """
    draws = np.asarray(draws)
    if draws.ndim != 1 or not np.issubdtype(draws.dtype, np.integer):
        raise ValueError(f"draws must be whole numbers, shape (R,): {draws.dtype} {draws.shape}")
    if not len(draws):
        raise ValueError("no replicates")
    _, position, sizes = np.unique(draws, return_inverse=True, return_counts=True)
    return Groups(position, sizes.astype(np.float64))
