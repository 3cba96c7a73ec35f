"""Rows of intervals and maps as ECharts takes them."""

from typing import Any, Final

import numpy as np
from matplotlib.colors import to_hex

from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.browser_shapes import FONT, axis, drawn, filled, shapes
from sim.spec import palette
from sim.spec.marks import Map, Plot, Row, Rows, Scale, Tick
from sim.views.outlines import outlines
from sim.views.themes import Theme

ROW, MAP, ROOM, FOOT = 34, 420, 190, 36
"""Pixels of a row, of a map, of names beside rows, and of the numbers below them."""
BAND = 0.34
"""Half the height of a band, in rows."""
PALE = 0.3
"""How much of its colour is left to what may be nothing."""


def rows_option(mark: Rows, language: Language, theme: Theme) -> dict[str, Any]:
    """Return rows of intervals; the texts beside them are told where one points."""
    names = tuple(Tick(row.at, _name(row)) for row in mark.rows)
    up = Scale(mark.rows[-1].at + 0.6, -0.6, names, names=True)
    low, high = mark.scale.low, mark.scale.high
    bands = [[(a, row.at - BAND), (b, row.at - BAND), (b, row.at + BAND), (a, row.at + BAND)]
             for row in mark.rows if row.band for a, b in [row.band]]  # fmt: skip
    links = [[(a, row.at), (b, row.at)] for row in mark.rows if row.link for a, b in [row.link]]
    series = [filled(bands, palette.BANDS[0], 1.0, theme),
              shapes("polyline", links, palette.PALE, 1.4, theme)]  # fmt: skip
    if mark.zero is not None:
        zero = [(mark.zero, up.low), (mark.zero, up.high)]
        series.append(shapes("polyline", [zero], palette.GREY, 1.0, theme))
    for number, each in enumerate(mark.series):
        own = [(row, found) for row in mark.rows for found in row.intervals
               if found.series == number]  # fmt: skip
        lines = [[(max(low, found.low), row.at + found.shift),
                  (min(high, found.high), row.at + found.shift)] for row, found in own]  # fmt: skip
        series.append(shapes("polyline", lines, each.colour, 2.2, theme))
        colour = theme.colour(each.colour)
        dots = [
            {"value": [min(max(found.value, low), high), row.at + found.shift],
             "name": _told(row, language),
             "itemStyle": {"color": theme.colour(palette.PAPER) if found.hollow else colour,
                           "borderColor": colour, "borderWidth": 1.5}}
            for row, found in own
        ]  # fmt: skip
        series.append({"type": "scatter", "name": each.name.in_(language), "data": dots,
                       "symbol": SHAPES[each.shape], "symbolSize": 1.4 * each.size,
                       "itemStyle": {"color": colour}})  # fmt: skip
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "legend": {"data": [each.name.in_(language) for each in mark.series], "left": 0, "top": 0,
                   "textStyle": {"color": theme.colour(palette.GREY), "fontFamily": FONT}},
        "grid": {"left": ROOM, "right": 24, "top": ROW, "bottom": FOOT},
        "xAxis": axis(mark.scale, language, theme),
        "yAxis": axis(up, language, theme) | {"splitLine": {"show": False}},
        "series": series,
    }  # fmt: skip


SHAPES: Final = {"o": "circle", "v": "path://M0,0L2,0L1,1.7Z", "s": "rect", "D": "diamond",
                 "^": "triangle"}  # fmt: skip


def _name(row: Row) -> Text:
    return row.told[0][0].text


def _told(row: Row, language: Language) -> str:
    """Return all that is told beside a row."""
    return " · ".join(told.text.in_(language) for column in row.told for told in column)


def rows_height(mark: Rows) -> int:
    """Return how many pixels rows are high."""
    return ROW * (len(mark.rows) + 1) + FOOT


def maps_option(mark: Map, language: Language, theme: Theme) -> dict[str, Any]:
    """Return maps beside each other, a district's value where one points."""
    wide = 100.0 / len(mark.maps)
    found: dict[str, Any] = {"title": [], "grid": [], "xAxis": [], "yAxis": [], "series": [],
                             "tooltip": {"trigger": "item", "formatter": "{b}"}}  # fmt: skip
    districts = outlines()
    boxes = [each.outline.get_extents() for each in districts]
    ends = [min(box.x0 for box in boxes), max(box.x1 for box in boxes),
            min(box.y0 for box in boxes), max(box.y1 for box in boxes)]  # fmt: skip
    for number, plot in enumerate(mark.maps):
        left = f"{number * wide:.2f}%"
        found["title"].append({"text": plot.title.in_(language), "left": left})
        found["grid"].append({"left": left, "width": f"{wide - 1:.2f}%", "top": 30, "bottom": 4})
        for name, low, high in (("xAxis", *ends[:2]), ("yAxis", *ends[2:])):
            found[name].append({"type": "value", "min": low, "max": high, "show": False,
                                "gridIndex": number})  # fmt: skip
        for place in range(len(districts)):
            told = _district(mark, plot, place, language, theme)
            found["series"].append(told | {"xAxisIndex": number, "yAxisIndex": number})
    return found


def _district(mark: Map, plot: Plot, place: int, language: Language, theme: Theme) -> Any:
    """Return a district as a shape that tells its value; pale where that may be nothing."""
    district = outlines()[place]
    value = plot.values[district.number] / mark.top
    share = (1.0 + value) / 2.0 if mark.signed else max(0.0, value) ** 0.5
    fill = theme.maps["difference" if mark.signed else "amount"](min(max(share, 0.0), 1.0))
    hollow = bool(plot.hollow) and plot.hollow[district.number]
    style = {"fill": to_hex(fill), "opacity": PALE if hollow else 1.0,
             "stroke": theme.colour(palette.PALE), "lineWidth": 0.5}  # fmt: skip
    outline = map(np.asarray, district.outline.to_polygons(closed_only=False))
    rings = [[(float(x), float(y)) for x, y in ring] for ring in outline]
    name = PLAN.districts[district.number].name.in_(language)
    told = {"value": list(district.label_at), "name": f"{name} {plot.texts[district.number]}"}
    return drawn("polygon", rings, style) | {"data": [told]}
