"""From a figure to the forms in which a report holds it."""

import io
from collections.abc import Callable

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from sim.present.report.document import Picture
from sim.views.figures import METADATA, matplotlib_defaults

DPI = 170
"""Of the points in the PDF: sharp in print at the size that a page gives them."""
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
        vectors: whether the HTML holds vectors; the outlines of maps are too many for that.
    """
    size, svg, png = forms(draw, vectors)
    return Picture(key, caption, alternative, svg, png, size, source)


def forms(
    draw: Callable[[], Figure], vectors: bool
) -> tuple[tuple[float, float], bytes | None, bytes]:
    """Return a figure's size in inches, the figure as SVG if wanted, and as PNG."""
    with matplotlib_defaults():
        figure = draw()
        width, height = map(float, figure.get_size_inches())
        svg = io.BytesIO()
        if vectors:
            figure.savefig(svg, format="svg", metadata=METADATA["svg"])
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        buffer = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        points = np.asarray(buffer)[:, :, :3].copy()
    png = io.BytesIO()
    few = Image.fromarray(points).quantize(
        COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    few.save(png, format="PNG")
    return (width, height), svg.getvalue() if vectors else None, png.getvalue()
