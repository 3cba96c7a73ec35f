"""Which row of a posterior's list a parameter draw is: each row once before any comes again.

Rows picked with replacement would come twice by chance while others never came, and an ensemble
would know the list less well than its number of draws says.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.chance import LOW, name_counter, philox_plain, seed_word_plain

NAME: Final = "posterior"
KEPT: Final = 64
"""Orders kept: tries for known facts go through many at the same time."""


def row_of(rows: int, seed: int, draw: int) -> int:
    """Return the row that a parameter draw is, 0 to ``rows`` - 1.

    Draws 0 to ``rows`` - 1 are a permutation of the rows, and so are the next as many, in another
    order. It depends on the arguments alone, so any part of an ensemble holds when it grows, and
    scenarios with the same list have the same row for the same draw.

    Args:
        rows: of the list.
        seed: of the ensemble.
        draw: number of the draw.
    """
    turn, place = divmod(draw, rows)
    return int(_order(rows, seed, turn)[place])


@lru_cache(KEPT)
def _order(rows: int, seed: int, turn: int) -> NDArray[np.intp]:
    """Return the rows in the order of random words that are keyed by seed, turn and row."""
    first, *others = name_counter(NAME)
    keys = np.arange(rows, dtype=np.uint64) ^ np.uint64(first)
    word, *_ = philox_plain((seed_word_plain(seed), turn & LOW), (keys, *others))
    return np.argsort(word, kind="stable")
