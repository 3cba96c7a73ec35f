"""A declared figure as a chart in the browser: the option that ECharts takes.

Keys that begin with a colon hold JavaScript, as NiceGUI takes it.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from sim.language import NOTHING, Language
from sim.present.browser_flow import flow_height, flow_option
from sim.present.browser_heat import heat_height, heat_option
from sim.present.browser_legend import BROADER, legend, legend_height, of_panels
from sim.present.browser_rows import rows_height, rows_option
from sim.present.browser_shapes import FONT, SHAPES, axis, filled, shapes
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

TALL, FOOT, SCALE = 238, 28, 40
"""Pixels of a row of charts, and of the numbers below and beside a chart."""
TITLE, MEASURE, HEAD = 52, 42, 26
"""Pixels above a chart: of its title, else of its unit, else of what stands above lines in it."""
ALONE = 420
"""Pixels of a chart that stands alone."""
NAMES, SHARE, NAME, MARGIN = 176, 0.4, 30, 12
"""Pixels of names beside a chart, what share of a phone they take, and pixels of the height of each
and of the gap after a chart."""
WIDTH, PHONE = 736.0, 356.0
"""Pixels that charts in rows take together where they can be moved sideways, and on a phone."""
VALUE = "(value) => typeof value === 'number' ? String(+value.toPrecision(4)) : value"
MONTH = """({ value }) => { const year = Math.floor(value);
  return `${year}-${String(1 + Math.floor(12 * (value - year))).padStart(2, "0")}`; }"""
"""What is told of a point in time, which stands in the middle of its month."""
UNIT = 480.0
"""Pixels of a line of a unit above a scale, at most."""
FEW = 2
"""Charts beside each other, and heads in one, that a phone has room for."""


def option(
    figure: Figure, language: Language, theme: Theme, width: float = WIDTH
) -> dict[str, Any]:
    """Return a figure's charts; what is written around them stands beside them on the page.

    Args:
        figure: as declared.
        language: of all labels.
        theme: what its colours mean.
        width: pixels that there are at least.
    """
    make, _ = MARKS[type(figure.mark)]
    whole = {"animation": False,
             "textStyle": {"fontFamily": FONT, "color": theme.colour(palette.INK)}}  # fmt: skip
    return whole | make(figure.mark, language, theme, width)


def height(figure: Figure, language: Language, theme: Theme, width: float = WIDTH) -> int:
    """Return how many pixels a figure's charts are high, of so many in width."""
    _, high = MARKS[type(figure.mark)]
    return high(figure.mark, language, theme, width)


def is_broad(figure: Figure) -> bool:
    """Return whether a phone is too narrow for a figure: there one moves it sideways."""
    mark = figure.mark
    if not isinstance(mark, Panels):
        return not isinstance(mark, Rows)
    headed = (sum(isinstance(each, Rule) and each.label is not None for each in panel.layers)
              for panel in mark.panels)  # fmt: skip
    named = any(panel.up.names for panel in mark.panels)
    return mark.columns > FEW - named or max(headed, default=0) > FEW


def _panels(mark: Panels, language: Language, theme: Theme, width: float) -> dict[str, Any]:
    found: dict[str, Any] = {"grid": [], "xAxis": [], "yAxis": [], "series": [], "title": []}
    names = min(NAMES, SHARE * width)
    shared, title_room = 100.0 * names / width if mark.shares_names else 0.0, _title_room(mark)
    wide, tall, above = (100.0 - shared) / mark.columns, _tall(mark), 0
    if named := of_panels(mark, theme):
        found["legend"] = legend(named, language, theme)
        above = legend_height(named, language, width)
    if any(panel.across.turns for panel in mark.panels):
        found["tooltip"] = {
            "trigger": "axis", ":valueFormatter": VALUE, "order": "seriesDesc",
            "backgroundColor": theme.colour(palette.PAPER),
            "textStyle": {"color": theme.colour(palette.INK)},
        }  # fmt: skip
    for number, panel in enumerate(mark.panels):
        row, column = divmod(number, mark.columns)
        left, top = shared + column * wide, above + row * tall
        style = {"fontSize": SIZE, "fontWeight": "normal", "color": theme.colour(palette.INK),
                 "fontFamily": FONT, "lineHeight": 14}  # fmt: skip
        room = (width / mark.columns - MARGIN) / BROADER
        title = "\n".join(wrap(panel.title.in_(language), SIZE, room))
        at = {"left": f"{left:.2f}%", "top": top}
        found["title"].append(at | {"text": title, "textStyle": style})
        beside = (names if panel.up.names else SCALE) * (not shared)
        after = ends_room(panel, language) + MARGIN
        place: dict[str, Any] = {"left": beside, "right": after}
        if mark.columns > 1:
            share = wide - 100.0 * (beside + after) / width
            place = {"left": f"{left + 100.0 * beside / width:.2f}%", "width": f"{share:.2f}%"}
        foot = FOOT * (1 + (panel.across.label is not None))
        found["grid"].append(place | {"top": top + title_room, "height": tall - title_room - foot})
        _add(found, panel, number, names, language, theme)
        if panel.unit is not None:
            unit = wrap(panel.unit.in_(language), SIZE, min(UNIT, width / mark.columns - beside))
            found["yAxis"][-1] |= above_scale("\n".join(unit), theme)
        if shared and column:
            found["yAxis"][-1]["axisLabel"]["show"] = False
    return found


def _panels_height(mark: Panels, language: Language, theme: Theme, width: float) -> int:
    named = of_panels(mark, theme)
    above = legend_height(named, language, width) if named else 0
    return above + _tall(mark) * -(-len(mark.panels) // mark.columns)


def _tall(mark: Panels) -> int:
    named = max((len(panel.up.ticks) for panel in mark.panels if panel.up.names), default=0)
    least = ALONE if len(mark.panels) == 1 else TALL
    return max(least, _title_room(mark) + 2 * FOOT + NAME * named)


def _title_room(mark: Panels) -> int:
    if any(panel.title != NOTHING for panel in mark.panels):
        return TITLE
    return MEASURE if any(panel.unit is not None for panel in mark.panels) else HEAD


def _add(
    found: dict[str, Any], panel: Panel, number: int, names: float, language: Language, theme: Theme
) -> None:
    """Add a panel's axes, with so many pixels for names, and its layers in its place."""
    for name, scale in (("xAxis", panel.across), ("yAxis", panel.up)):
        made = axis(scale, language, theme) | {"gridIndex": number}
        if scale.turns:
            made["axisPointer"] = {"label": {":formatter": MONTH}}
        if name == "yAxis" and scale.names:
            made["axisLabel"] |= {
                "width": names - MARGIN,
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

Make = Callable[[Any, Language, Theme, float], dict[str, Any]]
High = Callable[[Any, Language, Theme, float], int]
MARKS: Final[dict[type[Mark], tuple[Make, High]]] = {
    Panels: (_panels, _panels_height),
    Rows: (rows_option, rows_height),
    Heat: (lambda mark, *told: heat_option(mark, *told[:2]), lambda mark, *_: heat_height(mark)),
    Flow: (lambda mark, *told: flow_option(mark, *told[:2]), lambda mark, *_: flow_height(mark)),
}
"""How each kind of mark becomes an option, and how high it is; a map is a picture."""
