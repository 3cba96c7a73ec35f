"""What every test starts from: the same language, no window, the same generated examples."""

import os
from pathlib import PurePosixPath

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

os.environ["MPLBACKEND"] = "Agg"
os.environ["SIM_LANG"] = "en"
# The program is started some hundred times: who installs it has its bytecode on disk as well.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No deadline: the first example may compile. The same examples each time: a test that fails by
# chance on one machine protects nothing. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")

SHARE_RUNS = ("app", "report", "evidence", "experiments", "levers", "reference", "rules")
"""Folders whose tests read the same runs: each folder stays on one worker, so they run once."""
ALSO = {"test_notebook.py": "rules"}
"""Files that run the model: on the worker whose tests have compiled it already."""
FIRST = ("app", "report", "tests/test_wheel.py", "evidence", "tests/cities/test_cities.py")
"""What is begun first, in this order: what takes longest, beside what needs no compiled rules while
they are compiled for the first time."""


class Together(LoadScopeScheduling):
    """Hands out tests by folder where they share runs, else by file.

    Groups by mark (``--dist loadgroup``) do nothing since pytest 9.2: xdist 3.8 tells of them in
    the names of tests, which can no longer be changed.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(test: str) -> str:
    """Return what a test, by its name, is handed out with."""
    file = PurePosixPath(test.partition("::")[0])
    if file.parent.name in SHARE_RUNS:
        return file.parent.name
    return ALSO.get(file.name, str(file))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Begin two workers more than there are processors.

    The lab's mostly waits for a browser; others wait for commands, clusters and compiled rules.
    """
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Let tests that share runs stay together."""
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, then the folders that share runs, then the files."""
    order = (*FIRST, *(each for each in SHARE_RUNS if each not in FIRST))
    places = {group: place for place, group in reversed(list(enumerate(order)))}
    items.sort(key=lambda item: places.get(group_of(item.nodeid), len(order)))
