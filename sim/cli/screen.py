"""Tables and lines on the terminal."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

NARROWEST = 72


def console() -> Console:
    """Return the terminal; where the output is not one, lines are wide and not cut."""
    found = Console(highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(highlight=False, width=160)


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    title: str = "",
) -> None:
    """Print a table; columns in ``numbers`` are aligned to the right."""
    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column, head in enumerate(heads):
        table.add_column(
            head, justify="right" if column in numbers else "left", no_wrap=column in numbers
        )
    for row in rows:
        table.add_row(*(Plain(cell) for cell in row))
    console().print(table)


def print_line(text: str = "") -> None:
    """Print one paragraph."""
    console().print(Plain(text))
