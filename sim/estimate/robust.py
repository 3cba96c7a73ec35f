"""Which of some packages is never far from the best, over the draws of the parameters."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.estimate.groups import Floats

NEAR: Final = 0.05
"""Regret up to which a package is near the best."""
FAR: Final = 90.0
"""Percentile of the draws at which regret is told."""


class Robust(NamedTuple):
    """How a package stands against the best one of each draw (Savage 1951; Simon 1956)."""

    regret: float
    """What it has less than the best, on average over draws."""
    regret_90: float
    """What it has less in all but a tenth of the draws, at most."""
    near: float
    """Share of the draws in which it is near the best."""


def robust(worth: Sequence[Floats]) -> list[Robust]:
    """Return how each package stands.

    Args:
        worth: of each package in the same draws, shape (D,) each.
    """
    values = np.stack(worth)
    regret = values.max(axis=0) - values
    return [
        Robust(float(own.mean()), float(np.percentile(own, FAR)), float((own <= NEAR).mean()))
        for own in regret
    ]
