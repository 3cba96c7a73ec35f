"""The replicates whose every month the laws of the model are checked against."""

import pytest

from tests.rules.history import History, play
from tests.rules.recount import Series, recount

PLAYED = [
    ("as-written", 0),
    ("as-written", 3),
    ("business-as-usual", 1),
    ("business-as-usual", 2),
]


@pytest.fixture(scope="session", params=PLAYED, ids=lambda played: f"{played[0]}-{played[1]}")
def history(request: pytest.FixtureRequest) -> History:
    """Return a replicate month by month; one at a time, since each takes some 200 MB."""
    return play(*request.param)


@pytest.fixture(scope="session")
def recounted(history: History) -> Series:
    """Return the replicate's counts and measures, worked out again from its tables."""
    return recount(history)
