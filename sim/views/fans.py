"""All thirteen counts on one sheet: where the replicates go, against the targets."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim import estimate
from sim.language import Language, Text
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.views.axes import value_axis, years
from sim.views.fan import DASHES, DOTS, LEVELS, SHARES
from sim.views.page import Heading, kicker, provenance, sheet
from sim.views.panels import SCALE, SIZE, chart, slots, titles
from sim.views.source import Run, tolerance

EVERY = 2
"""Years from one named year to the next."""
HEADROOM = 1.08
TITLE = Text("Thirteen counts against their targets", "十三项目标的走势与目标值")
SUBTITLE = Text(
    "Median and bands of the replicates, October 2022 to the end of the run; dashed:"
    " target, dotted:"
    " least that still counts as 左右",
    "各次模拟的中位数与色带，2022年10月至模拟终点；虚线为目标值，点线为“左右”的下限",
)
TARGET = Text("target", "目标")
ABOUT = Text("左右", "左右")


def fans(run: Run, language: Language) -> Figure:
    """Draw every count's median, 50, 80 and 95 % bands and its target.

    Args:
        run: the finished run.
        language: of all labels.
    """
    counts = run.counts()
    heading = Heading(kicker(run, language), TITLE.in_(language), SUBTITLE.in_(language))
    notes = (say("page.spread", language), provenance(run, language))
    page = sheet(*SIZE, heading, notes)
    places = slots(page)
    about = estimate.thresholds(tolerance(run) or 0.0).about
    for number, (slot, title) in enumerate(zip(places, titles(language, units=True), strict=False)):
        axes = chart(page, slot, title)
        count = PLAN.counts[number]
        least = float(about[number]) if count.about and tolerance(run) else None
        _draw(axes, counts[:, :, number], float(count.target), least)
    key = places[len(PLAN.counts)]
    page.column(_handles(language), key.left - SCALE, key.bottom + key.height)
    return page.figure


def _draw(axes: Axes, runs: NDArray[np.float64], target: float, about: float | None) -> None:
    at, edges = years(runs.shape[1]), estimate.fan(runs, LEVELS)
    for number, colour in enumerate(palette.BANDS):
        axes.fill_between(at, edges[number], edges[-1 - number], color=colour, linewidth=0)
    axes.plot(at, edges[len(LEVELS) // 2], color=palette.MEDIAN, linewidth=1.8, zorder=4)
    axes.axhline(target, color=palette.VERMILION, linewidth=1.3, linestyle=DASHES, zorder=3)
    if about is not None:
        axes.axhline(about, color=palette.ORANGE_INK, linewidth=1.1, linestyle=DOTS, zorder=3)
    axes.set_xlim(at[0], at[-1])
    turns = range(int(np.ceil(at[0])) + 1, int(np.ceil(at[-1])), EVERY)
    axes.set_xticks(turns, [str(turn) for turn in turns])
    axes.tick_params(axis="x", length=3, color=palette.PALE)
    value_axis(axes, HEADROOM * max(target, float(edges.max())))


def _handles(language: Language) -> list[Line2D | Patch]:
    middle = Line2D([], [], color=palette.MEDIAN, lw=1.8, label=say("fan.median", language))
    bands = [
        Patch(facecolor=colour, label=say("fan.band", language, share=percent(share)))
        for share, colour in reversed(list(zip(SHARES, palette.BANDS, strict=True)))
    ]
    return [
        middle,
        *bands,
        Line2D([], [], color=palette.VERMILION, lw=1.3, ls=DASHES, label=TARGET.in_(language)),
        Line2D([], [], color=palette.ORANGE_INK, lw=1.1, ls=DOTS, label=ABOUT.in_(language)),
    ]
