"""Differences of likelihoods in points: in cells, and in the first sentence of a study."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sim.language import Text
from sim.text.catalogue import worded
from sim.text.joining import joined, semicolons
from sim.text.numbers import with_ends
from sim.text.together import Estimated, is_tie

TOLD = 4
"""Moves that the first sentence tells of."""


class Move(NamedTuple):
    """What moves a likelihood by how much, as a fraction."""

    by: Estimated
    what: Text
    of: Text
    """The count."""


def in_points(found: Estimated) -> str:
    """Return a difference with the ends of its interval, in points."""
    return with_ends(*(100 * each for each in (found.value, found.low, found.high)))


def marked(found: Estimated) -> Text | str:
    """Return the same, and that it cannot be told apart where that is so."""
    points = in_points(found)
    return worded("points.not_apart", points=points) if is_tie(found) else points


def lead(section: str, moves: Iterable[Move]) -> Text:
    """Return the largest moves that are clear of nought, or that there are none.

    Args:
        section: of the sentences ``lead`` and ``lead_none``.
        moves: all that were looked at.
    """
    every = list(moves)
    clear = [each for each in every if not is_tie(each.by)]
    clear.sort(key=lambda each: -abs(each.by.value))
    if not clear:
        return worded(f"{section}.lead_none", total=len(every))
    told = [
        worded("points.moved", what=each.what, points=in_points(each.by), count=each.of)
        for each in clear[:TOLD]
    ]
    said = semicolons(told)
    found = worded(f"{section}.lead", clear=len(clear), total=len(every), told=said)
    return joined([found, worded("points.overlap")]) if _overlap(clear[:TOLD]) else found


def _overlap(moves: Sequence[Move]) -> bool:
    """Return whether another may be as large as the first."""
    ends = [sorted((abs(each.by.low), abs(each.by.high))) for each in moves]
    return any(high >= ends[0][0] for _, high in ends[1:])
