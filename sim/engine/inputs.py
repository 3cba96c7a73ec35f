"""What a run gives to the tables of a world: parameters, policy, and where it is recorded."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Inputs(NamedTuple):
    """What processes see besides the world's own tables."""

    parameters: NDArray[np.void]
    """Shape (1,): one parameter draw."""
    doses: NDArray[np.float64]
    """Shape (months, instruments)."""
    reach: NDArray[np.float64]
    """Shape (instruments, clusters, districts)."""
    counts: NDArray[np.float64]
    """Shape (months, counts), filled row by row."""
    measures: NDArray[np.float64]
    """Shape (months, measures), filled row by row."""


def no_policy(parameters: NDArray[np.void]) -> Inputs:
    """Return inputs of what needs only parameters, such as drawing a world."""
    nothing = np.zeros((0, 0))
    return Inputs(parameters, nothing, np.zeros((0, 0, 0)), nothing, nothing)


Leaf = tuple[tuple[str, ...], NDArray[Any]]
"""A table's path of names in a world, and its array."""


def leaves(world: Any, inputs: Inputs) -> Iterator[Leaf]:
    """Yield all tables of a world, in their order, and then the inputs."""
    for name, table in world.tables().items():
        if isinstance(table, tuple):
            for field, column in zip(type(table)._fields, table, strict=True):  # type: ignore[attr-defined]
                yield (name, field), column
        else:
            yield (name,), table
    for name, table in inputs._asdict().items():
        yield (name,), table
