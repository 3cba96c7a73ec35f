"""Rows of intervals as ECharts takes them."""

from typing import Any

from sim.language import Language, Text
from sim.present.browser_legend import legend, legend_height, of_rows
from sim.present.browser_shapes import SHAPES, axis, filled, shapes
from sim.spec import palette
from sim.spec.marks import Row, Rows, Scale, Tick
from sim.views.themes import Theme

ROW, FOOT, GAP, AFTER, NUMBER = 34, 36, 10, 24, 38
"""Pixels of a row, of the numbers below them, between names and rows, after rows, and that a number
on the scale takes."""
NAMES, SHARE = 230, 0.34
"""Pixels of names beside rows, and what share of a phone they take."""
BAND = 0.34
"""Half the height of a band, in rows."""


def rows_option(mark: Rows, language: Language, theme: Theme, width: float) -> dict[str, Any]:
    """Return rows of intervals; the texts beside them are told where one points."""
    names = tuple(Tick(row.at, _name(row)) for row in mark.rows)
    up = Scale(mark.rows[-1].at + 0.6, -0.6, names, names=True)
    low, high = mark.scale.low, mark.scale.high
    bands = [[(a, row.at - BAND), (b, row.at - BAND), (b, row.at + BAND), (a, row.at + BAND)]
             for row in mark.rows if row.band for a, b in [row.band]]  # fmt: skip
    links = [[(a, row.at), (b, row.at)] for row in mark.rows if row.link for a, b in [row.link]]
    told = {} if mark.band is None else {"name": mark.band.in_(language)}
    series = [filled(bands, palette.BANDS[0], 1.0, theme) | told,
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
    named, beside = of_rows(mark, theme), min(NAMES, SHARE * width)
    upright = axis(up, language, theme) | {"splitLine": {"show": False}}
    upright["axisLabel"] |= {"width": beside - GAP, "overflow": "break", "lineHeight": 11,
                             "hideOverlap": False}  # fmt: skip
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "legend": legend(named, language, theme),
        "grid": {"left": beside, "right": AFTER, "bottom": FOOT,
                 "top": legend_height(named, language, width)},
        "xAxis": axis(_thinned(mark.scale, width - beside - AFTER), language, theme)
        | {"splitLine": {"lineStyle": {"color": theme.colour(palette.FAINT)}}},
        "yAxis": upright,
        "series": series,
    }  # fmt: skip


def _thinned(scale: Scale, room: float) -> Scale:
    """Return a scale with every so many of its numbers, the last among them, on a phone."""
    each = -(-len(scale.ticks) // max(2, int(room / NUMBER)))
    return scale._replace(ticks=scale.ticks[::-1][::each][::-1])


def _name(row: Row) -> Text:
    return row.told[0][0].text


def _told(row: Row, language: Language) -> str:
    """Return all that is told beside a row."""
    return " · ".join(told.text.in_(language) for column in row.told for told in column)


def rows_height(mark: Rows, language: Language, theme: Theme, width: float) -> int:
    """Return how many pixels rows are high, of so many in width."""
    above = legend_height(of_rows(mark, theme), language, width)
    return above + ROW * len(mark.rows) + FOOT
