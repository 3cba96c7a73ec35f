"""Numbers that a person may ask for, and their ranges."""

from typing import NamedTuple

from sim.problems import Problem
from sim.text.catalogue import worded


class Range(NamedTuple):
    """Values that an option may have, both ends included."""

    low: float
    high: float
    kind: type[int] | type[float]


RANGES = {
    "replicates": Range(2, 1_000_000, int),
    "precision": Range(0.002, 0.5, float),
    "seed": Range(0, 2**63 - 1, int),
    "workers": Range(1, 1024, int),
}


def check(name: str, value: object) -> None:
    """Make sure that a number is of the right type and in its range.

    Raises:
        Problem: it is not.
    """
    allowed = RANGES[name]
    kinds = (int,) if allowed.kind is int else (int, float)
    fits = isinstance(value, kinds) and not isinstance(value, bool)
    if not (fits and allowed.low <= value <= allowed.high):  # type: ignore[operator]
        kind = "whole_number_between" if allowed.kind is int else "number_between_ends"
        expected = worded(f"expected.{kind}", low=allowed.low, high=allowed.high)
        raise Problem(f"--{name}", "", repr(value), expected)
