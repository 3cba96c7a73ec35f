"""How late a plan may start: one count's likelihood against the month in which it does."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.calendar import decimal_year, month_index
from sim.language import Language, Text
from sim.views import palette
from sim.views.axes import EndLabel, clean, end_labels, labels_room, likelihood_axis
from sim.views.experiment import Estimated, Experiment, kicker, named, notes, unquoted
from sim.views.fonts import font
from sim.views.numbers import percent
from sim.views.page import EDGE, Heading, sheet
from sim.views.words import say

SIZE = (9.0, 5.2)
SCALE = 0.45
"""Inches for the numbers of the upright scale."""
MOST_TICKS = 9
DASHES = (0, (5, 2.5))


class Latest(NamedTuple):
    """The last month, as "2026-04", whose likelihood is still as asked for; None if there is none.

    By the likelihoods, and by the lower and the upper ends of their intervals.
    """

    month: str | None
    low: str | None
    high: str | None


class Start(NamedTuple):
    """A month in which the plan starts, and what becomes of the count."""

    month: str
    """As "2026-04"."""
    likelihood: Estimated


def deadline(
    experiment: Experiment,
    lever: Text,
    count: Text,
    starts: Sequence[Start],
    wanted: float,
    latest: Latest,
    language: Language,
) -> Figure:
    """Draw a likelihood against the start of a plan, the level asked for and the latest start.

    Args:
        experiment: what the figure rests on.
        lever: name of the plan.
        count: name of the count, or of all together.
        starts: in any order, two or more.
        wanted: the likelihood asked for, a fraction.
        latest: the last month that keeps it.
        language: of all labels.
    """
    page = sheet(
        *SIZE,
        _heading(experiment, (lever, count), wanted, latest.month, language),
        notes(experiment, ("deadline.interval",), language),
    )
    wish = say("deadline.wanted", language, wanted=percent(wanted))
    labels = [EndLabel(wanted, wish, palette.VERMILION)]
    foot, head = page.bottom + 0.3, page.top - 0.35
    width, height = SIZE[0] - 2 * EDGE - SCALE - labels_room(labels), head - foot
    axes = page.panel(EDGE + SCALE, foot, width, height)
    clean(axes)
    likelihood_axis(axes)
    ordered = sorted(starts, key=lambda start: month_index(start.month))
    _months(axes, ordered, latest.month)
    _draw(axes, ordered)
    axes.axhline(wanted, color=palette.VERMILION, linewidth=1.5, linestyle=DASHES, zorder=2)
    end_labels(axes, labels, width, height)
    _band(axes, latest)
    if latest.month is not None:
        _mark(axes, latest.month, language)
    return page.figure


def _heading(
    experiment: Experiment,
    names: tuple[Text, Text],
    wanted: float,
    latest: str | None,
    language: Language,
) -> Heading:
    room = 0.45 * (SIZE[0] - 2 * EDGE)
    lever, count = (named(unquoted(name), language, palette.TITLE_SIZE, room) for name in names)
    said = {"lever": lever, "count": count, "wanted": percent(wanted)}
    if latest is None:
        title = say("deadline.title_none", language, **said)
    else:
        title = say("deadline.title", language, month=latest, **said)
    return Heading(kicker(experiment, language), title, say("deadline.subtitle", language))


def _year(month: str) -> float:
    return decimal_year(month_index(month))


def _months(axes: Axes, ordered: Sequence[Start], latest: str | None) -> None:
    """Let the scale hold all starts, and the latest that keeps the level, wherever it lies."""
    months = [start.month for start in ordered] + ([] if latest is None else [latest])
    first, last = min(map(_year, months)), max(map(_year, months))
    edge = 0.04 * (last - first)
    axes.set_xlim(first - edge, last + edge)
    shown = [start.month for start in ordered][:: -(-len(ordered) // MOST_TICKS)]
    axes.set_xticks([_year(month) for month in shown], shown)
    axes.tick_params(axis="x", length=3, color=palette.PALE)


def _draw(axes: Axes, ordered: Sequence[Start]) -> None:
    at = [_year(start.month) for start in ordered]
    found = [start.likelihood for start in ordered]
    low, high = [each.low for each in found], [each.high for each in found]
    axes.vlines(at, low, high, color=palette.BLUE, linewidth=2.0, zorder=3)
    values = [each.value for each in found]
    axes.plot(at, values, color=palette.BANDS[2], linewidth=1.2, zorder=2.5)
    axes.plot(
        at, values, "o", color=palette.BLUE, markersize=6.0, markeredgecolor=palette.PAPER,
        markeredgewidth=0.8, zorder=4, clip_on=False,
    )  # fmt: skip


def _mark(axes: Axes, latest: str, language: Language) -> None:
    """Mark the latest start, its name above the chart."""
    axes.axvline(_year(latest), color=palette.ORANGE_INK, linewidth=1.5, zorder=2)
    low, high = axes.get_xlim()
    share = (_year(latest) - low) / (high - low)
    axes.annotate(
        say("deadline.latest", language, month=latest),
        (_year(latest), 1.0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4),
        textcoords="offset points",
        ha="left" if share < 1 / 4 else "right" if share > 3 / 4 else "center",
        fontproperties=font(palette.LABEL_SIZE),
        color=palette.ORANGE_INK,
    )


def _band(axes: Axes, latest: Latest) -> None:
    """Shade where the latest start may lie, from the edge of the chart if no start is surely so."""
    if latest.high is None:
        return
    first = axes.get_xlim()[0] if latest.low is None else _year(latest.low)
    axes.axvspan(first, _year(latest.high), color=palette.ORANGE, alpha=0.14, lw=0, zorder=1)
