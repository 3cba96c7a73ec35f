"""A world as rules in plain Python see it: the same tables behind ordinary Python numbers.

NumPy's own scalars would not do: they keep the width of their field, so that sums on them wrap
where compiled code widens them.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.inputs import Inputs, leaves
from sim.engine.watch import Watch

Index = Any


class Column:
    """An array of numbers: one element is a Python number, a part of it is a column again."""

    __slots__ = ("_array", "_field", "_watch")

    def __init__(self, array: NDArray[Any], field: str, watch: Watch | None) -> None:
        """Stand for an array; ``field`` is its name for whoever watches."""
        self._array, self._field, self._watch = array, field, watch

    def __getitem__(self, at: Index) -> Any:
        """Return an element or a part.

        Raises:
            IndexError: it is out of range, or negative where somebody watches.
        """
        if self._watch is not None:
            _check(at, self._array.shape, self._field)
        found = self._array[at]
        if isinstance(found, np.ndarray):  # nothing of it has been read yet
            return Column(found, self._field, self._watch)
        if self._watch is not None:
            self._watch.read(self._field)
        return found.item()

    def __setitem__(self, at: Index, value: Any) -> None:
        """Write an element or a part."""
        if self._watch is not None:
            _check(at, self._array.shape, self._field)
            self._watch.write(self._field)
        self._array[at] = np.asarray(value) if isinstance(value, Column) else value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the array."""
        if self._watch is not None and self._array.size:
            self._watch.read(self._field)
        return np.array(self._array, dtype=dtype, copy=copy)

    def __len__(self) -> int:
        """Return the length of the first dimension."""
        return len(self._array)

    def __iter__(self) -> Iterator[Any]:
        """Yield elements or parts."""
        return (self[k] for k in range(len(self._array)))

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the lengths of all dimensions."""
        return self._array.shape

    def view(self, kind: Any) -> "Column":
        """Return the same bytes as numbers of another type."""
        return Column(self._array.view(kind), self._field, self._watch)


class Row:
    """A row of a table: each field is an attribute."""

    __slots__ = ("_at", "_table")

    def __init__(self, table: "Table", at: int) -> None:
        """Stand for a row."""
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_at", at)

    def __getattr__(self, name: str) -> Any:
        """Return a field of the row."""
        table: Table = self._table
        found = table.columns[name][self._at]
        if isinstance(found, np.ndarray):
            return Column(found, f"{table.name}.{name}", table.watch)
        if table.watch is not None:
            table.watch.read(f"{table.name}.{name}")
        return found.item()

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a field of the row."""
        table: Table = self._table
        if table.watch is not None:
            table.watch.write(f"{table.name}.{name}")
        table.columns[name][self._at] = value


class Table:
    """A table of records."""

    __slots__ = ("columns", "length", "name", "watch")

    def __init__(self, array: NDArray[np.void], name: str, watch: Watch | None) -> None:
        """Stand for an array of records."""
        self.columns = {field: array[field] for field in array.dtype.names or ()}
        self.length, self.name, self.watch = len(array), name, watch

    def __getitem__(self, at: int) -> Row:
        """Return a row.

        Raises:
            IndexError: there is no such row.
        """
        if not 0 <= at < self.length:
            raise IndexError(f"{self.name}: row {at} of {self.length}")
        return Row(self, int(at))

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.length


def plain(world: Any, inputs: Inputs, watch: Watch | None = None) -> Any:
    """Return a world and its inputs as rules in plain Python see them."""
    found: dict[str, Any] = {}
    for path, array in leaves(world, inputs):
        name = ".".join(path)
        made = Table(array, name, watch) if array.dtype.names else Column(array, name, watch)
        if len(path) == 1:
            found[path[0]] = made
        else:
            setattr(found.setdefault(path[0], SimpleNamespace()), path[1], made)
    return SimpleNamespace(**found)


def _check(at: Index, shape: tuple[int, ...], field: str) -> None:
    """Refuse an index that compiled code would follow out of the array.

    Raises:
        IndexError: it is out of range.
    """
    for k, length in zip(at if isinstance(at, tuple) else (at,), shape, strict=False):
        if not isinstance(k, slice) and not 0 <= k < length:
            raise IndexError(f"{field}: index {k} of {length}")
