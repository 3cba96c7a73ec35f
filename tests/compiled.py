"""Rules as compiled code has them, called from Python."""

from collections.abc import Callable
from typing import Any

import numba

from sim.engine.compiling import OPTIONS, dispatcher_of
from sim.engine.marks import mark_of


def compiled(rule: Callable[..., Any]) -> Callable[..., Any]:
    """Return what compiled code calls for a rule; Python may call it too."""
    mark = mark_of(rule)
    assert mark is not None
    names = ", ".join(mark.function.__code__.co_varnames[: mark.function.__code__.co_argcount])
    known: dict[str, Any] = {"inner": dispatcher_of(mark)}
    exec(f"def outer({names}):\n    return inner({names})\n", known)
    outer: Callable[..., Any] = numba.njit(**OPTIONS)(known["outer"])
    return outer
