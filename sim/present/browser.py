"""A declared figure as a chart in the browser: the option that ECharts takes.

Keys that begin with a colon hold JavaScript, as NiceGUI takes it.
"""

import json
from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from sim.language import Language
from sim.spec import palette
from sim.spec.findings import Figure
from sim.spec.marks import (
    Area,
    Bars,
    Dots,
    Layer,
    Line,
    Panel,
    Pieces,
    Rule,
    Scale,
    Strip,
)
from sim.views.themes import Theme
from sim.views.wrap import wrap

FONT: Final = '"Lab CJK", system-ui, sans-serif'
TALL, TITLE, FOOT, SCALE = 230, 44, 28, 40
"""Pixels of a row of charts, of a chart's title, and of the numbers below and beside it."""
NAMES = 130
"""Pixels of names beside a chart."""
WIDTH = 1200.0
"""Pixels that lines of a title are broken for."""
SHAPE = """(params, api) => ({ type: "group", children: %s.map((points) => ({
  type: "%s", shape: { points: points.map((point) => api.coord(point)) }, style: %s })) })"""
"""How the browser draws shapes whose corners are told in the chart's own numbers."""
SHAPES: Final = {"o": "circle", "v": "path://M0,0L2,0L1,1.7Z", "s": "rect", "D": "diamond",
                 "^": "triangle"}  # fmt: skip


def option(figure: Figure, language: Language, theme: Theme) -> dict[str, Any]:
    """Return a figure's charts; what is written around them stands beside them on the page.

    Args:
        figure: as declared.
        language: of all labels.
        theme: what its colours mean.
    """
    mark = figure.mark
    found: dict[str, Any] = {
        "animation": False,
        "aria": {"enabled": True},
        "textStyle": {"fontFamily": FONT, "color": theme.colour(palette.INK)},
        "grid": [], "xAxis": [], "yAxis": [], "series": [], "title": [],
    }  # fmt: skip
    wide = 100.0 / mark.columns
    for number, panel in enumerate(mark.panels):
        row, column = divmod(number, mark.columns)
        beside = 100.0 * (NAMES if panel.up.names else SCALE) / WIDTH
        at = {"left": f"{column * wide:.2f}%", "top": row * TALL}
        style = {"fontSize": 12, "fontWeight": "normal", "color": theme.colour(palette.INK),
                 "fontFamily": FONT, "lineHeight": 15}  # fmt: skip
        title = "\n".join(wrap(panel.title.in_(language), 12.0, WIDTH / mark.columns - SCALE))
        found["title"].append(at | {"text": title, "textStyle": style})
        found["grid"].append(
            {"left": f"{column * wide + beside:.2f}%", "width": f"{wide - beside - 3:.2f}%",
             "top": row * TALL + TITLE, "height": TALL - TITLE - FOOT}
        )  # fmt: skip
        _add(found, panel, number, language, theme)
    return found


def height(figure: Figure) -> int:
    """Return how many pixels a figure's charts are high."""
    return TALL * -(-len(figure.mark.panels) // figure.mark.columns)


def _add(
    found: dict[str, Any], panel: Panel, number: int, language: Language, theme: Theme
) -> None:
    """Add a panel's axes and layers in its place."""
    for name, scale in (("xAxis", panel.across), ("yAxis", panel.up)):
        found[name].append(
            _axis(scale, language, theme) | {"gridIndex": number, "splitLine": _grid(name, theme)}
        )
    for layer in panel.layers:
        own = {"xAxisIndex": number, "yAxisIndex": number, "silent": True}
        found["series"].append(own | LAYERS[type(layer)](layer, panel, theme))


def _grid(name: str, theme: Theme) -> dict[str, Any]:
    style = {"color": theme.colour(palette.FAINT)}
    return {"show": name == "yAxis", "lineStyle": style}


def _axis(scale: Scale, language: Language, theme: Theme) -> dict[str, Any]:
    """Return an axis with its ticks where they were declared."""
    at = [tick.at for tick in scale.ticks]
    told = json.dumps([tick.text.in_(language) for tick in scale.ticks], ensure_ascii=False)
    nearest = (
        f"(value) => {told}[{json.dumps(at)}.findIndex((tick) =>"
        " Math.abs(tick - value) <= 1e-9 * Math.max(1, Math.abs(value)))] ?? ''"
    )
    return {
        "type": "log" if scale.log else "value",
        "min": min(scale.low, scale.high),
        "max": max(scale.low, scale.high),
        "inverse": scale.low > scale.high,
        "axisTick": {"show": False, "customValues": at},
        "axisLine": {"lineStyle": {"color": theme.colour(palette.PALE)}, "onZero": False},
        "axisLabel": {"customValues": at, ":formatter": nearest, "fontSize": 10,
                      "color": theme.colour(palette.GREY)},
    }  # fmt: skip


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
    style = {"color": theme.colour(layer.colour), "opacity": layer.opacity}
    return {
        "type": "scatter", "data": _points(layer), "symbol": SHAPES[layer.shape],
        "symbolSize": 1.6 * layer.size, "itemStyle": style,
    }  # fmt: skip


def _area(layer: Area, _panel: Panel, theme: Theme) -> dict[str, Any]:
    above = zip(layer.across, layer.high, strict=True)
    below = zip(reversed(layer.across), reversed(layer.low), strict=True)
    return _filled([[*above, *below]], layer.colour, layer.opacity, theme)


def _bars(layer: Bars, panel: Panel, theme: Theme) -> dict[str, Any]:
    foot = max(0.0, min(panel.up.low, panel.up.high))
    sides = list(zip(layer.edges[:-1], layer.edges[1:], layer.heights, strict=True))
    if layer.outline:
        corners = [point for low, high, up in sides for point in ((low, up), (high, up))]
        line = [(layer.edges[0], foot), *corners, (layer.edges[-1], foot)]
        return _drawn([line], layer.colour, layer.outline, theme)
    boxes = [[(low, foot), (low, up), (high, up), (high, foot)] for low, high, up in sides]
    return _filled(boxes, layer.colour, 1.0, theme)


def _pieces(layer: Pieces, _panel: Panel, theme: Theme) -> dict[str, Any]:
    lines = [[(x, y), (across, up)] for x, y, across, up in layer.ends]
    return _drawn(lines, layer.colour, layer.width, theme)


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
    return _filled([corners], layer.colour, layer.opacity, theme)


Points = list[list[tuple[float, float]]]


def _filled(shapes: Points, colour: str, opacity: float, theme: Theme) -> dict[str, Any]:
    return _shapes("polygon", shapes, {"fill": theme.colour(colour), "opacity": opacity})


def _drawn(lines: Points, colour: str, width: float, theme: Theme) -> dict[str, Any]:
    style = {"stroke": theme.colour(colour), "lineWidth": width, "fill": None}
    return _shapes("polyline", lines, style)


def _shapes(kind: str, points: Points, style: dict[str, Any]) -> dict[str, Any]:
    known = [each for each in points if all(isfinite(end) for point in each for end in point)]
    code = SHAPE % (json.dumps(known), kind, json.dumps(style))
    first = [list(each[0]) for each in known[:1]]
    return {"type": "custom", "data": first, "clip": True, ":renderItem": code}


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
