"""Panels drawn for a file: one chart, or small ones in rows."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import (
    Area,
    Bars,
    Dots,
    Layer,
    Line,
    Panel,
    Panels,
    Pieces,
    Rule,
    Scale,
    Strip,
    Style,
)
from sim.views.fonts import font, width
from sim.views.page import EDGE, POINTS, Sheet
from sim.views.panels import FOOT, GAP, SCALE, TITLE, Slot, chart
from sim.views.wrap import shorten

ROOM = 120.0
"""Points for a name on an upright scale."""
BESIDE = 0.08
"""Inches between names and chart."""
STYLES: Final[dict[Style, Any]] = {
    "solid": "-",
    "dashed": (0, (5, 2.5)),
    "dotted": (0, (1.2, 2)),
}


def draw_panels(page: Sheet, mark: Panels, language: Language) -> None:
    """Draw panels row by row onto a sheet."""
    across = (page.width - 2 * EDGE + GAP) / mark.columns
    up = (page.top - page.bottom) / -(-len(mark.panels) // mark.columns)
    for number, panel in enumerate(mark.panels):
        row, column = divmod(number, mark.columns)
        scale = _scale_room(panel.up, language)
        left, bottom = EDGE + column * across + scale, page.top - (row + 1) * up + FOOT
        slot = Slot(left, bottom, across - scale - 2 * GAP, up - FOOT - TITLE)
        axes = chart(page, slot, panel.title.in_(language), scale)
        draw_panel(axes, panel, language)


def _scale_room(scale: Scale, language: Language) -> float:
    """Return the inches that the texts of an upright scale take."""
    if not scale.names:
        return SCALE
    texts = (_name(tick.text.in_(language)) for tick in scale.ticks)
    return max(width(text, palette.SMALL_SIZE) for text in texts) / POINTS + BESIDE


def _name(text: str) -> str:
    return shorten(text, palette.SMALL_SIZE, ROOM)


def draw_panel(axes: Axes, panel: Panel, language: Language) -> None:
    """Draw a panel's layers and scales into a clean chart."""
    for number, layer in enumerate(panel.layers):
        LAYERS[type(layer)](axes, layer, 2.0 + 0.01 * number)
    for scale, lay, limits, axis, names in (
        (panel.across, axes.set_xscale, axes.set_xlim, axes.xaxis, axes.set_xticks),
        (panel.up, axes.set_yscale, axes.set_ylim, axes.yaxis, axes.set_yticks),
    ):
        if scale.log:
            lay("log")
        texts = [tick.text.in_(language) for tick in scale.ticks]
        at = [tick.at for tick in scale.ticks]
        if scale.names:
            names(at, list(map(_name, texts)), fontproperties=font(palette.SMALL_SIZE))
        else:
            names(at, texts)
        axis.set_minor_locator(NullLocator())
        limits(scale.low, scale.high)


def _line(axes: Axes, layer: Line, order: float) -> None:
    axes.plot(
        layer.across,
        layer.up,
        color=layer.colour,
        linewidth=layer.width,
        linestyle=STYLES[layer.style],
        alpha=layer.opacity,
        marker="o" if layer.dots else "",
        markersize=layer.dots,
        markeredgewidth=0,
        zorder=order,
    )


def _dots(axes: Axes, layer: Dots, order: float) -> None:
    axes.plot(
        layer.across,
        layer.up,
        layer.shape,
        color=layer.colour,
        markersize=layer.size,
        markeredgewidth=0,
        alpha=layer.opacity,
        clip_on=False,
        zorder=order,
    )


def _area(axes: Axes, layer: Area, order: float) -> None:
    axes.fill_between(
        layer.across,
        layer.low,
        layer.high,
        color=layer.colour,
        alpha=layer.opacity,
        linewidth=0,
        zorder=order,
    )


def _bars(axes: Axes, layer: Bars, order: float) -> None:
    filled = layer.outline == 0.0
    axes.stairs(
        layer.heights,
        layer.edges,
        fill=filled,
        color=layer.colour,
        linewidth=layer.outline,
        zorder=order,
    )


def _pieces(axes: Axes, layer: Pieces, order: float) -> None:
    ends = np.array(layer.ends).reshape(-1, 4)
    across, up = ends[:, [0, 2]].T, ends[:, [1, 3]].T
    axes.plot(across, up, color=layer.colour, linewidth=layer.width, zorder=order)


def _rule(axes: Axes, layer: Rule, order: float) -> None:
    draw = axes.axvline if layer.upright else axes.axhline
    look = {"linewidth": layer.width, "linestyle": STYLES[layer.style], "zorder": order}
    draw(layer.at, color=layer.colour, **look)


def _strip(axes: Axes, layer: Strip, order: float) -> None:
    strip = axes.axvspan(layer.low, layer.high, color=layer.colour, linewidth=0, zorder=order)
    strip.set_alpha(layer.opacity)


LAYERS: Final[dict[type[Layer], Callable[[Axes, Any, float], None]]] = {
    Line: _line,
    Dots: _dots,
    Area: _area,
    Bars: _bars,
    Pieces: _pieces,
    Rule: _rule,
    Strip: _strip,
}
"""How each kind of layer is drawn, at its place in the order."""
