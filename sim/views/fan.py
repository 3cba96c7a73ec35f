"""The fan chart of one count: where the runs go, month by month, against the target."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim import estimate
from sim.estimate import CountSummary
from sim.language import Language
from sim.plan import PLAN, READINGS, Count
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.joining import sentences
from sim.text.numbers import exact, percent, plain
from sim.views.axes import (
    EndLabel,
    Values,
    clean,
    end_labels,
    labels_room,
    time_axis,
    value_axis,
    years,
)
from sim.views.fonts import font
from sim.views.page import EDGE, Heading, kicker, provenance, sheet
from sim.views.source import Run, count_summary, tolerance

SIZE = (9.0, 5.4)
SCALE = 0.42
"""Inches for the numbers of the upright scale."""
SHARES = (0.95, 0.80, 0.50)
"""Of the runs, in each band."""
LEVELS = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
"""Edges of the bands, with the median in the middle."""
SINGLES = 3
"""How many single replicates are drawn."""
DASHES = (0, (5, 2.5))
DOTS = (0, (1.2, 2))


def fan(run: Run, count: Count, counts: NDArray[np.float64], language: Language) -> Figure:
    """Draw a count's median, 50, 80 and 95 % bands, a few single replicates and its target.

    Args:
        run: the finished run.
        count: one of the plan's thirteen.
        counts: the run's counts in its readings, shape (replicates, months, 13).
        language: of all labels.
    """
    summary = count_summary(run, count.id)
    runs = counts[:, :, PLAN.counts.index(count)]
    notes = (say("page.spread", language), provenance(run, language))
    page = sheet(*SIZE, _heading(run, count, summary, language), notes)
    labels = _targets(count, tolerance(run), language)
    edges = estimate.fan(runs, LEVELS)
    foot, head = page.bottom + 0.3, page.top - 0.55
    width, height = SIZE[0] - 2 * EDGE - SCALE - labels_room(labels), head - foot
    axes = page.panel(EDGE + SCALE, foot, width, height)
    page.legend(_handles(language), EDGE, head + 0.32)
    unit, reading = count.unit.in_(language), READINGS[summary.reading].in_(language)
    page.write(EDGE, head + 0.1, say("fan.scale", language, unit=capital(unit), reading=reading))
    at = years(runs.shape[1])
    clean(axes)
    time_axis(axes, at)
    reach = max(label.height for label in labels)
    value_axis(axes, 1.06 * max(reach, float(edges.max())))
    _draw_bands(axes, at, edges)
    _draw_singles(axes, at, runs)
    _draw_targets(axes, labels)
    _draw_due(axes, at, run.summary.at, summary.median, language)
    end_labels(axes, labels, width, height)
    return page.figure


def _heading(run: Run, count: Count, summary: CountSummary, language: Language) -> Heading:
    title = say(
        "fan.title",
        language,
        name=capital(count.name.in_(language)),
        likelihood=percent(summary.likelihood.value),
        target=exact(count.target),
    )
    spread = say(
        "fan.subtitle",
        language,
        median=plain(summary.median),
        low=plain(summary.p10),
        high=plain(summary.p90),
    )
    about = say("fan.subtitle_about", language, about=percent(summary.about.value))
    subtitle = sentences(spread, about, language=language) if count.about else spread
    return Heading(kicker(run, language), title, subtitle)


def _targets(count: Count, slack: float | None, language: Language) -> list[EndLabel]:
    """Return the target and, where the plan says 左右, what still counts as about the target."""
    target = float(count.target)
    text = say("fan.target", language, target=exact(target))
    labels = [EndLabel(target, text, palette.VERMILION)]
    if count.about and slack:
        about = float(estimate.thresholds(slack).about[PLAN.counts.index(count)])
        text = say("fan.about", language, target=exact(about))
        labels.append(EndLabel(about, text, palette.ORANGE_INK))
    return labels


def _draw_bands(axes: Axes, at: Values, edges: Values) -> None:
    for number, colour in enumerate(palette.BANDS):
        axes.fill_between(at, edges[number], edges[-1 - number], color=colour, linewidth=0)
    middle = edges[len(LEVELS) // 2]
    axes.plot(at, middle, color=palette.MEDIAN, linewidth=2.2, zorder=4)


def _draw_singles(axes: Axes, at: Values, runs: Values) -> None:
    for number in sorted({len(runs) * part // SINGLES for part in range(SINGLES)}):
        axes.plot(at, runs[number], color=palette.GREY, linewidth=0.7, alpha=0.75)


def _draw_targets(axes: Axes, labels: list[EndLabel]) -> None:
    for label, style in zip(labels, (DASHES, DOTS), strict=False):
        axes.axhline(label.height, color=label.colour, linewidth=1.5, linestyle=style, zorder=3)


def _draw_due(axes: Axes, at: Values, due: int, median: float, language: Language) -> None:
    """Mark the month in which the counts are due, and the median then."""
    axes.plot(at[due], median, "o", color=palette.MEDIAN, markersize=6, zorder=5, clip_on=False)
    if due == len(at) - 1:
        return
    axes.axvline(at[due], color=palette.PALE, linewidth=1.0, zorder=1)
    axes.annotate(
        say("fan.due", language),
        (at[due], 1.0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        fontproperties=font(palette.SMALL_SIZE),
        color=palette.GREY,
    )


def _handles(language: Language) -> list[Line2D | Patch]:
    middle = Line2D([], [], color=palette.MEDIAN, linewidth=2.2, label=say("fan.median", language))
    bands = [
        Patch(facecolor=colour, label=say("fan.band", language, share=percent(share)))
        for share, colour in reversed(list(zip(SHARES, palette.BANDS, strict=True)))
    ]
    single = Line2D([], [], color=palette.GREY, linewidth=0.7, label=say("fan.single", language))
    return [middle, *bands, single]
