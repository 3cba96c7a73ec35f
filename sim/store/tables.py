"""Writing the two tables of a result while replicates come in."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.calendar import month_label
from sim.estimate import Readings, outcomes
from sim.estimate.readings import NEVER
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.sampling import sampled
from sim.store.arrays import numbers, words
from sim.store.columns import (
    DRAW,
    LUCK,
    REACHED,
    REPLICATE,
    Columns,
    columns_for,
)
from sim.store.folder import writing
from sim.store.labels import NOTHING, labelled

if TYPE_CHECKING:
    from sim.ensemble import Trajectory

TRAJECTORIES = "trajectories.parquet"
REPLICATES = "replicates.parquet"

BLOCK = 128
"""Replicates in one row group. A replicate's block follows from its number alone, so that neither
the number of workers nor the way a run was split into batches changes a byte."""


class _Files(NamedTuple):
    columns: Columns
    trajectories: pq.ParquetWriter
    replicates: pq.ParquetWriter


class TableWriter:
    """Appends replicates to the tables of a result, holding one block of them at a time.

    ``trajectories.parquet`` holds the counts as the model recorded them, whatever their readings,
    so that a replay can be compared with it. ``replicates.parquet`` holds them in their readings,
    as the summary does.
    """

    def __init__(
        self,
        folder: Path,
        readings: Readings = PLAN.readings,
        own: Mapping[str, str] = NOTHING,
        told: Mapping[str, str] = NOTHING,
    ) -> None:
        """Prepare to write into an existing folder.

        Args:
            folder: of the result.
            readings: of the counts.
            own: units of the scenario's own measures, by name.
            told: what both files say of themselves (`sim.store.labels.about`).
        """
        self._folder, self._own = folder, own
        self._readings, self._told = readings, told
        self._block: list[Trajectory] = []
        self._files: _Files | None = None
        self.columns: Columns | None = None
        self.tries = 0
        """Trajectories that it took to find replicates that agree with the facts."""

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the last block and close the files."""
        with writing(self._folder):
            try:
                if kind is None and self._block:
                    self._write_block()
            finally:
                self._close()

    def append(self, trajectory: "Trajectory") -> None:
        """Add the next replicate; replicates must come in order.

        Raises:
            Problem: the disk is full or the folder cannot be written.
        """
        self._block.append(trajectory)
        self.tries += trajectory.tries
        if len(self._block) == BLOCK:
            with writing(self._folder):
                self._write_block()

    def _write_block(self) -> None:
        files = self._opened(self._block[0])
        files.trajectories.write_table(_trajectory_rows(self._block, files.columns))
        files.replicates.write_table(_replicate_rows(self._block, files.columns, self._readings))
        self._block.clear()

    def _opened(self, first: "Trajectory") -> _Files:
        if self._files is None:
            self.columns = columns_for(first.parameters, tuple(self._own))
            months, rows = self.columns.of_trajectories(), self.columns.of_replicates()
            recorded = labelled(months, own=self._own, told=self._told)
            read = labelled(rows, self._readings, told=self._told)
            self._files = _Files(
                self.columns,
                _writer(self._folder / TRAJECTORIES, recorded),
                _writer(self._folder / REPLICATES, read),
            )
        return self._files

    def _close(self) -> None:
        if self._files is not None:
            try:
                self._files.trajectories.close()
            finally:
                self._files.replicates.close()


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    # Splitting numbers into streams of their first, second, ... bytes before compressing made the
    # tables 15 to 35 % smaller than dictionaries or plain pages, and no slower.
    measured = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [field.name for field in schema if field.name not in set(measured)]
    return pq.ParquetWriter(
        path, schema, compression="zstd", use_dictionary=others, use_byte_stream_split=measured
    )


def _trajectory_rows(block: "list[Trajectory]", columns: Columns) -> pa.Table:
    months = len(block[0].counts)
    replicates = np.array([trajectory.replicate for trajectory in block], dtype=np.int32)
    labels = words([month_label(month) for month in range(months)])
    positions = np.tile(np.arange(months, dtype=np.int32), len(block))
    counts = np.concatenate([trajectory.counts for trajectory in block])
    measures = np.concatenate([trajectory.measures for trajectory in block])
    return pa.Table.from_arrays(
        [
            numbers(np.repeat(replicates, months)),
            pa.DictionaryArray.from_arrays(numbers(positions), labels),
            *(numbers(column) for column in np.ascontiguousarray(counts.T)),
            *(numbers(column) for column in np.ascontiguousarray(measures.T)),
        ],
        schema=columns.of_trajectories(),
    )


def _replicate_rows(block: "list[Trajectory]", columns: Columns, readings: Readings) -> pa.Table:
    schema = columns.of_replicates()
    rows = [dict(_replicate_row(each, columns, readings)) for each in block]
    return pa.Table.from_arrays(
        [_column(field.type, [row[field.name] for row in rows]) for field in schema], schema=schema
    )


def _column(kind: pa.DataType, values: list[Any]) -> pa.Array:
    if pa.types.is_string(kind):
        return words(values)
    return numbers(np.array(values, dtype=kind.to_pandas_dtype()))


def _replicate_row(
    trajectory: "Trajectory", columns: Columns, readings: Readings
) -> list[tuple[str, int | float | str | None]]:
    found = outcomes(trajectory.counts[None], DUE, readings)
    reached = [None if month == NEVER else month_label(month) for month in found.reached[0]]
    names = [name + REACHED for name in columns.counts]
    return [
        (REPLICATE, trajectory.replicate),
        (DRAW, trajectory.draw),
        (LUCK, sampled(trajectory.replicate).luck),
        *zip(columns.counts, found.values[0].tolist(), strict=True),
        *zip(names, reached, strict=True),
        *trajectory.parameters.items(),
    ]
