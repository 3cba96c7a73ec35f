"""What stands in the cells of a sweep's tables: likelihoods and differences that add up."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.text.together import decimals_of, is_tie, together
from sim.views.sweep_source import Outcome, all_of


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

    A count's likelihoods all have as many decimals as the one that needs most of them: what stands
    in a column is set against the base above it.
    """
    levels = [each.value for each in all_of(base_of(points))]
    others = [point for point in points if not point.is_base]
    finest = [
        max(
            (decimals_of(level, all_of(each)[k].value, each.changes[k]) for each in others),
            default=0,
        )
        for k, level in enumerate(levels)
    ]
    return [_told(point, levels, finest) for point in points]


def _told(point: Outcome, levels: Sequence[float], finest: Sequence[int]) -> list[Told]:
    """Return the cells of a point, given the base's likelihoods and the decimals of each count."""
    if point.is_base:
        return [
            Told(f"{100 * level:.{decimals}f}%", "", "", "", tie=True)
            for level, decimals in zip(levels, finest, strict=True)
        ]
    row = zip(levels, all_of(point), point.changes, finest, strict=True)
    return [
        Told(*together(level, found.value, change, decimals)[1:], is_tie(change))
        for level, found, change, decimals in row
    ]
