"""What a package does to the counts themselves, pair by pair: one scale of ratios for all."""

from collections.abc import Callable, Sequence
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.estimate.effects import Effect, OverDraws, Size
from sim.language import Language, Text
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.joining import unquoted
from sim.text.multiples import plain_ratio, times
from sim.text.numbers import signed
from sim.views.axes import beside, clean
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, named, notes
from sim.views.page import EDGE, Heading, room_for, sheet
from sim.views.together import OPEN

WIDTH = 11.9
ROW = 0.34
AROUND = 2.15
"""Inches above and below the rows."""
COLUMNS = (1.62, 2.72, 4.3, 5.2, 5.8)
"""Inches from the chart to the right ends of the columns of figures."""
LEAST = 0.05
"""The scale reaches at least this far to both sides of no change."""
FURTHEST = (0.0, 2.5)
"""Ratios beyond which the scale does not go; what lies outside has an arrow at the edge."""
BAND = 0.5
"""Height of the band over the parameters, of a row."""
NOTES = ("effects.median", "effects.none_before", "effects.luck", "effects.decides")
INTERVALS = 2
"""Told of every count: of its change and of its ratio."""


def effects(
    experiment: Experiment, first: Text, second: Text, found: Sequence[Effect], language: Language
) -> Figure:
    """Draw the ratio of every count under the second package to that under the first.

    Args:
        experiment: what the figure rests on.
        first: name of the first package.
        second: name of the second.
        found: the effect on each count, in the plan's order.
        language: of all labels.
    """
    room = 0.45 * (WIDTH - 2 * EDGE)
    names = [capital(count.name.in_(language)) for count in PLAN.counts]
    title = say(
        "effects.title",
        language,
        first=named(unquoted(first), language, palette.TITLE_SIZE, room),
        second=named(unquoted(second), language, palette.TITLE_SIZE, room),
    )
    heading = Heading(kicker(experiment, language), title, say("effects.subtitle", language))
    below = noted(notes(experiment, NOTES, language), INTERVALS * len(names), language)
    page = sheet(WIDTH, AROUND + ROW * len(names), heading, below)
    page.legend(_handles(language), EDGE, page.top - 0.2)
    left, foot = room_for(names), page.bottom + 0.3
    across = WIDTH - EDGE - COLUMNS[-1] - left
    axes = page.panel(left, foot, across, page.top - 0.62 - foot)
    _scale(axes, found)
    for row, (name, each) in enumerate(zip(names, found, strict=True)):
        beside(axes, (EDGE - left) / across, row, name, palette.INK, "left")
        _draw(axes, each, row)
        ink = palette.INK if each.told_apart else palette.GREY
        for place, text in zip(COLUMNS, _figures(each), strict=True):
            beside(axes, 1 + place / across, row, text, ink, "right")
    for place, word in zip(COLUMNS, ("change", "pairs", "ratio", "signs", "decided"), strict=True):
        head = say(f"effects.{word}", language)
        beside(axes, 1 + place / across, -0.9, head, palette.GREY, "right")
    return page.figure


def _figures(found: Effect) -> tuple[str, ...]:
    amount, ratio = found.amount, found.ratio
    up, down = (f"{100 * share:.0f}" for share in found.pairs)
    mark = "" if found.told_apart else "≈ "
    return (
        _with_ends(amount, amount_text),
        f"{amount_text(amount.p10)} … {amount_text(amount.p90)}",
        f"×{_with_ends(ratio, plain_ratio)}",
        f"{mark}{up} / {down}",
        f"{100 * found.decided.share.value:.0f}%",
    )


def _with_ends(size: Size, write: Callable[[float], str]) -> str:
    return f"{write(size.value)} ({write(size.low)} … {write(size.high)})"


def amount_text(value: float) -> str:
    """Return a difference in a count's unit with its sign; an open end is an ellipsis."""
    return signed(value) if isfinite(value) else OPEN


def _scale(axes: Axes, found: Sequence[Effect]) -> None:
    """Let the scale of ratios hold all ranges, as far as it goes."""
    ends = [
        end for each in found for end in (*each.ratio, *each.ratio_over_draws[:3]) if isfinite(end)
    ]
    low = max(FURTHEST[0], min([1 - LEAST, *ends]))
    high = min(FURTHEST[1], max([1 + LEAST, *ends]))
    edge = 0.03 * (high - low)
    clean(axes, grid="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(low - edge, high + edge)
    axes.set_ylim(len(found) - 0.5, -0.5)
    ticks = MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(low, high)
    shown = [float(tick) for tick in ticks if low - edge <= tick <= high + edge]
    axes.set_xticks(shown, [times(tick) for tick in shown])
    axes.set_yticks([])
    axes.axvline(1.0, color=palette.GREY, linewidth=1.0, zorder=2)


def _draw(axes: Axes, found: Effect, row: int) -> None:
    """Draw a count's row: the band over parameters, the pairs' range, median and interval."""
    low, high = axes.get_xlim()

    def held(value: float) -> float:
        return min(max(value, low), high)

    over: OverDraws = found.ratio_over_draws
    start, end = held(over.p10), held(over.p90)
    axes.barh(row, end - start, BAND, start, color=palette.BANDS[1], linewidth=0, zorder=1)
    ratio = found.ratio
    axes.plot([held(ratio.p10), held(ratio.p90)], [row] * 2, color=palette.MEDIAN, lw=0.9, zorder=3)
    axes.plot([held(ratio.low), held(ratio.high)], [row] * 2, color=palette.BLUE, lw=3.2, zorder=4)
    axes.plot(
        held(ratio.value),
        row,
        "o",
        markersize=6.0,
        markerfacecolor=palette.BLUE if found.told_apart else palette.PAPER,
        markeredgecolor=palette.PAPER if found.told_apart else palette.BLUE,
        markeredgewidth=0.8 if found.told_apart else 1.4,
        zorder=5,
        clip_on=False,
    )
    for edge, mark, outside in (
        (low, "<", min(ratio.p10, over.p10) < low),
        (high, ">", max(ratio.p90, over.p90) > high),
    ):
        if outside:
            axes.plot(edge, row, mark, color=palette.GREY, markersize=5.0, zorder=6, clip_on=False)


def _handles(language: Language) -> list[Line2D | Patch]:
    middle = say("effects.interval", language)
    return [
        Line2D([], [], color=palette.BLUE, marker="o", markersize=6.0, lw=3.2, label=middle),
        Line2D([], [], color=palette.MEDIAN, lw=0.9, label=say("effects.range", language)),
        Patch(facecolor=palette.BANDS[1], label=say("effects.band", language)),
    ]
