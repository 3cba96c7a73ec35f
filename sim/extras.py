"""Which part of the project's packages something needs that is not there."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from sim.problems import Problem
from sim.text.catalogue import worded

EXTRA_OF: Final[Mapping[str, str]] = {
    "nicegui": "web",
    "tomli_w": "web",
    "distributed": "cluster",
    "optuna": "search",
    "jinja2": "report",
    "fontTools": "report",
    "typst": "report",
    "scoringrules": "evidence",
    "openpyxl": "excel",
    "pandas": "data",
    "xarray": "data",
}
"""Extra of pyproject.toml that brings a module; the base brings all others."""


def missing_extra(error: ModuleNotFoundError) -> Problem | None:
    """Return how to get the module that was not found; None if no extra brings it."""
    module = (error.name or "").partition(".")[0]
    if module not in EXTRA_OF:
        return None
    wanted = f'pip install "shanghai-future-industry-sim[{EXTRA_OF[module]}]"'
    return Problem(module, "", "—", worded("expected.package", command=wanted))


def of_extra(module: str) -> Any:
    """Return a module that an extra brings.

    Raises:
        Problem: it is not installed; says how to get it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (lacking := missing_extra(error)) is None:
            raise
        raise lacking from error
