"""How likely are Shanghai's 2030 future-industry counts, given what the city does?"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.spec.notebook import show_with

if TYPE_CHECKING:
    from pathlib import Path

    from sim.cluster_model import ClusterModel
    from sim.runner import run
    from sim.scenario import Scenario
    from sim.store import load_result

__all__ = ["ClusterModel", "__version__", "load_result", "read_scenario", "run"]

__version__: str
"""Of the project, as its package's metadata states it."""

# Loaded when first asked for, so that `import sim` and the command line start fast.
_HOMES = {
    "ClusterModel": "sim.cluster_model",
    "load_result": "sim.store",
    "run": "sim.runner",
}


def read_scenario(path_or_name: "str | Path") -> "Scenario":
    """Return the scenario in a file, on top of those that it extends.

    Python files that it names as processes are run, on this machine.

    Raises:
        Problem: the file is missing, or something in it or in one that it extends is wrong.
    """
    from sim.scenario import read_scenario as read

    return read(path_or_name, foreign=True)


def _html_of(shown: Any) -> str:
    from sim.present.notebook import html_of

    return html_of(shown)


show_with(_html_of)
logging.getLogger(__name__).addHandler(logging.NullHandler())  # quiet unless asked for


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("shanghai-future-industry-sim")
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
