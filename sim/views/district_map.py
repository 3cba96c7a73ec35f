"""Schematic maps of a measure by district at a few dates, the core districts in an inset."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim import estimate
from sim.calendar import DECEMBER, month_index, month_label
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import plain
from sim.views.city import Look, city
from sim.views.fonts import font
from sim.views.page import EDGE, Heading, kicker, provenance, sheet
from sim.views.shades import Scale, colour_bar, colour_scale
from sim.views.source import Run
from sim.world.layout import DUE

Quantity = Literal["firms", "output", "talents"]
QUANTITIES: tuple[Quantity, ...] = ("firms", "output", "talents")
DATES = (month_label(0), month_label(DECEMBER + (DUE - DECEMBER) // 24 * 12), month_label(DUE))
"""The first month, the December half-way, and when the counts are due."""
WIDTH = 13.2
PANEL = (4.2, 3.55)
"""Width and height of one map in inches."""


def district_map(
    run: Run,
    quantity: Quantity,
    language: Language,
    dates: Sequence[str] = DATES,
    beside: Sequence[Run] = (),
) -> Figure:
    """Draw a measure's median over replicates by district.

    Args:
        run: the finished run.
        quantity: which measure.
        language: of all labels.
        dates: months such as "2026-12"; months after the run's end are left out.
        beside: other runs that it is looked at with; a colour means the same in all their maps.
    """
    by_district = _medians(run, quantity)
    months = [at for at in map(month_index, dates) if at < by_district.shape[1]]
    notes = (
        say("map.source", language),
        say("map.median_note", language),
        provenance(run, language),
    )
    heading = _heading(run, quantity, [month_label(at) for at in months], language)
    page = sheet(WIDTH, 6.3, heading, notes)
    others = [_medians(other, quantity) for other in beside]
    seen = [values[:, [at for at in months if at < values.shape[1]]] for values in others]
    scale = colour_scale(np.concatenate([by_district[:, months], *seen], axis=1))
    step = (WIDTH - 2 * EDGE - PANEL[0]) / max(1, len(months) - 1)
    for number, at in enumerate(months):
        axes = page.panel(EDGE + number * step, page.top - PANEL[1] - 0.3, *PANEL)
        looks = [_look(float(value), scale) for value in by_district[:, at]]
        city(axes, looks, language, ruler=number == 0)
        axes.set_title(
            month_label(at), fontproperties=font(11), color=palette.INK, loc="center", pad=5
        )
    unit = say("map.scale", language, unit=say(f"map.{quantity}_unit", language))
    colour_bar(page, scale, unit)
    return page.figure


def _medians(run: Run, quantity: Quantity) -> NDArray[np.float64]:
    """Return the median over replicates, shape (districts, months)."""
    measures = (run.measure(f"{quantity}_{district.id}") for district in PLAN.districts)
    return np.stack([estimate.fan(values, (0.5,))[0] for values in measures])


def _heading(run: Run, quantity: Quantity, dates: list[str], language: Language) -> Heading:
    comma = ", " if language == "en" else "、"
    title = say("map.title", language, measure=say(f"map.{quantity}", language))
    return Heading(
        kicker(run, language), title, say("map.subtitle", language, dates=comma.join(dates))
    )


def _look(value: float, scale: Scale) -> Look:
    return Look(scale.colour(value), plain(value))
