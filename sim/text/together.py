"""Two likelihoods and their difference, rounded alike, so that what is read adds up."""

from math import isfinite
from typing import NamedTuple, Protocol

from sim.text.numbers import MINUS, signed

FINEST = 6
"""Decimals tried where none and all must not be written for what is not quite either."""
OPEN = "…"
"""An end of an interval that a single parameter draw leaves open."""


class Estimated(Protocol):
    """A number and its 95 % interval, whoever estimated it."""

    @property
    def value(self) -> float:
        """The estimate."""

    @property
    def low(self) -> float:
        """Lower end of the interval."""

    @property
    def high(self) -> float:
        """Upper end."""


def half_width(found: Estimated) -> float:
    """Return the longer side of an interval."""
    return max(found.value - found.low, found.high - found.value)


def is_tie(found: Estimated) -> bool:
    """Return whether an interval holds zero: there may be no difference."""
    return found.low <= 0.0 <= found.high


class Rounded(NamedTuple):
    """Texts of two shares, and of their difference in percentage points with its interval."""

    first: str
    second: str
    value: str
    low: str
    high: str


def together(first: float, second: float, found: Estimated, decimals: int | None = None) -> Rounded:
    """Return two shares and their difference so that they add up as shown.

    37.1 %, 39.5 % and +2.3 are not written 37 %, 40 % and +2 but with a decimal. One is enough:
    should they still not add up, the difference is that of the shares as shown, a tenth of a point
    at most from its own rounding, and less than luck leaves uncertain. The ends of an interval that
    is clear of nought have the decimals that show it.

    Args:
        first: a fraction.
        second: another.
        found: second minus first, and its interval, as fractions.
        decimals: of the shares, where others that stand beside them want more than they do.
    """
    decimals = decimals_of(first, second, found) if decimals is None else decimals
    one, other = (round(100 * each, decimals) for each in (first, second))
    ends = next((each for each in range(decimals, FINEST) if _clear(found, each)), FINEST)
    return Rounded(
        f"{one:.{decimals}f}%",
        f"{other:.{decimals}f}%",
        in_points((other - one) / 100, decimals),
        in_points(found.low, ends),
        in_points(found.high, ends),
    )


def decimals_of(first: float, second: float, found: Estimated) -> int:
    """Return how many decimals two shares need: none if they add up so, else one.

    More only where none or all would be written of what is not quite so.
    """
    one, other, gap = (round(100 * each) for each in (first, second, found.value))
    least = 0 if other - one == gap else 1
    wanted = (each for each in range(least, FINEST) if _keep_off_ends(first, second, each))
    return next(wanted, FINEST)


def in_points(share: float, decimals: int) -> str:
    """Return a difference of fractions in percentage points, with its sign; nought has none."""
    if not isfinite(share):
        return OPEN
    shown = f"{100 * abs(share):.{decimals}f}"
    if float(shown) == 0.0:
        return "0"
    return f"{'+' if share > 0 else MINUS}{shown}"


def _keep_off_ends(first: float, second: float, decimals: int) -> bool:
    shown = ((each, round(100 * each, decimals)) for each in (first, second))
    return not any(0.0 < share < 1.0 and text in (0.0, 100.0) for share, text in shown)


def _clear(found: Estimated, decimals: int) -> bool:
    """Return whether an interval that is clear of nought is so as shown."""
    near = min(abs(found.low), abs(found.high))
    return is_tie(found) or not isfinite(near) or round(100 * near, decimals) != 0.0


def amount(value: float) -> str:
    """Return a difference in a count's unit with its sign; an open end is an ellipsis."""
    return signed(value) if isfinite(value) else OPEN
