"""Replicates grouped by the parameter draw that they share."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


FEWEST_TWICE: Final = 32
"""Draws with two replicates from which on luck is told from parameters: with so few, the variance
within draws is known to a quarter."""


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
    def split(self) -> bool:
        """Whether enough draws have two replicates to tell luck from parameters."""
        return int((self.sizes >= 2.0).sum()) >= FEWEST_TWICE

    @property
    def first(self) -> NDArray[np.intp]:
        """Place of each draw's first replicate, shape (K,)."""
        return np.unique(self.position, return_index=True)[1]

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


def folds(draws: Ints, number: int, seed: int) -> Ints:
    """Return to which of some parts each replicate belongs, shape (R,): those of a draw to one.

    Args:
        draws: number of each replicate's parameter draw, shape (R,).
        number: of parts, which have as many draws as each other, or one more.
        seed: of the order in which draws are dealt out.
    """
    groups = grouped(draws)
    order = np.random.default_rng(seed).permutation(len(groups.sizes))
    part = np.empty(len(order), dtype=np.int64)
    part[order] = (number * np.arange(1, len(order) + 1) - 1) // len(order)
    return part[groups.position]
