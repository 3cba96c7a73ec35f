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
from sim.present.browser_texts import SIZE, above_scale, ends_room, written
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

TALL, TITLE, FOOT, SCALE, KEY = 238, 52, 28, 40, 30
"""Pixels of a row of charts, of a chart's title, of the numbers below and beside it, and of what
tells the colours above all."""
ALONE = 420
"""Pixels of a chart that stands alone."""
NAMES, NAME, MARGIN = 130, 30, 12
"""Pixels of names beside a chart, of the height of each, and of the gap after a chart."""
WIDTH = 800.0
"""Pixels that charts in rows take together: somewhat more than where they can be moved sideways."""
VALUE = "(value) => typeof value === 'number' ? String(+value.toPrecision(4)) : value"
MONTH = """({ value }) => { const year = Math.floor(value);
  return `${year}-${String(1 + Math.floor(12 * (value - year))).padStart(2, "0")}`; }"""
"""What is told of a point in time, which stands in the middle of its month."""
UNIT = 280.0
"""Pixels of a line of a unit above a scale, which a narrow page has."""
LABEL = 112
"""Pixels of a line of a name, which a narrow page still has."""


def option(
    figure: Figure, language: Language, theme: Theme, width: float = WIDTH
) -> dict[str, Any]:
    """Return a figure's charts; what is written around them stands beside them on the page.

    Args:
        figure: as declared.
        language: of all labels.
        theme: what its colours mean.
        width: pixels that charts in rows have at least.
    """
    mark = figure.mark
    make, _ = MARKS[type(mark)]
    whole = {"animation": False,
             "textStyle": {"fontFamily": FONT, "color": theme.colour(palette.INK)}}  # fmt: skip
    if isinstance(mark, Panels):
        return whole | _panels(mark, language, theme, width)
    return whole | make(mark, language, theme)


def height(figure: Figure) -> int:
    """Return how many pixels a figure's charts are high."""
    _, high = MARKS[type(figure.mark)]
    return high(figure.mark)


def _panels(mark: Panels, language: Language, theme: Theme, width: float = WIDTH) -> dict[str, Any]:
    found: dict[str, Any] = {"grid": [], "xAxis": [], "yAxis": [], "series": [], "title": []}
    shared = 100.0 * NAMES / width if mark.shares_names else 0.0
    wide, tall, above = (100.0 - shared) / mark.columns, _tall(mark), _above(mark)
    if above:
        found["legend"] = _legend(mark, language, theme)
    if any(panel.across.turns for panel in mark.panels):
        found["tooltip"] = {
            "trigger": "axis", ":valueFormatter": VALUE, "order": "seriesDesc",
            "backgroundColor": theme.colour(palette.PAPER),
            "textStyle": {"color": theme.colour(palette.INK)},
        }  # fmt: skip
    for number, panel in enumerate(mark.panels):
        row, column = divmod(number, mark.columns)
        left, top = shared + column * wide, above + row * tall
        style = {"fontSize": 12, "fontWeight": "normal", "color": theme.colour(palette.INK),
                 "fontFamily": FONT, "lineHeight": 15}  # fmt: skip
        title = "\n".join(wrap(panel.title.in_(language), 12.0, width / mark.columns - MARGIN))
        at = {"left": f"{left:.2f}%", "top": top}
        found["title"].append(at | {"text": title, "textStyle": style})
        beside = (NAMES if panel.up.names else SCALE) * (not shared)
        after = ends_room(panel, language) + MARGIN
        place: dict[str, Any] = {"left": beside, "right": after}
        if mark.columns > 1:
            share = wide - 100.0 * (beside + after) / width
            place = {"left": f"{left + 100.0 * beside / width:.2f}%", "width": f"{share:.2f}%"}
        foot = FOOT * (1 + (panel.across.label is not None))
        found["grid"].append(place | {"top": top + TITLE, "height": tall - TITLE - foot})
        _add(found, panel, number, language, theme)
        if panel.unit is not None:
            unit = wrap(panel.unit.in_(language), SIZE, min(UNIT, width / mark.columns - beside))
            found["yAxis"][-1] |= above_scale("\n".join(unit), theme)
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
        if scale.turns:
            made["axisPointer"] = {"label": {":formatter": MONTH}}
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
        if not isinstance(layer, Line) or layer.name is None:
            own["tooltip"] = {"show": False}
        found["series"].append(own | LAYERS[type(layer)](layer, panel, theme))
    for texts in written(panel, language, theme):
        found["series"].append(texts | {"xAxisIndex": number, "yAxisIndex": number})


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
