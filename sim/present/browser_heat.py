"""A table of coloured cells as ECharts takes it."""

import json
from typing import Any, Final

from matplotlib.colors import to_hex

from sim.language import Language
from sim.present.browser_shapes import axis
from sim.spec import palette, scales
from sim.spec.marks import Heat, Scale, Shade, Tick
from sim.views.themes import LIGHT, Theme
from sim.views.wrap import wrap

ROW, HEAD, FOOT, NAMES = 36, 64, 8, 300
"""Pixels of a row, of the heads, below the cells, and of the names beside them."""
ROOM = 62.0
"""Points of a head's line."""
PALE = 0.3
"""How much of its colour is left to what may be nothing."""
EVEN = 0.65
"""Share of the way from the middle to an end from which on a colour is dark on light ground."""
CELL: Final = """(params, api) => {
  const told = %s[params.dataIndex];
  const [x, y] = api.coord([api.value(0), api.value(1)]), [wide, high] = api.size([1, 1]);
  return { type: "rect",
    shape: { x: x - wide / 2 + 1, y: y - high / 2 + 1, width: wide - 2, height: high - 2 },
    style: { fill: told.fill, stroke: told.frame, lineWidth: told.frame ? 1.5 : 0 },
    textContent: { style: { text: told.text, fill: told.ink, fontSize: 11, lineHeight: 13,
                            align: "center" } },
    textConfig: { position: "inside" } }; }"""
"""How the browser draws a cell with what is written in it."""


def heat_option(mark: Heat, language: Language, theme: Theme) -> dict[str, Any]:
    """Return cells with their numbers; a cell tells its row and column where one points."""
    heads = tuple(
        Tick(
            float(at), each._replace(**{language: "\n".join(wrap(each.in_(language), 10.0, ROOM))})
        )
        for at, each in enumerate(mark.heads)
    )
    across = Scale(-0.5, len(heads) - 0.5, heads, names=True)
    up = scales.names([row.name for row in mark.rows])._replace(low=len(mark.rows) - 0.5, high=-0.5)
    cells = [(row, down, wide, each) for down, row in enumerate(mark.rows)
             for wide, each in enumerate(row.cells)]  # fmt: skip
    told = [_told(each, mark, theme) for *_, each in cells]
    data = [
        {"value": [wide, down],
         "name": f"{row.name.in_(language)} · {mark.heads[wide].in_(language)}: {_line(each)}"}
        for row, down, wide, each in cells
    ]  # fmt: skip
    plain = {"splitLine": {"show": False}, "axisLine": {"show": False}}
    upright, along = axis(up, language, theme), axis(across, language, theme)
    upright["axisLabel"] |= {"width": NAMES - 20, "overflow": "break", "hideOverlap": False}
    along["axisLabel"] |= {"hideOverlap": False}
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}", "renderMode": "richText"},
        "grid": {"left": NAMES, "right": 8, "top": HEAD, "bottom": FOOT},
        "xAxis": along | plain | {"position": "top"},
        "yAxis": upright | plain,
        "series": [{"type": "custom", "data": data, "encode": {"x": 0, "y": 1},
                    ":renderItem": CELL % json.dumps(told, ensure_ascii=False)}],
    }  # fmt: skip


def heat_height(mark: Heat) -> int:
    """Return how many pixels cells are high."""
    return HEAD + ROW * len(mark.rows) + FOOT


def _line(shade: Shade) -> str:
    return " ".join(filter(None, (shade.text, shade.below)))


def _told(shade: Shade, mark: Heat, theme: Theme) -> dict[str, str]:
    """Return a cell's colours and its text."""
    ink, fill = theme.colour(palette.INK), theme.colour(palette.FAINT)
    if shade.value is not None:
        share = max(-1.0, min(1.0, shade.value / mark.top))
        colour = to_hex(theme.maps["difference"]((1.0 + share) / 2.0))
        fill = f"{colour}{round(255 * PALE):02x}" if shade.quiet else colour
        if abs(share) > EVEN and not shade.quiet and theme is LIGHT:
            ink = theme.colour(palette.PAPER)
    if shade.quiet:
        ink = theme.colour(palette.GREY)
    text = "\n".join(filter(None, (shade.text, shade.below)))
    frame = theme.colour(palette.INK) if shade.framed else ""
    return {"text": text, "fill": fill, "ink": ink, "frame": frame}
