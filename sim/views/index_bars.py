"""First-order and total Sobol' indices of each count as bars with intervals."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.evidence.sensitivity.indices import LUCK, OTHERS, Indices
from sim.language import Language
from sim.plan import PLAN
from sim.views import palette
from sim.views.axes import clean
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import family, font, width
from sim.views.numbers import percent
from sim.views.page import EDGE, LEADING, POINTS, Heading, Sheet, sheet
from sim.views.panels import Slot, titles
from sim.views.parameter_names import parameter_name
from sim.views.words import say
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
LARGE = 0.25
"""Total index from which on a single parameter is said to matter."""
WHOLE = {OTHERS: "sensitivity.others", LUCK: "sensitivity.luck"}


def factor_name(factor: str, language: Language) -> str:
    """Return what a factor of the indices is called."""
    return say(WHOLE[factor], language) if factor in WHOLE else parameter_name(factor, language)


def index_bars(rests: Experiment, found: Indices, language: Language) -> Figure:
    """Draw a chart for each count, with a bar for each factor.

    Args:
        rests: what the figure rests on.
        found: indices of the counts' values.
        language: of all labels.
    """
    single = [number for number, factor in enumerate(found.factors) if factor not in WHOLE]
    carried = (np.nan_to_num(found.total[:, single]) >= LARGE).any(axis=1).sum()
    heading = Heading(
        kicker(rests, language),
        say(
            "index_bars.title",
            language,
            counts=str(int(carried)),
            all=str(len(PLAN.counts)),
            part=percent(LARGE),
        ),
        say("index_bars.subtitle", language),
    )
    order = _order(found)
    height = BAR * len(order)
    whole = AROUND + ROWS * (height + FOOT + TITLE) + 0.3
    below = notes(rests, ("index_bars.reading",), language, end=percent(END))
    page = sheet(WIDTH, whole, heading, below)
    names = [factor_name(found.factors[number], language) for number in order]
    left = EDGE + max(width(name, palette.SMALL_SIZE) for name in names) / POINTS + 0.08
    for number, (slot, title) in enumerate(
        zip(_slots(page, left, height), titles(language), strict=False)
    ):
        axes = _chart(page, slot, title, names if number % COLUMNS == 0 else ())
        _bars(axes, found, number, order)
        if np.isnan(found.total[number]).all():
            axes.text(
                0.5, 0.5, say("index_bars.still", language), transform=axes.transAxes,
                fontproperties=font(palette.SMALL_SIZE), color=palette.GREY, ha="center",
            )  # fmt: skip
    page.legend(_legend(language), EDGE, page.top - 0.12)
    return page.figure


def _order(found: Indices) -> list[int]:
    """Return the factors: single ones by their mean total index, then all others, then luck."""
    mean = np.nan_to_num(found.total).mean(axis=0)
    kind = [[*WHOLE].index(factor) + 1 if factor in WHOLE else 0 for factor in found.factors]
    return sorted(range(len(kind)), key=lambda number: (kind[number], -mean[number]))


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
    axes.tick_params(labelsize=palette.SMALL_SIZE, labelfontfamily=family(), pad=2)
    axes.set_xlim(0.0, END)
    axes.set_xticks(TICKS, [percent(tick) for tick in TICKS])
    axes.set_yticks(range(len(names)), names, fontproperties=font(palette.SMALL_SIZE))
    axes.tick_params(axis="y", labelcolor=palette.INK)
    return axes


def _bars(axes: Axes, found: Indices, number: int, order: Sequence[int]) -> None:
    places = np.arange(len(order), dtype=np.float64)
    for values, errors, thick, colour, shift in (
        (found.total, found.total_error, 0.78, palette.BANDS[1], -0.2),
        (found.first, found.first_error, 0.34, palette.BLUE, 0.2),
    ):
        value, error = (np.nan_to_num(each[number, order]) for each in (values, errors))
        axes.barh(places, np.maximum(value, 0.0), thick, color=colour, zorder=2)
        axes.hlines(
            places + shift, np.maximum(value - error, 0.0), np.maximum(value + error, 0.0),
            color=palette.INK if colour != palette.BLUE else palette.MEDIAN, lw=1.0, zorder=3,
        )  # fmt: skip
    axes.set_ylim(len(order) - 0.4, -0.6)


def _legend(language: Language) -> list[Patch | Line2D]:
    return [
        Patch(color=palette.BANDS[1], label=say("index_bars.total", language)),
        Patch(color=palette.BLUE, label=say("index_bars.first", language)),
        Line2D([], [], color=palette.INK, lw=1.0, label=say("index_bars.interval", language)),
    ]
