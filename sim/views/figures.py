"""Figures drawn and written: PNG for reading, SVG for printing."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure

from sim.spec import palette
from sim.store.spare import give_back
from sim.views.themes import LIGHT, Theme, worn

DPI = 150
METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}
_DRAWING = threading.Lock()


class Named(NamedTuple):
    """A figure yet to be drawn, and the stem of its files' names."""

    stem: str
    draw: Callable[[], Figure]


def draw_all(figures: Iterable[Named], folder: Path) -> list[Path]:
    """Draw figures as PNG and SVG; the same figures give the same bytes.

    Args:
        figures: of a run or of an experiment, undrawn.
        folder: made if missing.

    Returns:
        The files written, in the order drawn.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with matplotlib_defaults():
        for stem, draw in figures:
            give_back()
            figure = draw()
            files += [save(figure, folder / f"{stem}.{kind}") for kind in METADATA]
            # A figure and its canvas hold each other, and so 5 MB of points until garbage is
            # collected, which is after a dozen figures: another canvas lets go of them at once.
            FigureCanvasBase(figure)
    return files


@contextmanager
def matplotlib_defaults(theme: Theme = LIGHT) -> Iterator[None]:
    """Draw in a theme, else with matplotlib's own defaults, one thread at a time.

    A person's settings change nothing. A figure is drawn and saved inside: what a colour is called
    is looked up as late as then.
    """
    with _DRAWING, mpl.rc_context(), worn(theme):
        mpl.rcdefaults()
        # Glyphs become outlines, so that a reader needs no font; the salt fixes the ids in an SVG.
        mpl.rcParams["svg.fonttype"] = "path"
        mpl.rcParams["svg.hashsalt"] = "sim"
        mpl.rcParams["axes.facecolor"] = palette.PAPER
        mpl.rcParams["text.color"] = palette.INK
        yield


def save(figure: Figure, file: Path) -> Path:
    """Write a figure in the format of the file's suffix, without date or software names."""
    kind = file.suffix.removeprefix(".")
    figure.savefig(file, format=kind, dpi=DPI, metadata=METADATA[kind])
    return file
