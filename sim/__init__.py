"""How likely are Shanghai's 2030 future-industry counts, given what the city does?"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.scenario.changing import change_with
from sim.spec.notebook import show_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sim.cluster_model import ClusterModel
    from sim.functions import attribute, compare, explain, rank, run, study, sweep
    from sim.problems import Problem
    from sim.scenario import Scenario
    from sim.store import load_result

__all__ = [
    "ClusterModel",
    "Problem",
    "__version__",
    "attribute",
    "compare",
    "explain",
    "load_result",
    "rank",
    "read_scenario",
    "run",
    "study",
    "sweep",
]

__version__: str
"""Of the project, as its package's metadata states it."""

# Loaded when first asked for, so that `import sim` and the command line start fast.
_HOMES = {
    "ClusterModel": "sim.cluster_model",
    "Problem": "sim.problems",
    "attribute": "sim.functions",
    "compare": "sim.functions",
    "explain": "sim.functions",
    "load_result": "sim.store",
    "rank": "sim.functions",
    "run": "sim.functions",
    "study": "sim.functions",
    "sweep": "sim.functions",
}


def read_scenario(path_or_name: "str | Path") -> "Scenario":
    """Return the scenario in a file, on top of those that it extends.

    Python files that it names as processes are run, on this machine.

    Args:
        path_or_name: a path, or the name of a file in the folder of scenarios.

    Returns:
        The scenario, complete and checked.

    Raises:
        Problem: the file is missing, or something in it or in one that it extends is wrong.
    """
    from sim.scenario import read_scenario as read

    return read(path_or_name, foreign=True)


def _html_of(shown: Any) -> str:
    from sim.present.notebook import html_of

    return html_of(shown)


def _changed(scenario: Any, changes: "Mapping[str, object]") -> Any:
    from sim.scenario.changed import changed

    return changed(scenario, changes)


show_with(_html_of)
change_with(_changed)
logging.getLogger(__name__).addHandler(logging.NullHandler())  # quiet unless asked for


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("shanghai-future-industry-sim")
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
