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


class Across(NamedTuple):
    """How a package stands over several forms of a model, of which nobody knows the right one."""

    worst: float
    """Regret in the form in which it is greatest (Savage 1951)."""
    near: float
    """Share of all draws in which it is near the best, each form weighing the same."""
    holds: int
    """Forms in which it has more than the first package, on average over draws."""
    forms: int
    """How many there are."""


def across(worth: Sequence[Sequence[Floats]]) -> list[Across]:
    """Return how each package stands over several forms of a model.

    Args:
        worth: form by form what `robust` takes.
    """
    stands = [robust(each) for each in worth]
    first = [float(form[0].mean()) for form in worth]
    return [
        Across(
            max(form[at].regret for form in stands),
            float(np.mean([form[at].near for form in stands])),
            sum(float(form[at].mean()) > least for form, least in zip(worth, first, strict=True)),
            len(worth),
        )
        for at in range(len(worth[0]))
    ]


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
