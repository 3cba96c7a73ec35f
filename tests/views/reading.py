"""What the tests of figures read off a sheet: its texts, and whether they can be read."""

import warnings
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase
from numpy.typing import NDArray

from sim.language import Language
from sim.present.figure import drawn as draw
from sim.spec.findings import Figure as Declared
from sim.views.page import EDGE
from sim.views.wrap import ELLIPSIS


def drawn(draw: Callable[[], Figure]) -> Figure:
    """Draw a figure; any warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw()
        figure.draw_without_rendering()
    return figure


def sheet(declared: Declared, language: Language = "en") -> Figure:
    """Draw a declared figure; any warning is an error."""
    return drawn(lambda: draw(declared, language))


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


def covered(found: Sequence[tuple[str, Bbox]], most: float) -> list[tuple[str, str]]:
    """Return the pairs of texts that share more than this part of the smaller one's area."""
    if not found:
        return []
    pairs = np.argwhere(np.triu(_overlaps([box for _, box in found]) > most, 1))
    return [(found[one][0], found[other][0]) for one, other in pairs]


def _overlaps(boxes: Sequence[Bbox]) -> NDArray[np.float64]:
    """Return the area that each two boxes share over that of the smaller, shape (boxes, boxes)."""
    ends = np.array([box.extents for box in boxes])
    low, high = ends[:, :2], ends[:, 2:]
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    areas = (high - low).prod(axis=1)
    found: NDArray[np.float64] = np.maximum(shared, 0.0).prod(axis=2)
    found /= np.minimum(areas[:, None], areas)
    return found


def inside(box: Bbox, sheet: BboxBase) -> bool:
    """Whether a box lies on a sheet."""
    across = sheet.x0 <= box.x0 and box.x1 <= sheet.x1
    return bool(across and sheet.y0 <= box.y0 and box.y1 <= sheet.y1)


def check(figure: Figure, *, shortened: bool = False) -> None:
    """Fail if a text is cut, leaves the sheet's margins or covers another.

    Args:
        figure: drawn.
        shortened: whether it holds a name that somebody wrote, too long for any sheet.
    """
    found = list(texts(figure))
    assert any(text.endswith(ELLIPSIS) for text, _ in found) is shortened
    margin = 0.4 * EDGE * figure.dpi
    sheet = figure.bbox.padded(-margin)
    outside = [text for text, box in found if not inside(box, sheet)]
    assert outside == []
    assert covered(found, 0.12) == []
