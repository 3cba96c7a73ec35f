"""Ratios of a count under two packages, as they are written."""

from collections.abc import Sequence
from math import isfinite

FINE = 0.1
"""A ratio this near to 1 has three decimals."""


def times(ratio: float) -> str:
    """Return a ratio, such as ×1.12: three decimals near 1, one from ten on."""
    return f"×{plain_ratio(ratio)}"


def times_alike(ratios: Sequence[float]) -> list[str]:
    """Return round ratios along an axis, all with as many decimals as they need, two or more."""
    needed = (len(f"{each:.6f}".rstrip("0").partition(".")[2]) for each in ratios)
    decimals = max(2, *needed)
    return [f"×{each:.{decimals}f}" for each in ratios]


def plain_ratio(ratio: float) -> str:
    """Return a ratio without its sign of multiplication; what has no finite one is ∞."""
    if not isfinite(ratio):
        return "∞"
    decimals = 1 if ratio >= 10.0 else 3 if 0.0 < abs(ratio - 1.0) < FINE else 2
    return f"{ratio:.{decimals}f}"
