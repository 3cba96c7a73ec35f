"""A table of coloured cells drawn for a file."""

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import Heat, Shade
from sim.text.numbers import points
from sim.views.fonts import printable, width
from sim.views.heat import HEAD_GAP, Cell, heads, heat_map
from sim.views.page import EDGE, LEADING, POINTS, Sheet
from sim.views.shades import Linear, linear_bar, pale
from sim.views.wrap import wrap

NAME = 5.2
"""Inches at which a row's name goes on in another line."""
BETWEEN = 0.16
"""Inches between names and cells."""
HEAD, FOOT = 0.25, 0.67
"""Inches above the heads' lines, and below the cells for the bar of colours."""
LINE = palette.LABEL_SIZE * LEADING
DOWN = 0.35 * palette.LABEL_SIZE / POINTS
"""Inches from the middle of a line of type down to its baseline."""


def draw_heat(page: Sheet, mark: Heat, language: Language) -> None:
    """Draw cells onto a sheet: names on their left, heads above them, the bar of colours below."""
    names = [
        wrap(printable(row.name.in_(language)), palette.LABEL_SIZE, NAME * POINTS)
        for row in mark.rows
    ]
    wide = max(width(line, palette.LABEL_SIZE) for lines in names for line in lines) / POINTS
    left = EDGE + wide + BETWEEN
    column = (page.width - EDGE - left) / len(mark.heads)
    titles = [each.in_(language) for each in mark.heads]
    room = (column - 0.04) * POINTS
    lines = max(len(wrap(each, palette.SMALL_SIZE, room)) for each in titles)
    foot, top = page.bottom + FOOT, page.top - HEAD - lines * palette.SMALL_SIZE * LEADING
    axes = page.panel(left, foot, column * len(titles), top - foot)
    scale = Linear(-mark.top, mark.top, palette.DIVERGING)
    heat_map(axes, [[_cell(each, scale) for each in row.cells] for row in mark.rows],
             palette.LABEL_SIZE)  # fmt: skip
    heads(axes, titles, palette.SMALL_SIZE, column - 0.04)
    high = (top - foot) / len(names)
    for number, own in enumerate(names):
        first = top - (number + 0.5) * high + (len(own) - 1) / 2 * LINE - DOWN
        for at, line in enumerate(own):
            page.write(EDGE, first - at * LINE, line, palette.INK)
    bar = (left + HEAD_GAP, page.bottom + FOOT - 0.35)
    linear_bar(page, bar, scale, mark.unit.in_(language), points)


def _cell(shade: Shade, scale: Linear) -> Cell:
    fill = palette.FAINT if shade.value is None else scale.colour(shade.value)
    paler = pale(fill) if shade.quiet and not isinstance(fill, str) else fill
    return Cell(paler, shade.text, shade.quiet, shade.below, shade.framed)
