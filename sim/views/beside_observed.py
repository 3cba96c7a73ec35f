"""What was observed beside what the model has for it, a row each: intervals, medians and points."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.language import Language, Text
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import signed
from sim.views.axes import beside, clean
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import width as width_of
from sim.views.page import EDGE, POINTS, Heading, sheet

WIDTH = 9.0
ROW = 0.42
"""Inches for one row."""
GAP = 0.12


class Interval(NamedTuple):
    """An interval with its middle."""

    low: float
    middle: float
    high: float


class Row(NamedTuple):
    """One observed quantity."""

    name: Text
    low: float
    """Ends of what was observed."""
    high: float
    spread: float
    """Standard deviation of what may lie between figure and thing meant."""
    bands: tuple[Interval, ...]
    """What the model has for it, as many as ``Labels.bands``."""
    points: tuple[float, ...] = ()
    """Other forecasts, as many as ``Labels.points``."""


class Labels(NamedTuple):
    """Labels (keys of the words) of what is drawn."""

    title: str
    subtitle: str
    observed: str
    bands: tuple[str, ...]
    points: tuple[str, ...]
    reading: str


COLOURS = {1: (palette.BLUE,), 2: (palette.BANDS[0], palette.BLUE)}
"""Of as many bands as there are: the last one is what counts."""
MARKS = ("s", "^", "D")


def beside_observed(
    experiment: Experiment,
    rows: Sequence[Row],
    labels: Labels,
    language: Language,
    **values: str,
) -> Figure:
    """Draw a row for each quantity: observed in ink, the model's intervals in colour.

    Args:
        experiment: what the figure rests on.
        rows: one or more.
        labels: keys of the words to use.
        language: of all labels.
        values: for the braces of the words.
    """
    heading = Heading(
        kicker(experiment, language),
        say(labels.title, language, **values),
        say(labels.subtitle, language),
    )
    page = sheet(
        WIDTH,
        2.3 + ROW * len(rows),
        heading,
        notes(experiment, (labels.reading,), language, **values),
    )
    names = [row.name.in_(language) for row in rows]
    room = max(width_of(name, palette.LABEL_SIZE) for name in names) / POINTS + GAP
    foot = page.bottom + 0.3
    axes = page.panel(EDGE + room, foot, WIDTH - 2 * EDGE - room, page.top - 0.35 - foot)
    clean(axes, grid="x")
    for place, (row, name) in enumerate(zip(reversed(rows), reversed(names), strict=True)):
        _draw(axes, place, row)
        beside(axes, -GAP / (WIDTH - 2 * EDGE - room), place, name, palette.INK, "right")
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_yticks([])
    ticks = axes.get_xticks()
    axes.set_xticks(ticks, [signed(tick) for tick in ticks])
    axes.set_xlim(ticks[0], ticks[-1])
    page.legend(_legend(labels, language), EDGE, page.top - 0.2)
    return page.figure


def _draw(axes: Axes, place: float, row: Row) -> None:
    colours = COLOURS[len(row.bands)]
    for number, (band, colour) in enumerate(zip(row.bands, colours, strict=True)):
        last = number == len(row.bands) - 1
        axes.plot(
            [band.low, band.high],
            [place, place],
            color=colour,
            linewidth=4.5 if last else 11.0,
            solid_capstyle="butt",
            zorder=2 + number,
        )
        if last:
            axes.plot(band.middle, place, "o", color=colour, markersize=7, zorder=4 + number)
    below = place - 0.3
    reach = 2.0 * row.spread
    axes.plot([row.low - reach, row.high + reach], [below] * 2, color=palette.INK, linewidth=0.9)
    axes.plot(
        [row.low, row.high], [below] * 2, color=palette.INK, linewidth=3.5,
        marker="D", markersize=4.5, zorder=5,
    )  # fmt: skip
    for value, mark in zip(row.points, MARKS, strict=False):
        axes.plot(
            value, place, mark, color=palette.ORANGE, markersize=6.5,
            markeredgecolor=palette.PAPER, zorder=6,
        )  # fmt: skip


def _legend(labels: Labels, language: Language) -> list[Line2D]:
    colours = COLOURS[len(labels.bands)]
    entries = [
        Line2D([], [], color=colour, linewidth=4.5, label=say(key, language))
        for key, colour in zip(labels.bands, colours, strict=True)
    ]
    entries += [
        Line2D([], [], color=palette.ORANGE, marker=mark, linewidth=0, label=say(key, language))
        for key, mark in zip(labels.points, MARKS, strict=False)
    ]
    ink = Line2D(
        [], [], color=palette.INK, marker="D", markersize=4.5, linewidth=0.9,
        label=say(labels.observed, language),
    )  # fmt: skip
    return [*entries, ink]
