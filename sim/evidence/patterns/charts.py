"""The small charts of patterns, each a function of what was found."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from sim.calendar import MONTHS_A_YEAR
from sim.evidence.patterns.bands import Pattern, patterns
from sim.evidence.patterns.bunching import BIN, BINS, bunching
from sim.evidence.patterns.funding import lorenz
from sim.evidence.patterns.growth import size_classes
from sim.evidence.patterns.lifetimes import lives, years_to_product
from sim.evidence.patterns.look import Looked
from sim.evidence.patterns.measures import BOTTOM, TOP
from sim.evidence.patterns.panel import Floats
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.marks import (
    Bars,
    Dots,
    Layer,
    Line,
    Pieces,
    Rule,
    Scale,
    Strip,
    numbers,
)
from sim.text.numbers import nice_ceiling, plain, round_ticks

A_YI = 1e4
"""万元 in 亿元."""
YEARS: Final = (1, 3, 5, 7)
LAST_YEAR = 8
POINTS = 200
"""Of a curve, at most."""
GAMMA: Final = (-0.05, 0.15)
"""Ends of the scale; what lies outside stands at the edge."""
Chart = tuple[Scale, Scale, tuple[Layer, ...]]
"""Scales along the foot and upright, and what is drawn."""


def _band(name: str) -> Pattern:
    return next(pattern for pattern in patterns() if pattern.id == name)


def _expected(across: Floats, up: Floats) -> Line:
    """Return what real firms show, dashed."""
    return Line(numbers(across), numbers(up), palette.VERMILION, 1.4, "dashed")


def size(found: Looked) -> Chart:
    """Return the share of firms that are at least as large, by sales."""
    tails = [seen.tail / A_YI for seen in found.portraits if len(seen.tail)]
    together = np.concatenate(tails)
    start = float(np.median([tail[-1] for tail in tails]))
    ends = np.array([start, min(100.0 * start, float(together.max()))])
    ranks = [(np.arange(len(tail)) + 1.0) / len(tail) / 10.0 for tail in tails]
    lines = [
        Line(numbers(tail), numbers(rank), width=0.9, opacity=0.6)
        for tail, rank in zip(tails, ranks, strict=True)
    ]
    shares = (0.1, 0.01, 0.001)
    up = scales.logarithmic([0.1, *(rank[0] for rank in ranks)])
    up = up._replace(ticks=scales.ticked(shares, ("10%", "1%", "0.1%")))
    return scales.logarithmic(together), up, (*lines, _expected(ends, 0.1 * start / ends))


def growth(found: Looked) -> Chart:
    """Return the density of growth within size classes, on a logarithmic scale."""
    scaled = np.concatenate([size_classes(seen.growth)[2] for seen in found.portraits])
    edges = np.linspace(-6.0, 6.0, 49)
    density = np.histogram(scaled, edges)[0] / len(scaled) / np.diff(edges)
    middle = (edges[1:] + edges[:-1]) / 2
    seen = density > 0.0
    at = np.linspace(-6.0, 6.0, 241)
    laplace = np.exp(-np.sqrt(2.0) * np.abs(at)) / np.sqrt(2.0)
    normal = np.exp(-(at**2) / 2.0) / np.sqrt(2.0 * np.pi)
    up = Scale(1e-5, 2.0, scales.ticked((1.0, 0.01, 0.0001)), log=True)
    return (
        scales.linear(-6.6, 6.6, (-6, -3, 0, 3, 6)),
        up,
        (
            Dots(numbers(middle[seen]), numbers(density[seen])),
            Line(numbers(at), numbers(laplace), palette.VERMILION),
            Line(numbers(at), numbers(normal), palette.GREY, style="dotted"),
        ),
    )


def spread(found: Looked) -> Chart:
    """Return the spread of growth by size class, both on logarithmic scales."""
    classes = [size_classes(seen.growth)[:2] for seen in found.portraits]
    lines = [
        Line(numbers(np.exp(centres) / A_YI), numbers(spreads), width=0.7, dots=3.0)
        for centres, spreads in classes
    ]
    sizes = [value for line in lines for value in line.across]
    start = float(np.median([spreads[0] for _, spreads in classes]))
    ends = np.array([min(sizes), max(sizes)])
    band = _band("growth_spread")
    falls = [_expected(ends, start * (ends / ends[0]) ** slope) for slope in (band.low, band.high)]
    heights = [value for line in (*lines, *falls) for value in line.up]
    ticks = round_ticks(2.0 * max(heights), 0.01)[1:]
    return scales.logarithmic(sizes), scales.logarithmic(heights, ticks), (*lines, *falls)


def survival(found: Looked) -> Chart:
    """Return the share of start-ups alive by age, and the bands."""
    at = np.arange(LAST_YEAR * MONTHS_A_YEAR + 1)
    known = [lives(seen.panel.start_ups) for seen in found.portraits]
    lines = [
        Line(
            numbers(at / MONTHS_A_YEAR),
            numbers([life.share(float(month)).value for month in at]),
            width=0.9,
            opacity=0.7,
        )
        for life in known
        if life is not None
    ]
    bands = [(year, _band(f"survival_{year}")) for year in YEARS]
    upright = tuple((float(year), band.low, float(year), band.high) for year, band in bands)
    return (
        scales.linear(0.0, LAST_YEAR, range(0, LAST_YEAR + 1, 2)),
        scales.shares(),
        (*lines, Pieces(upright, palette.VERMILION, 3.0)),
    )


def gamma(found: Looked) -> Chart:
    """Return each track's gamma in every replicate, and what chance makes of it."""
    gathered = [seen.gathered_alike for seen in found.portraits]
    chance = np.nanmedian([each.chance for each in gathered], axis=0)
    return (
        scales.linear(*GAMMA, (0.0, 0.05, 0.1, 0.15)),
        _tracks(),
        (
            _dots(np.clip([each.gamma for each in gathered], *GAMMA)),
            Pieces(
                tuple((at, row - 0.35, at, row + 0.35) for row, at in enumerate(numbers(chance))),
                palette.VERMILION,
                1.6,
            ),
        ),
    )


