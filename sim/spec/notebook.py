"""How a result shows itself in a notebook, though what draws it lies in a room above."""

from collections.abc import Callable
from typing import Any

_SHOWING: list[Callable[[Any], str]] = []


def show_with(html: Callable[[Any], str]) -> None:
    """Let results show themselves as the HTML that a function of an upper room makes of them."""
    _SHOWING[:] = [html]


def html_of(shown: Any) -> str:
    """Return a result as a piece of HTML."""
    return _SHOWING[0](shown)
