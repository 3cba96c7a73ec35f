"""How two plans together do more or less for a count than each alone."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import Count
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import points
from sim.text.together import Estimated
from sim.views.attribution import NEUTRAL, cell, plan_names
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.heat import Cell, heads, heat_map, row_names
from sim.views.page import EDGE, Heading, sheet
from sim.views.shades import Linear, centred, linear_bar

COLUMN = 1.0
NAMES = 1.5
"""Inches for the rows' names."""
SIZE = (8.4, 6.0)
HEADS = 0.42


def interactions(
    experiment: Experiment,
    count: Count,
    pairs: Mapping[tuple[int, int], Estimated],
    language: Language,
) -> Figure:
    """Draw a table of plans by plans, each cell an interaction in percentage points.

    Args:
        experiment: what the figure rests on.
        count: of whose likelihood.
        pairs: interaction (a fraction) of each pair of plans, the lower number first.
        language: of all labels.
    """
    plans = plan_names(language)
    name = capital(count.name.in_(language))
    heading = Heading(
        kicker(experiment, language),
        say("interactions.title", language, count=name),
        say("interactions.subtitle", language),
    )
    below = notes(experiment, ("interactions.interval",), language)
    page = sheet(*SIZE, heading, noted(below, len(pairs), language))
    scale = centred(np.array([found.value for found in pairs.values()]))
    bar = page.bottom + 0.32
    top, foot = page.top - HEADS, bar + 0.35
    axes = page.panel(EDGE + NAMES, foot, len(plans) * COLUMN, top - foot)
    sides = range(len(plans))
    cells = [[_cell(pairs, scale, one, other) for other in sides] for one in sides]
    heat_map(axes, cells, palette.LABEL_SIZE)
    heads(axes, plans, palette.LABEL_SIZE, COLUMN - 0.05)
    row_names(axes, plans, palette.LABEL_SIZE)
    linear_bar(page, (EDGE + NAMES, bar), scale, say("interactions.unit", language), points)
    return page.figure


def _cell(pairs: Mapping[tuple[int, int], Estimated], scale: Linear, one: int, other: int) -> Cell:
    """Return the cell of a pair; a plan with itself is left grey."""
    if one == other:
        return Cell(NEUTRAL, "")
    return cell(pairs[min(one, other), max(one, other)], scale)
