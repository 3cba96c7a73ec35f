"""A declared figure as a chart in the browser: the option that ECharts takes.

Keys that begin with a colon hold JavaScript, as NiceGUI takes it.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from sim.language import Language, Text
from sim.present.browser_flow import flow_height, flow_option
from sim.present.browser_heat import heat_height, heat_option
from sim.present.browser_rows import MAP, SHAPES, maps_option, rows_height, rows_option
from sim.present.browser_shapes import FONT, axis, filled, shapes
from sim.spec import palette
from sim.spec.findings import Figure
from sim.spec.marks import (
    Area,
    Bars,
    Dots,
    Flow,
    Heat,
    Layer,
    Line,
    Map,
    Mark,
    Panel,
    Panels,
    Pieces,
    Rows,
    Rule,
    Strip,
)
from sim.views.themes import Theme
from sim.views.wrap import wrap

TALL, TITLE, FOOT, SCALE, KEY = 230, 44, 28, 40, 30
"""Pixels of a row of charts, of a chart's title, of the numbers below and beside it, and of what
tells the colours above all."""
ALONE = 420
"""Pixels of a chart that stands alone."""
NAMES, NAME = 190, 30
"""Pixels of names beside a chart, and of the height of each."""
WIDTH = 1200.0
"""Pixels that lines of a title are broken for."""
LABEL = 112
"""Pixels of a line of a name, which a narrow page still has."""


def option(figure: Figure, language: Language, theme: Theme) -> dict[str, Any]:
    """Return a figure's charts; what is written around them stands beside them on the page.

    Args:
        figure: as declared.
        language: of all labels.
        theme: what its colours mean.
    """
    make, _ = MARKS[type(figure.mark)]
    whole = {"animation": False, "aria": {"enabled": True},
             "textStyle": {"fontFamily": FONT, "color": theme.colour(palette.INK)}}  # fmt: skip
    return whole | make(figure.mark, language, theme)


def height(figure: Figure) -> int:
    """Return how many pixels a figure's charts are high."""
    _, high = MARKS[type(figure.mark)]
    return high(figure.mark)


def _panels(mark: Panels, language: Language, theme: Theme) -> dict[str, Any]:
    found: dict[str, Any] = {"grid": [], "xAxis": [], "yAxis": [], "series": [], "title": []}
    shared = 100.0 * NAMES / WIDTH if mark.shares_names else 0.0
    wide, tall, above = (100.0 - shared) / mark.columns, _tall(mark), _above(mark)
    if above:
        found["legend"] = _legend(mark, language, theme)
    for number, panel in enumerate(mark.panels):
        row, column = divmod(number, mark.columns)
        labelled = panel.across.label is not None
        beside = 100.0 * (NAMES if panel.up.names else SCALE) / WIDTH * (not shared)
        left = shared + column * wide
        at = {"left": f"{left:.2f}%", "top": above + row * tall}
        style = {"fontSize": 12, "fontWeight": "normal", "color": theme.colour(palette.INK),
                 "fontFamily": FONT, "lineHeight": 15}  # fmt: skip
        title = "\n".join(wrap(panel.title.in_(language), 12.0, WIDTH / mark.columns - SCALE))
        found["title"].append(at | {"text": title, "textStyle": style})
        found["grid"].append(
            {"left": f"{left + beside:.2f}%", "width": f"{wide - beside - 3:.2f}%",
             "top": above + row * tall + TITLE, "height": tall - TITLE - FOOT * (1 + labelled)}
        )  # fmt: skip
        _add(found, panel, number, language, theme)
        if shared and column:
            found["yAxis"][-1]["axisLabel"]["show"] = False
    return found


