"""What decides each count: how far its first parameter moves the likelihood, and the next ones."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.estimate import Interval
from sim.estimate.records import Decided, Decisions
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import percent
from sim.views.axes import LIKELIHOOD_TICKS, beside, clean
from sim.views.deciding import DECIDED_BY, EXPLAINED, deciders, explained, how_to_read
from sim.views.fonts import width
from sim.views.page import EDGE, POINTS, Heading, kicker, provenance, sheet
from sim.views.source import Run
from sim.views.wrap import shorten

WIDTH = 11.5
ROW = 0.56
"""Inches from one count to the next."""
AROUND = 2.5
"""Inches for heading, legend, scale and notes."""
COLUMN = 0.95
"""Inches for the column of what is explained."""
PARAMETERS = 4.1
"""Inches for the names on the right."""
GAP = 0.25
LINE = 0.3
"""From one name of a count to the next, in rows."""
OFFSET = 0.13
"""How far the two quarters of a count stand from its row's middle, in rows."""
HEAD = -0.8
"""Where the columns' heads stand, in rows."""


class Quarter(NamedTuple):
    """How the likelihood in one quarter of the draws is drawn."""

    word: str
    colour: str
    marker: str
    size: float
    shift: float


LOW = Quarter("decides.low", palette.ORANGE, "D", 5.5, -OFFSET)
HIGH = Quarter("decides.high", palette.BLUE, "o", 7.0, OFFSET)


def decides(run: Run, decisions: Decisions, language: Language) -> Figure:
    """Draw each count's likelihood where its first parameter is low and where it is high.

    Args:
        run: what the figure rests on.
        decisions: of the run, of draws enough.
        language: of all labels.
    """
    found = decisions.counts
    notes = (how_to_read(decisions, language), provenance(run, language))
    height = AROUND + ROW * len(found)
    page = sheet(WIDTH, height, _heading(run, decisions, language), notes)
    names = [capital(count.name.in_(language)) for count in PLAN.counts]
    left = max(width(name, palette.LABEL_SIZE) for name in names) / POINTS + COLUMN
    across = WIDTH - 2 * EDGE - left - PARAMETERS - GAP
    foot, head = page.bottom + 0.3, page.top - 0.62
    axes = page.panel(EDGE + left, foot, across, head - foot)
    page.legend([_handle(each, language) for each in (LOW, HIGH)], EDGE, page.top - 0.22)
    clean(axes, grid="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(-0.015, 1.015)
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xticks(LIKELIHOOD_TICKS, [percent(tick) for tick in LIKELIHOOD_TICKS])
    axes.set_yticks([])
    for at, (each, name) in enumerate(zip(found, names, strict=True)):
        _draw_row(axes, each, at)
        beside(axes, -left / across, at, name, palette.INK, "left")
        beside(axes, -GAP / across, at, explained(each), palette.GREY, "right")
        _write_parameters(axes, each, at, 1 + GAP / across, language)
    beside(axes, -GAP / across, HEAD, EXPLAINED.in_(language), palette.GREY, "right")
    heads = DECIDED_BY.in_(language)
    beside(axes, 1 + GAP / across, HEAD, heads, palette.GREY, "left")
    return page.figure


def _heading(run: Run, decisions: Decisions, language: Language) -> Heading:
    moved = [(each, each.low, each.high) for each in decisions.counts]
    ends = [(each.count, low, high) for each, low, high in moved if low and high]
    subtitle = say("decides.subtitle", language)
    if not ends:
        return Heading(kicker(run, language), say("decides.title_nothing", language), subtitle)
    most, low, high = max(ends, key=lambda end: abs(end[2].value - end[1].value))
    if low.value == high.value:
        return Heading(kicker(run, language), say("decides.title_same", language), subtitle)
    count = capital(next(count.name.in_(language) for count in PLAN.counts if count.id == most))
    title = say(
        "decides.title",
        language,
        count=count,
        low=percent(low.value),
        high=percent(high.value),
    )
    return Heading(kicker(run, language), title, subtitle)


def _draw_row(axes: Axes, found: Decided, at: float) -> None:
    if found.low is None or found.high is None:
        return
    axes.plot(
        [found.low.value, found.high.value], [at, at], color=palette.PALE, linewidth=1.4, zorder=2
    )
    _draw_quarter(axes, LOW, found.low, at)
    _draw_quarter(axes, HIGH, found.high, at)


def _draw_quarter(axes: Axes, quarter: Quarter, found: Interval, at: float) -> None:
    height = at + quarter.shift
    axes.plot([found.low, found.high], [height] * 2, color=quarter.colour, linewidth=2.2, zorder=3)
    axes.plot(
        found.value,
        height,
        quarter.marker,
        markersize=quarter.size,
        color=quarter.colour,
        markeredgecolor=palette.PAPER,
        markeredgewidth=0.8,
        zorder=4,
        clip_on=False,
    )


def _write_parameters(
    axes: Axes, found: Decided, at: float, left: float, language: Language
) -> None:
    told = deciders(found, language)
    room = PARAMETERS * POINTS
    for number, name in enumerate(told):
        height = at + (number - (len(told) - 1) / 2) * LINE
        colour = palette.INK if number == 0 and found.deciders else palette.GREY
        beside(axes, left, height, shorten(name, palette.LABEL_SIZE, room), colour, "left")


def _handle(quarter: Quarter, language: Language) -> Line2D:
    return Line2D(
        [],
        [],
        color=quarter.colour,
        marker=quarter.marker,
        markersize=quarter.size,
        linewidth=2.2,
        label=say(quarter.word, language),
    )
