"""Columns of tables from and to NumPy, without pandas.

Arrow's own conversions load pandas wherever it is installed, only to ask whether they were given
something of its: more than 50 MB that no run needs.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray


def numbers(values: NDArray[Any], there: NDArray[np.bool_] | None = None) -> pa.Array:
    """Return a column of numbers that shares the memory of an array.

    Args:
        values: one-dimensional and contiguous.
        there: which of them are there; None says that all are.
    """
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [_bits(there), pa.py_buffer(values)])


def words(values: Sequence[str | None]) -> pa.Array:
    """Return a column of words; None is none."""
    texts = [(word or "").encode() for word in values]
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    there = np.array([word is not None for word in values], dtype=np.bool_)
    buffers = [_bits(there), pa.py_buffer(ends), pa.py_buffer(b"".join(texts))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def _bits(there: NDArray[np.bool_] | None) -> pa.Buffer | None:
    return None if there is None else pa.py_buffer(np.packbits(there, bitorder="little"))


def values_of(table: pa.Table, name: str) -> NDArray[Any]:
    """Return a copy of a column; where a number is missing it is NaN.

    Raises:
        KeyError: there is no such column.
    """
    column = table.column(name)
    if pa.types.is_string(column.type):
        return np.array(column.to_pylist(), dtype=np.object_)
    kind = np.dtype(column.type.to_pandas_dtype())  # what NumPy calls it, whatever its name says
    if column.null_count:
        floating = kind if kind.kind == "f" else np.float64
        return np.array(column.to_pylist(), dtype=floating)
    parts = [_shared(chunk, kind) for chunk in column.chunks]
    return np.concatenate([np.empty(0, kind), *parts])


def _shared(chunk: pa.Array, kind: np.dtype[Any]) -> NDArray[Any]:
    first = chunk.offset
    return np.frombuffer(chunk.buffers()[1], kind)[first : first + len(chunk)]


def table_in(content: bytes) -> pa.Table:
    """Return the table in a Parquet file.

    Raises:
        pyarrow.ArrowException: the bytes are no such file.
    """
    with pq.ParquetFile(pa.BufferReader(content)) as file:
        return file.read()
