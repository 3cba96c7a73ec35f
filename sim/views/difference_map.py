"""Schematic map of what a package changes, district by district, at the end of 2030."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.language import Language, Text
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.joining import unquoted
from sim.text.numbers import signed
from sim.views.city import Look, city
from sim.views.district_map import Quantity
from sim.views.experiment import Estimated, Experiment, is_tie, kicker, named, notes
from sim.views.page import EDGE, Heading, sheet
from sim.views.shades import Linear, centred, linear_bar, pale

SIZE = (8.6, 8.4)
MAP = (6.9, 5.85)
"""Width and height of the map in inches, shaped as the maps of a run."""
BAR_SHIFT = 0.15
"""Inches by which the colour bar is moved to the right, for its first number."""


def difference_map(
    experiment: Experiment,
    names: tuple[Text, Text],
    quantity: Quantity,
    districts: Sequence[Estimated],
    language: Language,
) -> Figure:
    """Draw the mean difference of a measure by district, the second package minus the first.

    Args:
        experiment: what the figure rests on.
        names: of the first and the second package.
        quantity: which measure.
        districts: mean difference of each, in the plan's order and the measure's unit.
        language: of all labels.
    """
    room = 0.42 * (SIZE[0] - 2 * EDGE)
    first, second = (named(unquoted(name), language, palette.TITLE_SIZE, room) for name in names)
    measure = say(f"map.{quantity}", language)
    heading = Heading(
        kicker(experiment, language),
        say("difference_map.title", language, measure=measure, first=first, second=second),
        say("difference_map.subtitle", language),
    )
    below = notes(experiment, ("difference_map.interval",), language)
    page = sheet(*SIZE, heading, (say("map.source", language), *below))
    scale = centred(np.array([found.value for found in districts]))
    bar = page.bottom + 0.32
    height = min(MAP[1], page.top - bar - 0.35)
    axes = page.panel((SIZE[0] - MAP[0]) / 2, page.top - height - 0.05, MAP[0], height)
    city(axes, [_look(found, scale) for found in districts], language, border=palette.PALE)
    unit = say(f"map.{quantity}_unit", language)
    linear_bar(page, (EDGE + BAR_SHIFT, bar), scale, unit, signed)
    return page.figure


def _look(found: Estimated, scale: Linear) -> Look:
    """Return a district's colour; pale and hatched where there may be no difference."""
    fill, figure = scale.colour(found.value), signed(found.value)
    return Look(pale(fill), figure, hatched=True) if is_tie(found) else Look(fill, figure)
