"""From a figure to the two forms in which a report holds it."""

import io
from collections.abc import Callable

from matplotlib.figure import Figure
from PIL import Image

from sim.views.figures import METADATA, matplotlib_defaults
from sim.views.report.document import Picture

DPI = 170
"""Of the points in the PDF: sharp in print at the size that a page gives them."""
COLOURS = 256
"""Of the points: flat colours and soft edges need no more, in a third of the bytes."""


def picture(
    key: str, draw: Callable[[], Figure], caption: str, alternative: str, source: str
) -> Picture:
    """Draw a figure; the same figure gives the same bytes."""
    with matplotlib_defaults():
        figure = draw()
        width, height = figure.get_size_inches()
        svg, png = io.BytesIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata=METADATA["svg"])
        figure.savefig(png, format="png", dpi=DPI, metadata=METADATA["png"])
    size = (float(width), float(height))
    return Picture(key, caption, alternative, svg.getvalue(), _few_colours(png), size, source)


def _few_colours(png: io.BytesIO) -> bytes:
    """Return a picture with a palette instead of a colour for every point."""
    found = io.BytesIO()
    with Image.open(png) as whole:
        few = whole.convert("RGB").quantize(
            COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        few.save(found, format="PNG", optimize=True)
    return found.getvalue()
