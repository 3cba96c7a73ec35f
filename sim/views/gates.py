"""What holds each count back: the likelihood gained when one gate after another is opened."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.experiments.gates import largest
from sim.language import Language, Text
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import percent, signed
from sim.text.together import Estimated, is_tie
from sim.views.axes import beside, clean
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import families, font
from sim.views.page import EDGE, Heading, room_for, sheet

PANEL, GAP = 1.42, 0.16
"""Inches of a gate's chart, and between two of them."""
LIKELIHOOD = 0.95
"""Inches for the likelihood with all gates as they are."""
ROW = 0.34
AROUND = 2.35
"""Inches above and below the rows."""
LEAST = 0.02
"""A scale reaches at least this far on both sides of nought, as a fraction."""
DOT, LARGEST = 5.5, 7.0
"""Sizes of the marks, in points."""


class Held(NamedTuple):
    """One count: how likely it is, and what each gate, opened, adds to that."""

    likelihood: float
    gains: Sequence[Estimated]
    """In the gates' order, fractions."""

    @property
    def largest(self) -> tuple[int, ...]:
        """Numbers of the gates that add most; several where they cannot be told apart."""
        return largest(self.gains)


def gates(
    experiment: Experiment, names: Sequence[Text], counts: Sequence[Held], language: Language
) -> Figure:
    """Draw a chart for each gate with a dot and its interval for each count.

    Args:
        experiment: what the figure rests on.
        names: of the gates.
        counts: one for each of the thirteen, in the plan's order.
        language: of all labels.
    """
    rows = [capital(count.name.in_(language)) for count in PLAN.counts]
    left = room_for(rows) + LIKELIHOOD
    across = left + len(names) * (PANEL + GAP) - GAP + EDGE
    heading = Heading(
        kicker(experiment, language),
        say("gates.title", language),
        say("gates.subtitle", language),
    )
    keys = ("gates.interval", "gates.paired")
    below = noted(notes(experiment, keys, language), len(names) * len(counts), language)
    page = sheet(across, AROUND + ROW * len(rows), heading, below)
    foot, head = page.bottom + 0.3, page.top - 0.6
    page.legend(_legend(language), EDGE, page.top - 0.15)
    for number, name in enumerate(names):
        axes = page.panel(left + number * (PANEL + GAP), foot, PANEL, head - foot)
        _scale(axes, counts)
        title = capital(name.in_(language))
        beside(axes, 0.5, -0.85, title, palette.INK, "center")
        for row, count in enumerate(counts):
            _mark(axes, count.gains[number], row, number in count.largest)
    first = page.figure.axes[0]
    for row, (text, count) in enumerate(zip(rows, counts, strict=True)):
        beside(first, (EDGE - left) / PANEL, row, text, palette.INK, "left")
        beside(first, -0.15 / PANEL, row, percent(count.likelihood), palette.GREY, "right")
    beside(first, -0.15 / PANEL, -0.85, say("gates.before", language), palette.GREY, "right")
    return page.figure


def _scale(axes: Axes, counts: Sequence[Held]) -> None:
    """Let every chart have the same scale, which holds nought and all intervals."""
    found = [gain for count in counts for gain in count.gains]
    low = min(-LEAST, *(gain.low for gain in found))
    high = max(LEAST, *(gain.high for gain in found))
    edge = 0.04 * (high - low)
    clean(axes, grid="x")
    axes.tick_params(labelsize=palette.SMALL_SIZE, labelfontfamily=families(), pad=2)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(low - edge, high + edge)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(100 * low, 100 * high)
    shown = [float(tick) for tick in ticks if low - edge <= tick / 100 <= high + edge]
    axes.set_xticks([tick / 100 for tick in shown], [signed(tick) for tick in shown])
    axes.set_yticks([])
    for row in range(1, len(counts), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=palette.FAINT, alpha=0.45, lw=0, zorder=0)
    axes.axvline(0.0, color=palette.GREY, linewidth=1.0, zorder=2)


def _mark(axes: Axes, gain: Estimated, row: int, largest: bool) -> None:
    """Draw one gain; hollow if it may be nothing."""
    colour = palette.VERMILION if largest else palette.BLUE
    tie = is_tie(gain)
    axes.plot([gain.low, gain.high], [row, row], color=colour, linewidth=1.8, zorder=3)
    axes.plot(
        gain.value,
        row,
        "D" if largest else "o",
        markersize=LARGEST if largest else DOT,
        markerfacecolor=palette.PAPER if tie else colour,
        markeredgecolor=colour if tie else palette.PAPER,
        markeredgewidth=1.3 if tie else 0.8,
        zorder=4,
    )
    if largest:
        axes.annotate(
            f"{100 * gain.value:+.0f}",
            (gain.value, row),
            xytext=(0, LARGEST / 2 + 2),
            textcoords="offset points",
            ha="center",
            fontproperties=font(palette.SMALL_SIZE),
            color=palette.PACKAGE_INKS[1],
        )


def _legend(language: Language) -> list[Line2D]:
    looks = (
        ("largest", "D", palette.VERMILION, palette.VERMILION, LARGEST),
        ("clear", "o", palette.BLUE, palette.BLUE, DOT),
        ("tie", "o", palette.BLUE, palette.PAPER, DOT),
    )
    return [
        Line2D(
            [],
            [],
            color=edge,
            marker=mark,
            markersize=size,
            markerfacecolor=fill,
            markeredgecolor=edge,
            linewidth=1.8,
            label=say(f"gates.{key}", language),
        )
        for key, mark, edge, fill, size in looks
    ]
