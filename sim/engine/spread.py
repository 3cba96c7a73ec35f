"""How long records lie while many months run: in blocks of rows that are turned.

A pass over a table looks at a few fields of every row. Row by row each field is as far from the
same one of the next row as a row is long: where a table is larger than a processor's caches, a
pass then waits for memory once a row. In a block of rows that is turned, the first words of all
rows lie one after the other, then the second ones, and so on; a row is still one address, and its
fields lie at fixed distances from it. Only compiled code sees tables so, and only while it runs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from sim.engine.inputs import Leaf

WORD: Final = 8
"""Bytes of a word; records are aligned, so that no field lies in two."""
ROWS: Final = 512
"""Rows of a block: a word of all of them fills a page of memory."""
LONG: Final = 256
"""Bytes, four lines of a cache: shorter records lie row by row."""
LARGE: Final = 8 * 2**20
"""Bytes of a table, about what a processor's nearer caches hold: smaller ones lie row by row, and
what suits large cities is not compiled for others."""

Paths = frozenset[tuple[str, ...]]
NONE: Final[Paths] = frozenset()


def spread_paths(tables: Iterable[Leaf]) -> Paths:
    """Return which tables are to lie so: large ones, of whole blocks of long records."""
    return frozenset(path for path, table in tables if _can_be_spread(table))


def _can_be_spread(table: np.ndarray[Any, Any]) -> bool:
    kind = table.dtype
    return (
        kind.fields is not None
        and kind.itemsize > LONG
        and kind.itemsize % WORD == 0
        and table.ndim == 1
        and len(table) % ROWS == 0
        and table.nbytes > LARGE
        and not any(inner.shape for inner, *_ in kind.fields.values())
    )


def place_in_block(offset: int) -> int:
    """Return how far a field lies from its row's first word, given where it lies in a record."""
    word, byte = divmod(offset, WORD)
    return word * WORD * ROWS + byte


@contextmanager
def spread(tables: Iterable[Leaf], paths: Paths) -> Iterator[None]:
    """Turn the blocks of some tables, in place, and turn them back at the end."""
    words = [_words(table) for path, table in tables if path in paths]
    for each in words:
        _turn(each, ROWS, each.shape[1] // ROWS)
    try:
        yield
    finally:
        for each in words:
            _turn(each, each.shape[1] // ROWS, ROWS)


def _words(table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a table's words, a block a line."""
    return table.view(np.uint64).reshape(len(table) // ROWS, -1)


def _turn(words: np.ndarray[Any, Any], lines: int, columns: int) -> None:
    """Turn each block of so many lines and columns, up to the last that is not all noughts."""
    used = len(words)
    while used and not words[used - 1].any():
        used -= 1
    for block in words[:used]:
        block[:] = block.reshape(lines, columns).T.copy().reshape(-1)
