"""How surely a plan comes first: a table of counts by plans."""

from collections.abc import Sequence

from matplotlib import colormaps
from matplotlib.figure import Figure

from sim.evidence.sensitivity.ranking import Ranking
from sim.language import Language
from sim.plan import PLAN
from sim.views import palette
from sim.views.experiment import Experiment, kicker, notes
from sim.views.heat import Cell, heads, heat_map, row_names
from sim.views.numbers import percent
from sim.views.page import EDGE, Heading, room_for, sheet
from sim.views.panels import titles
from sim.views.words import capital, say

COLUMN, ROW = 1.3, 0.36
HEADS = 0.55
AROUND = 2.1
"""Inches for heading and notes."""


def rank_table(rests: Experiment, found: Sequence[Ranking], language: Language) -> Figure:
    """Draw in how many resamples of the draws leaving out each plan costs a count most.

    A count that loses nothing whichever plan is left out has no ranking: its row stays empty.

    Args:
        rests: what the figure rests on.
        found: of each count, and last of the expected number of targets reached.
        language: of all labels.
    """
    names = [*titles(language), say("sensitivity.expected", language)]
    plans = [lever.name for lever in PLAN.levers if lever.kind == "plan"]
    heading = Heading(
        kicker(rests, language),
        say("sensitivity.ranks_title", language),
        say("sensitivity.ranks_subtitle", language),
    )
    left = room_for(names)
    wide = len(plans) * COLUMN
    page = sheet(
        left + wide + EDGE, AROUND + HEADS + ROW * len(names), heading,
        notes(rests, ("sensitivity.ranks_reading",), language),
    )  # fmt: skip
    foot = page.bottom + 0.1
    axes = page.panel(left, foot, wide, page.top - HEADS - foot)
    shades = colormaps[palette.MAP]
    cells = [
        [
            None if each.effects.max() <= 0.0 else Cell(shades(0.75 * share), _told(each, k))
            for k, share in enumerate(each.ranks[:, 0])
        ]
        for each in found
    ]
    heat_map(axes, cells, palette.LABEL_SIZE)
    heads(axes, [capital(name.in_(language)) for name in plans], palette.SMALL_SIZE, COLUMN - 0.05)
    row_names(axes, names, palette.LABEL_SIZE)
    return page.figure


def _told(ranking: Ranking, plan: int) -> str:
    """Return how often the plan comes first, and what leaving it out costs in points."""
    return f"{percent(ranking.ranks[plan, 0])} ({100 * ranking.effects[plan]:+.0f})"
