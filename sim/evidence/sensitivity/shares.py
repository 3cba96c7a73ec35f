"""How much of a count's variance is levers, parameters and luck: a crossed analysis of variance.

The plans on and off make all packages that there can be, sixty-four of six; all have the same
parameter draws and, in each draw, the same lucks. In such a balanced layout the mean squares
separate what varies with the package, with the draw, with luck, and with two of them together
(S. Searle, G. Casella and C. McCulloch 1992, Variance Components, ch. 4). Packages are taken as
equally likely.
"""

from typing import NamedTuple

import numpy as np

from sim.evidence.sensitivity.designed import Floats


class Shares(NamedTuple):
    """Parts of a variance; they sum to one."""

    levers: float
    parameters: float
    luck: float
    together: float
    """What levers do in some draws or lucks and not in others."""


def shares(values: Floats) -> Shares | None:
    """Return the parts of a variance; None if nothing varies.

    Args:
        values: shape (packages, draws, lucks), at least two of each.
    """
    packages, draws, lucks = values.shape
    grand = values.mean()
    by_package = values.mean(axis=(1, 2))
    by_draw = values.mean(axis=(0, 2))
    cell = values.mean(axis=2)
    by_luck = values.mean(axis=0)
    # Mean squares; luck is nested within draws, packages are crossed with both.
    a = draws * lucks * _sum(by_package - grand) / (packages - 1)
    b = packages * lucks * _sum(by_draw - grand) / (draws - 1)
    ab = lucks * _sum(cell - by_package[:, None] - by_draw + grand)
    ab /= (packages - 1) * (draws - 1)
    c = packages * _sum(by_luck - by_draw[:, None]) / (draws * (lucks - 1))
    rest = _sum(values - cell[:, :, None] - by_luck + by_draw[:, None])
    rest /= (packages - 1) * draws * (lucks - 1)
    parts = np.array(
        [
            (a - ab) / (draws * lucks),
            (b - ab - c + rest) / (packages * lucks),
            (c - rest) / packages,
            (ab - rest) / lucks + rest,
        ]
    )
    parts = np.maximum(parts, 0.0)
    total = float(parts.sum())
    return None if total <= 0.0 else Shares(*(parts / total).tolist())


def _sum(deviations: Floats) -> float:
    return float(np.square(deviations).sum())
