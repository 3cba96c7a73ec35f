"""Texts inside and beside charts in the browser, each at its place in the chart's own numbers."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sim.language import Language
from sim.present.browser_shapes import FONT
from sim.spec import palette
from sim.spec.marks import Dots, Panel, Rule
from sim.views.fonts import width
from sim.views.themes import Theme

SIZE, ROOM = 11, 10.0
"""Pixels of a letter beside a chart, and of the gap before and after its line."""
INSIDE = 10
"""Pixels from the corner of a chart to a text in it."""


class Written(NamedTuple):
    """A text at a place."""

    across: float
    up: float
    text: str
    colour: str
    side: str
    """Of the place, on which it stands: ``top`` or ``right``."""
    shift: float = 0.0
    """Pixels downwards."""


TOP: Final = "top"


def written(panel: Panel, language: Language, theme: Theme) -> Iterator[dict[str, Any]]:
    """Yield series without marks: labels at the right edge, moved apart, and all other texts."""
    ends = [
        Written(panel.across.high, end.height, end.text.in_(language), end.colour, "right")
        for end in panel.endings
    ]
    for texts, more in (
        (ends, {"labelLayout": {"moveOverlap": "shiftY"}}),
        ([*_inside(panel, language)], {}),
    ):
        if texts:
            data = [_point(each, theme) for each in texts]
            yield more | {"type": "scatter", "data": data, "symbolSize": 0.1, "silent": True,
                          "clip": False, "tooltip": {"show": False}}  # fmt: skip


def _inside(panel: Panel, language: Language) -> Iterator[Written]:
    """Yield what stands in the corner, above upright lines and above points."""
    left, top = panel.across.low, panel.up.high
    if panel.corner is not None:
        up, shift = (panel.up.low, -INSIDE) if panel.falls else (top, INSIDE)
        yield Written(left, up, panel.corner.in_(language), palette.GREY, "right", shift)
    for layer in panel.layers:
        if isinstance(layer, Rule) and layer.label is not None:
            yield Written(layer.at, top, layer.label.in_(language), palette.GREY, TOP)
        elif isinstance(layer, Dots):
            for across, up, told in zip(layer.across, layer.up, layer.texts, strict=False):
                yield Written(across, up, told, layer.colour, TOP)


def _point(text: Written, theme: Theme) -> dict[str, Any]:
    label = {
        "show": True, "formatter": text.text, "position": text.side, "offset": [0, text.shift],
        "color": theme.ink(text.colour), "fontSize": SIZE, "fontFamily": FONT,
    }  # fmt: skip
    return {"value": [text.across, text.up], "label": label}


def ends_room(panel: Panel, language: Language) -> float:
    """Return the pixels that the longest label at the right edge of a chart takes."""
    widths = [width(end.text.in_(language), SIZE) for end in panel.endings]
    return max(widths) + ROOM if widths else 0.0


def above_scale(unit: str, theme: Theme) -> dict[str, Any]:
    """Return what an upright axis is in, as the axis tells it above itself."""
    style = {"color": theme.colour(palette.GREY), "fontSize": SIZE, "align": "left"}
    return {"name": unit, "nameLocation": "end", "nameGap": INSIDE, "nameTextStyle": style}
