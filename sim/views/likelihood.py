"""The likelihood chart: how likely each count is, strictly and 左右, and all of them together."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.estimate import Interval
from sim.language import Language, Text
from sim.plan import PLAN, READINGS
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.joining import sentences
from sim.text.numbers import exact, percent, percent_range
from sim.views.axes import LIKELIHOOD_TICKS, beside, clean
from sim.views.fonts import width
from sim.views.page import EDGE, POINTS, Heading, kicker, provenance, sheet
from sim.views.source import Run, count_summary, tolerance

SIZE = (10.0, 8.2)
TARGETS = 1.1
"""Inches for the column of targets, with the gaps on both sides of it."""
FIGURES = 2.1
"""Inches for the columns of figures on the right."""
OFFSET = 0.16
"""How far the two thresholds of a count stand from its row's middle, in rows."""
BAND = 0.34
"""Half the height of the band over parameters, in rows."""
JOINT_GAP = 0.45
HEAD = -0.95
"""Where the columns' heads stand, in rows."""


class Threshold(NamedTuple):
    """How one of the two thresholds for a target is drawn."""

    word: str
    colour: str
    ink: str
    marker: str
    size: float


STRICT = Threshold("likelihood.strict", palette.BLUE, palette.BLUE, "o", 7.0)
ABOUT = Threshold("likelihood.about", palette.ORANGE, palette.ORANGE_INK, "D", 5.5)


class Row(NamedTuple):
    """One line of the chart."""

    height: float
    name: str
    target: str
    strict: Interval
    about: Interval | None
    over_parameters: tuple[float, float] | None


def likelihood(run: Run, language: Language) -> Figure:
    """Draw every count's likelihood with its Monte-Carlo interval and its range over parameters."""
    notes = (_explanation(run, language), *_readings(run, language), provenance(run, language))
    page = sheet(*SIZE, _heading(run, language), notes)
    rows = _rows(run, language)
    names = max(width(row.name, palette.LABEL_SIZE) for row in rows) / POINTS + TARGETS
    foot, head = page.bottom + 0.3, page.top - 0.62
    across = SIZE[0] - 2 * EDGE - names - FIGURES
    axes = page.panel(EDGE + names, foot, across, head - foot)
    page.legend(_handles(language), EDGE, page.top - 0.22)
    clean(axes, grid="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(-0.015, 1.015)
    axes.set_ylim(rows[-1].height + 0.6, -0.6)
    axes.set_xticks(LIKELIHOOD_TICKS, [percent(tick) for tick in LIKELIHOOD_TICKS])
    axes.set_yticks([])
    for row in rows:
        _draw_row(axes, row)
    _write_columns(axes, rows, (-names / across, 1 + FIGURES / across), 1 / across, language)
    return page.figure


def _heading(run: Run, language: Language) -> Heading:
    slack = tolerance(run)
    if slack is None:
        subtitle = say("likelihood.subtitle", language)
    else:
        subtitle = say(
            "likelihood.subtitle_tolerance", language, tolerance=f"{exact(100 * slack)}%"
        )
    return Heading(kicker(run, language), say("likelihood.title", language), subtitle)


def _explanation(run: Run, language: Language) -> str:
    sequential = run.summary.sequential
    interval = "likelihood.interval_sequential" if sequential else "likelihood.interval"
    keys = (interval, "likelihood.band", "likelihood.no_about")
    output = next(count for count in PLAN.counts if count.id == "output")
    unit = say("likelihood.unit", language, unit=output.unit.in_(language))
    return sentences(*(say(key, language) for key in keys), unit, language=language)


def _readings(run: Run, language: Language) -> list[str]:
    """Return a sentence on the counts that are not in their default reading, if there are any."""
    told = []
    for count in PLAN.counts:
        reading = count_summary(run, count.id).reading
        if reading != count.reading:
            name, words = count.name.in_(language), READINGS[reading].in_(language)
            told.append(say("likelihood.read_as", language, count=name, reading=words))
    listed = Text(", ", "、").in_(language).join(told)
    return [say("likelihood.readings", language, counts=listed)] if told else []


def _rows(run: Run, language: Language) -> list[Row]:
    rows = []
    for number, count in enumerate(PLAN.counts):
        found = count_summary(run, count.id)
        about = found.about if count.about else None
        name = capital(count.name.in_(language))
        target = exact(count.target)
        rows.append(Row(number, name, target, found.likelihood, about, found.over_parameters))
    joint = say("likelihood.joint", language)
    below = len(rows) + JOINT_GAP
    return [*rows, Row(below, joint, "", run.summary.joint, run.summary.joint_about, None)]


def _draw_row(axes: Axes, row: Row) -> None:
    if row.over_parameters is not None:
        low, high = row.over_parameters
        corner = (low, row.height - BAND)
        patch = Rectangle(corner, high - low, 2 * BAND, facecolor=palette.BANDS[0], linewidth=0)
        axes.add_patch(patch)
    if row.about is None:
        _draw_threshold(axes, STRICT, row.strict, row.height)
    else:
        _draw_threshold(axes, STRICT, row.strict, row.height - OFFSET)
        _draw_threshold(axes, ABOUT, row.about, row.height + OFFSET)


def _draw_threshold(axes: Axes, threshold: Threshold, found: Interval, at: float) -> None:
    axes.plot([found.low, found.high], [at, at], color=threshold.colour, linewidth=2.2, zorder=3)
    axes.plot(
        found.value,
        at,
        threshold.marker,
        markersize=threshold.size,
        color=threshold.colour,
        markeredgecolor=palette.PAPER,
        markeredgewidth=0.8,
        zorder=4,
        clip_on=False,
    )


def _write_columns(
    axes: Axes, rows: list[Row], edges: tuple[float, float], inch: float, language: Language
) -> None:
    """Write names, targets and figures beside the chart.

    Args:
        axes: the chart.
        rows: its lines.
        edges: left and right edge of the columns, as shares of the chart's width.
        inch: an inch as a share of the chart's width.
        language: of the columns' heads.
    """
    left, about = edges
    target, strict = -0.25 * inch, about - 1.15 * inch
    for row in rows:
        beside(axes, left, row.height, row.name, palette.INK, "left")
        beside(axes, target, row.height, row.target, palette.GREY, "right")
        beside(axes, strict, row.height, _figures(row.strict), STRICT.ink, "right")
        if row.about is not None:
            beside(axes, about, row.height, _figures(row.about), ABOUT.ink, "right")
    beside(axes, target, HEAD, say("likelihood.target", language), palette.GREY, "right")
    beside(axes, strict, HEAD, say(STRICT.word, language), STRICT.ink, "right")
    beside(axes, about, HEAD, say(ABOUT.word, language), ABOUT.ink, "right")
    between = (rows[-1].height + rows[-2].height) / 2
    along = axes.get_yaxis_transform()
    axes.plot(edges, [between] * 2, transform=along, color=palette.PALE, lw=0.8, clip_on=False)


def _figures(found: Interval) -> str:
    return f"{percent(found.value)} ({percent_range(found.low, found.high)})"


def _handles(language: Language) -> list[Line2D | Patch]:
    thresholds = [
        Line2D(
            [],
            [],
            color=threshold.colour,
            marker=threshold.marker,
            markersize=threshold.size,
            linewidth=2.2,
            label=say(threshold.word, language),
        )
        for threshold in (STRICT, ABOUT)
    ]
    patch = Patch(facecolor=palette.BANDS[0], label=say("likelihood.over_parameters", language))
    return [*thresholds, patch]
