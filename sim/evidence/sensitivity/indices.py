"""Sobol' indices of the important parameters, of all others together, and of luck."""

from typing import Final, NamedTuple

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

from sim.evidence.calibration.emulator import positions
from sim.evidence.sensitivity.designed import UNCERTAIN, Floats, Runner
from sim.experiments.designs import unit_cube

OTHERS: Final = "other parameters"
LUCK: Final = "luck"
MANY: Final = 2**30
"""Draws of the other parameters to choose from, and lucks: as good as continuous."""
LUCKS: Final = 2**20
OFFSET: Final = 2**31
"""Where draws of the other parameters begin: none is used elsewhere."""


class Indices(NamedTuple):
    """First-order and total Sobol' indices with 95 % bootstrap intervals."""

    factors: tuple[str, ...]
    base: int
    """Size N of the base sample; N * (factors + 2) runs."""
    first: Floats
    """Shape (outputs, factors)."""
    first_error: Floats
    total: Floats
    total_error: Floats


def indices(runner: Runner, names: list[str], base: int) -> tuple[Indices, Indices]:
    """Return the indices of values, and those of reaching the targets, shape (13, factors).

    The other parameters are one factor, whose value chooses a draw of them all; luck is another.
    So the indices split the whole variance, and what is left out is left out of nothing.

    Args:
        runner: runs the model.
        names: of the important parameters.
        base: size of the base sample, a power of two.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    factors = (*names, OTHERS, LUCK)
    shares = sampling.sample(
        unit_cube(len(factors)), base, calc_second_order=False, seed=runner.seed
    )
    lucks = (shares[:, -1] * LUCKS).astype(np.int64)
    numbers = (shares[:, -2] * MANY).astype(np.int64) + OFFSET
    columns = [UNCERTAIN.index(name) for name in names]
    each = 16 * (len(factors) + 2)
    parts = []
    for start in range(0, len(shares), each):
        part = slice(start, start + each)
        where = positions(runner.seed, numbers[part])
        where[:, columns] = shares[part, : len(names)]
        parts.append(runner.counts(where, lucks[part], f"sobol-{start:06d}"))
    found = np.concatenate(parts)
    reached = (found >= 1.0).astype(np.float64)
    return tuple(analysed(factors, base, each, runner.seed) for each in (found, reached))  # type: ignore[return-value]


def analysed(factors: tuple[str, ...], base: int, found: Floats, seed: int) -> Indices:
    """Return the indices of a Saltelli design.

    Args:
        factors: their names.
        base: size of the base sample.
        found: outputs in the design's order, shape (N * (factors + 2), outputs).
        seed: of the bootstrap.
    """
    rows = [_one(column, len(factors), seed) for column in found.T]
    first, first_error, total, total_error = (np.array(each) for each in zip(*rows, strict=True))
    return Indices(factors, base, first, first_error, total, total_error)


def _one(column: Floats, factors: int, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the indices of one output; one that never varies has none."""
    if np.ptp(column) == 0.0:
        nothing = np.full(factors, np.nan)
        return nothing, nothing, nothing, nothing
    said = analysis.analyze(
        unit_cube(factors), column, calc_second_order=False, seed=seed, print_to_console=False
    )
    return said["S1"], said["S1_conf"], said["ST"], said["ST_conf"]
