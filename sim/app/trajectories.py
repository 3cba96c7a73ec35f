"""What the view of trajectories shows: fans as a run's figures have them, and a median beside."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.app.live_run import LiveRun
from sim.estimate import fan
from sim.language import NOTHING, Text
from sim.model.world.layout import BREAKDOWN, COUNTS
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Line, Panel, Panels, numbers
from sim.studies.shared import courses
from sim.studies.shared.around import of_run
from sim.text.catalogue import worded
from sim.text.joining import capitalised

AREAS = {"cluster": PLAN.clusters, "district": PLAN.districts}
COLUMNS, WIDE, AROUND, ROW = 4, 13.2, 1.6, 2.1
"""Small charts beside each other; inches of their sheet, around all of them and of a row."""


class Fan(NamedTuple):
    """One fan."""

    title: Text
    edges: NDArray[np.float64]
    """Quantiles at the levels of `courses` by month, shape (7, M)."""
    before: NDArray[np.float64] | None
    """Median of the package that this one is compared with, shape (M,)."""


def subjects() -> Mapping[str, Text]:
    """Return what can be shown, ``count:ID``, ``cluster:QUANTITY`` and ``district:QUANTITY``."""
    found = {f"count:{count.id}": capitalised(count.name) for count in PLAN.counts}
    for kind in AREAS:
        for quantity in BREAKDOWN:
            name = worded(f"lab.by_{kind}", quantity=capitalised(worded(f"lab.{quantity}")))
            found[f"{kind}:{quantity}"] = name
    return found


def fans_of(subject: str, run: LiveRun, before: LiveRun | None) -> list[Fan]:
    """Return the fans of a subject.

    Args:
        subject: what is shown.
        run: of the package.
        before: of the other package, with just as many replicates; None if there is none.
    """
    kind, _, name = subject.partition(":")
    if kind == "count":
        measured = [(Text(name, name), "")]
    else:
        measured = [(capitalised(area.name), f"{name}_{area.id}") for area in AREAS[kind]]

    def values(each: LiveRun, measure: str) -> NDArray[np.float64]:
        return each.measure(measure).astype(np.float64) if measure else _count(each, name)

    return [
        Fan(
            title,
            fan(values(run, measure), courses.LEVELS),
            None if before is None else np.asarray(np.median(values(before, measure), axis=0)),
        )
        for title, measure in measured
    ]


def _count(run: LiveRun, name: str) -> NDArray[np.float64]:
    return run.counts()[:, :, COUNTS.index(name)]


def figure_of(subject: str, run: LiveRun, fans: list[Fan], reference: Text) -> Figure:
    """Return fans as a figure, the medians of the other package with them.

    Args:
        subject: what is shown.
        run: of the package.
        fans: of the subject.
        reference: name of the other package.
    """
    kind, _, name = subject.partition(":")
    if kind == "count":
        count = next(each for each in PLAN.counts if each.id == name)
        figure = courses.fan(run, count, _count(run, name))
        assert isinstance(figure.mark, Panels)
        panels = [_beside(panel, fans[0], reference) for panel in figure.mark.panels]
        return replace(figure, name="trajectories", mark=figure.mark._replace(panels=(*panels,)))
    panels = [_beside(_small(each), each, reference) for each in fans]
    down = -(-(len(fans) + 1) // COLUMNS)
    mark = Panels((*panels,), COLUMNS, (WIDE, AROUND + ROW * down), "last")
    return of_run(run, "trajectories", subjects()[subject], NOTHING, mark)


def _small(told: Fan) -> Panel:
    months = told.edges.shape[1]
    before = 0.0 if told.before is None else float(told.before.max())
    up = scales.upward(courses.HEADROOM * max(float(told.edges.max()), before), 3)
    across = scales.years(months, courses.EVERY)
    return Panel(told.title, across, up, courses.bands(told.edges, 1.8))


def _beside(panel: Panel, told: Fan, reference: Text) -> Panel:
    """Add the median of the other package, if it is known."""
    if told.before is None:
        return panel
    at = courses.months(len(told.before))
    line = Line(at, numbers(told.before), palette.GREY, 1.5, "dashed", name=reference)
    return panel._replace(layers=(*panel.layers, line))
