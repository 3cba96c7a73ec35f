"""Where two packages part ways: the paired difference of every count, month by month."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.language import Language, Text
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.joining import unquoted
from sim.text.numbers import percent, signed
from sim.views.axes import Values, years
from sim.views.experiment import Experiment, kicker, named, notes
from sim.views.fonts import font
from sim.views.page import EDGE, Heading, sheet
from sim.views.panels import SCALE, SIZE, chart, slots, titles
from sim.world.layout import DUE

SHARE = 0.8
"""Of the replicates, in the band."""
EVERY = 2
"""Years from one named year to the next."""
WHOLE = 2.0
"""Length of a scale from which its ticks are whole numbers, as counts are."""
LEAST = 0.5
"""A scale reaches at least this far to both sides of zero, in the count's unit."""


NOTES = ("difference_fans.band_note", "difference_fans.end_note")


class Paired(Protocol):
    """A count's paired differences, second package minus first, in its unit, by month."""

    @property
    def median(self) -> Values:
        """Median over replicates, shape (M,)."""

    @property
    def p10(self) -> Values:
        """Lower edge of the band, shape (M,)."""

    @property
    def p90(self) -> Values:
        """Upper edge, shape (M,)."""


def difference_fans(
    experiment: Experiment,
    first: Text,
    second: Text,
    curves: Sequence[Paired],
    language: Language,
) -> Figure:
    """Draw the median of each count's paired difference over time, and the middle 80 % of it.

    Args:
        experiment: what the figure rests on.
        first: name of the first package.
        second: name of the second.
        curves: one per count, in the plan's order.
        language: of all labels.
    """
    room = 0.45 * (SIZE[0] - 2 * EDGE)
    names = {
        "first": named(unquoted(first), language, palette.TITLE_SIZE, room),
        "second": named(unquoted(second), language, palette.TITLE_SIZE, room),
    }
    heading = Heading(
        kicker(experiment, language),
        say("difference_fans.title", language, **names),
        say("difference_fans.subtitle", language),
    )
    page = sheet(*SIZE, heading, notes(experiment, NOTES, language))
    places = slots(page)
    for slot, title, found in zip(places, titles(language, units=True), curves, strict=False):
        _draw(chart(page, slot, title), found)
    key = places[len(curves)]
    page.column(_handles(language), key.left - SCALE, key.bottom + key.height)
    return page.figure


def _draw(axes: Axes, found: Paired) -> None:
    at = years(len(found.median))
    axes.fill_between(at, found.p10, found.p90, color=palette.BANDS[1], linewidth=0)
    axes.plot(at, found.median, color=palette.MEDIAN, linewidth=1.8, zorder=4)
    _tell_the_end(axes, found)
    axes.axhline(0.0, color=palette.GREY, linewidth=1.0, zorder=3)
    axes.set_xlim(at[0], at[-1])
    turns = range(int(np.ceil(at[0])) + 1, int(np.ceil(at[-1])), EVERY)
    axes.set_xticks(turns, [str(turn) for turn in turns])
    axes.tick_params(axis="x", length=3, color=palette.PALE)
    low = min(-LEAST, float(np.min(found.p10)), float(np.min(found.median)))
    high = max(LEAST, float(np.max(found.p90)), float(np.max(found.median)))
    edge = 0.05 * (high - low)
    axes.set_ylim(low - edge, high + edge)
    whole = high - low >= WHOLE
    ticks = MaxNLocator(4, steps=[1, 2, 5, 10], integer=whole).tick_values(low, high)
    shown = [float(tick) for tick in ticks if low - edge <= tick <= high + edge]
    axes.set_yticks(shown, [signed(tick) for tick in shown])


def _tell_the_end(axes: Axes, found: Paired) -> None:
    """Write the median and the middle 80 % at the end of 2030, the figures of the table."""
    if len(found.median) <= DUE:
        return
    middle, low, high = (
        signed(float(curve[DUE])) for curve in (found.median, found.p10, found.p90)
    )
    falls = -found.p10[DUE] > found.p90[DUE]  # then nothing is below the start
    axes.text(
        0.03,
        0.03 if falls else 0.97,
        f"{middle} ({low} … {high})",
        transform=axes.transAxes,
        fontproperties=font(palette.SMALL_SIZE),
        color=palette.GREY,
        ha="left",
        va="bottom" if falls else "top",
        zorder=6,
    )


def _handles(language: Language) -> list[Line2D | Patch]:
    share = say("difference_fans.band", language, share=percent(SHARE))
    return [
        Line2D([], [], color=palette.MEDIAN, lw=1.8, label=say("difference_fans.median", language)),
        Patch(facecolor=palette.BANDS[1], label=share),
        Line2D([], [], color=palette.GREY, lw=1.0, label=say("difference_fans.zero", language)),
    ]
