"""Replicates of the plan as written, measured once for all tests of what they show."""

import pytest

from sim.evidence.patterns.look import Looked, look
from sim.scenario import read_scenario

SEED = 2022
REPLICATES = 24


@pytest.fixture(scope="session")
def looked() -> Looked:
    """Two dozen replicates, drawn from the prior, each measured by every pattern."""
    return look(read_scenario("as-written").setup(), SEED, REPLICATES, workers=2)
