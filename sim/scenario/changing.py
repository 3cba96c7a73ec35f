"""How a scenario is changed in Python, though what reads changes lies above it."""

from collections.abc import Callable, Mapping
from typing import Any

_CHANGING: list[Callable[[Any, Mapping[str, object]], Any]] = []


def change_with(changed: Callable[[Any, Mapping[str, object]], Any]) -> None:
    """Let scenarios change by a function that takes one, and what is changed."""
    _CHANGING[:] = [changed]


def changed(scenario: Any, changes: Mapping[str, object]) -> Any:
    """Return a scenario with changes."""
    return _CHANGING[0](scenario, changes)
