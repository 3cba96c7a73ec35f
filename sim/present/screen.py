"""Tables and lines on the terminal."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from sim.language import visible

WIDE = 160
"""Columns of lines that do not go to a terminal."""
NAME_WIDTH = 32
"""Columns that the names before a table's numbers may take before they go on in a second line."""
CLOSING = "。，、；：？！）》」』】”’"
"""Punctuation that no line begins with."""
OPENING = "（《「『【“‘"
"""Punctuation that no line ends with."""
WIDE_LETTERS = "\u2e80-\uffef"
"""Chinese letters and punctuation, between which lines may break."""
PIECE = re.compile(
    rf"\s+|[{OPENING}]*(?:[^\s{WIDE_LETTERS}{OPENING}{CLOSING}]+(?:’\w+)*|[{WIDE_LETTERS}]|$|.)[{CLOSING}]*"
)
"""What stays in one line: a Chinese letter, a number or a word, with its punctuation."""


class Column(NamedTuple):
    """A heading and what stands below it."""

    head: str
    cells: Sequence[str]
    number: bool = True
    """Aligned to the right, each cell in one line; else to the left, and broken where need be."""


def console() -> Console:
    """Return the terminal; where the output is not one, lines are wide and not cut."""
    found = Console(highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDE)


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> None:
    """Print a table.

    Args:
        heads: headings of the columns.
        rows: cells, as many in each as there are headings.
        numbers: columns aligned to the right, each cell in one line.
        whole: other columns with each cell in one line, such as names to be typed.
    """
    table = _table()
    for column, head in enumerate(heads):
        table.add_column(
            _plain(head),
            justify="right" if column in numbers else "left",
            no_wrap=column in (*numbers, *whole),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console().print(table)


def print_groups(title: str, names: Column, groups: Sequence[Sequence[Column]]) -> None:
    """Print groups of columns beside the names: in one table, or in several where it is narrow.

    Args:
        title: line above the first table.
        names: what every table starts with.
        groups: columns that stay together.
    """
    screen = console()
    print_line(title)
    beside: list[Column] = []
    for group in groups:
        if beside and not _fits(screen, _beside(names, [*beside, *group])):
            screen.print(_beside(names, beside))
            beside = []
        beside.extend(group)
    screen.print(_beside(names, beside))


def print_line(text: str = "", indent: int = 0) -> None:
    """Print one paragraph, all its lines set in by some columns."""
    screen = console()
    for paragraph in visible(text).split("\n"):
        for line in broken(paragraph, max(screen.width - indent, 4)):
            screen.print(Plain(" " * indent + line), no_wrap=True, overflow="ignore")


def broken(text: str, width: int) -> list[str]:
    """Return a paragraph's lines, none wider than some columns.

    Numbers and words stay whole, unless one alone is wider, and punctuation stays with what it
    opens or closes.
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) > width and lines[-1].strip():
            lines.append("")
        if lines[-1] or len(lines) == 1 or piece.strip():
            lines[-1] += piece
        while cell_len(lines[-1].rstrip()) > width:
            *whole, rest = chop_cells(lines[-1], width)
            lines[-1:] = [*whole, rest]
    return [line.rstrip() for line in lines]


def _beside(names: Column, columns: Sequence[Column]) -> Table:
    table = _table()
    table.add_column(_plain(names.head), max_width=NAME_WIDTH, overflow="fold")
    for column in columns:
        table.add_column(
            _plain(column.head),
            justify="right" if column.number else "left",
            no_wrap=column.number,
            overflow="fold",
        )
    for cells in zip(names.cells, *(column.cells for column in columns), strict=True):
        table.add_row(*(_plain(cell) for cell in cells))
    return table


def _plain(text: str) -> Plain:
    """Return a text as it is shown: what others wrote neither acts there nor is styled."""
    return Plain(visible(text))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)


def _fits(screen: Console, table: Table) -> bool:
    width = screen.measure(table, options=screen.options.update(width=10 * WIDE)).maximum
    return width <= screen.width
