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
LONGEST = ("app-browser", "wheel")
"""Groups that are begun first, one on each of two workers: begun later, they would end last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares runs or fixtures (``--dist loadgroup``), the longest first.

    A folder of `SHARE_RUNS` is a group, and so is each file of the others.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            folder = Path(item.path).parent.name
            group = folder if folder in SHARE_RUNS else item.path.stem
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    assert marker is not None
    order = (*LONGEST, *SHARE_RUNS)
    return order.index(marker.args[0]) if marker.args[0] in order else len(order)
