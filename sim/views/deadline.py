"""How late a plan may start: one count's likelihood against the month in which it does."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.calendar import decimal_year, month_index
from sim.estimate.deadline import Verdict
from sim.language import Language, Text
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.joining import sentences, unquoted
from sim.text.numbers import percent, signed
from sim.text.together import Estimated
from sim.views.axes import EndLabel, clean, end_labels, labels_room, likelihood_axis
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import font
from sim.views.page import EDGE, Heading, sheet

SIZE = (9.0, 5.2)
SCALE = 0.45
"""Inches for the numbers of the upright scale."""
MOST_TICKS = 9
DASHES = (0, (5, 2.5))


class Latest(NamedTuple):
    """What the starts come to, and the deadline, as "2026-04", where there is one to tell.

    By the likelihoods, and by the lower and the upper ends of their intervals. The lower bound is
    None where no start may be early enough, the upper one where even the last that was tried may.
    """

    verdict: Verdict
    month: str | None = None
    low: str | None = None
    high: str | None = None


class Start(NamedTuple):
    """A month in which the plan starts, and what becomes of the count."""

    month: str
    """As "2026-04"."""
    likelihood: Estimated
    change: Estimated
    """Of the likelihood against that of the first start, pair by pair."""


class Question(NamedTuple):
    """Which plan is to start, whose likelihood is asked for, and how high it is to be."""

    lever: Text
    goal: Text
    wanted: float
    """A fraction."""


def deadline(
    experiment: Experiment,
    question: Question,
    starts: Sequence[Start],
    latest: Latest,
    language: Language,
) -> Figure:
    """Draw a likelihood against the start of a plan, the level asked for and the latest start.

    Args:
        experiment: what the figure rests on.
        question: plan, count and likelihood.
        starts: in any order, two or more.
        latest: what they come to.
        language: of all labels.
    """
    wanted = question.wanted
    ordered = sorted(starts, key=lambda start: month_index(start.month))
    page = sheet(
        *SIZE,
        _heading(experiment, question, ordered, latest, language),
        notes(experiment, ("deadline.interval",), language),
    )
    wish = say("deadline.wanted", language, wanted=percent(wanted))
    labels = [EndLabel(wanted, wish, palette.VERMILION)]
    foot, head = page.bottom + 0.3, page.top - 0.35
    width, height = SIZE[0] - 2 * EDGE - SCALE - labels_room(labels), head - foot
    axes = page.panel(EDGE + SCALE, foot, width, height)
    clean(axes)
    likelihood_axis(axes)
    _months(axes, ordered, latest.month)
    _draw(axes, ordered)
    axes.axhline(wanted, color=palette.VERMILION, linewidth=1.5, linestyle=DASHES, zorder=2)
    end_labels(axes, labels, width, height)
    _band(axes, latest)
    if latest.month is not None:
        _mark(axes, latest.month, language)
    return page.figure


def told(
    question: Question, starts: Sequence[Start], latest: Latest, language: Language
) -> list[str]:
    """Return what the starts come to: in one sentence, and what it rests on.

    Args:
        question: plan, count and likelihood.
        starts: in order of time, two or more.
        latest: what they come to.
        language: of the sentences.
    """
    change, values = starts[-1].change, [start.likelihood.value for start in starts]
    lever, count = (unquoted(name).in_(language) for name in question[:2])
    never, always = max(values) < question.wanted, min(values) >= question.wanted
    level = "below" if never else "above" if always else "around"
    said = {
        "lever": lever,
        "count": count,
        "wanted": percent(question.wanted),
        "first": starts[0].month,
        "last": starts[-1].month,
        "month": str(latest.month),
        "change": signed(100 * change.value),
        "ends": f"{signed(100 * change.low)} … {signed(100 * change.high)}",
        "low": latest.low or say("deadline.none_sure", language),
        "high": latest.high or say("deadline.beyond", language, last=starts[-1].month),
    }
    rests = f"{latest.verdict}_{level}" if latest.verdict == "alike" else latest.verdict
    return [
        say(f"deadline.title_{latest.verdict}", language, **said),
        say(f"deadline.because_{rests}", language, **said),
    ]


def _heading(
    experiment: Experiment,
    question: Question,
    ordered: Sequence[Start],
    latest: Latest,
    language: Language,
) -> Heading:
    title, because = told(question, ordered, latest, language)
    subtitle = sentences(say("deadline.subtitle", language), because, language=language)
    return Heading(kicker(experiment, language), title, subtitle)


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
    """Shade where the deadline may lie, to an edge of the chart where no start bounds it."""
    if latest.month is None:
        return
    left, right = axes.get_xlim()
    first = left if latest.low is None else _year(latest.low)
    last = right if latest.high is None else _year(latest.high)
    axes.axvspan(first, last, color=palette.ORANGE, alpha=0.14, lw=0, zorder=1)
