"""A block: a fixed number of replicates of one scenario, as the bytes of one Parquet file."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim import ensemble
from sim.compiled import model_hash
from sim.ensemble import Trajectory
from sim.world.layout import COUNTS, MEASURES
from sim.world.setup import Setup

REPLICATES = 16
"""Replicates in a block: a few seconds of work, so that a killed sweep loses no more than that."""
DECEMBER = 2
"""Month number of the first December, that of 2022."""
YEAR = 12

SCHEMA = pa.schema(
    [
        ("replicate", pa.int32()),
        ("draw", pa.int32()),
        ("month", pa.int16()),
        *((name, pa.float64()) for name in COUNTS),
        *((name, pa.float32()) for name in MEASURES),
    ]
)
"""One row per replicate and month. Measures are kept for Decembers only; other months have none."""


class Task(NamedTuple):
    """One block to run; plain data, so that it can travel to another machine."""

    setup: Setup
    seed: int
    first: int
    """Number of its first replicate, a multiple of ``REPLICATES``."""


class Done(NamedTuple):
    """A block that was run."""

    content: bytes
    model_hash: str
    """Of the model that ran it: a worker elsewhere may have another version."""


def run_block(task: Task) -> Done:
    """Run one block and return its file; the same task gives the same bytes anywhere."""
    ensemble.warm_up(task.setup, task.seed)
    replicates = range(task.first, task.first + REPLICATES)
    table = _table([ensemble.run_one(task.setup, task.seed, number) for number in replicates])
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=False, row_group_size=1 << 20)
    return Done(sink.getvalue().to_pybytes(), model_hash())


def decembers(months: int) -> NDArray[np.int64]:
    """Return the months of a run that are Decembers."""
    return np.arange(DECEMBER, months, YEAR)


def _table(block: Sequence[Trajectory]) -> pa.Table:
    """Return trajectories as one table, column by column: one call a column, not a replicate."""
    months = len(block[0].counts)
    empty = np.ones(months, dtype=bool)
    empty[decembers(months)] = False
    mask = np.tile(empty, len(block))
    counts = np.concatenate([each.counts for each in block])
    measures = np.concatenate([each.measures for each in block])
    replicates = np.array([each.replicate for each in block], dtype=np.int32)
    draws = np.array([each.draw for each in block], dtype=np.int32)
    columns = [
        pa.array(np.repeat(replicates, months)),
        pa.array(np.repeat(draws, months)),
        pa.array(np.tile(np.arange(months, dtype=np.int16), len(block))),
        *(pa.array(column) for column in counts.T.copy()),
        *(pa.array(column, mask=mask) for column in measures.T.copy()),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)
