"""Panels drawn for a file: one large chart or two, or small ones in rows."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
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
from sim.views.axes import EndLabel, clean, end_labels, labels_room
from sim.views.fonts import font, width
from sim.views.page import EDGE, POINTS, Sheet
from sim.views.panels import FOOT, GAP, SCALE, TITLE, Slot, chart
from sim.views.wrap import shorten, wrap

NAMED = 0.6
"""Of the place of a small chart: what names on its upright scale take at most, in lines."""
WIDE = 280.0
"""Points of a line of a name of a large one, and where small ones in a row have the same names."""
BESIDE = 0.08
"""Inches between names and chart."""
LARGE = 2
"""Charts on a sheet, up to which they are large."""
APART = 0.24
"""Inches between large charts, and between a line above a chart and the next."""
LABEL = 0.2
"""Inches for what a scale measures, along it."""
HOLLOW = 1.3
"""Points of the edge of a mark that is hollow."""
ABOVE = 0.1
"""Inches between a large chart and the lowest line above it."""
STYLES: Final[dict[Style, Any]] = {"solid": "-", "dashed": (0, (5, 2.5)), "dotted": (0, (1.2, 2))}
Look = dict[str, Any]
"""How matplotlib is told to draw something: colour, place in the order, letters."""


def draw_panels(page: Sheet, mark: Panels, language: Language) -> None:
    """Draw panels onto a sheet."""
    draw = _draw_large if len(mark.panels) <= LARGE else _draw_small
    draw(page, mark, language)


def _draw_small(page: Sheet, mark: Panels, language: Language) -> None:
    """Draw panels row by row; their legend stands in the place after the last one."""
    places = len(mark.panels) + (mark.legend == "last")
    shared = _scale_room(mark.panels[0].up, language, WIDE) if mark.shares_names else 0.0
    across = (page.width - 2 * EDGE - shared + GAP) / mark.columns
    room = WIDE if shared else NAMED * across * POINTS
    up = (page.top - page.bottom) / -(-places // mark.columns)
    gap = GAP if mark.legend else 2 * GAP
    for number in range(places):
        row, column = divmod(number, mark.columns)
        foot = _foot(mark)
        left, bottom = EDGE + shared + column * across, page.top - (row + 1) * up + foot
        if number == len(mark.panels):
            page.column(_legend(mark.panels, language), left, bottom + up - foot - TITLE)
            break
        panel = mark.panels[number]
        scale = 0.0 if shared else _scale_room(panel.up, language, room)
        slot = Slot(left + scale, bottom, across - scale - gap, up - foot - TITLE)
        axes = chart(page, slot, panel.title.in_(language), scale)
        draw_panel(axes, panel, language, room, named=not (shared and column))


def _draw_large(page: Sheet, mark: Panels, language: Language) -> None:
    """Draw panels beside each other, with their titles, legends and units above them."""
    across = (page.width - 2 * EDGE + APART) / len(mark.panels)
    for number, panel in enumerate(mark.panels):
        ends = [EndLabel(end.height, end.text.in_(language), end.colour) for end in panel.endings]
        left, foot = EDGE + number * across, page.bottom + _foot(mark)
        room = labels_room(ends) if ends else 0.0
        above = panel.unit is not None or any(
            isinstance(layer, Rule) and layer.label is not None for layer in panel.layers
        )
        lines = sum((above, mark.legend != "", panel.title.en != ""))
        scale = _scale_room(panel.up, language, WIDE)
        wide, high = across - APART - scale - room, page.top - APART * lines - ABOVE - foot
        axes = page.panel(left + scale, foot, wide, high)
        clean(axes, grid="x" if panel.up.names else "y")
        draw_panel(axes, panel, language, WIDE)
        end_labels(axes, ends, wide, high)
        height = foot + high + ABOVE
        if panel.unit is not None:
            page.write(left, height, panel.unit.in_(language))
        height += APART * above
        if mark.legend:
            page.legend(_legend([panel], language), left, height)
            height += APART
        page.write(left, height, panel.title.in_(language), palette.INK)


def _foot(mark: Panels) -> float:
    """Return the inches below charts for numbers, and for what they measure."""
    return FOOT + LABEL * any(panel.across.label is not None for panel in mark.panels)


def _scale_room(scale: Scale, language: Language, room: float) -> float:
    """Return the inches that the texts of an upright scale take; names are broken into lines."""
    if not scale.names:
        return SCALE + LABEL * (scale.label is not None)
    size = palette.SMALL_SIZE
    lines = (line for tick in scale.ticks for line in wrap(tick.text.in_(language), size, room))
    return max(width(line, size) for line in lines) / POINTS + BESIDE


def draw_panel(
    axes: Axes, panel: Panel, language: Language, room: float = WIDE, *, named: bool = True
) -> None:
    """Draw a panel's layers and scales into a clean chart.

    Args:
        axes: the chart.
        panel: what it shows.
        language: of all texts.
        room: points of a line of a name.
        named: whether names are written; else those of the first chart of the row hold.
    """
    for number, layer in enumerate(panel.layers):
        look = {"color": layer.colour, "zorder": 2.0 + 0.01 * number}
        LAYERS[type(layer)](axes, layer, look)
    for scale, lay, limits, axis, names in (
        (panel.across, axes.set_xscale, axes.set_xlim, axes.xaxis, axes.set_xticks),
        (panel.up, axes.set_yscale, axes.set_ylim, axes.yaxis, axes.set_yticks),
    ):
        if scale.log:
            lay("log")
        texts = [tick.text.in_(language) for tick in scale.ticks]
        at = [tick.at for tick in scale.ticks]
        if scale.names:
            size = palette.SMALL_SIZE
            told = ["\n".join(wrap(text, size, room)) if named else "" for text in texts]
            names(at, told, fontproperties=font(size))
        else:
            names(at, texts)
        axis.set_minor_locator(NullLocator())
        if scale.turns:
            names(scale.turns, minor=True)
            axis.set_tick_params(which="minor", length=4, color=palette.PALE)
        limits(scale.low, scale.high)
    _measures(axes, panel, language)
    if panel.corner is not None:
        _corner(axes, panel.corner.in_(language), low=panel.falls)
    for layer in panel.layers:
        if isinstance(layer, Rule) and layer.label is not None:
            _label(axes, layer.at, layer.label.in_(language))


def _measures(axes: Axes, panel: Panel, language: Language) -> None:
    """Write what scales measure along them, shortened to their length."""
    box = axes.get_window_extent()
    for scale, length, write in (
        (panel.across, box.width, axes.set_xlabel),
        (panel.up, box.height, axes.set_ylabel),
    ):
        if scale.label is not None:
            room = length / axes.figure.dpi * POINTS
            text = shorten(scale.label.in_(language), palette.SMALL_SIZE, room)
            write(text, labelpad=2, **_small())


def _corner(axes: Axes, text: str, *, low: bool) -> None:
    at, side = (0.03, "bottom") if low else (0.97, "top")
    axes.text(0.03, at, text, transform=axes.transAxes, va=side, zorder=6, **_small())


def _label(axes: Axes, at: float, text: str) -> None:
    """Write a text above the upright line at a place, beside it where it would leave the chart."""
    low, high = axes.get_xlim()
    share = (at - low) / (high - low)
    chart = axes.get_window_extent().width / axes.figure.dpi * POINTS
    half = width(text, palette.SMALL_SIZE) / 2 / chart
    axes.annotate(
        text,
        (at, 1.0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4),
        textcoords="offset points",
        ha="left" if share < half else "right" if share > 1.0 - half else "center",
        **_small(),
    )


def _small() -> Look:
    """Return how what is written within a chart and along its scales looks."""
    return {"fontproperties": font(palette.SMALL_SIZE), "color": palette.GREY}


def _legend(panels: Sequence[Panel], language: Language) -> list[Artist]:
    """Return an entry for whatever has a name, each name once: lines, then areas from the top."""
    named = [
        (each.name, each)
        for panel in panels
        for each in panel.layers
        if not isinstance(each, Strip | Bars) and each.name is not None
    ]
    areas = dict(each for each in reversed(named) if isinstance(each[1], Area))
    lines = dict(each for each in named if not isinstance(each[1], Area))
    return [_entry(layer, name.in_(language)) for name, layer in (lines | areas).items()]


def _entry(layer: Line | Area | Rule | Dots | Pieces, label: str) -> Artist:
    if isinstance(layer, Area):
        return Patch(facecolor=layer.colour, label=label)
    look: Look = {"color": layer.colour, "label": label}
    if isinstance(layer, Dots):
        dot = Line2D([], [], marker=layer.shape, markersize=layer.size, lw=0, **look)
        if layer.hollow:
            dot.set(markerfacecolor=palette.PAPER, markeredgewidth=HOLLOW)
        return dot
    style = "-" if isinstance(layer, Pieces) else STYLES[layer.style]
    return Line2D([], [], lw=layer.width, ls=style, solid_capstyle="butt", **look)


def _line(axes: Axes, layer: Line, look: Look) -> None:
    axes.plot(
        layer.across,
        layer.up,
        linewidth=layer.width,
        linestyle=STYLES[layer.style],
        alpha=layer.opacity,
        marker="o" if layer.dots else "",
        markersize=layer.dots,
        markeredgewidth=0,
        **look,
    )


def _dots(axes: Axes, layer: Dots, look: Look) -> None:
    axes.plot(
        layer.across,
        layer.up,
        layer.shape,
        markersize=layer.size,
        markerfacecolor=palette.PAPER if layer.hollow else layer.colour,
        markeredgewidth=HOLLOW if layer.hollow else 0,
        alpha=layer.opacity,
        clip_on=False,
        **look,
    )
    for at, height, text in zip(layer.across, layer.up, layer.texts, strict=False):
        axes.annotate(
            text, (at, height), xytext=(0, layer.size / 2 + 2), textcoords="offset points",
            ha="center", fontproperties=font(palette.SMALL_SIZE), color=layer.colour,
        )  # fmt: skip


def _area(axes: Axes, layer: Area, look: Look) -> None:
    ends = (layer.across, layer.low, layer.high)
    axes.fill_between(*ends, alpha=layer.opacity, linewidth=0, **look)


def _bars(axes: Axes, layer: Bars, look: Look) -> None:
    axes.stairs(layer.heights, layer.edges, fill=not layer.outline, lw=layer.outline, **look)


def _pieces(axes: Axes, layer: Pieces, look: Look) -> None:
    ends = np.array(layer.ends).reshape(-1, 4)
    across, up = ends[:, [0, 2]].T, ends[:, [1, 3]].T
    axes.plot(across, up, linewidth=layer.width, solid_capstyle="butt", **look)


def _rule(axes: Axes, layer: Rule, look: Look) -> None:
    draw = axes.axvline if layer.upright else axes.axhline
    draw(layer.at, linewidth=layer.width, linestyle=STYLES[layer.style], **look)


def _strip(axes: Axes, layer: Strip, look: Look) -> None:
    axes.axvspan(layer.low, layer.high, linewidth=0, **look).set_alpha(layer.opacity)


LAYERS: Final[dict[type[Layer], Callable[[Axes, Any, Look], None]]] = {
    Line: _line,
    Dots: _dots,
    Area: _area,
    Bars: _bars,
    Pieces: _pieces,
    Rule: _rule,
    Strip: _strip,
}
"""How each kind of layer is drawn, in its colour and at its place in the order."""
