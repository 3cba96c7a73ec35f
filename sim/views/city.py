"""The schematic map of the city by district, the core districts enlarged in an inset."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch, PathPatch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from sim.language import Language
from sim.model.world.grid import OUTSIDE, grid
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import say
from sim.views.fonts import font
from sim.views.outlines import District, bounds, outlines
from sim.views.shades import Colour, inks

INSET = (0.0, 0.43, 0.5, 0.57)
"""Left, bottom, width and height of the inset, as shares of the panel."""
DEGREE_KM = 111.2
"""Kilometres in a degree of latitude."""
SCALE_KM = 20
HATCH = "////"


@cache
def shrink() -> float:
    """Return the length of a degree of longitude over that of latitude, in the city's middle."""
    middle = grid().lat[grid().district != OUTSIDE].mean()
    return float(np.cos(np.radians(round(float(middle), 1))))


class Look(NamedTuple):
    """How one district is drawn."""

    fill: Colour
    figure: str
    """Written under its name."""
    hatched: bool = False


def city(
    axes: Axes,
    looks: Sequence[Look],
    language: Language,
    *,
    ruler: bool = True,
    border: str = palette.PAPER,
) -> None:
    """Draw all districts with their names and figures.

    Args:
        axes: empty.
        looks: one per district, in the plan's order.
        language: of the names.
        ruler: whether a bar of so many kilometres is drawn.
        border: colour of the lines between districts; fills like the ground need another one.
    """
    whole = outlines()
    core = tuple(district for district in whole if PLAN.districts[district.number].core)
    outer = tuple(district for district in whole if not PLAN.districts[district.number].core)
    _shapes(axes, whole, looks, border)
    _names(axes, outer, looks, language)
    _frame(axes, bounds(whole), pad=0.02, west=0.47)
    inset = axes.inset_axes(INSET)
    _shapes(inset, outer, None, border)
    _shapes(inset, core, looks, border)
    _names(inset, core, looks, language)
    _frame(inset, bounds(core), pad=0.012)
    inset.patch.set_facecolor(palette.PAPER)
    for side in inset.spines.values():
        side.set(visible=True, color=palette.GREY, linewidth=0.7)
    _lead(axes, inset)
    if ruler:
        _scale_bar(axes, language)


def _shapes(
    axes: Axes, districts: Sequence[District], looks: Sequence[Look] | None, border: str
) -> None:
    for district in districts:
        look = None if looks is None else looks[district.number]
        fill = palette.FAINT if look is None else look.fill
        axes.add_patch(PathPatch(district.outline, facecolor=fill, edgecolor=border, linewidth=0.7))
        if look is not None and look.hatched:
            _hatch(axes, district)


def _hatch(axes: Axes, district: District) -> None:
    axes.add_patch(
        PathPatch(
            district.outline,
            facecolor="none",
            edgecolor=palette.PALE,
            hatch=HATCH,
            linewidth=0.7,
        )
    )


def _names(
    axes: Axes, districts: Sequence[District], looks: Sequence[Look], language: Language
) -> None:
    for district in districts:
        look = looks[district.number]
        name = short_name(PLAN.districts[district.number].name.in_(language))
        ink, halo = inks(look.fill)
        label = axes.text(
            *district.label_at,
            f"{name}\n{look.figure}",
            fontproperties=font(palette.SMALL_SIZE),
            color=ink,
            ha="center",
            va="center",
            linespacing=1.1,
        )
        label.set_path_effects([withStroke(linewidth=1.4, foreground=halo)])


def short_name(name: str) -> str:
    """Return a district's name as maps print it, without the word for district."""
    return name.removesuffix("新区").removesuffix("区")


def _frame(axes: Axes, box: Bbox, *, pad: float, west: float = 0.0) -> None:
    """Show a box of degrees, with a margin, undistorted; ``west`` leaves room on the left."""
    axes.set_xlim(box.x0 - pad - west, box.x1 + pad)
    axes.set_ylim(box.y0 - pad, box.y1 + pad)
    axes.set_aspect(1 / shrink(), anchor="NW")
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def _lead(axes: Axes, inset: Axes) -> None:
    """Tie the inset to the part of the map that it enlarges."""
    (west, east), (south, north) = inset.get_xlim(), inset.get_ylim()
    axes.add_patch(
        Rectangle(
            (west, south),
            east - west,
            north - south,
            fill=False,
            edgecolor=palette.GREY,
            linewidth=0.7,
        )
    )
    for corner, end in (((1, 1), (west, north)), ((1, 0), (west, south))):
        line = ConnectionPatch(
            xyA=corner, coordsA=inset.transAxes, xyB=end, coordsB=axes.transData,
            color=palette.GREY, linewidth=0.5,
        )  # fmt: skip
        axes.add_artist(line)


def _scale_bar(axes: Axes, language: Language) -> None:
    length = SCALE_KM / (DEGREE_KM * shrink())
    west, south = axes.get_xlim()[0] + 0.03, axes.get_ylim()[0] + 0.05
    axes.plot([west, west + length], [south, south], color=palette.GREY, linewidth=1.5)
    axes.text(
        west + length / 2,
        south + 0.015,
        say("map.scale_bar", language, length=str(SCALE_KM)),
        fontproperties=font(palette.SMALL_SIZE),
        color=palette.GREY,
        ha="center",
    )
