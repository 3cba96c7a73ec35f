"""The points of a sweep by the counts: each likelihood, and what it differs from the base."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import plain, points
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import width
from sim.views.heat import HEAD_GAP, NEUTRAL, Cell, heads, heat_map
from sim.views.page import EDGE, LEADING, POINTS, Heading, Sheet, sheet
from sim.views.shades import Colour, Linear, centred, linear_bar, pale
from sim.views.sweep_cells import Told, intervals_of, told_cells
from sim.views.sweep_source import Names, Outcome, Varied, farthest, names_of
from sim.views.wrap import wrap

COLUMN = 0.86
ROW = 0.4
"""Least width and height of a cell in inches."""
APART = 0.1
"""Inches before the column of costs."""
BETWEEN = 0.16
"""Inches between two columns of names."""
NAME, FACTOR = 5.2, 1.3
"""Inches at which a point's name goes on in another line: alone, and one of several columns."""
AROUND = 2.4
"""Inches above and below the table, for heading, bar and notes."""
MOST = 40
"""Points up to which a table is one."""


class Written(NamedTuple):
    """Names as they stand in the table."""

    mark: str
    """Stands before the base."""
    heads: list[list[str]]
    """Lines of each column's head."""
    rows: list[list[list[str]]]
    """Lines of each row's cells."""
    widths: list[float]
    """Inches of each column."""

    @property
    def lines(self) -> int:
        """Return how many lines the longest name has."""
        return max(len(cell) for row in self.rows for cell in row)


def sweep_table(
    experiment: Experiment,
    factors: Sequence[Varied],
    found: Sequence[Outcome],
    language: Language,
) -> Figure:
    """Draw a table of points by counts: likelihoods, differences to the base, and public costs.

    Args:
        experiment: what the figure rests on.
        factors: what was varied.
        found: at most `MOST` points; the base is marked.
        language: of all labels.
    """
    names = _written(names_of(factors, found, language), language)
    titles = [count.short.in_(language) for count in PLAN.counts]
    titles.append(say("short.joint", language))
    mark = width(names.mark, palette.LABEL_SIZE) / POINTS + BETWEEN
    left = EDGE + mark + sum(names.widths) + BETWEEN * len(names.widths)
    row = max(ROW, names.lines * palette.LABEL_SIZE * LEADING + 0.06)
    head = 0.2 + palette.LABEL_SIZE * LEADING * max(3, *map(len, names.heads))
    scale = change_scale(found)
    rows = change_cells(found, scale)
    longest = max(width(cell.below, palette.SMALL_SIZE) for line in rows for cell in line)
    column = max(COLUMN, longest / POINTS + 2 * HEAD_GAP)
    wide = len(titles) * column
    heading = Heading(
        kicker(experiment, language),
        say("sweep.title", language),
        say("sweep.subtitle", language),
    )
    keys = ("sweep.paired", "sweep.interval", "sweep.cost_note")
    below = notes(experiment, keys, language, reach=farthest(found))
    below = noted(below, intervals_of(found), language)
    size = AROUND + head + row * len(found)
    page = sheet(left + wide + APART + COLUMN + EDGE, size, heading, below)
    bar = page.bottom + 0.32
    top, foot = page.top - head, bar + 0.35
    axes = page.panel(left, foot, wide, top - foot)
    heat_map(axes, rows, palette.LABEL_SIZE)
    heads(axes, titles, palette.SMALL_SIZE, column - 0.04)
    costs = page.panel(left + wide + APART, foot, COLUMN, top - foot)
    heat_map(costs, [[Cell(NEUTRAL, plain(point.cost))] for point in found], palette.LABEL_SIZE)
    heads(costs, [say("sweep.cost", language)], palette.SMALL_SIZE, COLUMN - 0.04)
    _names(page, names, [point.is_base for point in found], (EDGE + mark, foot, top))
    linear_bar(page, (left, bar), scale, say("sweep.unit", language), points)
    return page.figure


def change_scale(found: Sequence[Outcome]) -> Linear:
    """Return the colours of all differences to the base."""
    return centred(np.array([[each.value for each in point.changes] for point in found]))


def change_cells(found: Sequence[Outcome], scale: Linear) -> list[list[Cell]]:
    """Return each likelihood above its difference to the base, coloured by that, a row a point.

    What cannot be told from the base is pale; the base itself is framed.
    """
    return [
        [_cell(cell, scale.colour(change.value)) for cell, change in zip(row, changes, strict=True)]
        for row, changes in zip(told_cells(found), (each.changes for each in found), strict=True)
    ]


def _cell(told: Told, fill: Colour) -> Cell:
    if not told.change:
        return Cell(NEUTRAL, told.likelihood, framed=True)
    below = told.change_with_ends(", ")
    if told.tie:
        return Cell(pale(fill), told.likelihood, quiet=True, below=below)
    return Cell(fill, told.likelihood, below=below)


def _written(names: Names, language: Language) -> Written:
    """Return names in lines, and how wide their columns are."""
    room = (FACTOR if len(names.heads) > 1 else NAME) * POINTS
    first = [len(list(filter(None, row))) < len(row) for row in names.rows]
    heads_ = [wrap(capital(head), palette.LABEL_SIZE, room) for head in names.heads]
    rows = [
        # The base may stand by its name alone, across the columns that it leaves empty.
        [[cell] if alone else wrap(cell, palette.LABEL_SIZE, room) for cell in row]
        for row, alone in zip(names.rows, first, strict=True)
    ]
    widths = []
    for column, head in enumerate(heads_):
        own = [row[column] for row, alone in zip(rows, first, strict=True) if not alone]
        lines = [line for cell in (head, *own) for line in cell]
        widths.append(max(width(line, palette.LABEL_SIZE) for line in lines) / POINTS)
    across = sum(widths) + BETWEEN * (len(widths) - 1)
    alone_ = [row[0][0] for row, alone in zip(rows, first, strict=True) if alone]
    needed = max((width(text, palette.LABEL_SIZE) / POINTS for text in alone_), default=0.0)
    widths[-1] += max(0.0, needed - across)
    return Written(say("sweep.base_mark", language), heads_, rows, widths)


def _names(
    page: Sheet, names: Written, base: Sequence[bool], place: tuple[float, float, float]
) -> None:
    """Write the names on the left of the cells, each row's lines around its middle."""
    left, foot, top = place
    step = palette.LABEL_SIZE * LEADING
    row_high = (top - foot) / len(names.rows)
    starts = [left + sum(names.widths[:k]) + BETWEEN * k for k in range(len(names.widths))]
    for start, head in zip(starts, names.heads, strict=True):
        for number, line in enumerate(head, start=1):
            page.write(start, top + HEAD_GAP + 0.03 + (len(head) - number) * step, line)
    for number, row in enumerate(names.rows):
        middle = top - (number + 0.5) * row_high
        if base[number]:
            page.write(EDGE, middle - BASELINE, names.mark, palette.BLUE)
        for start, cell in zip(starts, row, strict=True):
            for at, line in enumerate(cell):
                height = middle - BASELINE + ((len(cell) - 1) / 2 - at) * step
                page.write(start, height, line, palette.INK)


BASELINE = 0.35 * palette.LABEL_SIZE / POINTS
"""Inches from the middle of a line of type down to its baseline."""