def contagion(found: Looked) -> Chart:
    """Return every replicate's coefficient and interval, in rising order."""
    number = [finding.pattern.id for finding in found.findings].index("contagion")
    known = [each for each in found.findings[number].estimates if np.isfinite(each.value)]
    known.sort(key=lambda each: each.value)
    places = (-0.8, -0.4, 0.0, 0.4, 0.8)
    low, high = scales.around([*places, *(end for each in known for end in (each.low, each.high))])
    return (
        Scale(-0.05 * len(known) - 1.0, 1.05 * len(known), ()),
        scales.linear(low, high, places),
        (
            Pieces(
                tuple((at, each.low, at, each.high) for at, each in enumerate(known)),
                palette.BANDS[2],
            ),
            Dots(numbers(range(len(known))), numbers(each.value for each in known), size=3.0),
            Rule(_band("contagion").low, palette.VERMILION, style="dashed"),
        ),
    )


def funding(found: Looked) -> Chart:
    """Return the Lorenz curves of rounds, and the bounds from US rounds."""
    curves = [
        _thinned(*lorenz(seen.panel.rounds)) for seen in found.portraits if len(seen.panel.rounds)
    ]
    bounds = (_band("funding_bottom").high, 1.0 - _band("funding_top").low)
    return (
        scales.shares((0.0, 0.5, 1.0)),
        scales.shares(),
        (
            *(Line(numbers(x), numbers(y), width=0.9, opacity=0.7) for x, y in curves),
            Line((0.0, 1.0), (0.0, 1.0), palette.PALE, 1.0),
            Dots((BOTTOM, 1.0 - TOP), bounds, palette.VERMILION, "v", 7.0),
        ),
    )


def _thinned(across: Floats, up: Floats) -> tuple[Floats, Floats]:
    """Return a curve through fewer points: no more than can be told apart."""
    kept = np.unique(np.linspace(0, len(across) - 1, POINTS).astype(np.intp))
    return across[kept], up[kept]


def product(found: Looked) -> Chart:
    """Return each track's median years to the first sale in every replicate."""
    years = np.array([years_to_product(seen.panel.start_ups) for seen in found.portraits])
    band = _band("product_typical")
    return (
        scales.linear(0.0, LAST_YEAR + 0.7, range(0, LAST_YEAR + 1, 2)),
        _tracks(),
        (
            Strip(band.low, band.high, palette.VERMILION, 0.15),
            _dots(np.minimum(years, LAST_YEAR + 0.5)),
        ),
    )


def bunched(found: Looked) -> Chart:
    """Return filings by reported and by real R&D, and the smooth distribution."""
    edges = (BIN * BINS).astype(np.float64)
    filings = [seen.panel.filings for seen in found.portraits]
    reported = np.concatenate([each.reported for each in filings])
    real = np.concatenate([each.real for each in filings])
    counts = np.histogram(np.log(reported), edges)[0]
    done = np.histogram(np.log(real[real > 0.0]), edges)[0]
    smooth = bunching(reported)
    expected = () if smooth is None else (_expected(edges[:-1] + BIN / 2, smooth.without),)
    ticks = (0.25, 0.5, 1.0, 2.0, 4.0)
    tallest = float(max(1, counts.max()))
    heights = np.arange(0.0, tallest, nice_ceiling(tallest / 4.0))
    return (
        Scale(*scales.around(edges), scales.ticked(np.log(ticks), (f"{each:g}" for each in ticks))),
        Scale(0.0, 1.1 * tallest, scales.ticked(heights, map(plain, heights))),
        (
            Bars(numbers(edges), numbers(counts), palette.BANDS[2]),
            Bars(numbers(edges), numbers(done), palette.MEDIAN, outline=1.3),
            *expected,
        ),
    )


def _tracks() -> Scale:
    return scales.names([track.name for track in PLAN.tracks])


def _dots(values: Floats) -> Dots:
    """Return each track's values as dots in its row; shape (replicates, tracks)."""
    seen, rows = ~np.isnan(values), np.indices(values.shape)[1]
    return Dots(numbers(values[seen]), numbers(rows[seen]), opacity=0.6)


CHARTS: Final[Mapping[str, Callable[[Looked], Chart]]] = {
    "size": size,
    "growth": growth,
    "gamma": gamma,
    "spread": spread,
    "survival": survival,
    "product": product,
    "funding": funding,
    "bunching": bunched,
    "contagion": contagion,
}
"""Row by row; those with the tracks' names stand in the last column."""
