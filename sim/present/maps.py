"""Maps drawn for a file: districts in shades, with their values."""

from sim.language import Language
from sim.spec import palette
from sim.spec.marks import Map, Plot
from sim.text.numbers import signed
from sim.views.city import Look, city
from sim.views.fonts import font
from sim.views.page import EDGE, Sheet
from sim.views.shades import Linear, Scale, colour_bar, linear_bar, pale

ABOVE = 0.3
"""Inches above the maps, for their titles."""
BAR = 0.32
"""Inches between the foot and the bar of shades."""
SHIFT = 0.15
"""Inches by which a bar of differences is moved to the right, for its first number."""


def draw_maps(page: Sheet, mark: Map, language: Language) -> None:
    """Draw maps beside each other, and the bar of their shades."""
    shades = Linear(-mark.top, mark.top, palette.DIVERGING) if mark.signed else Scale(mark.top)
    wide = mark.plot[0]
    above = ABOVE if any(plot.title.en for plot in mark.maps) else 0.05
    high = min(mark.plot[1], page.top - above - page.bottom - BAR - 0.3)
    many = len(mark.maps)
    step = (page.width - 2 * EDGE - wide) / max(1, many - 1)
    first = (page.width - wide) / 2 if mark.signed else EDGE
    for number, plot in enumerate(mark.maps):
        axes = page.panel(first + number * step, page.top - high - above, wide, high)
        border = palette.PALE if mark.signed else palette.PAPER
        looks = [_look(plot, place, shades) for place in range(len(plot.values))]
        city(axes, looks, language, ruler=number == 0, border=border)
        title = plot.title.in_(language)
        axes.set_title(title, fontproperties=font(11), color=palette.INK, loc="center", pad=5)
    unit = mark.unit.in_(language)
    if isinstance(shades, Linear):
        linear_bar(page, (EDGE + SHIFT, page.bottom + BAR), shades, unit, signed)
    else:
        colour_bar(page, shades, unit)


def _look(plot: Plot, place: int, shades: Linear | Scale) -> Look:
    """Return how a district looks: pale and hatched where its value may be nothing."""
    fill = shades.colour(plot.values[place])
    hollow = bool(plot.hollow) and plot.hollow[place]
    return Look(pale(fill) if hollow else fill, plot.texts[place], hatched=hollow)
