"""Which parameters observation could pin down, and how far what was published does."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.evidence.sensitivity.identify import LEVEL, Identified
from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.views.axes import clean
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import families, font, width
from sim.views.page import EDGE, POINTS, Heading, Sheet, sheet
from sim.views.parameter_names import parameter_name

WIDTH = 12.0
NAMED = 24
"""Parameters named at most."""
ROW = 0.255
AROUND = 2.65
BESIDE = 3.4
"""Inches of the chart of all parameters."""
BETWEEN, FOOT, LEGEND = 0.75, 0.5, 0.3
HALF = 0.5
"""Spread left, over the prior's, from which down a parameter is called pinned down."""
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SHARES = [percent(tick) for tick in TICKS]
ENDS = (0.0, 1.04)


def identifiability(rests: Experiment, found: Identified, language: Language) -> Figure:
    """Draw the spread left of each parameter over that of its prior.

    Args:
        rests: what the figure rests on.
        found: what the observed years say of each parameter.
        language: of all labels.
    """
    left = found.left
    shown = np.argsort(left, kind="stable")[:NAMED].tolist()
    values = {
        "pinned": str(int((left[found.found] <= HALF).sum())),
        "found": str(len(found.found)),
        "all": str(len(found.names)),
        "until": found.until,
        "level": percent(LEVEL),
    }
    heading = Heading(
        kicker(rests, language),
        say("identifiable.title", language, **values),
        say("identifiable.subtitle", language, **values),
    )
    below = notes(rests, ("identifiable.reading",), language, **values)
    page = sheet(WIDTH, AROUND + ROW * len(shown), heading, below)
    names = [parameter_name(found.names[number], language) for number in shown]
    room = max(width(name, palette.LABEL_SIZE) for name in names) / POINTS + 0.1
    foot, top = page.bottom + FOOT, page.top - LEGEND
    across = WIDTH - 2 * EDGE - room - BETWEEN - BESIDE
    _named(page.panel(EDGE + room, foot, across, top - foot), found, shown, names)
    _all(page.panel(WIDTH - EDGE - BESIDE, foot, BESIDE, top - foot), found, language)
    _axis_titles(page, EDGE + room, WIDTH - EDGE - BESIDE, language)
    page.legend(_legend(found, language), EDGE, page.top - 0.12)
    return page.figure


def _named(axes: Axes, found: Identified, shown: list[int], names: list[str]) -> None:
    """Draw the best known parameters, a row each."""
    clean(axes, grid="x")
    known = set(found.found)
    for place, number in enumerate(shown):
        value = float(found.left[number])
        colour = palette.BLUE if number in known else palette.GREY
        axes.plot([value, 1.0], [place, place], color=palette.BANDS[1], lw=3.0, zorder=2)
        axes.plot(value, place, "o", color=colour, ms=7, clip_on=False, zorder=4)
        if found.published is not None:
            axes.plot(
                found.published[number], place, "D", color=palette.VERMILION, ms=4.5,
                mec=palette.PAPER, mew=0.8, clip_on=False, zorder=3,
            )  # fmt: skip
    axes.set_xlim(ENDS)
    axes.set_xticks(TICKS, SHARES)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_yticks(range(len(shown)), names, fontproperties=font(palette.LABEL_SIZE))
    axes.tick_params(axis="y", labelcolor=palette.INK)


def _all(axes: Axes, found: Identified, language: Language) -> None:
    """Draw all parameters, the best known first."""
    clean(axes)
    at = np.arange(1, len(found.left) + 1)
    axes.plot(at, np.sort(found.left), color=palette.BLUE, lw=2.0, zorder=3)
    if found.published is not None:
        axes.plot(at, np.sort(found.published), color=palette.VERMILION, lw=2.0, zorder=3)
    axes.axhline(HALF, color=palette.PALE, lw=1.0, ls=(0, (4, 3)), zorder=1)
    axes.text(
        len(at), HALF - 0.02, say("identifiable.half", language), ha="right", va="top",
        fontproperties=font(palette.SMALL_SIZE), color=palette.GREY,
    )  # fmt: skip
    axes.set_xlim(0, len(at))
    axes.set_xticks(range(0, len(at) + 1, 100))
    axes.set_ylim(ENDS)
    axes.set_yticks(TICKS, SHARES)
    axes.tick_params(labelfontfamily=families())


def _axis_titles(page: Sheet, left: float, right: float, language: Language) -> None:
    """Write what the scales along the foot of both charts are."""
    for at, key in ((left, "identifiable.across"), (right, "identifiable.ranked")):
        page.write(at, page.bottom + 0.1, say(key, language))


def _legend(found: Identified, language: Language) -> list[Line2D]:
    entries = [
        Line2D(
            [], [], color=palette.BLUE, marker="o", ms=7, lw=2.0,
            label=say("identifiable.could", language),
        )
    ]  # fmt: skip
    if found.published is not None:
        entries.append(
            Line2D(
                [], [], color=palette.VERMILION, marker="D", ms=4.5, mec=palette.PAPER, lw=2.0,
                label=say("identifiable.published", language),
            )
        )  # fmt: skip
    return entries
