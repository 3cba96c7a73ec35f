"""Where the replicates of a run go, month by month."""

from collections.abc import Sequence
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from sim import estimate
from sim.calendar import decimal_year
from sim.estimate import CountSummary
from sim.language import NOTHING, Text
from sim.plan import PLAN, READINGS, Count
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Area, Dots, Ending, Layer, Line, Numbers, Panel, Panels, Rule, numbers
from sim.studies.shared.around import of_run
from sim.text.catalogue import worded
from sim.text.joining import capitalised, joined
from sim.text.numbers import exact, percent, plain
from sim.views.source import Run, count_summary, tolerance

Floats = NDArray[np.floating]
FAN, CLUSTERS, CERTIFICATES, FANS = (9.0, 5.4), (9.4, 5.6), (11.0, 5.4), (13.2, 9.0)
"""Of the sheets, inches."""
SHARES = (0.95, 0.80, 0.50)
"""Of the replicates, in each band."""
LEVELS = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
"""Edges of the bands, with the median in the middle."""
MIDDLE = (0.1, 0.5, 0.9)
SINGLES = 3
"""How many single replicates are drawn."""
HEADROOM = 1.06
"""Height of a scale over what it shows."""
COLUMNS, EVERY = 5, 2
"""Small charts beside each other, and years from one that is named on them to the next."""


def months(many: int) -> Numbers:
    """Return the decimal year of each month of a run."""
    return numbers(map(decimal_year, range(many)))


