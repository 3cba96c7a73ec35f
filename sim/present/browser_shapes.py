"""Axes and shapes in the browser, where ECharts has none of its own.

Keys that begin with a colon hold JavaScript, as NiceGUI takes it.
"""

import json
from math import isfinite
from typing import Any, Final

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import Scale
from sim.views.themes import Theme

FONT: Final = '"Lab CJK", system-ui, sans-serif'
SHAPE = """(params, api) => ({ type: "group", children: %s.map((points) => ({
  type: "%s", shape: { points: points.map((point) => api.coord(point)) }, style: %s })) })"""
"""How the browser draws shapes whose corners are told in the chart's own numbers."""
Points = list[list[tuple[float, float]]]
SHAPES: Final = {"o": "circle", "v": "path://M0,0L2,0L1,1.7Z", "s": "rect", "D": "diamond",
                 "^": "triangle"}  # fmt: skip
"""What ECharts calls the shapes of marks."""


def axis(scale: Scale, language: Language, theme: Theme) -> dict[str, Any]:
    """Return an axis with its ticks where they were declared."""
    at = [tick.at for tick in scale.ticks]
    told = json.dumps([tick.text.in_(language) for tick in scale.ticks], ensure_ascii=False)
    nearest = (
        f"(value) => {told}[{json.dumps(at)}.findIndex((tick) =>"
        " Math.abs(tick - value) <= 1e-9 * Math.max(1, Math.abs(value)))] ?? ''"
    )
    named = {} if scale.label is None else {
        "name": scale.label.in_(language), "nameLocation": "middle", "nameGap": 24,
        "nameTextStyle": {"color": theme.colour(palette.GREY), "fontSize": 10},
    }  # fmt: skip
    return named | {
        "type": "log" if scale.log else "value",
        "min": min(scale.low, scale.high),
        "max": max(scale.low, scale.high),
        "inverse": scale.low > scale.high,
        "axisTick": {"show": False, "customValues": at},
        "axisLine": {"lineStyle": {"color": theme.colour(palette.PALE)}, "onZero": False},
        "axisLabel": {"customValues": at, ":formatter": nearest, "fontSize": 10,
                      # Where there is no room for all, the ends stay: else ECharts hides them.
                      "hideOverlap": True, "showMinLabel": True, "showMaxLabel": True,
                      "color": theme.colour(palette.GREY)},
    }  # fmt: skip


def filled(corners: Points, colour: str, opacity: float, theme: Theme) -> dict[str, Any]:
    """Return filled shapes by their corners."""
    return drawn("polygon", corners, {"fill": theme.colour(colour), "opacity": opacity})


def shapes(kind: str, points: Points, colour: str, width: float, theme: Theme) -> dict[str, Any]:
    """Return lines through points."""
    style = {"stroke": theme.colour(colour), "lineWidth": width, "fill": None}
    return drawn(kind, points, style)


def drawn(kind: str, points: Points, style: dict[str, Any]) -> dict[str, Any]:
    """Return shapes in a style; one with a corner that is not known is left out."""
    known = [each for each in points if all(isfinite(end) for point in each for end in point)]
    code = SHAPE % (json.dumps(known), kind, json.dumps(style))
    first = [list(each[0]) for each in known[:1]]
    return {"type": "custom", "data": first, "clip": True, ":renderItem": code}
