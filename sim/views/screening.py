"""What screening found for each count, and which parameters the observed years can pin down."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.evidence.sensitivity.identify import Identified
from sim.evidence.sensitivity.screening import Screened
from sim.language import Language
from sim.views import palette
from sim.views.axes import beside, clean
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import font
from sim.views.numbers import percent
from sim.views.page import EDGE, NAME_GAP, Heading, room_for, sheet
from sim.views.panels import SIZE, chart, slots, titles
from sim.views.words import say

NAMED = 3
"""Parameters named in each small chart."""
LISTED = 20
"""Parameters in the list of those that can be learnt."""
ROOM = 1.12
"""How far a scale reaches beyond its largest value."""
ROW = 0.26


def screening_charts(rests: Experiment, found: Screened, language: Language) -> Figure:
    """Draw for each count the mean absolute effect of every parameter against its spread.

    The plot is M. D. Morris's ("Factorial sampling plans for preliminary computational
    experiments", Technometrics 33, 1991) with the absolute means of F. Campolongo, J. Cariboni
    and A. Saltelli (Environmental Modelling & Software 22, 2007).
    """
    heading = Heading(
        kicker(rests, language),
        say("sensitivity.screening_title", language),
        say("sensitivity.screening_subtitle", language),
    )
    reading = ("sensitivity.screening_reading",)
    page = sheet(*SIZE, heading, notes(rests, reading, language, number=str(found.trajectories)))
    for slot, title, mean, error, spread in zip(
        slots(page), titles(language), found.mu_star, found.error, found.sigma, strict=False
    ):
        _effects(chart(page, slot, title), mean, error, spread)
    return page.figure


def _effects(axes: Axes, mean: np.ndarray, error: np.ndarray, spread: np.ndarray) -> None:
    """Draw one dot a parameter, name the largest; below the line effects hardly vary."""
    most = float(max(mean.max(), spread.max(), 1e-9)) * ROOM
    axes.plot((0.0, most), (0.0, most), color=palette.PALE, linewidth=1.0, zorder=1)
    axes.scatter(mean, spread, s=7.0, color=palette.GREY, linewidths=0, zorder=2)
    top = [int(k) for k in np.argsort(-mean, kind="stable")[:NAMED] if mean[k] > 0.0]
    axes.errorbar(
        mean[top], spread[top], xerr=np.minimum(error[top], mean[top]), fmt="o", markersize=4.0,
        color=palette.BLUE, elinewidth=1.0, zorder=3,
    )  # fmt: skip
    for place, k in enumerate(top):
        axes.text(
            0.03, 0.97 - 0.1 * place, f"{place + 1} {UNCERTAIN[k].replace('_', ' ')}",
            transform=axes.transAxes, fontproperties=font(palette.SMALL_SIZE),
            color=palette.INK, va="top",
        )  # fmt: skip
        axes.annotate(
            str(place + 1), (mean[k], spread[k]), xytext=(3, 3), textcoords="offset points",
            fontproperties=font(palette.SMALL_SIZE), color=palette.BLUE,
        )  # fmt: skip
    axes.set_xlim(0.0, most)
    axes.set_ylim(0.0, most * 1.35)  # the names stand above the dots
    axes.locator_params(nbins=4)


def identified_bars(rests: Experiment, found: Identified, language: Language) -> Figure:
    """Draw a bar for each parameter that the observed years say most of."""
    order = np.argsort(-found.explained, kind="stable")[:LISTED].tolist()
    names = [found.names[k].replace("_", " ") for k in order]
    known = set(found.found)
    heading = Heading(
        kicker(rests, language),
        say("sensitivity.identified_title", language),
        say("sensitivity.identified_subtitle", language, month=found.until),
    )
    below = notes(
        rests, ("sensitivity.identified_reading",), language,
        number=str(len(known)), of=str(len(found.names)), draws=str(found.draws),
    )  # fmt: skip
    left, across = room_for(names), 9.0
    page = sheet(across, 2.3 + ROW * len(names), heading, below)
    foot = page.bottom + 0.3
    room = across - left - EDGE
    axes = page.panel(left, foot, room, page.top - 0.1 - foot)
    clean(axes, grid="x")
    for place, (k, name) in enumerate(zip(order, names, strict=True)):
        colour = palette.BLUE if k in known else palette.PALE
        share = max(float(found.explained[k]), 0.0)
        axes.barh(place, share, 0.64, color=colour, zorder=3)
        beside(axes, -NAME_GAP / room, place, name, palette.INK, "right")
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks([])
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])
    return page.figure
