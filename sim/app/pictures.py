"""Figures of `sim.views` as bytes, for the page and for saving."""

import io
from collections.abc import Callable
from typing import NamedTuple

from sim.spec.findings import Figure
from sim.views.figures import DPI, METADATA, Named, matplotlib_defaults
from sim.views.themes import DARK, LIGHT


class Drawing(NamedTuple):
    """A figure and its numbers."""

    figure: Named
    """Undrawn."""
    numbers: Callable[[], str]
    """Gives what it shows as CSV."""
    declared: Figure
    """The same as a study declares it, which the browser draws itself."""


def picture(named: Named, kind: str, dark: bool) -> bytes:
    """Draw a figure.

    Args:
        named: the figure, undrawn.
        kind: png or svg.
        dark: whether the ground is dark.
    """
    content = io.BytesIO()
    with matplotlib_defaults(DARK if dark else LIGHT):
        named.draw().savefig(content, format=kind, dpi=DPI, metadata=METADATA[kind])
    return content.getvalue()
