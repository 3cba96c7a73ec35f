"""From a figure to the forms in which a report holds it."""

import io
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from sim.present.report.document import Picture
from sim.views.figures import METADATA, matplotlib_defaults

DPI = 170
"""Of points: sharp in print at the size that a page gives them."""
COLOURS = 256
"""Of the points: flat colours and soft edges need no more, in a third of the bytes."""


def picture(
    key: str,
    draw: Callable[[], Figure],
    caption: str,
    alternative: str,
    source: str,
    *,
    vectors: bool = True,
) -> Picture:
    """Draw a figure; the same figure gives the same bytes.

    Args:
        key: unique in the document.
        draw: makes the figure.
        caption: what it shows.
        alternative: what there is to see, for people who cannot.
        source: which file of which result it was drawn from.
        vectors: whether to draw in vectors; the outlines of maps are too many for that.
    """
    size, outlines, paper = forms(draw, vectors)
    return Picture(key, caption, alternative, outlines, paper, size, source)


def forms(
    draw: Callable[[], Figure], vectors: bool
) -> tuple[tuple[float, float], bytes | None, bytes]:
    """Return a figure's size in inches, its outlines if wanted, and as the PDF holds it."""
    with matplotlib_defaults():
        figure = draw()
        width, height = map(float, figure.get_size_inches())
        if not vectors:
            return (width, height), None, _points(figure)
        outlines = _svg(figure)
        mpl.rcParams["svg.fonttype"] = "none"
        return (width, height), outlines, _svg(figure)


def _svg(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="svg", metadata=METADATA["svg"])
    return content.getvalue()


def _points(figure: Figure) -> bytes:
    """Return a figure as PNG with a palette."""
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    buffer = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    points = np.asarray(buffer)[:, :, :3].copy()
    few = Image.fromarray(points).quantize(
        COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    content = io.BytesIO()
    few.save(content, format="PNG")
    return content.getvalue()
