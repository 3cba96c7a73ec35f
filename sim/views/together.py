"""Two likelihoods and their difference, rounded alike, so that what is read adds up."""

from math import isfinite
from typing import NamedTuple

from sim.views.experiment import Estimated, is_tie
from sim.views.numbers import MINUS

MOST = 6
"""Decimals tried; one row in a hundred needs more than two."""
OPEN = "…"
"""An end of an interval that a single parameter draw leaves open."""


class Rounded(NamedTuple):
    """Texts of two shares, and of their difference in percentage points with its interval."""

    first: str
    second: str
    value: str
    low: str
    high: str


def together(first: float, second: float, found: Estimated) -> Rounded:
    """Return two shares and their difference with so many decimals that they add up as shown.

    37.1 %, 39.5 % and +2.3 are not written 37 %, 40 % and +2: a decimal is added until the second
    less the first is the difference, and what is not quite none or all is not written so. The ends
    of an interval that is clear of nought have the decimals that show it.

    Args:
        first: a fraction.
        second: another.
        found: second minus first, and its interval, as fractions.
    """
    decimals = next((each for each in range(MOST) if _add_up(first, second, found, each)), MOST)
    ends = next((each for each in range(decimals, MOST) if _clear(found, each)), MOST)
    return Rounded(
        f"{100 * first:.{decimals}f}%",
        f"{100 * second:.{decimals}f}%",
        in_points(found.value, decimals),
        in_points(found.low, ends),
        in_points(found.high, ends),
    )


def in_points(share: float, decimals: int) -> str:
    """Return a difference of fractions in percentage points, with its sign; nought has none."""
    if not isfinite(share):
        return OPEN
    shown = f"{100 * abs(share):.{decimals}f}"
    if float(shown) == 0.0:
        return "0"
    return f"{'+' if share > 0 else MINUS}{shown}"


def _add_up(first: float, second: float, found: Estimated, decimals: int) -> bool:
    one, other, gap = (round(100 * each, decimals) for each in (first, second, found.value))
    if round(other - one, decimals) != gap:
        return False
    shown = ((first, one), (second, other))
    return not any(0.0 < share < 1.0 and text in (0.0, 100.0) for share, text in shown)


def _clear(found: Estimated, decimals: int) -> bool:
    """Return whether an interval that is clear of nought is so as shown."""
    near = min(abs(found.low), abs(found.high))
    return is_tie(found) or not isfinite(near) or round(100 * near, decimals) != 0.0
