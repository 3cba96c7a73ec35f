"""Sobol' indices of a sweep's factors, from the points of a ``sobol`` design."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate import Summary
from sim.experiments.designs import unit_cube
from sim.plan import PLAN

DESIGN = "sobol"
SEED = 0
"""Of the bootstrap."""
NOTHING = (None,) * 4
"""Where nothing varies, no factor explains anything."""
HEADER = ("count", "of", "factor", "first", "first_error", "total", "total_error")


class Index(NamedTuple):
    """How much of a variance a factor explains, with the half-widths of 95 % intervals."""

    first: float
    """Alone."""
    first_error: float
    total: float
    """With all interactions that it takes part in."""
    total_error: float


def sobol_indices(values: Sequence[float], factors: int) -> list[Index] | None:
    """Return the indices of each factor (Saltelli et al. 2010, by SALib); None if nothing varies.

    Args:
        values: of something at each point of a ``sobol`` design, in its order.
        factors: how many there are.
    """
    from SALib.analyze import sobol

    given = np.asarray(values, dtype=np.float64)
    if np.ptp(given) == 0.0:
        return None
    found = sobol.analyze(unit_cube(factors), given, calc_second_order=False, seed=SEED)
    columns = (found[key] for key in ("S1", "S1_conf", "ST", "ST_conf"))
    return [Index(*map(float, row)) for row in zip(*columns, strict=True)]


def index_rows(names: Sequence[str], summaries: Sequence[Summary]) -> Iterator[list[Any]]:
    """Yield the rows of ``indices.csv``: of each count's likelihood and of its median."""
    for number, count in enumerate(PLAN.counts):
        of = {
            "likelihood": [each.counts[number].likelihood.value for each in summaries],
            "median": [each.counts[number].median for each in summaries],
        }
        for what, values in of.items():
            found = sobol_indices(values, len(names))
            for position, name in enumerate(names):
                yield [count.id, what, name, *(found[position] if found else NOTHING)]
