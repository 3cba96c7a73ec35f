"""Columns of the two tables of a result."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sim.world.layout import CITY_MEASURES, COUNTS, MEASURES

REPLICATE = "replicate"
MONTH = "month"
DRAW = "draw"
LUCK = "luck"
REACHED = "_reached"

BREAKDOWN_UNITS = {"firms": "firms", "output": "亿元/a", "talents": "persons"}


class Columns(NamedTuple):
    """Names of the columns that depend on the version of the model."""

    counts: tuple[str, ...]
    measures: tuple[str, ...]
    parameters: tuple[str, ...]

    def of_trajectories(self) -> pa.Schema:
        """Schema of ``trajectories.parquet``: one row per replicate and month."""
        return pa.schema(
            [
                (REPLICATE, pa.int32()),
                (MONTH, pa.dictionary(pa.int32(), pa.string())),
                *((name, pa.float64()) for name in self.counts),
                *((name, pa.float32()) for name in self.measures),
            ]
        )

    def of_replicates(self) -> pa.Schema:
        """Schema of ``replicates.parquet``: one row per replicate."""
        return pa.schema(
            [
                (REPLICATE, pa.int32()),
                (DRAW, pa.int32()),
                (LUCK, pa.int8()),
                *((name, pa.float64()) for name in self.counts),
                *((name + REACHED, pa.string()) for name in self.counts),
                *((name, pa.float64()) for name in self.parameters),
            ]
        )


def columns_for(parameters: np.void) -> Columns:
    """Return the columns that this version of the model writes.

    Args:
        parameters: one parameter draw, a numpy record.
    """
    return Columns(COUNTS, MEASURES, tuple(name for name, _ in flat(parameters)))


def flat(parameters: np.void) -> Iterator[tuple[str, float]]:
    """Yield a draw as (name, value); a parameter with several values becomes ``name:member``."""
    for field in parameters.dtype.names or ():
        value = np.atleast_1d(parameters[field])
        yield from zip(_names()[field], map(float, value), strict=True)


@cache
def _names() -> dict[str, list[str]]:
    # Field of the record -> names in the parameter table, in the table's order.
    from sim.parameters import PARAMETERS

    names: dict[str, list[str]] = {}
    for name in PARAMETERS:
        names.setdefault(name.partition(":")[0], []).append(name)
    return names


def unit_of(measure: str) -> str:
    """Return the unit of a measure."""
    if measure in CITY_MEASURES:
        return CITY_MEASURES[measure][0]
    return BREAKDOWN_UNITS[measure.partition("_")[0]]


def differences(found: Sequence[str], expected: Sequence[str]) -> tuple[str, str]:
    """Name what is in one sequence but not in the other: (superfluous, missing)."""
    more = [name for name in found if name not in set(expected)]
    less = [name for name in expected if name not in set(found)]
    return ", ".join(more), ", ".join(less)