def bands(edges: Floats, width: float = 2.2) -> tuple[Layer, ...]:
    """Return the bands of a fan and its median.

    Args:
        edges: quantiles at `LEVELS` by month, shape (7, M).
        width: of the median.
    """
    at = months(edges.shape[1])
    areas = [
        Area(at, numbers(edges[number]), numbers(edges[-1 - number]), colour,
             name=worded("fan.band", share=percent(share)))
        for number, (colour, share) in enumerate(zip(palette.BANDS, SHARES, strict=True))
    ]  # fmt: skip
    middle = numbers(edges[len(LEVELS) // 2])
    return (*areas, Line(at, middle, palette.MEDIAN, width, name=worded("fan.median")))


def fan(run: Run, count: Count, runs: Floats) -> Figure:
    """Return a count's median, 50, 80 and 95 % bands, a few single replicates and its target.

    Args:
        run: the finished run.
        count: one of the counts.
        runs: the count in the reading of the run, shape (replicates, months).
    """
    summary = count_summary(run, count.id)
    edges, targets = estimate.fan(runs, LEVELS), _targets(run, count)
    at, due = months(runs.shape[1]), run.summary.at
    single = sorted({len(runs) * part // SINGLES for part in range(SINGLES)})
    name = worded("fan.single")
    lines = [
        Line(at, numbers(runs[row]), palette.GREY, 0.7, opacity=0.75, name=name) for row in single
    ]
    reach = max(float(edges.max()), *(target.height for target in targets))
    end: tuple[Layer, ...] = (Dots((at[due],), (summary.median,), palette.MEDIAN, size=7.0),)
    if due < len(at) - 1:
        end = (Rule(at[due], palette.PALE, True, width=1.0, label=worded("fan.due")), *end)
    unit, reading = count.unit, READINGS[summary.reading]
    panel = Panel(
        NOTHING,
        scales.years(len(at)),
        scales.upward(HEADROOM * reach),
        (*bands(edges), *lines, *_rules(targets), *end),
        worded("fan.scale", unit=capitalised(unit), reading=reading),
        targets,
    )
    title = worded(
        "fan.title",
        name=capitalised(count.name),
        likelihood=percent(summary.likelihood.value),
        target=exact(count.target),
    )
    mark = Panels((panel,), 1, FAN, "each")
    subtitle = _spread(count, summary)
    return of_run(run, f"fan_{count.id}", title, subtitle, mark, worded("page.spread"))


def _spread(count: Count, summary: CountSummary) -> Text:
    median, low, high = map(plain, (summary.median, summary.p10, summary.p90))
    spread = worded("fan.subtitle", median=median, low=low, high=high)
    about = worded("fan.subtitle_about", about=percent(summary.about.value))
    return joined((spread, about)) if count.about else spread


def _targets(run: Run, count: Count) -> tuple[Ending, ...]:
    """Return the target and, where the plan says 左右, what still counts as about the target."""
    slack = tolerance(run)
    text = worded("fan.target", target=exact(count.target))
    found = (Ending(float(count.target), text, palette.VERMILION),)
    if not (count.about and slack):
        return found
    about = float(estimate.thresholds(slack).about[PLAN.counts.index(count)])
    text = worded("fan.about", target=exact(about))
    return (*found, Ending(about, text, palette.ORANGE_INK))


def _rules(targets: Sequence[Ending], width: float = 1.5) -> tuple[Rule, ...]:
    styles = zip(targets, ("dashed", "dotted"), strict=False)
    return tuple(
        Rule(each.height, each.colour, style="dashed" if style == "dashed" else "dotted",
             width=width)
        for each, style in styles
    )  # fmt: skip


def fans(run: Run) -> Figure:
    """Return every count's median, bands and target on one sheet."""
    counts = run.counts()
    panels = []
    for number, count in enumerate(PLAN.counts):
        edges, targets = estimate.fan(counts[:, :, number], LEVELS), _targets(run, count)
        rules = _rules(targets, 1.3)
        names = (worded("fans.target"), worded("fans.about"))
        named = tuple(each._replace(name=name) for each, name in zip(rules, names, strict=False))
        panels.append(
            Panel(
                with_unit(count),
                scales.years(edges.shape[1], EVERY),
                scales.upward(HEADROOM * max(float(count.target), float(edges.max()))),
                (*bands(edges, 1.8), *named),
            )
        )
    mark = Panels(tuple(panels), COLUMNS, FANS, "last")
    reached = sum(each.median >= each.target for each in run.summary.counts)
    title, subtitle = worded("fans.title", reached=reached), worded("fans.subtitle")
    return of_run(run, "fans", title, subtitle, mark, worded("page.spread"))


def with_unit(count: Count) -> Text:
    """Return a count's name with its unit."""
    name, unit = count.name, count.unit
    return worded("list.bracketed", name=capitalised(name), inside=unit)


def output_by_cluster(run: Run) -> Figure:
    """Return the clusters' mean output stacked, with the median of their sum as a dashed line."""
    runs = np.stack([run.measure(f"output_{cluster.id}") for cluster in PLAN.clusters])
    means = runs.mean(axis=1, dtype=np.float64)
    (median,) = estimate.fan(runs.sum(axis=0), (0.5,))
    at = months(means.shape[1])
    tops = np.cumsum(means, axis=0)
    areas = [
        Area(at, numbers(top - own), numbers(top), colour)
        for top, own, colour in zip(tops, means, cycle(palette.CLUSTERS), strict=False)
    ]
    borders = [Line(at, numbers(top), palette.PAPER, 0.8) for top in tops]
    dashes = Line(at, numbers(median), palette.INK, 1.4, "dashed", name=worded("clusters.median"))
    ends = zip(PLAN.clusters, tops[:, -1], means[:, -1], cycle(palette.CLUSTER_INKS), strict=False)
    endings = tuple(
        Ending(
            float(top - own / 2),
            worded("clusters.label", name=capitalised(each.name),
                   value=plain(float(own))),
            ink,
        )
        for each, top, own, ink in ends
    )  # fmt: skip
    reach = HEADROOM * float(max(tops[-1].max(), median.max()))
    panel = Panel(
        NOTHING,
        scales.years(len(at)),
        scales.upward(reach),
        (*areas, *borders, dashes),
        endings=endings,
    )
    total = plain(float(tops[-1, run.summary.at]))
    return of_run(
        run,
        "output_by_cluster",
        worded("clusters.title"),
        worded("clusters.subtitle", total=total),
        Panels((panel,), 1, CLUSTERS, "each"),
        worded("clusters.mean_note"),
    )


def certificates(run: Run, count: Count) -> Figure:
    """Return valid certificates beside those that real R&D supports, reported beside real R&D.

    Both sides are certificates that are valid, whether or not the run counts new ones only.

    Args:
        run: what the figure rests on.
        count: that of certified firms.
    """
    blue, red = palette.TINTS
    firms = (
        ("valid", run.recorded_count(count.id), palette.BLUE, blue),
        ("real", run.measure("certified_real"), palette.VERMILION, red),
    )
    money = (
        ("reported_rd", run.measure("reported_rd"), palette.BLUE, blue),
        ("certified_rd", run.measure("certified_rd"), palette.VERMILION, red),
        ("real_rd", run.measure("real_rd"), palette.GREY, None),
    )
    at = run.summary.at
    valid, real = (plain(float(estimate.fan(runs, (0.5,))[0, at])) for _, runs, *_ in firms)
    panels = (_courses("firms_panel", firms), _courses("rd_panel", money))
    return of_run(
        run,
        "certificates",
        worded("certificates.title", valid=valid, real=real),
        worded("certificates.subtitle"),
        Panels(panels, len(panels), CERTIFICATES, "each"),
        worded("certificates.band"),
    )


def _courses(title: str, series: Sequence[tuple[str, Floats, str, str | None]]) -> Panel:
    """Return some measures over time: a median each and, with a shade, a band."""
    at = months(series[0][1].shape[1])
    areas, lines = list[Layer](), list[Layer]()
    top = 0.0
    for word, runs, colour, shade in series:
        low, middle, high = estimate.fan(runs, MIDDLE)
        name = worded(f"certificates.{word}")
        if shade is None:
            lines.append(Line(at, numbers(middle), colour, 1.3, "dashed", name=name))
        else:
            areas.append(Area(at, numbers(low), numbers(high), shade, 0.7))
            lines.append(Line(at, numbers(middle), colour, 2.2, name=name))
        top = max(top, float((middle if shade is None else high).max()))
    scale = scales.upward(HEADROOM * top)
    layers = (*areas, *lines)
    return Panel(worded(f"certificates.{title}"), scales.years(len(at)), scale, layers)
