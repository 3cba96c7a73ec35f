"""What the tests of the levers share: each run is made once."""

import pytest

from tests.levers.pairs import Pairs
from tests.levers.table import EFFECTS

PAIRS = 24
"""Each has a parameter draw of its own.

Chosen beforehand: at an error rate of 0.01 over some seventy effects, 21 of 24 differences must
have the sign expected. Where a pair has it with probability 0.97 (a mean difference of two standard
deviations), that many do with probability 0.997; with 0.95, still with 0.97.
"""


@pytest.fixture(scope="session")
def pairs() -> Pairs:
    """Return the paired runs of all effects."""
    return Pairs(EFFECTS, range(PAIRS))
