"""A number read off a sample, and how far luck in the sample may have moved it."""

from math import nan
from typing import NamedTuple

Z = 1.959963984540054
"""Standard errors to either side that hold 95 % of a normal distribution."""


class Estimate(NamedTuple):
    """A value and its standard error."""

    value: float
    """Not a number if the sample does not allow it."""
    error: float = 0.0
    """Standard error; 0 where the value is a count or a share that the rule takes as it is."""

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - Z * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + Z * self.error


UNKNOWN = Estimate(nan, nan)
"""Of a sample that is too small."""
