"""A world as rules in plain Python see it: the same tables behind ordinary Python numbers.

NumPy's own scalars would not do: they keep the width of their field, so that sums on them wrap
where compiled code widens them. Numbers are read through a memoryview, which gives Python's own at
once; they are written through NumPy, which narrows them as compiled code does.
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

    __slots__ = ("_array", "_field", "_numbers", "_watch")

    def __init__(self, array: NDArray[Any], field: str, watch: Watch | None) -> None:
        """Stand for an array; ``field`` is its name for whoever watches."""
        self._array, self._field, self._watch = array, field, watch
        self._numbers = memoryview(array)  # type: ignore[arg-type]

    def __getitem__(self, at: Index) -> Any:
        """Return an element or a part.

        Raises:
            IndexError: it is out of range, or negative where somebody watches.
        """
        if self._watch is not None:
            _check(at, self._array.shape, self._field)
        try:
            found: Any = self._numbers[at]
        except (NotImplementedError, TypeError):  # a part of an array of several dimensions
            found = self._numbers
        if isinstance(found, memoryview):  # nothing of it has been read yet
            return Column(self._array[at], self._field, self._watch)
        if self._watch is not None:
            self._watch.read(self._field)
        return found

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
        numbers = table.numbers.get(name)
        if numbers is None:
            return Column(table.columns[name][self._at], table.fields[name], table.watch)
        if table.watch is not None:
            table.watch.read(table.fields[name])
        return numbers[self._at]

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a field of the row."""
        table: Table = self._table
        if table.watch is not None:
            table.watch.write(table.fields[name])
        table.columns[name][self._at] = value


class Table:
    """A table of records."""

    __slots__ = ("columns", "fields", "length", "name", "numbers", "watch")

    def __init__(self, array: NDArray[np.void], name: str, watch: Watch | None) -> None:
        """Stand for an array of records."""
        self.columns = {field: array[field] for field in array.dtype.names or ()}
        self.numbers = {
            field: memoryview(column)  # type: ignore[arg-type]
            for field, column in self.columns.items()
            if column.ndim == 1
        }
        self.fields = {field: f"{name}.{field}" for field in self.columns}
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
    if isinstance(at, tuple):
        for k, length in zip(at, shape, strict=False):
            if not isinstance(k, slice) and not 0 <= k < length:
                raise IndexError(f"{field}: index {k} of {length}")
    elif not isinstance(at, slice) and not 0 <= at < shape[0]:
        raise IndexError(f"{field}: index {at} of {shape[0]}")
