"""A chart of bars with intervals for every count: shares of a variance, by factor."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.estimate.groups import Floats
from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.views.axes import beside, clean
from sim.views.fonts import families, font, width
from sim.views.page import EDGE, LEADING, POINTS, Heading, Sheet, sheet
from sim.views.panels import Slot, titles
from sim.views.wrap import wrap

WIDTH = 13.2
COLUMNS, ROWS = 5, 3
BAR = 0.21
"""Inches from one factor to the next."""
FOOT, GAP = 0.3, 0.28
TITLE = 2 * palette.LABEL_SIZE * LEADING + 0.1
AROUND = 2.2
"""Inches for heading and notes."""
END = 1.25
"""Where the scale ends, as a share of the variance: estimates scatter beyond one."""
TICKS = (0.0, 0.5, 1.0)


class Bars(NamedTuple):
    """Indices and the half-widths of their intervals, shape (outputs, factors)."""

    first: Floats
    first_error: Floats
    total: Floats
    total_error: Floats


def draw_bars(
    heading: Heading,
    below: Sequence[str],
    names: Sequence[str],
    bars: Bars,
    empty: str,
    language: Language,
) -> Figure:
    """Draw a chart for each output, with a bar for each factor.

    Args:
        heading: of the sheet.
        below: its notes.
        names: of the factors, from the top.
        bars: of the counts, and perhaps of all together; NaN where nothing can be said.
        empty: label that says why there is no bar.
        language: of all labels.
    """
    height = BAR * len(names)
    page = sheet(WIDTH, AROUND + ROWS * (height + FOOT + TITLE) + 0.3, heading, below)
    left = EDGE + max(width(name, palette.SMALL_SIZE) for name in names) / POINTS + 0.08
    named = [*titles(language), say("likelihood.joint", language)][: len(bars.total)]
    why = say(empty, language)
    for number, (slot, title) in enumerate(zip(_slots(page, left, height), named, strict=False)):
        axes = _chart(page, slot, title, names if number % COLUMNS == 0 else ())
        _bars(axes, bars, number)
        missing = np.flatnonzero(np.isnan(bars.total[number]))
        if len(missing) == len(names):
            axes.text(
                0.5, 0.5, why, transform=axes.transAxes, va="center",
                fontproperties=font(palette.SMALL_SIZE), color=palette.GREY, ha="center",
            )  # fmt: skip
            continue
        for place in missing:
            beside(axes, 0.02, float(place), why, palette.GREY, "left", palette.SMALL_SIZE)
    page.legend(_legend(language), EDGE, page.top - 0.12)
    return page.figure


def _slots(page: Sheet, left: float, height: float) -> list[Slot]:
    across = (page.width - EDGE - left + GAP) / COLUMNS
    top = page.top - 0.3
    up = (top - page.bottom) / ROWS
    return [
        Slot(
            left + column * across,
            top - row * up - TITLE - height,
            across - GAP,
            height,
        )
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def _chart(page: Sheet, slot: Slot, title: str, names: Sequence[str]) -> Axes:
    """Add an empty chart, with the factors' names if it stands first in its row."""
    axes = page.panel(*slot)
    clean(axes, grid="x")
    lines = wrap(title, palette.LABEL_SIZE, slot.width * POINTS)
    for number, line in enumerate(reversed(lines)):
        above = slot.bottom + slot.height + 0.07 + number * palette.LABEL_SIZE * LEADING
        page.write(slot.left, above, line, palette.INK)
    axes.tick_params(labelsize=palette.SMALL_SIZE, labelfontfamily=families(), pad=2)
    axes.set_xlim(0.0, END)
    axes.set_xticks(TICKS, [percent(tick) for tick in TICKS])
    axes.set_yticks(range(len(names)), names, fontproperties=font(palette.SMALL_SIZE))
    axes.tick_params(axis="y", labelcolor=palette.INK)
    return axes


def _bars(axes: Axes, found: Bars, number: int) -> None:
    places = np.arange(found.total.shape[1], dtype=np.float64)
    for values, errors, thick, colour, shift in (
        (found.total, found.total_error, 0.78, palette.BANDS[1], -0.2),
        (found.first, found.first_error, 0.34, palette.BLUE, 0.2),
    ):
        value, error = (np.nan_to_num(each[number]) for each in (values, errors))
        axes.barh(places, np.maximum(value, 0.0), thick, color=colour, zorder=2)
        axes.hlines(
            places + shift, np.maximum(value - error, 0.0), np.maximum(value + error, 0.0),
            color=palette.INK if colour != palette.BLUE else palette.MEDIAN, lw=1.0, zorder=3,
        )  # fmt: skip
    axes.set_ylim(len(places) - 0.4, -0.6)


def _legend(language: Language) -> list[Patch | Line2D]:
    return [
        Patch(color=palette.BANDS[1], label=say("index_bars.total", language)),
        Patch(color=palette.BLUE, label=say("index_bars.first", language)),
        Line2D([], [], color=palette.INK, lw=1.0, label=say("index_bars.interval", language)),
    ]
