"""Sobol' indices of a sweep's factors, from the points of a ``sobol`` design."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate import Summary
from sim.experiments.designs import unit_cube
from sim.experiments.reached import JOINT
from sim.plan import PLAN

DESIGN = "sobol"
SEED = 0
"""Of the bootstrap."""
FEWEST = 10
"""Rows of the design (a base point with its mixtures) that have to differ within themselves: only
these say anything of a factor, and a bootstrap over fewer is none."""
LEAST = 0.1
"""Share of a variance below which an interval need not be narrower than its index: a factor that
explains nothing is known to explain nothing once its interval reaches no farther than this."""
NOTHING = (None,) * 4
LIKELIHOOD = "likelihood"
HEADER = ("count", "of", "factor", "first", "first_error", "total", "total_error", "verdict")
TOLD, TOO_FEW = "told", "too few points to say"
"""What the column ``verdict`` says of an index."""


class Index(NamedTuple):
    """How much of a variance a factor explains, with the half-widths of 95 % intervals."""

    first: float
    """Alone."""
    first_error: float
    total: float
    """With all interactions that it takes part in."""
    total_error: float

    @property
    def known(self) -> bool:
        """Return whether neither interval is wider than its index, or than `LEAST`."""
        first = self.first_error <= max(self.first, LEAST)
        return first and self.total_error <= max(self.total, LEAST)


class Explained(NamedTuple):
    """What the factors of a sweep explain of one thing."""

    count_id: str
    """A count, or ``all`` for all together."""
    of: str
    """``likelihood`` or ``median``."""
    indices: tuple[Index, ...] | None
    """One for each factor; None: the points are too few to say anything."""

    def known(self, factor: int) -> Index | None:
        """Return a factor's index if there are points enough to tell it."""
        if self.indices is None or not self.indices[factor].known:
            return None
        return self.indices[factor]


def sobol_indices(values: Sequence[float], factors: int) -> tuple[Index, ...] | None:
    """Return the indices of each factor (Saltelli et al. 2010, by SALib); None if too few to say.

    That is so where nothing varies, where nearly nothing does, and where the library warns or ends
    with what is no number: its own zeros would say that nothing matters.

    Args:
        values: of something at each point of a ``sobol`` design, in its order.
        factors: how many there are.
    """
    from SALib.analyze import sobol

    given = np.asarray(values, dtype=np.float64)
    rows = given.reshape(-1, factors + 2)
    if np.count_nonzero(np.ptp(rows, axis=1)) < FEWEST:
        return None
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always")
        found = sobol.analyze(unit_cube(factors), given, calc_second_order=False, seed=SEED)
    columns = np.array([found[key] for key in ("S1", "S1_conf", "ST", "ST_conf")])
    if leaked or not np.isfinite(columns).all():
        return None
    return tuple(Index(*map(float, row)) for row in columns.T)


def explained(summaries: Sequence[Summary], factors: int) -> tuple[Explained, ...]:
    """Return what the factors explain of each likelihood, that of all together, and each median.

    Args:
        summaries: of the design's points, in their order.
        factors: how many there are.
    """
    of = []
    for number, count in enumerate(PLAN.counts):
        own = [each.counts[number] for each in summaries]
        of.append((count.id, LIKELIHOOD, [each.likelihood.value for each in own]))
        of.append((count.id, "median", [each.median for each in own]))
    of.append((JOINT, LIKELIHOOD, [each.joint.value for each in summaries]))
    return tuple(
        Explained(count, name, sobol_indices(values, factors)) for count, name, values in of
    )


def rows(names: Sequence[str], found: Sequence[Explained]) -> Iterator[list[Any]]:
    """Yield the rows of ``indices.csv``."""
    for each in found:
        for factor, name in enumerate(names):
            numbers = NOTHING if each.indices is None else each.indices[factor]
            verdict = TOO_FEW if each.known(factor) is None else TOLD
            yield [each.count_id, each.of, name, *numbers, verdict]
