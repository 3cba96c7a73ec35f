"""How likely each plan is to be the one that a count can least do without."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.evidence.sensitivity.ranking import Ranking
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import percent
from sim.views.experiment import Experiment, kicker, notes
from sim.views.heat import NEUTRAL, Cell, heads, heat_map, row_names
from sim.views.page import EDGE, Heading, room_for, sheet
from sim.views.shades import Linear, linear_bar, pale

COLUMN, ROW, HEADS, APART = 1.0, 0.37, 0.42, 0.14
"""Inches of a cell, of the columns' names, and between the plans and the last column."""
AROUND = 2.55
SHADES = Linear(0.0, 1.0, palette.MAP, spare=0.35)


def plan_ranks(rests: Experiment, found: Sequence[Ranking], language: Language) -> Figure:
    """Draw a table of counts by plans, each cell the chance that the plan comes first.

    Args:
        rests: what the figure rests on.
        found: by each count's likelihood, and last by the expected number of targets reached.
        language: of all labels.
    """
    names = [capital(count.name.in_(language)) for count in PLAN.counts]
    names.append(say("plan_ranks.expected", language))
    left = room_for(names)
    plans = [plan.name.in_(language) for plan in PLAN.plans]
    sole = sum(len(each.first) == 1 for each in found[:-1])
    values = {"sole": str(sole), "all": str(len(PLAN.counts))}
    heading = Heading(
        kicker(rests, language),
        say("plan_ranks.title", language, **values),
        say("plan_ranks.subtitle", language),
    )
    wide = len(plans) * COLUMN
    page = sheet(
        left + wide + APART + COLUMN + EDGE,
        AROUND + HEADS + ROW * len(names),
        heading,
        notes(rests, ("plan_ranks.reading",), language),
    )
    bar = page.bottom + 0.32
    foot = bar + 0.35
    pairs = len(plans) * (len(plans) - 1) // 2
    last = [[Cell(NEUTRAL, f"{each.clear} / {pairs}")] for each in found]
    for at, titles, cells in (
        (left, plans, [_row(each) for each in found]),
        (left + wide + APART, [say("plan_ranks.clear", language)], last),
    ):
        axes = page.panel(at, foot, len(titles) * COLUMN, page.top - HEADS - foot)
        heat_map(axes, cells, palette.LABEL_SIZE)
        heads(axes, titles, palette.LABEL_SIZE, COLUMN - 0.05)
        if at == left:
            row_names(axes, names, palette.LABEL_SIZE)
    linear_bar(page, (left, bar), SHADES, say("plan_ranks.unit", language), percent, 3.0)
    return page.figure


def _row(found: Ranking) -> list[Cell]:
    """Return the cells of a count: pale, their numbers grey, unless the plan is clearly ahead."""
    cells = []
    for plan, share in enumerate(found.ranks[:, 0].tolist()):
        fill, quiet = SHADES.colour(share), plan not in found.first
        cells.append(Cell(pale(fill) if quiet else fill, percent(share), quiet))
    return cells
