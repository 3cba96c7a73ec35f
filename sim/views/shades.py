"""The colour scale of the maps: its shades, the type that reads on them, and its bar."""

from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import PowerNorm
from numpy.typing import NDArray

from sim.views import palette
from sim.views.fonts import family, font
from sim.views.numbers import nice_ceiling, plain, round_ticks
from sim.views.page import EDGE, Sheet

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, 0 to 1."""
BAR = (4.6, 0.13)
"""Width and height of the bar in inches."""
STEPS = 128
"""Shades on the bar."""
LEAST_TICK = 0.1
EVEN_CONTRAST = 0.22
DARK_FILL = (palette.PAPER, "#0b2a55c0")
LIGHT_FILL = (palette.INK, "#ffffff90")
"""Colours of text and halo on dark and on light fills."""


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


def colour_scale(values: NDArray[np.floating]) -> Scale:
    """Return a square-root scale from nought to a round number, 1 or more, above all values."""
    return Scale(nice_ceiling(max(1.0, float(values.max()))))


def inks(fill: Colour) -> tuple[str, str]:
    """Return the colours of a text and of its halo that read best on a fill.

    Relative luminance of sRGB as in WCAG 2.2; there black and white type contrast equally with a
    luminance of 0.179, and white type with a dark halo still reads well somewhat above it.
    """
    parts = np.asarray(fill[:3])
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
    axes.set_yticks([])
    axes.set_xticks(ticks, [plain(tick) for tick in ticks])
    axes.tick_params(
        length=3,
        color=palette.GREY,
        labelsize=palette.SMALL_SIZE,
        labelcolor=palette.GREY,
        labelfontfamily=family(),
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.text(
        1.02, 0.5, unit, transform=axes.transAxes, va="center",
        fontproperties=font(palette.LABEL_SIZE), color=palette.GREY,
    )  # fmt: skip
