"""Where in the city: schematic maps of measures by district."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim import estimate
from sim.calendar import DECEMBER, month_index, month_label
from sim.language import Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.spec.findings import Figure
from sim.spec.marks import Map, Plot, numbers
from sim.studies.shared.around import of_run
from sim.text.catalogue import worded
from sim.text.joining import series
from sim.text.numbers import nice_ceiling, plain
from sim.views.source import Run

Quantity = Literal["firms", "output", "talents"]
QUANTITIES: tuple[Quantity, ...] = ("firms", "output", "talents")
DATES = (month_label(0), month_label(DECEMBER + 12 * (DUE // 24)), month_label(DUE))
"""The first month, a December halfway, and the month in which the counts are due."""
SIZE, PLOT = (13.2, 6.3), (4.2, 3.55)
"""Of the sheet and of one map, inches."""


def district_map(
    run: Run, quantity: Quantity, dates: Sequence[str] = DATES, beside: Sequence[Run] = ()
) -> Figure:
    """Return a measure's median over replicates by district, at a few dates.

    Args:
        run: the finished run.
        quantity: which measure.
        dates: months such as "2026-12"; months after the run's end are left out.
        beside: other runs that it is looked at with; a colour means the same in all their maps.
    """
    seen = [_medians(each, quantity, dates) for each in (run, *beside)]
    top = nice_ceiling(max(1.0, *(float(values.max()) for values in seen)))
    months = [month_label(at) for at in map(month_index, dates)][: len(seen[0])]
    plots = tuple(
        Plot(Text(date, date), numbers(values), tuple(map(plain, values.tolist())))
        for date, values in zip(months, seen[0], strict=True)
    )
    unit = worded("map.scale", unit=worded(f"map.{quantity}_unit"))
    title = worded("map.title", measure=worded(f"map.{quantity}"))
    listed = worded("map.subtitle", dates=series(months))
    mark = Map(plots, unit, SIZE, PLOT, top)
    notes = (worded("map.source"), worded("map.median_note"))
    return of_run(run, f"map_{quantity}", title, listed, mark, *notes)


def _medians(run: Run, quantity: Quantity, dates: Sequence[str]) -> NDArray[np.float64]:
    """Return the median over replicates at the dates that there are, shape (dates, districts)."""
    measures = (run.measure(f"{quantity}_{district.id}") for district in PLAN.districts)
    found = np.stack([estimate.fan(values, (0.5,))[0] for values in measures])
    months = [at for at in map(month_index, dates) if at < found.shape[1]]
    return found[:, months].T
