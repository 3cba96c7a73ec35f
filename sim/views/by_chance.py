"""What is to be said where many intervals are read at once."""

from collections.abc import Iterator

from sim.estimate.intervals import CONFIDENCE
from sim.language import Text
from sim.text.catalogue import worded

FEW = 10
"""Intervals below which less than half a one is expected to miss."""


def by_chance(intervals: int) -> Iterator[Text]:
    """Yield how many of some 95 % intervals can be expected to miss, unless they are few.

    The expectation is a sum over intervals, and holds whether or not they depend on each other.
    """
    if intervals >= FEW:
        miss = max(1, round((1.0 - CONFIDENCE) * intervals))
        yield worded("page.by_chance", intervals=intervals, number=miss)
