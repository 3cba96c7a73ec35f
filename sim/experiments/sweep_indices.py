"""Sobol' indices of a sweep's factors, from the points of a ``sobol`` design."""

import warnings
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from sim.estimate import Summary
from sim.experiments.designs import SOBOL, unit_cube, width
from sim.experiments.reached import JOINT
from sim.plan import PLAN

DESIGN = SOBOL
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
PAIRS = ("count", "of", "factor", "with", "second", "second_error", "verdict")
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


class Pair(NamedTuple):
    """How much of a variance two factors explain together, beyond what each does alone."""

    one: int
    other: int
    """Numbers of the factors."""
    share: float
    error: float
    """Half-width of the 95 % interval."""

    @property
    def known(self) -> bool:
        """Return whether the interval is not wider than the index, or than `LEAST`."""
        return self.error <= max(self.share, LEAST)


class Sobol(NamedTuple):
    """The indices of one thing."""

    singles: tuple[Index, ...]
    """One for each factor."""
    pairs: tuple[Pair, ...] = ()
    """Of each two factors, where a design has the points for them."""


class Explained(NamedTuple):
    """What the factors of a sweep explain of one thing."""

    count_id: str
    """A count, or ``all`` for all together."""
    of: str
    """``likelihood`` or ``median``."""
    indices: tuple[Index, ...] | None
    """One for each factor; None: the points are too few to say anything."""
    pairs: tuple[Pair, ...] = ()
    """Of each two factors, in a design of the second order."""

    def known(self, factor: int) -> Index | None:
        """Return a factor's index if there are points enough to tell it."""
        if self.indices is None or not self.indices[factor].known:
            return None
        return self.indices[factor]


def sobol_indices(values: Sequence[float], factors: int, *, second: bool = False) -> Sobol | None:
    """Return the indices of each factor (Saltelli et al. 2010, by SALib); None if too few to say.

    That is so where nothing varies, where nearly nothing does, and where the library warns or ends
    with what is no number: its own zeros would say that nothing matters.

    Args:
        values: of something at each point of a ``sobol`` design, in its order.
        factors: how many there are.
        second: whether the design has the points for indices of pairs.
    """
    from SALib.analyze import sobol

    given = np.asarray(values, dtype=np.float64)
    apart = np.ptp(given.reshape(-1, width(factors, second=second)), axis=1)
    if np.count_nonzero(apart) < FEWEST:
        return None
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always")
        found = sobol.analyze(unit_cube(factors), given, calc_second_order=second, seed=SEED)
    columns = np.array([found[key] for key in ("S1", "S1_conf", "ST", "ST_conf")])
    both = list(combinations(range(factors), 2)) if second else []
    pairs = tuple(
        Pair(one, other, float(found["S2"][one, other]), float(found["S2_conf"][one, other]))
        for one, other in both
    )
    finite = all(np.isfinite([pair.share, pair.error]).all() for pair in pairs)
    if leaked or not finite or not np.isfinite(columns).all():
        return None
    return Sobol(tuple(Index(*map(float, row)) for row in columns.T), pairs)


def explained(
    summaries: Sequence[Summary], factors: int, *, second: bool = False
) -> tuple[Explained, ...]:
    """Return what the factors explain of each likelihood, that of all together, and each median.

    Args:
        summaries: of the design's points, in their order.
        factors: how many there are.
        second: whether the design has the points for indices of pairs.
    """
    of = []
    for number, count in enumerate(PLAN.counts):
        own = [each.counts[number] for each in summaries]
        of.append((count.id, LIKELIHOOD, [each.likelihood.value for each in own]))
        of.append((count.id, "median", [each.median for each in own]))
    of.append((JOINT, LIKELIHOOD, [each.joint.value for each in summaries]))
    told = ((count, name, sobol_indices(own, factors, second=second)) for count, name, own in of)
    return tuple(
        Explained(count, name, *((None, ()) if found is None else found))
        for count, name, found in told
    )


def rows(names: Sequence[str], found: Sequence[Explained]) -> Iterator[list[Any]]:
    """Yield the rows of ``indices.csv``."""
    for each in found:
        for factor, name in enumerate(names):
            numbers = NOTHING if each.indices is None else each.indices[factor]
            verdict = TOO_FEW if each.known(factor) is None else TOLD
            yield [each.count_id, each.of, name, *numbers, verdict]


def pair_rows(names: Sequence[str], found: Sequence[Explained]) -> Iterator[list[Any]]:
    """Yield the rows of ``pairs.csv``."""
    for each in found:
        for one, other in combinations(range(len(names)), 2):
            own = next((pair for pair in each.pairs if pair[:2] == (one, other)), None)
            numbers = (None, None) if own is None else own[2:]
            verdict = TOLD if own is not None and own.known else TOO_FEW
            yield [each.count_id, each.of, names[one], names[other], *numbers, verdict]
