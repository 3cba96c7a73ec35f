"""The colour scale of the maps: its shades, the type that reads on them, and its bar."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm, to_rgb

from sim.spec import palette
from sim.text.numbers import plain, round_ticks
from sim.views.fonts import families, font
from sim.views.page import EDGE, Sheet
from sim.views.themes import LIGHT

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, 0 to 1."""
Fill = Colour | str
"""A colour, or its name in the palette."""
BAR = (4.6, 0.13)
"""Width and height of the bar in inches."""
STEPS = 128
"""Shades on the bar."""
LEAST_TICK = 0.1
PALENESS = 0.75
"""How much of the ground is in a pale colour."""
EVEN_CONTRAST = 0.22
DARK_FILL = (LIGHT.colour(palette.PAPER), "#0b2a55c0")
LIGHT_FILL = (LIGHT.colour(palette.INK), "#ffffff90")
"""Colours of text and halo on dark and on light fills, whatever the ground is."""


class Scale(NamedTuple):
    """The colour scale that all dates share."""

    top: float
    """The greatest value that it shows."""

    @property
    def norm(self) -> PowerNorm:
        """The square root of a value's share of the top."""
        return PowerNorm(0.5, 0.0, self.top)

    def colour(self, value: float) -> Colour:
        """Return the colour of a value."""
        return colormaps[palette.MAP](float(np.sqrt(value / self.top)))


def inks(fill: Fill) -> tuple[str, str]:
    """Return the colours of a text and of its halo that read best on a fill.

    Relative luminance of sRGB as in WCAG 2.2; there black and white type contrast equally with a
    luminance of 0.179, and white type with a dark halo still reads well somewhat above it.
    """
    parts = np.asarray(to_rgb(fill))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ np.array([0.2126, 0.7152, 0.0722]))
    return DARK_FILL if luminance < EVEN_CONTRAST else LIGHT_FILL


def colour_bar(page: Sheet, scale: Scale, unit: str) -> None:
    """Draw a scale, with its ticks and unit, at the lower left of a sheet."""
    axes = page.panel(EDGE, page.bottom + 0.32, *BAR)
    ticks = round_ticks(scale.top, max(scale.top / 50, LEAST_TICK))
    steps = np.linspace(0.0, 1.0, STEPS + 1) ** 2 * scale.top
    axes.pcolormesh(
        steps, [0, 1], steps[None, :-1], cmap=palette.MAP, norm=scale.norm, rasterized=True
    )
    axes.set_xscale("function", functions=(lambda v: np.sqrt(np.maximum(v, 0)), np.square))
    axes.set_xlim(0, scale.top)
    axes.set_xticks(ticks, [plain(tick) for tick in ticks])
    _dress(axes, unit)


class Linear(NamedTuple):
    """An even colour scale between two values."""

    low: float
    high: float
    name: str
    """Matplotlib's name of it."""
    spare: float = 0.0
    """Darkest part of it that is left out, over the part that is used."""

    def colour(self, value: float) -> Colour:
        """Return the colour of a value; beyond an end, that of the end."""
        share = np.clip((value - self.low) / (self.high - self.low), 0.0, 1.0)
        return colormaps[self.name](float(share / (1.0 + self.spare)))


def pale(colour: Colour) -> Colour:
    """Return a colour that is nearly the ground's, for what may be nothing."""
    ground = to_rgb(palette.PAPER)
    red, green, blue = (
        (1 - PALENESS) * part + PALENESS * below
        for part, below in zip(colour[:3], ground, strict=True)
    )
    return red, green, blue, colour[3]


def linear_bar(
    page: Sheet,
    place: tuple[float, float],
    scale: Linear,
    unit: str,
    write: Callable[[float], str],
    width: float = BAR[0],
) -> None:
    """Draw an even scale, with five ticks and its unit.

    Args:
        page: the sheet.
        place: lower left corner in inches.
        scale: the colours.
        unit: written on the right of it.
        write: how a tick reads.
        width: in inches.
    """
    axes = page.panel(*place, width, BAR[1])
    steps = np.linspace(scale.low, scale.high, STEPS + 1)
    axes.pcolormesh(
        steps, [0, 1], (steps[None, :-1] + steps[None, 1:]) / 2, cmap=scale.name, vmin=scale.low,
        vmax=scale.high + scale.spare * (scale.high - scale.low), rasterized=True,
    )  # fmt: skip
    axes.set_xlim(scale.low, scale.high)
    ticks = [float(tick) for tick in np.linspace(scale.low, scale.high, 5)]
    axes.set_xticks(ticks, [write(tick) for tick in ticks])
    _dress(axes, unit)


def _dress(axes: Axes, unit: str) -> None:
    """Give a bar its ticks' looks and its unit, and take what it does not need."""
    axes.set_yticks([])
    axes.tick_params(
        length=3,
        color=palette.GREY,
        labelsize=palette.SMALL_SIZE,
        labelcolor=palette.GREY,
        labelfontfamily=families(),
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.text(
        1.02, 0.5, unit, transform=axes.transAxes, va="center",
        fontproperties=font(palette.LABEL_SIZE), color=palette.GREY,
    )  # fmt: skip
