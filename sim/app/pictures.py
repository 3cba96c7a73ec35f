"""Figures as bytes, for the page and for saving."""

import io
from collections.abc import Callable
from typing import NamedTuple

from matplotlib.figure import Figure as Drawn

from sim.spec.findings import Figure
from sim.views.figures import DPI, METADATA, matplotlib_defaults
from sim.views.themes import DARK, LIGHT


class Drawing(NamedTuple):
    """A figure and its numbers."""

    figure: Figure
    numbers: Callable[[], str]
    """Gives what it shows as CSV."""


def picture(draw: Callable[[], Drawn], kind: str, dark: bool) -> bytes:
    """Draw a figure.

    Args:
        draw: draws it.
        kind: png or svg.
        dark: whether the ground is dark.
    """
    content = io.BytesIO()
    with matplotlib_defaults(DARK if dark else LIGHT):
        draw().savefig(content, format=kind, dpi=DPI, metadata=METADATA[kind])
    return content.getvalue()
