"""What was observed beside what the model has for it: of a calibration, and of a hindcast."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.evidence.hindcast.hindcast import Floats, Hindcasts, means
from sim.language import NOTHING, Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Layer, Panel, Panels, Pieces, Shape, numbers
from sim.studies.study import Basis
from sim.text.catalogue import worded

WIDTH, AROUND, ROW = 9.0, 2.5, 0.42
"""Inches: of the sheet, around the rows, for one row."""
BELOW = 0.3
"""Rows by which what was observed lies below what the model has for it."""
BANDS = {1: ((palette.BLUE, 4.5),), 2: ((palette.BANDS[0], 11.0), (palette.BLUE, 4.5))}
"""Colours and widths of as many bands as there are; the last one is what counts."""
SHAPES: tuple[Shape, ...] = ("s", "^")


class Row(NamedTuple):
    """One observed quantity."""

    name: Text
    low: float
    """Ends of what was observed."""
    high: float
    spread: float
    """Standard deviation of what may lie between figure and thing meant."""
    bands: tuple[tuple[float, float, float], ...]
    """What the model has for it: low end, middle and high end."""
    points: Sequence[float] = ()
    """Other forecasts."""


def hindcast_figure(found: Hindcasts, basis: Basis) -> Figure:
    """Return what was published later beside the forecasts and two plain ones."""
    rows = [
        Row(
            worded(
                "hindcast.row",
                name=score.case.series.name,
                year=score.case.year,
                known=f"{each.known}-12",
            ),
            score.case.growth,
            score.case.growth,
            0.0,
            (_band(score.quantiles),),
            (0.0, score.case.trend),
        )
        for each in found.years
        for score in each.scores
    ]
    mark = beside(rows, "hindcast", ("forecast",), ("last", "trend"))
    model, last, trend = (f"{value:.3f}" for value in means(found.scores))
    reading = worded("hindcast.reading", model=model, last=last, trend=trend)
    title, subtitle = worded("hindcast.title"), worded("hindcast.subtitle")
    return basis.figure("hindcast", title, subtitle, mark, reading, alternative=title)


def designations_figure(found: Hindcasts, basis: Basis) -> Figure:
    """Return what was named beside what was forecast a year before."""
    rows = [
        Row(
            worded(
                "hindcast.row",
                name=each.designation.name,
                year=each.designation.date,
                known=f"{each.designation.known}-12",
            ),
            each.designation.low,
            each.designation.high,
            0.0,
            (_band(each.quantiles),),
            each.naive,
        )
        for each in found.foretold
    ]
    mark = beside(rows, "hindcast", ("forecast",), ("last", "trend"), differing=False)
    hits = sum(each.hit for each in found.foretold)
    title = worded("hindcast.designations_title", hit=hits, many=len(rows))
    subtitle, reading = worded("hindcast.designations_subtitle"), worded("hindcast.rule")
    return basis.figure("designations", title, subtitle, mark, reading, alternative=title)


def _band(quantiles: Floats) -> tuple[float, float, float]:
    """Return the ends of the central 80 %, and the middle."""
    return float(quantiles[1]), float(quantiles[2]), float(quantiles[3])


def beside(
    rows: Sequence[Row],
    section: str,
    bands: Sequence[str],
    points: Sequence[str] = (),
    *,
    differing: bool = True,
) -> Panels:
    """Return a row for each quantity: observed in ink, the model's intervals in colour.

    Args:
        rows: one or more.
        section: of the texts.
        bands: texts on what the rows' bands are.
        points: texts on what their points are.
        differing: whether values are differences, and have their signs.
    """
    layers: list[Layer] = []
    places = numbers(range(len(rows)))
    for number, (key, (colour, width)) in enumerate(zip(bands, BANDS[len(bands)], strict=True)):
        found = [row.bands[number] for row in rows]
        ends = tuple((b[0], at, b[2], at) for at, b in zip(places, found, strict=True))
        layers.append(Pieces(ends, colour, width, worded(f"{section}.{key}")))
    layers.append(Dots(numbers(b[1] for b in found), places, colour, size=7.0))
    below = [at + BELOW for at in places]
    spread = [(row.low - 2.0 * row.spread, row.high + 2.0 * row.spread) for row in rows]
    seen = [(row.low, row.high) for row in rows]
    for found_ends, width in ((spread, 0.9), (seen, 3.5)):
        ends = tuple((low, at, high, at) for at, (low, high) in zip(below, found_ends, strict=True))
        layers.append(Pieces(ends, palette.INK, width))
    across = numbers(end for pair in seen for end in pair)
    twice = numbers(at for at in below for _ in range(2))
    layers.append(Dots(across, twice, palette.INK, "D", 4.5, name=worded(f"{section}.observed")))
    for number, (key, shape) in enumerate(zip(points, SHAPES, strict=False)):
        across = numbers(row.points[number] for row in rows)
        name = worded(f"{section}.{key}")
        layers.append(Dots(across, places, palette.ORANGE, shape, 6.5, name=name))
    values = [end for pair in spread for end in pair]
    values += [value for row in rows for band in row.bands for value in band]
    values += [value for row in rows for value in row.points]
    low, high = scales.around(values)
    counted = scales.linear(low, high, scales.steps(low, high))
    panel = Panel(
        NOTHING,
        scales.differing(low, high) if differing else counted,
        scales.names([row.name for row in rows]),
        tuple(layers),
    )
    return Panels((panel,), 1, (WIDTH, AROUND + ROW * len(rows)), "each")
