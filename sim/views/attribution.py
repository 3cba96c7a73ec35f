"""Which plan is owed how much of every count's likelihood."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import percent, points
from sim.text.together import Estimated, is_tie
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.heat import Cell, heads, heat_map, row_names
from sim.views.page import EDGE, Heading, room_for, sheet
from sim.views.shades import Linear, centred, linear_bar, pale

COLUMN = 1.0
ROW = 0.37
"""Width and height of a cell in inches."""
APART = 0.14
"""Inches between the plans and the columns on both sides of them."""
HEADS = 0.42
"""Inches for the columns' names."""
AROUND = 2.45
"""Inches above and below the cells, for heading, bar and notes."""
NEUTRAL = palette.FAINT
"""Fill of likelihoods, which are no differences."""


class Shares(NamedTuple):
    """How the likelihood of one count is shared out among the plans."""

    without: float
    """Likelihood (fraction) without any of the plans."""
    plans: Sequence[Estimated]
    """Share of each plan, in the plan's order, as fractions; with ``without`` they add up to"""
    with_all: float
    """the likelihood with all plans."""


def attribution(experiment: Experiment, counts: Sequence[Shares], language: Language) -> Figure:
    """Draw a table of counts by plans, each cell a Shapley share in percentage points.

    Args:
        experiment: what the figure rests on.
        counts: one for each of the counts, in the plan's order.
        language: of all labels.
    """
    names = [capital(count.name.in_(language)) for count in PLAN.counts]
    left = room_for(names)
    plans = plan_names(language)
    across = left + (len(plans) + 2) * COLUMN + 2 * APART + EDGE
    keys = ("attribution.shares", "attribution.interval")
    heading = Heading(
        kicker(experiment, language),
        say("attribution.title", language),
        say("attribution.subtitle", language),
    )
    shown = sum(len(row.plans) for row in counts)
    below = noted(notes(experiment, keys, language), shown, language)
    page = sheet(across, AROUND + HEADS + ROW * len(names), heading, below)
    scale = centred(np.array([[share.value for share in row.plans] for row in counts]))
    blocks = (
        ([say("attribution.without", language)], [[_level(row.without)] for row in counts]),
        (plans, [[cell(share, scale) for share in row.plans] for row in counts]),
        ([say("attribution.with_all", language)], [[_level(row.with_all)] for row in counts]),
    )
    bar = page.bottom + 0.32
    top, foot = page.top - HEADS, bar + 0.35
    at = left
    for titles, cells in blocks:
        wide = len(titles) * COLUMN
        axes = page.panel(at, foot, wide, top - foot)
        heat_map(axes, cells, palette.LABEL_SIZE)
        heads(axes, titles, palette.LABEL_SIZE, COLUMN - 0.05)
        if at == left:
            row_names(axes, names, palette.LABEL_SIZE)
        at += wide + APART
    unit = say("attribution.unit", language)
    linear_bar(page, (left, bar), scale, unit, points)
    return page.figure


def plan_names(language: Language) -> list[str]:
    """Return the names of the plans."""
    return [lever.name.in_(language) for lever in PLAN.levers if lever.kind == "plan"]


def _level(likelihood: float) -> Cell:
    return Cell(NEUTRAL, percent(likelihood))


def cell(found: Estimated, scale: Linear) -> Cell:
    """Return a difference as a cell: pale, its number grey, if it may be nothing."""
    fill, text = scale.colour(found.value), points(found.value)
    return Cell(pale(fill), text, quiet=True) if is_tie(found) else Cell(fill, text)
