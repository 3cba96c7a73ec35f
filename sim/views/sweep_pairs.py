"""Two factors of a sweep together: a small table of every count, coloured by what changes."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.text.numbers import points as numbers_of
from sim.views.by_chance import noted
from sim.views.experiment import Experiment, kicker, notes
from sim.views.fonts import width
from sim.views.heat import heat_map
from sim.views.page import POINTS, Heading, sheet
from sim.views.panels import SCALE, SIZE, Slot, chart, slots, titles
from sim.views.shades import linear_bar
from sim.views.sweep_cells import intervals_of
from sim.views.sweep_source import Outcome, Varied, all_of, factor_name, farthest, value_text
from sim.views.sweep_table import change_cells, change_scale
from sim.views.wrap import wrap

LEAST_CELL = 0.31
"""Width in inches of the smallest cell that a number fits in."""
BAR_SHIFT = 0.15
"""Inches by which the colour bar is moved to the right, for its first number."""
LEADING = 0.19
"""Inches between the lines of the key."""


def sweep_pairs(
    experiment: Experiment,
    factors: tuple[Varied, Varied],
    points: Sequence[Outcome],
    language: Language,
) -> Figure:
    """Draw every count over all combinations of two factors: likelihood, and change to the base.

    Args:
        experiment: what the figure rests on.
        factors: the first goes up, the second across.
        points: each value of the one with each value of the other; the base is framed, or stands
            outside them.
        language: of all labels.
    """
    scale = change_scale(points)
    written = change_cells(points, scale)
    grid = [point for point in points if None not in point.values]
    up, across = ([*dict.fromkeys(point.values[side] for point in grid)] for side in (0, 1))
    heading = Heading(
        kicker(experiment, language),
        say("sweep_pairs.title", language),
        say("sweep_pairs.subtitle", language),
    )
    framed = "framed" if any(point.is_base for point in grid) else "outside"
    keys = (f"sweep_pairs.{framed}", "sweep.interval")
    below = notes(experiment, keys, language, reach=farthest(points))
    below = noted(below, intervals_of(points), language)
    page = sheet(*SIZE, heading, below)
    places = slots(page)
    named = [*titles(language), say("likelihood.joint", language)]
    numbers = places[0].width / len(across) >= LEAST_CELL
    for number, (slot, title) in enumerate(zip(places, named, strict=False)):
        found = {
            point.values: row[number]._replace(
                text=percent(all_of(point)[number].value) if numbers else "", below=""
            )
            for point, row in zip(points, written, strict=True)
        }
        cells = [[found[high, wide] for wide in across] for high in reversed(up)]
        axes = chart(page, slot, title)
        heat_map(axes, cells, palette.SMALL_SIZE)
        _sides(axes, (up[::-1], across), slot, language)
    key = places[len(named)]
    at = key.bottom + key.height - 0.15
    for side, factor in zip(("up", "across"), factors, strict=True):
        text = say(f"sweep_pairs.{side}", language, factor=factor_name(factor, language))
        for line in wrap(text, palette.LABEL_SIZE, (key.width + SCALE) * POINTS):
            page.write(key.left - SCALE, at, line)
            at -= LEADING
    bar = (key.left - SCALE + BAR_SHIFT, key.bottom + 0.3)
    linear_bar(page, bar, scale, "", numbers_of, width=key.width)
    return page.figure


def _sides(
    axes: Axes, levels: tuple[Sequence[Any], Sequence[Any]], slot: Slot, language: Language
) -> None:
    """Write the factors' values beside and below the cells, as many as there is room for."""
    up, across = ([value_text(level, language) for level in side] for side in levels)
    axes.set_axis_on()
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    rooms = ((up, slot.height, 0.16), (across, slot.width, _longest(across)))
    shown = [range(0, len(side), _every(len(side), room, least)) for side, room, least in rooms]
    axes.set_yticks([at + 0.5 for at in shown[0]], [up[at] for at in shown[0]])
    axes.set_xticks([at + 0.5 for at in shown[1]], [across[at] for at in shown[1]])


def _longest(texts: Sequence[str]) -> float:
    return max(width(text, palette.SMALL_SIZE) for text in texts) / POINTS + 0.08


def _every(number: int, room: float, least: float) -> int:
    """Return 1 if that many labels fit a room, 2 if every other does, and so on."""
    return max(1, -int(-number * least // room))
