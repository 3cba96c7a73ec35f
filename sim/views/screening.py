"""Morris screening: how much each parameter moves a count, against how uneven that effect is."""

from itertools import count
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.evidence.sensitivity.designed import UNCERTAIN, Floats
from sim.evidence.sensitivity.screening import Screened
from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent, percent_range
from sim.views.axes import clean
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import families, font
from sim.views.page import LEADING, POINTS, Heading, Sheet, sheet
from sim.views.panels import Grid, Slot, slots, titles
from sim.views.parameter_names import parameter_name
from sim.views.wrap import wrap

SIZE = (13.2, 12.9)
NAMED: Final = 3
"""Parameters named for each count."""
SCALE = 0.5
"""Inches for the upright scale."""
LINE = palette.SMALL_SIZE * LEADING
TITLE = 2 * palette.LABEL_SIZE * LEADING + NAMED * LINE + 0.1
"""Inches above a chart for its title and the names."""
GRID = Grid(columns=4, rows=4, scale=SCALE, foot=0.42, title=TITLE, gap=0.2)
DASHES = (0, (4, 3))
ROOM = 1.18
"""Length of a scale over the largest value on it."""
DISC = 0.15
"""Inches of the disc that a number stands in, at the upper end of an interval."""
STEP = 0.02
"""Inches by which a disc is moved up or down until it touches no other."""


def screening(rests: Experiment, found: Screened, language: Language) -> Figure:
    """Draw a chart for each count; the parameters that move it most are numbered and named.

    Args:
        rests: what the figure rests on.
        found: effects over the targets.
        language: of all labels.
    """
    largest = np.sort(found.share, axis=1)[:, -NAMED:].sum(axis=1)
    heading = Heading(
        kicker(rests, language),
        say(
            "screening.title",
            language,
            named=str(NAMED),
            all=str(len(UNCERTAIN)),
            part=percent_range(float(largest.min()), float(largest.max())),
        ),
        say("screening.subtitle", language),
    )
    told = {"trajectories": str(found.trajectories), "named": str(NAMED)}
    page = sheet(*SIZE, heading, notes(rests, ("screening.reading",), language, **told))
    places = slots(page, GRID)
    for number, (slot, title) in enumerate(zip(places, titles(language), strict=False)):
        _chart(page, slot, title, found, number, language)
    last = places[len(titles(language))]
    page.column(_legend(language), last.left, last.bottom + last.height)
    return page.figure


def _chart(
    page: Sheet, slot: Slot, title: str, found: Screened, number: int, language: Language
) -> None:
    """Draw one count: its chart, and above it its name and those of the numbered parameters."""
    mean, error, uneven = (each[number] for each in (found.mu_star, found.error, found.sigma))
    order = [k for k in np.argsort(-mean, kind="stable")[:NAMED].tolist() if mean[k] > 0.0]
    above = slot.bottom + slot.height + 0.1
    for place, column in reversed(list(enumerate(order))):
        told = f"{place + 1}  {parameter_name(UNCERTAIN[column], language)}"
        page.figure.text(
            (slot.left - SCALE) / page.width, above / page.figure.get_figheight(), told,
            fontproperties=font(palette.SMALL_SIZE), color=palette.BLUE,
        )  # fmt: skip
        above += LINE
    for line in reversed(wrap(title, palette.LABEL_SIZE, (slot.width + SCALE) * POINTS)):
        page.write(slot.left - SCALE, above, line, palette.INK)
        above += palette.LABEL_SIZE * LEADING
    axes = page.panel(*slot)
    clean(axes)
    axes.tick_params(labelsize=palette.SMALL_SIZE, labelfontfamily=families(), pad=2)
    right = float(max([mean.max(initial=0.0), *(mean[order] + error[order])]))
    ends = [ROOM * end if end > 0.0 else 1.0 for end in (right, float(uneven.max(initial=0.0)))]
    _scales(axes, ends[0], ends[1])
    axes.set_xlabel(say("screening.across", language), fontproperties=font(palette.SMALL_SIZE))
    axes.set_ylabel(say("screening.up", language), fontproperties=font(palette.SMALL_SIZE))
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(palette.GREY)
    axes.xaxis.labelpad = axes.yaxis.labelpad = 1.5
    end = min(ends)
    axes.plot([0, end], [0, end], color=palette.PALE, lw=1.0, ls=DASHES, zorder=1)
    axes.plot(mean, uneven, "o", color=palette.BANDS[2], ms=2.6, mew=0, clip_on=False, zorder=2)
    if order:
        _mark(axes, slot, (mean[order], error[order], uneven[order]))


def _scales(axes: Axes, right: float, top: float) -> None:
    for limit, ticks, end in (
        (axes.set_xlim, axes.set_xticks, right),
        (axes.set_ylim, axes.set_yticks, top),
    ):
        at = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, end)
        first = 0.0 if end is right else 1e-9
        shown = [float(tick) for tick in at if first <= tick <= end]
        limit(0.0, end)
        ticks(shown, [percent(tick) for tick in shown])


def _mark(axes: Axes, slot: Slot, marked: tuple[Floats, Floats, Floats]) -> None:
    """Draw the numbered parameters: mean effects, half-widths of intervals, unevenness."""
    mean, error, uneven = marked
    axes.hlines(
        uneven, np.maximum(mean - error, 0.0), mean + error, color=palette.BLUE, lw=1.3, zorder=3
    )
    axes.plot(mean, uneven, "o", color=palette.BLUE, ms=4.5, mew=0, clip_on=False, zorder=4)
    across, up = axes.get_xlim()[1] / slot.width, axes.get_ylim()[1] / slot.height
    placed: list[tuple[float, float]] = []
    ends = (mean + error + DISC / 2 * across).tolist()
    for at, wanted in zip(ends, uneven.tolist(), strict=True):
        tried = (wanted + side * step * STEP * up for step in count() for side in (1, -1))
        free = (
            height
            for height in tried
            if height >= DISC / 2 * up  # none hangs over the numbers of the axis
            and not any(_touch(at - x, height - y, across, up) for x, y in placed)
        )
        placed.append((at, next(free)))
    for number, (at, height) in enumerate(placed):
        axes.plot(
            at, height, "o", color=palette.BLUE, ms=DISC * POINTS, mew=0, clip_on=False, zorder=5
        )
        axes.text(
            at, height, str(number + 1), color=palette.PAPER, va="center_baseline", ha="center",
            fontproperties=font(palette.SMALL_SIZE), zorder=6,
        )  # fmt: skip


def _touch(right: float, above: float, across: float, up: float) -> bool:
    """Whether two discs touch that are so far apart on the scales, of which an inch is so much."""
    return abs(right) < DISC * across and abs(above) < DISC * up


def _legend(language: Language) -> list[Line2D]:
    return [
        Line2D(
            [], [], color=palette.BLUE, lw=1.3, marker="o", ms=4.5, mew=0,
            label=say("screening.named", language),
        ),
        Line2D(
            [], [], color=palette.BANDS[2], lw=0, marker="o", ms=2.6,
            label=say("screening.others", language),
        ),
        Line2D(
            [], [], color=palette.PALE, lw=1.0, ls=DASHES, label=say("screening.line", language)
        ),
    ]  # fmt: skip
