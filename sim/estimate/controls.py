"""A stored baseline, and what it says of a target: columns that foretell whether a run reaches it.

Another package under the same luck and parameters reaches a target mostly where the baseline does,
or would with a target a little lower or higher. So each package of the baseline gives one column
that says whether it reaches the target, and some that say the same of targets around it. They hang
on the baseline alone, never on the run.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.estimate.adjusted import FEWEST as FEWEST_REPLICATES
from sim.estimate.adjusted import Control
from sim.estimate.groups import Bools, Floats, Ints

STEPS: Final = (-1.5, -1.0, -0.6, -0.3, 0.3, 0.6, 1.0, 1.5)
"""Where the targets around the target lie: standard deviations of a normal score of the count."""
FEWEST: Final = 8
"""Replicates on either side of a target that is worth a column."""


class Baseline(NamedTuple):
    """What became of some replicates of some packages: all with the same luck."""

    draws: Ints
    """Number of each replicate's parameter draw, shape (N,)."""
    values: Floats
    """What each has when counts are due, shape (packages, N, counts)."""

    def serves(self, draws: Ints) -> bool:
        """Return whether replicates are the first of these, enough of them and not all.

        Args:
            draws: number of each replicate's parameter draw, shape (n,).
        """
        many = len(draws)
        enough = FEWEST_REPLICATES <= many < len(self.draws)
        return enough and np.array_equal(draws, self.draws[:many])

    def since(self, first: int) -> "Baseline":
        """Return what is independent of the replicates before one: other luck, other draws.

        Args:
            first: number of the replicate.
        """
        others = ~np.isin(self.draws, self.draws[:first])
        return Baseline(self.draws[others], self.values[:, others])

    def control(self, count: int, least: float) -> Control:
        """Return what foretells whether a count reaches a target; arguments as for `near`."""
        return Control(self.near(count, least), self.draws)

    def control_of_all(
        self, least: Floats, counts: Sequence[int] | None = None, enough: int | None = None
    ) -> Control:
        """Return what foretells whether counts reach their targets; arguments as for `near_all`."""
        return Control(self.near_all(least, counts, enough), self.draws)

    def near(self, count: int, least: float) -> Floats:
        """Return columns on one count around its target, shape (N, columns).

        Args:
            count: its number.
            least: what reaches the target.
        """
        return _varying(column for own in self.values for column in _around(own[:, count], least))

    def near_all(
        self, least: Floats, counts: Sequence[int] | None = None, enough: int | None = None
    ) -> Floats:
        """Return columns on several counts: how many reach their targets, and whether enough do.

        Args:
            least: what reaches each target, shape (counts,).
            counts: their numbers; None: all.
            enough: how many have to; None: each.
        """
        values = self.values if counts is None else self.values[:, :, list(counts)]
        reached = (values >= least).sum(axis=2)
        wanted = len(least) if enough is None else enough
        return _varying(
            column for own in reached for column in (own, own >= wanted, own >= wanted - 1)
        )


def _around(values: Floats, least: float) -> Iterable[Bools]:
    """Yield whether values reach a target, and targets around it."""
    from scipy.special import ndtr, ndtri  # a run needs none of it

    yield values >= least
    below, many = float((values < least).mean()), len(values)
    score = ndtri(min(max(below, 1.0 / many), 1.0 - 1.0 / many))
    shares = ndtr(score + np.array(STEPS))
    apart = shares[(shares * many >= FEWEST) & (shares * many <= many - FEWEST)]
    for edge in np.quantile(values, apart):
        yield values >= edge


def _varying(columns: Iterable[Floats | Bools | Ints]) -> Floats:
    """Return columns side by side, centred and of variance 1, but for those that do not vary."""
    table = np.column_stack([np.asarray(each, dtype=np.float64) for each in columns])
    spread = table.std(axis=0)
    table = table[:, spread > 0.0]
    found: Floats = (table - table.mean(axis=0)) / spread[spread > 0.0]
    return found
