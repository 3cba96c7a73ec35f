"""Columns of the two tables of a result."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from sim.model.world.layout import CITY_MEASURES, COUNTS, MEASURES

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


def columns_for(parameters: Mapping[str, float], own: Sequence[str] = ()) -> Columns:
    """Return the columns that this version of the model writes.

    Args:
        parameters: one parameter draw, by name.
        own: names of a scenario's own measures.
    """
    return Columns(COUNTS, (*MEASURES, *own), tuple(parameters))


def unit_of(measure: str) -> str:
    """Return the unit of a measure."""
    if measure in CITY_MEASURES:
        return CITY_MEASURES[measure][0]
    return BREAKDOWN_UNITS[measure.partition("_")[0]]


SHOWN = 3
"""Names that a message lists before it says how many there are."""


def differences(found: Sequence[str], expected: Sequence[str]) -> tuple[str, str]:
    """Name what is in one sequence but not in the other: (superfluous, missing).

    Of many names, the first ones stand for all.
    """
    more = [name for name in found if name not in set(expected)]
    less = [name for name in expected if name not in set(found)]
    return _listed(more), _listed(less)


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(names[:SHOWN])
    return listed if len(names) <= SHOWN else f"{listed}, ... ({len(names)})"
