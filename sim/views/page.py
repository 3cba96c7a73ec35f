"""The sheet a figure is drawn on: heading, notes at the foot, panels between, in inches."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.spec import palette
from sim.views.fonts import font
from sim.views.wrap import shorten, wrap

Corner = Literal["lower left", "upper left"]
POINTS = 72.0  # per inch
EDGE = 0.3
BREATH = 0.05
"""Inches between kicker, title and subtitle."""
LEADING = 1.45 / POINTS  # inches of line height per point of type


class Heading(NamedTuple):
    """What stands above a figure."""

    kicker: str
    title: str
    subtitle: str


class Sheet(NamedTuple):
    """A figure with its heading and notes, and the room left for panels."""

    figure: Figure
    width: float
    """Width in inches."""
    top: float
    """Height in inches, from the foot, up to which panels may reach."""
    bottom: float
    """Height in inches from which panels may start."""

    def panel(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Add axes by their corner and size in inches from the sheet's lower left corner."""
        across, up = self.figure.get_size_inches()
        return self.figure.add_axes((left / across, bottom / up, width / across, height / up))

    def write(self, left: float, bottom: float, text: str, colour: str = palette.GREY) -> None:
        """Write a line whose baseline starts at a place in inches."""
        _write(self.figure, left, bottom, text, palette.LABEL_SIZE, colour)

    def legend(self, handles: Sequence[Artist], left: float, bottom: float) -> None:
        """Add a one-row legend whose lower left corner stands at a place in inches."""
        self._legend(handles, "lower left", (left, bottom), len(handles))

    def column(self, handles: Sequence[Artist], left: float, top: float) -> None:
        """Add a one-column legend whose upper left corner stands at a place in inches."""
        self._legend(handles, "upper left", (left, top), 1)

    def _legend(
        self, handles: Sequence[Artist], corner: Corner, at: tuple[float, float], columns: int
    ) -> None:
        across, up = self.figure.get_size_inches()
        self.figure.legend(
            handles=list(handles),
            loc=corner,
            bbox_to_anchor=(at[0] / across, at[1] / up),
            ncols=columns,
            frameon=False,
            prop=font(palette.LABEL_SIZE),
            labelcolor=palette.GREY,
            borderaxespad=0.0,
            borderpad=0.0,
            handlelength=1.6,
            handletextpad=0.5,
            columnspacing=1.5,
        )


def sheet(width: float, height: float, heading: Heading, notes: Sequence[str]) -> Sheet:
    """Return an empty sheet with heading and notes.

    Args:
        width: inches.
        height: inches.
        heading: kicker (one line, shortened if need be), title and subtitle (wrapped).
        notes: sentences for the foot, each wrapped and starting its own line.
    """
    figure = Figure(figsize=(width, height), facecolor=palette.PAPER)
    FigureCanvasAgg(figure)
    room = (width - 2 * EDGE) * POINTS
    top = height - 0.12
    kicker = [shorten(heading.kicker, palette.KICKER_SIZE, room)]
    styles = (
        (kicker, palette.KICKER_SIZE, palette.BLUE),
        (wrap(heading.title, palette.TITLE_SIZE, room), palette.TITLE_SIZE, palette.INK),
        (wrap(heading.subtitle, palette.SUBTITLE_SIZE, room), palette.SUBTITLE_SIZE, palette.GREY),
    )
    for lines, size, colour in styles:
        for line in lines:
            top -= size * LEADING
            _write(figure, EDGE, top, line, size, colour)
        top -= BREATH
    foot = [line for note in notes for line in wrap(note, palette.NOTE_SIZE, room)]
    bottom = 0.16
    for line in reversed(foot):
        _write(figure, EDGE, bottom, line, palette.NOTE_SIZE, palette.GREY)
        bottom += palette.NOTE_SIZE * LEADING
    bottom += 0.04
    _rule(figure, bottom)
    return Sheet(figure, width, top - 0.1, bottom + 0.05)


def _write(figure: Figure, left: float, bottom: float, text: str, size: float, colour: str) -> None:
    """Write one line on a figure; its baseline starts at a place in inches."""
    width, height = figure.get_size_inches()
    figure.text(
        left / width,
        bottom / height,
        text,
        fontproperties=font(size),
        color=colour,
        parse_math=False,
    )


def _rule(figure: Figure, at: float) -> None:
    width, height = figure.get_size_inches()
    edges = [EDGE / width, 1 - EDGE / width]
    line = Line2D(
        edges, [at / height] * 2, transform=figure.transFigure, color=palette.PALE, lw=0.7
    )
    figure.add_artist(line)
