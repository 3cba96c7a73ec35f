"""A table, declared once: what files hold of it, and what people read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from sim.language import NOTHING, Text

Value = str | int | float | None
"""What a file holds in a cell; nothing where it is not known."""
Row = TypeVar("Row")


class Column(NamedTuple, Generic[Row]):
    """A column to those who read; one field or several to a file."""

    fields: Sequence[str]
    """Names in files; none: it is only read."""
    values: Callable[[Row], Iterable[Value]]
    """Returns one value for each field."""
    head: Text = NOTHING
    shown: Callable[[Row], Text | str] | None = None
    """None: it is only in files."""
    group: int = 0
    """Columns of a group stay together where there is little room."""
    share: float = 1.0
    """Width against the other columns, in a report."""
    number: bool = True
    """Set flush right."""
    quiet: Callable[[Row], bool] | None = None
    """Whether what is read may be nothing, and is set in grey; never by default."""


class Head(NamedTuple):
    """What a table keeps of a column."""

    fields: tuple[str, ...]
    text: Text
    shown: bool
    group: int
    share: float
    number: bool


class Cell(NamedTuple):
    """What stands in a table."""

    values: tuple[Value, ...]
    text: Text
    quiet: bool


@dataclass(frozen=True)
class Table:
    """A table with its rows, which are as long as `heads`."""

    name: str
    """Stem of its file; empty: it is in none."""
    title: Text
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def read(self) -> bool:
        """Whether people read it, or only programs."""
        return any(head.shown for head in self.heads)


def table(name: str, title: Text, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Table:
    """Return a declared table with rows.

    Args:
        name: stem of its file.
        title: what it shows.
        columns: as declared.
        rows: whatever the columns are functions of.

    Raises:
        ValueError: a column has more or fewer values than fields.
    """
    heads = tuple(
        Head(
            tuple(each.fields),
            each.head,
            each.shown is not None,
            each.group,
            each.share,
            each.number,
        )
        for each in columns
    )
    return Table(
        name, title, heads, tuple(tuple(_cell(each, row) for each in columns) for row in rows)
    )


def read(
    head: Text,
    shown: Callable[[Row], Text | str],
    group: int = 0,
    share: float = 1.0,
    *,
    number: bool = True,
) -> Column[Row]:
    """Return a column that is in no file."""
    return Column((), lambda _: (), head, shown, group, share, number)


def unread(column: Column[Row]) -> Column[Row]:
    """Return a column that is only in files."""
    return column._replace(shown=None)


def carrying(found: Table, told: Mapping[str, Value]) -> Table:
    """Return a table whose rows also hold, in files, what is the same for all of them.

    Args:
        found: the table; one that is in no file stays as it is.
        told: values by field. A field that the table has itself keeps what it says of each row.
    """
    own = {field for head in found.heads for field in head.fields}
    more = {field: value for field, value in told.items() if field not in own}
    if not (found.name and more):
        return found
    head = Head(tuple(more), NOTHING, shown=False, group=0, share=1.0, number=True)
    cell = Cell(tuple(more.values()), NOTHING, quiet=False)
    rows = tuple((*row, cell) for row in found.rows)
    return replace(found, heads=(*found.heads, head), rows=rows)


def record(columns: Sequence[Column[Row]], row: Row) -> dict[str, Value]:
    """Return what files hold of one row, by field."""
    return {
        field: value
        for column in columns
        for field, value in zip(column.fields, column.values(row), strict=True)
    }


def _cell(column: Column[Row], row: Row) -> Cell:
    shown = "" if column.shown is None else column.shown(row)
    text = Text(shown, shown) if isinstance(shown, str) else shown
    values = tuple(column.values(row))
    if len(values) != len(column.fields):
        raise ValueError(f"{len(values)} values for {', '.join(column.fields)}")
    return Cell(values, text, column.quiet is not None and column.quiet(row))
