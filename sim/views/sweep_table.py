"""The points of a sweep by the counts: every likelihood in its cell."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import PLAN
from sim.views import palette
from sim.views.attribution import NEUTRAL
from sim.views.experiment import Estimated, Experiment, kicker, notes
from sim.views.fonts import width
from sim.views.heat import HEAD_GAP, Cell, heads, heat_map, row_names
from sim.views.numbers import percent, plain
from sim.views.page import EDGE, POINTS, Heading, sheet
from sim.views.shades import Linear
from sim.views.sweep_source import Outcome, Varied, all_of, farthest, point_text
from sim.views.words import say
from sim.views.wrap import shorten

COLUMN = 0.78
ROW = 0.27
"""Width and height of a cell in inches."""
APART = 0.1
"""Inches before the column of costs."""
NAMES = 5.2
"""Greatest width of the points' names in inches."""
HEADS = 0.6
"""Inches for the columns' names."""
AROUND = 1.75
"""Inches above and below the cells, for heading and notes."""
MOST = 40
"""Points up to which a table is one."""
LIKELIHOODS = Linear(0.0, 1.0, palette.MAP, spare=0.15)
"""Colours of likelihoods; the scale's darkest shades are left out."""


def sweep_table(
    experiment: Experiment,
    factors: Sequence[Varied],
    points: Sequence[Outcome],
    language: Language,
) -> Figure:
    """Draw a table of points by counts with their likelihoods, and the points' public costs.

    Args:
        experiment: what the figure rests on.
        factors: what was varied.
        points: at most `MOST`.
        language: of all labels.
    """
    texts = [point_text(factors, point, language) for point in points]
    names = [shorten(text, palette.LABEL_SIZE, NAMES * POINTS) for text in texts]
    room = max(width(name, palette.LABEL_SIZE) for name in names) / POINTS + HEAD_GAP
    titles = [say(f"short.{count.id}", language) for count in PLAN.counts]
    titles.append(say("short.joint", language))
    left = EDGE + room
    across = left + (len(titles) + 1) * COLUMN + APART + EDGE
    heading = Heading(
        kicker(experiment, language),
        say("sweep.title", language),
        say("sweep.subtitle", language),
    )
    size = AROUND + HEADS + ROW * len(points)
    below = notes(
        experiment, ("sweep.interval", "sweep.cost_note"), language, reach=farthest(points)
    )
    page = sheet(across, size, heading, below)
    top, foot = page.top - HEADS, page.bottom + 0.1
    wide = len(titles) * COLUMN
    axes = page.panel(left, foot, wide, top - foot)
    rows = [[_likelihood(found) for found in all_of(point)] for point in points]
    heat_map(axes, rows, palette.LABEL_SIZE)
    heads(axes, titles, palette.SMALL_SIZE, COLUMN - 0.04)
    row_names(axes, names, palette.LABEL_SIZE)
    costs = page.panel(left + wide + APART, foot, COLUMN, top - foot)
    heat_map(costs, [[Cell(NEUTRAL, plain(point.cost))] for point in points], palette.LABEL_SIZE)
    heads(costs, [say("sweep.cost", language)], palette.SMALL_SIZE, COLUMN - 0.04)
    return page.figure


def _likelihood(found: Estimated) -> Cell:
    return Cell(LIKELIHOODS.colour(found.value), percent(found.value))
