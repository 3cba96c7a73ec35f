"""What the tests of figures read off a sheet: its texts, and whether they can be read."""

import warnings
from collections.abc import Callable, Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase

from sim.views.page import EDGE


def drawn(draw: Callable[[], Figure]) -> Figure:
    """Draw a figure; any warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw()
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """Yield every text that is seen, with its place on the sheet."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip():
            yield text.get_text(), text.get_window_extent()


def said(figure: Figure) -> str:
    """Return all texts of a figure."""
    return " ".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))


def labels(axes: Axes) -> list[str]:
    """Return the texts written on or beside a chart, in the order written."""
    return [text.get_text() for text in axes.texts]


def overlap(one: Bbox, other: Bbox) -> float:
    """Area that two boxes share over that of the smaller."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    if width <= 0 or height <= 0:
        return 0.0
    return float(width * height / min(one.width * one.height, other.width * other.height))


def inside(box: Bbox, sheet: BboxBase) -> bool:
    """Whether a box lies on a sheet."""
    across = sheet.x0 <= box.x0 and box.x1 <= sheet.x1
    return bool(across and sheet.y0 <= box.y0 and box.y1 <= sheet.y1)


def check(figure: Figure) -> None:
    """Fail if a text leaves the sheet's margins or covers another."""
    found = list(texts(figure))
    margin = 0.4 * EDGE * figure.dpi
    sheet = figure.bbox.padded(-margin)
    outside = [text for text, box in found if not inside(box, sheet)]
    assert outside == []
    assert [(a[0], b[0]) for a, b in combinations(found, 2) if overlap(a[1], b[1]) > 0.12] == []
