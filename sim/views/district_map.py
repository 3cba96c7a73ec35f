"""Schematic maps of a measure by district at a few dates, the core districts in an inset."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, PathPatch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from sim import estimate
from sim.calendar import month_index, month_label
from sim.language import Language
from sim.plan import PLAN
from sim.views import palette
from sim.views.fonts import font
from sim.views.numbers import plain
from sim.views.outlines import District, bounds, outlines
from sim.views.page import EDGE, Heading, kicker, provenance, sheet
from sim.views.shades import Scale, colour_bar, colour_scale, inks
from sim.views.source import Run
from sim.views.words import say

Quantity = Literal["firms", "output", "talents"]
QUANTITIES: tuple[Quantity, ...] = ("firms", "output", "talents")
DATES = ("2022-10", "2026-12", "2030-12")
WIDTH = 13.2
PANEL = (4.2, 3.55)
"""Width and height of one map in inches."""
INSET = (0.0, 0.43, 0.5, 0.57)
"""Left, bottom, width and height of the inset, as shares of the panel."""
SHRINK = float(np.cos(np.radians(31.2)))
"""Length of a degree of longitude over that of latitude, at Shanghai."""
DEGREE_KM = 111.2
"""Kilometres in a degree of latitude."""
SCALE_KM = 20


def district_map(
    run: Run, quantity: Quantity, language: Language, dates: Sequence[str] = DATES
) -> Figure:
    """Draw a measure's median over replicates by district.

    Args:
        run: the finished run.
        quantity: which measure.
        language: of all labels.
        dates: months such as "2026-12"; months after the run's end are left out.
    """
    by_district = np.stack(
        [
            estimate.fan(run.measure(f"{quantity}_{district.id}"), (0.5,))[0]
            for district in PLAN.districts
        ]
    )
    months = [at for at in map(month_index, dates) if at < by_district.shape[1]]
    notes = (
        say("map.source", language),
        say("map.median_note", language),
        provenance(run, language),
    )
    heading = _heading(run, quantity, [month_label(at) for at in months], language)
    page = sheet(WIDTH, 6.3, heading, notes)
    scale = colour_scale(by_district[:, months])
    step = (WIDTH - 2 * EDGE - PANEL[0]) / max(1, len(months) - 1)
    for number, at in enumerate(months):
        axes = page.panel(EDGE + number * step, page.top - PANEL[1] - 0.3, *PANEL)
        _panel(axes, by_district[:, at], scale, language, first=number == 0)
        axes.set_title(
            month_label(at), fontproperties=font(11), color=palette.INK, loc="center", pad=5
        )
    unit = say("map.scale", language, unit=say(f"map.{quantity}_unit", language))
    colour_bar(page, scale, unit)
    return page.figure


def _heading(run: Run, quantity: Quantity, dates: list[str], language: Language) -> Heading:
    comma = ", " if language == "en" else "、"
    title = say("map.title", language, measure=say(f"map.{quantity}", language))
    return Heading(
        kicker(run, language), title, say("map.subtitle", language, dates=comma.join(dates))
    )


def _panel(
    axes: Axes, values: NDArray[np.floating], scale: Scale, language: Language, *, first: bool
) -> None:
    whole = outlines()
    core = tuple(district for district in whole if PLAN.districts[district.number].core)
    outer = tuple(district for district in whole if not PLAN.districts[district.number].core)
    _shapes(axes, whole, values, scale)
    _names(axes, outer, values, scale, language)
    _frame(axes, bounds(whole), pad=0.02, west=0.47)
    inset = axes.inset_axes(INSET)
    _shapes(inset, outer, None, scale)
    _shapes(inset, core, values, scale)
    _names(inset, core, values, scale, language)
    _frame(inset, bounds(core), pad=0.012)
    inset.patch.set_facecolor(palette.PAPER)
    for side in inset.spines.values():
        side.set(visible=True, color=palette.GREY, linewidth=0.7)
    _lead(axes, inset)
    if first:
        _scale_bar(axes, language)


def _shapes(
    axes: Axes, districts: Sequence[District], values: NDArray[np.floating] | None, scale: Scale
) -> None:
    for district in districts:
        fill = palette.FAINT if values is None else scale.colour(values[district.number])
        axes.add_patch(
            PathPatch(district.outline, facecolor=fill, edgecolor=palette.PAPER, linewidth=0.7)
        )


def _names(
    axes: Axes,
    districts: Sequence[District],
    values: NDArray[np.floating],
    scale: Scale,
    language: Language,
) -> None:
    for district in districts:
        value = float(values[district.number])
        name = _short(PLAN.districts[district.number].name.in_(language))
        ink, halo = inks(scale.colour(value))
        label = axes.text(
            *district.label_at,
            f"{name}\n{plain(value)}",
            fontproperties=font(palette.SMALL_SIZE),
            color=ink,
            ha="center",
            va="center",
            linespacing=1.1,
        )
        label.set_path_effects([withStroke(linewidth=1.4, foreground=halo)])


def _short(name: str) -> str:
    """Return a district's name as maps print it, without the word for district."""
    return name.removesuffix("新区").removesuffix("区")


def _frame(axes: Axes, box: Bbox, *, pad: float, west: float = 0.0) -> None:
    """Show a box of degrees, with a margin, undistorted; ``west`` leaves room on the left."""
    axes.set_xlim(box.x0 - pad - west, box.x1 + pad)
    axes.set_ylim(box.y0 - pad, box.y1 + pad)
    axes.set_aspect(1 / SHRINK, anchor="NW")
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
    length = SCALE_KM / (DEGREE_KM * SHRINK)
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
