"""What is to be said where many intervals are read at once."""

from collections.abc import Iterator

from sim.estimate.intervals import CONFIDENCE
from sim.language import Language, Text
from sim.text.catalogue import worded
from sim.text.joining import sentences

FEW = 10
"""Intervals below which less than half a one is expected to miss."""


def by_chance(intervals: int) -> Iterator[Text]:
    """Yield how many of some 95 % intervals can be expected to miss, unless they are few.

    The expectation is a sum over intervals, and holds whether or not they depend on each other.
    """
    if intervals >= FEW:
        miss = max(1, round((1.0 - CONFIDENCE) * intervals))
        yield worded("page.by_chance", intervals=intervals, number=miss)


def noted(notes: tuple[str, str], intervals: int, language: Language) -> tuple[str, str]:
    """Return the notes of a figure with that said after what its marks are."""
    told = (each.in_(language) for each in by_chance(intervals))
    return sentences(notes[0], *told, language=language), notes[1]
