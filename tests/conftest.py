"""What every test starts from: the same language, no window, the same generated examples."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"
os.environ["SIM_LANG"] = "en"

# No deadline: the first example may compile. The same examples each time: a test that fails by
# chance on one machine protects nothing. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")

SHARE_RUNS = ("app", "evidence", "experiments", "levers", "reference", "report", "rules")
"""Folders whose tests read the same runs: each folder stays on one worker, so they run once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share runs together (``--dist loadgroup``)."""
    for item in items:
        folder = Path(item.path).parent.name
        if folder in SHARE_RUNS:
            item.add_marker(pytest.mark.xdist_group(folder))
