"""What stands in the cells of a sweep's tables: likelihoods and differences that add up."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.views.experiment import Estimated, is_tie
from sim.views.sweep_source import Outcome, all_of
from sim.views.together import together


class Told(NamedTuple):
    """One likelihood of one point, as it is written."""

    likelihood: str
    change: str
    """Difference to the base in percentage points; "" for the base itself, like the next two."""
    low: str
    high: str
    tie: bool
    """Whether it cannot be told from the base."""

    def change_with_ends(self, between: str) -> str:
        """Return the difference with the ends of its interval in brackets."""
        return f"{self.change} ({self.low}{between}{self.high})"


def base_of(points: Sequence[Outcome]) -> Outcome:
    """Return the point that all others are paired with."""
    return next(point for point in points if point.is_base)


def intervals_of(points: Sequence[Outcome]) -> int:
    """Return how many differences to the base a sweep shows."""
    return sum(len(point.changes) for point in points if not point.is_base)


def told_cells(points: Sequence[Outcome]) -> list[list[Told]]:
    """Return what is written of each point, a row each: its counts, and all of them together.

    The base is written with as many decimals as the most exact of the others in its column.
    """
    base = base_of(points)
    levels = [each.value for each in all_of(base)]
    rows = [
        [
            _told(level, found, change)
            for level, found, change in zip(levels, all_of(point), point.changes, strict=True)
        ]
        for point in points
    ]
    named = [max((first for _, first in column), key=len) for column in zip(*rows, strict=True)]
    own = [Told(text, "", "", "", tie=True) for text in named]
    return [
        own if point.is_base else [each for each, _ in row]
        for point, row in zip(points, rows, strict=True)
    ]


def _told(level: float, found: Estimated, change: Estimated) -> tuple[Told, str]:
    """Return a point's cell, and the base's likelihood as it has to stand beside it."""
    texts = together(level, found.value, change)
    return Told(*texts[1:], is_tie(change)), texts.first