def _panels_height(mark: Panels) -> int:
    return _above(mark) + _tall(mark) * -(-len(mark.panels) // mark.columns)


def _named(mark: Panels) -> dict[Text, str]:
    """Return the colour of whatever has a name, each name once; a strip says its own."""
    return {
        layer.name: layer.colour
        for panel in mark.panels
        for layer in panel.layers
        if not isinstance(layer, Strip | Bars) and layer.name is not None
    }


def _above(mark: Panels) -> int:
    return KEY if _named(mark) else 0


def _legend(mark: Panels, language: Language, theme: Theme) -> dict[str, Any]:
    data = [
        {"name": name.in_(language), "itemStyle": {"color": theme.colour(colour)}}
        for name, colour in _named(mark).items()
    ]
    style = {"color": theme.colour(palette.GREY), "fontFamily": FONT}
    return {"data": data, "left": 0, "top": 0, "type": "scroll", "icon": "roundRect",
            "selectedMode": False, "textStyle": style}  # fmt: skip


def _tall(mark: Panels) -> int:
    named = max((len(panel.up.ticks) for panel in mark.panels if panel.up.names), default=0)
    return max(ALONE if len(mark.panels) == 1 else TALL, TITLE + 2 * FOOT + NAME * named)


def _add(
    found: dict[str, Any], panel: Panel, number: int, language: Language, theme: Theme
) -> None:
    """Add a panel's axes and layers in its place."""
    for name, scale in (("xAxis", panel.across), ("yAxis", panel.up)):
        made = axis(scale, language, theme) | {"gridIndex": number}
        if name == "yAxis" and scale.names:
            made["axisLabel"] |= {
                "width": LABEL,
                "overflow": "break",
                "lineHeight": 10,
                "hideOverlap": False,
            }
        found[name].append(made | {"splitLine": _grid(name, theme)})
    for layer in panel.layers:
        own: dict[str, Any] = {"xAxisIndex": number, "yAxisIndex": number, "silent": True}
        if not isinstance(layer, Strip | Bars) and layer.name is not None:
            own["name"] = layer.name.in_(language)
        found["series"].append(own | LAYERS[type(layer)](layer, panel, theme))


def _grid(name: str, theme: Theme) -> dict[str, Any]:
    style = {"color": theme.colour(palette.FAINT)}
    return {"show": name == "yAxis", "lineStyle": style}


def _points(layer: Line | Dots) -> list[list[float | None]]:
    """Return where a layer goes; a line has a gap where nothing is known."""
    points = zip(layer.across, layer.up, strict=True)
    return [[each if isfinite(each) else None for each in point] for point in points]


def _line(layer: Line, _panel: Panel, theme: Theme) -> dict[str, Any]:
    colour = theme.colour(layer.colour)
    return {
        "type": "line", "data": _points(layer), "showSymbol": layer.dots > 0.0,
        "symbol": "circle", "symbolSize": 1.6 * layer.dots, "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": layer.width, "type": layer.style,
                      "opacity": layer.opacity},
    }  # fmt: skip


def _dots(layer: Dots, _panel: Panel, theme: Theme) -> dict[str, Any]:
    colour = theme.colour(layer.colour)
    fill = theme.colour(palette.PAPER) if layer.hollow else colour
    style = {"color": fill, "opacity": layer.opacity, "borderColor": colour,
             "borderWidth": 1.5 * layer.hollow}  # fmt: skip
    return {
        "type": "scatter", "data": _points(layer), "symbol": SHAPES[layer.shape],
        "symbolSize": 1.6 * layer.size, "itemStyle": style,
    }  # fmt: skip


def _area(layer: Area, _panel: Panel, theme: Theme) -> dict[str, Any]:
    above = zip(layer.across, layer.high, strict=True)
    below = zip(reversed(layer.across), reversed(layer.low), strict=True)
    return filled([[*above, *below]], layer.colour, layer.opacity, theme)


def _bars(layer: Bars, panel: Panel, theme: Theme) -> dict[str, Any]:
    foot = max(0.0, min(panel.up.low, panel.up.high))
    sides = list(zip(layer.edges[:-1], layer.edges[1:], layer.heights, strict=True))
    if layer.outline:
        corners = [point for low, high, up in sides for point in ((low, up), (high, up))]
        line = [(layer.edges[0], foot), *corners, (layer.edges[-1], foot)]
        return shapes("polyline", [line], layer.colour, layer.outline, theme)
    boxes = [[(low, foot), (low, up), (high, up), (high, foot)] for low, high, up in sides]
    return filled(boxes, layer.colour, 1.0, theme)


def _pieces(layer: Pieces, _panel: Panel, theme: Theme) -> dict[str, Any]:
    lines = [[(x, y), (across, up)] for x, y, across, up in layer.ends]
    return shapes("polyline", lines, layer.colour, layer.width, theme)


def _rule(layer: Rule, panel: Panel, theme: Theme) -> dict[str, Any]:
    scale = panel.up if layer.upright else panel.across
    ends = (scale.low, scale.high)
    line = [(layer.at, end) if layer.upright else (end, layer.at) for end in ends]
    style = {"color": theme.colour(layer.colour), "width": layer.width, "type": layer.style}
    return {"type": "line", "data": [list(point) for point in line], "showSymbol": False,
            "lineStyle": style}  # fmt: skip


def _strip(layer: Strip, panel: Panel, theme: Theme) -> dict[str, Any]:
    low, high = panel.up.low, panel.up.high
    corners = [(layer.low, low), (layer.low, high), (layer.high, high), (layer.high, low)]
    return filled([corners], layer.colour, layer.opacity, theme)


LAYERS: Final[dict[type[Layer], Callable[[Any, Panel, Theme], dict[str, Any]]]] = {
    Line: _line,
    Dots: _dots,
    Area: _area,
    Bars: _bars,
    Pieces: _pieces,
    Rule: _rule,
    Strip: _strip,
}
"""How each kind of layer becomes a series."""

Make = Callable[[Any, Language, Theme], dict[str, Any]]
MARKS: Final[dict[type[Mark], tuple[Make, Callable[[Any], int]]]] = {
    Panels: (_panels, _panels_height),
    Rows: (rows_option, rows_height),
    Map: (maps_option, lambda _: MAP),
    Heat: (heat_option, heat_height),
    Flow: (flow_option, flow_height),
}
"""How each kind of mark becomes an option, and how high it is."""
