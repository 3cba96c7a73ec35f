"""When replicates that come in are looked at, and in which turns two packages get theirs."""

import time
from collections.abc import Iterator

from sim.app.answers import FEWEST

FIRST_AIM = 32
"""Replicates after which a package waits for its reference to have as many; then twice as many."""
PACE = 0.3
"""Seconds between two looks at what is there, at least."""
STEP = 1.1
"""Times as many replicates as at the last look, at least: fewer narrow an interval by less than a
twentieth, which nobody sees, and drawing takes time from running them."""
ROUND = 400
"""Replicates after which one looks in any case, so that a precision that was waited for is told
when it is there."""


def due(waited: float, there: int, number: int) -> bool:
    """Return whether it is time to look again.

    Args:
        waited: seconds since the last look.
        there: replicates that there were then.
        number: that there are now.
    """
    if number // ROUND > there // ROUND:
        return True
    return number >= STEP * there and waited >= PACE


class Look:
    """When replicates were last looked at, and how many there were."""

    def __init__(self, wanted: int) -> None:
        """Look at so many at most."""
        self.wanted = wanted
        self.there = 0
        self._at = 0.0

    def due(self, number: int) -> bool:
        """Return whether to look again now that there are so many, and remember that one did."""
        number = min(number, self.wanted)
        waited = time.monotonic() - self._at
        last = number == self.wanted > self.there
        if number < FEWEST or not (last or due(waited, self.there, number)):
            return False
        self.there, self._at = number, time.monotonic()
        return True


def aims(wanted: int) -> Iterator[int]:
    """Yield how many replicates a package and its reference come to in turn, the last wanted."""
    aim = FIRST_AIM
    while aim < wanted:
        yield aim
        aim *= 2
    yield wanted
