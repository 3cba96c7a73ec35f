"""Output by cluster over time."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim import estimate
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import capital, say
from sim.text.numbers import plain
from sim.views.axes import (
    EndLabel,
    Points,
    Values,
    clean,
    end_labels,
    labels_room,
    time_axis,
    value_axis,
    years,
)
from sim.views.page import EDGE, Heading, kicker, provenance, sheet
from sim.views.source import Run

SIZE = (9.4, 5.6)
SCALE = 0.45
"""Inches for the numbers of the upright scale."""


def output_by_cluster(run: Run, language: Language) -> Figure:
    """Draw the clusters' mean output stacked, with the median of their sum as a dashed line."""
    runs = np.stack([run.measure(f"output_{cluster.id}") for cluster in PLAN.clusters])
    means = runs.mean(axis=1, dtype=np.float64)
    (median,) = estimate.fan(runs.sum(axis=0), (0.5,))
    total = plain(float(means[:, run.summary.at].sum()))
    title = say("clusters.title", language)
    heading = Heading(kicker(run, language), title, say("clusters.subtitle", language, total=total))
    page = sheet(*SIZE, heading, (say("clusters.mean_note", language), provenance(run, language)))
    at = years(means.shape[1])
    labels = _labels(means[:, -1], language)
    foot, head = page.bottom + 0.3, page.top - 0.35
    width, height = SIZE[0] - 2 * EDGE - SCALE - labels_room(labels), head - foot
    axes = page.panel(EDGE + SCALE, foot, width, height)
    page.legend([_dashes(say("clusters.median", language))], EDGE, head + 0.1)
    clean(axes)
    axes.stackplot(at, means, colors=palette.CLUSTERS, edgecolor=palette.PAPER, linewidth=0.8)
    axes.add_line(_dashes("", at, median))
    time_axis(axes, at)
    value_axis(axes, 1.06 * float(max(means.sum(axis=0).max(), median.max())))
    end_labels(axes, labels, width, height)
    return page.figure


def _dashes(label: str, across: Points = (), up: Points = ()) -> Line2D:
    """Return the dashed line of medians, or without points its entry in the legend."""
    style = (0, (3, 1.5))
    return Line2D(across, up, color=palette.INK, linewidth=1.4, linestyle=style, label=label)


def _labels(last: Values, language: Language) -> list[EndLabel]:
    """Name each area at the middle of its right end, with its last value."""
    labels = []
    middles = np.cumsum(last) - last / 2
    areas = zip(PLAN.clusters, middles, last, palette.CLUSTER_INKS, strict=True)
    for cluster, middle, value, ink in areas:
        name = capital(cluster.name.in_(language))
        text = say("clusters.label", language, name=name, value=plain(float(value)))
        labels.append(EndLabel(float(middle), text, ink))
    return labels
