"""Tables declared once: a class a table, with type, unit and meaning of each field side by side.

From the class come the records in memory and, for the type checker, the fields that rules may name:
``firm.cahs`` is an error with file and line before anything runs.
"""

from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Row_co = TypeVar("Row_co", covariant=True)


class Field(NamedTuple):
    """One column of a table."""

    name: str
    type: str
    unit: str
    meaning: str
    shape: tuple[int, ...] = ()


class Record:
    """A row of a table; its class declares the fields by ``column``."""


class Numbers(Protocol):
    """A column, or a field of several numbers: an element is a number, a part is numbers again."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the lengths of all dimensions."""

    def __getitem__(self, at: Any, /) -> Any:
        """Return an element or a part."""

    def __setitem__(self, at: Any, value: Any, /) -> None:
        """Write an element or a part."""

    def __len__(self) -> int:
        """Return the length of the first dimension."""

    def view(self, kind: Any, /) -> "Numbers":
        """Return the same bytes as numbers of another type."""


Array = Numbers | NDArray[Any]
"""Numbers of a world, or an array of Python's own."""


class Rows(Protocol[Row_co]):
    """A table of records."""

    def __getitem__(self, at: int, /) -> Row_co:
        """Return a row."""

    def __len__(self) -> int:
        """Return the number of rows."""


def column(type: str, unit: str, meaning: str, shape: tuple[int, ...] = ()) -> Any:
    """Declare a field of a record's class.

    Args:
        type: NumPy's name of it, such as "f8".
        unit: "" for identities and numbers of things.
        meaning: what it says.
        shape: of a field of several numbers.
    """
    return Field("", type, unit, meaning, shape)


def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields that a record's class and those that it extends declare, these last."""
    own = [
        value._replace(name=name)
        for name, value in vars(record).items()
        if isinstance(value, Field)
    ]
    return tuple(own + [field for base in record.__bases__ for field in _inherited(base)])


def _inherited(base: type) -> tuple[Field, ...]:
    return fields_of(base) if issubclass(base, Record) else ()


def record_type(record: type[Record]) -> np.dtype[np.void]:
    """Return the aligned NumPy record type of a table."""
    columns = [(field.name, field.type, field.shape) for field in fields_of(record)]
    return np.dtype(columns, align=True)
