"""What tells colours and marks above charts in the browser, in as many lines as that takes."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.language import Language, Text
from sim.present.browser_shapes import FONT, SHAPES
from sim.spec import palette
from sim.spec.marks import Bars, Dots, Line, Panels, Rows, Rule, Series, Strip
from sim.views.fonts import width
from sim.views.themes import Theme

LINE, EDGE, SIZE, SWATCH, GAP = 24, 6, 12, 14, 10
"""Pixels of a line, before the first, of a letter, of a sign, and between two names."""
NARROWEST = 600.0
"""Pixels that there are at least, but on a phone."""
BROADER = 1.15
"""Times as wide as in our font are Latin letters in that of some machines."""
STROKES = {"solid": "path://M0,0H14V2H0Z", "dashed": "path://M0,0H5V2H0ZM9,0H14V2H9Z",
           "dotted": "path://M0,0H2V2H0ZM6,0H8V2H6ZM12,0H14V2H12Z"}  # fmt: skip
"""Signs of lines; ECharts' own have dots on them."""
Item = Mapping[str, Any]
"""How the sign of a name looks."""


def of_panels(mark: Panels, theme: Theme) -> dict[Text, Item]:
    """Return the sign of whatever has a name, each name once; a strip says its own."""
    return {
        layer.name: _sign(layer, theme)
        for panel in mark.panels
        for layer in panel.layers
        if not isinstance(layer, Strip | Bars) and layer.name is not None
    }


def of_rows(mark: Rows, theme: Theme) -> dict[Text, Item]:
    """Return the sign of each thing that is estimated, and of bands if they are told."""
    found = {each.name: _sign(each, theme) for each in mark.series}
    if mark.band is not None:
        colour = theme.colour(palette.BANDS[0])
        found[mark.band] = {"icon": "roundRect", "itemStyle": {"color": colour}}
    return found


def _sign(layer: Any, theme: Theme) -> Item:
    colour = theme.colour(layer.colour)
    if not isinstance(layer, Dots | Series):
        lined = isinstance(layer, Line | Rule)
        icon = STROKES[layer.style] if lined else "roundRect"
        return {"icon": icon, "itemStyle": {"color": colour}}
    hollow = isinstance(layer, Dots) and layer.hollow
    fill = theme.colour(palette.PAPER) if hollow else colour
    return {"icon": SHAPES[layer.shape],
            "itemStyle": {"color": fill, "borderColor": colour, "borderWidth": 1.5}}  # fmt: skip


def legend(items: Mapping[Text, Item], language: Language, theme: Theme) -> dict[str, Any]:
    """Return a legend of names with their signs, of which none can be switched off."""
    style = {"color": theme.colour(palette.GREY), "fontFamily": FONT, "fontSize": SIZE}
    data = [{"name": name.in_(language), **item} for name, item in items.items()]
    return {"data": data, "left": 0, "top": 0, "itemWidth": SWATCH, "itemHeight": GAP,
            "itemGap": GAP, "selectedMode": False, "textStyle": style}  # fmt: skip


def legend_height(items: Mapping[Text, Item], language: Language, room: float) -> int:
    """Return how many pixels the names take above charts.

    Args:
        items: the names.
        language: of the names.
        room: pixels from edge to edge.
    """
    return LINE * sum(1 for _ in _lines(items, language, min(room, NARROWEST))) + EDGE


def _lines(items: Mapping[Text, Item], language: Language, room: float) -> Iterator[float]:
    """Yield how long each line is."""
    long = 0.0
    for name in items:
        wide = SWATCH + 2 * GAP + BROADER * width(name.in_(language), SIZE)
        if long and long + wide > room:
            yield long
            long = 0.0
        long += wide
    if long:
        yield long
