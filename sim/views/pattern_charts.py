"""The small charts of the sheet of patterns, each a function of what was found."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from sim.calendar import MONTHS_A_YEAR
from sim.evidence.patterns.bands import Pattern, patterns
from sim.evidence.patterns.bunching import BIN, BINS, bunching
from sim.evidence.patterns.funding import lorenz
from sim.evidence.patterns.growth import size_classes
from sim.evidence.patterns.lifetimes import lives, years_to_product
from sim.evidence.patterns.look import Looked
from sim.evidence.patterns.measures import BOTTOM, TOP
from sim.evidence.patterns.panel import Floats
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.numbers import nice_ceiling, percent, plain, round_ticks
from sim.views.axes import likelihood_axis
from sim.views.fonts import font
from sim.views.wrap import shorten

A_YI = 1e4
"""万元 in 亿元."""
YEARS: Final = (1, 3, 5, 7)
LAST_YEAR = 8
DASHES = (0, (5, 2.5))
DOTS = (0, (1.2, 2))
ROOM = 120.0
"""Points for a track's name."""


class Chart(NamedTuple):
    """A chart, and whether its upright scale has the names of the tracks."""

    name: str
    """Of its title in words.toml."""
    draw: Callable[[Axes, Looked, Language], None]
    by_track: bool = False


def _band(name: str) -> Pattern:
    return next(pattern for pattern in patterns() if pattern.id == name)


def _log_ticks(axes: Axes, values: Floats) -> None:
    """Let the scale along the foot be logarithmic, with powers of ten written plainly."""
    axes.set_xscale("log")
    low, high = float(values.min()), float(values.max())
    ticks = [10.0**power for power in range(-4, 7) if low <= 10.0**power <= high]
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())


def size(axes: Axes, found: Looked, language: Language) -> None:
    """Draw the share of firms that are at least as large, by sales."""
    del language
    everything = [seen.tail / A_YI for seen in found.portraits if len(seen.tail)]
    for tail in everything:
        ranks = (np.arange(len(tail)) + 1.0) / len(tail) / 10.0
        axes.plot(tail, ranks, color=palette.BLUE, lw=0.9, alpha=0.6)
    together = np.concatenate(everything)
    start = float(np.median([tail[-1] for tail in everything]))
    ends = np.array([start, min(100.0 * start, float(together.max()))])
    axes.plot(ends, 0.1 * start / ends, color=palette.VERMILION, lw=1.6, ls=DASHES)
    _log_ticks(axes, together)
    axes.set_yscale("log")
    shares = (0.1, 0.01, 0.001)
    axes.set_yticks(shares, ["10%", "1%", "0.1%"])
    axes.yaxis.set_minor_locator(NullLocator())


def growth(axes: Axes, found: Looked, language: Language) -> None:
    """Draw the density of growth within size classes, on a logarithmic scale."""
    del language
    scaled = np.concatenate([size_classes(seen.growth)[2] for seen in found.portraits])
    edges = np.linspace(-6.0, 6.0, 49)
    density = np.histogram(scaled, edges)[0] / len(scaled) / np.diff(edges)
    middle = (edges[1:] + edges[:-1]) / 2
    seen = density > 0.0
    axes.plot(middle[seen], density[seen], "o", color=palette.BLUE, ms=3.5, mew=0)
    at = np.linspace(-6.0, 6.0, 241)
    laplace = np.exp(-np.sqrt(2.0) * np.abs(at)) / np.sqrt(2.0)
    normal = np.exp(-(at**2) / 2.0) / np.sqrt(2.0 * np.pi)
    axes.plot(at, laplace, color=palette.VERMILION, lw=1.3)
    axes.plot(at, normal, color=palette.GREY, lw=1.3, ls=DOTS)
    axes.set_yscale("log")
    axes.set_ylim(1e-5, 2.0)
    axes.set_yticks([1.0, 0.01, 0.0001], ["1", "0.01", "0.0001"])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_xticks([-6, -3, 0, 3, 6], ["–6", "–3", "0", "3", "6"])


def spread(axes: Axes, found: Looked, language: Language) -> None:
    """Draw the spread of growth by size class, both on logarithmic scales."""
    del language
    lines = [size_classes(seen.growth)[:2] for seen in found.portraits]
    for centres, spreads in lines:
        axes.plot(np.exp(centres) / A_YI, spreads, "o-", color=palette.BLUE, lw=0.7, ms=3, mew=0)
    sizes = np.exp(np.concatenate([centres for centres, _ in lines])) / A_YI
    start = float(np.median([spreads[0] for _, spreads in lines]))
    ends = np.array([sizes.min(), sizes.max()])
    band = _band("growth_spread")
    for slope in (band.low, band.high):
        fall = start * (ends / ends[0]) ** slope
        axes.plot(ends, fall, color=palette.VERMILION, lw=1.3, ls=DASHES)
    _log_ticks(axes, sizes)
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    ticks = [tick for tick in round_ticks(high, 0.01) if low <= tick <= high]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.yaxis.set_minor_locator(NullLocator())


def survival(axes: Axes, found: Looked, language: Language) -> None:
    """Draw the share of start-ups alive by age, and the bands."""
    del language
    at = np.arange(LAST_YEAR * MONTHS_A_YEAR + 1)
    for seen in found.portraits:
        known = lives(seen.panel.start_ups)
        if known is not None:
            left = [known.share(float(month)).value for month in at]
            axes.plot(at / MONTHS_A_YEAR, left, color=palette.BLUE, lw=0.9, alpha=0.7)
    for year in YEARS:
        band = _band(f"survival_{year}")
        axes.plot([year, year], [band.low, band.high], color=palette.VERMILION, lw=3.0, zorder=4)
    likelihood_axis(axes)
    axes.set_xlim(0, LAST_YEAR)
    axes.set_xticks(range(0, LAST_YEAR + 1, 2))


def gamma(axes: Axes, found: Looked, language: Language) -> None:
    """Draw each track's gamma in every replicate, and what chance makes of it."""
    _tracks(axes, language)
    ends = (-0.05, 0.15)
    for number in range(len(PLAN.tracks)):
        values = np.array([seen.gathered_alike.gamma[number] for seen in found.portraits])
        chance = np.array([seen.gathered_alike.chance[number] for seen in found.portraits])
        axes.plot(np.clip(values, *ends), np.full(len(values), number), **_DOT)
        middle = float(np.nanmedian(chance))
        axes.plot([middle] * 2, [number - 0.35, number + 0.35], color=palette.VERMILION, lw=1.6)
    axes.set_xlim(*ends)
    axes.set_xticks([0.0, 0.05, 0.1, 0.15], ["0", "0.05", "0.1", "0.15"])


def contagion(axes: Axes, found: Looked, language: Language) -> None:
    """Draw every replicate's coefficient and interval, in rising order."""
    del language
    number = [finding.pattern.id for finding in found.findings].index("contagion")
    known = [each for each in found.findings[number].estimates if np.isfinite(each.value)]
    known.sort(key=lambda each: each.value)
    at = range(len(known))
    low, high = [each.low for each in known], [each.high for each in known]
    axes.vlines(at, low, high, color=palette.BANDS[2], lw=1.0)
    axes.plot(at, [each.value for each in known], "o", color=palette.BLUE, ms=3, mew=0, zorder=3)
    axes.axhline(_band("contagion").low, color=palette.VERMILION, lw=1.3, ls=DASHES)
    axes.set_xticks([])
    ticks = [-0.8, -0.4, 0.0, 0.4, 0.8]
    axes.set_yticks(ticks, [f"{tick:g}".replace("-", "–") for tick in ticks])


def funding(axes: Axes, found: Looked, language: Language) -> None:
    """Draw the Lorenz curves of rounds, and the bounds from US rounds."""
    del language
    for seen in found.portraits:
        if len(seen.panel.rounds):
            axes.plot(*lorenz(seen.panel.rounds), color=palette.BLUE, lw=0.9, alpha=0.7)
    axes.plot([0, 1], [0, 1], color=palette.PALE, lw=1.0)
    bounds = [_band("funding_bottom").high, 1.0 - _band("funding_top").low]
    axes.plot([BOTTOM, 1.0 - TOP], bounds, "v", color=palette.VERMILION, ms=7, zorder=4)
    likelihood_axis(axes)
    ticks = (0.0, 0.5, 1.0)
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])


def product(axes: Axes, found: Looked, language: Language) -> None:
    """Draw each track's median years to the first sale in every replicate."""
    _tracks(axes, language)
    years = np.array([years_to_product(seen.panel.start_ups) for seen in found.portraits])
    for number in range(len(PLAN.tracks)):
        values = np.minimum(years[:, number], LAST_YEAR + 0.5)
        axes.plot(values, np.full(len(values), number), **_DOT)
    band = _band("product_typical")
    axes.axvspan(band.low, band.high, color=palette.VERMILION, alpha=0.15, lw=0)
    axes.set_xlim(0, LAST_YEAR + 0.7)
    axes.set_xticks(range(0, LAST_YEAR + 1, 2))


def bunched(axes: Axes, found: Looked, language: Language) -> None:
    """Draw filings by reported and by real R&D, and the smooth distribution."""
    del language
    edges = BIN * BINS
    filings = [seen.panel.filings for seen in found.portraits]
    reported = np.concatenate([each.reported for each in filings])
    real = np.concatenate([each.real for each in filings])
    counts = np.histogram(np.log(reported), edges)[0]
    axes.bar(edges[:-1], counts, BIN, align="edge", color=palette.BANDS[2], lw=0)
    done = np.histogram(np.log(real[real > 0.0]), edges)[0]
    axes.stairs(done, edges, color=palette.MEDIAN, lw=1.3)
    smooth = bunching(reported)
    if smooth is not None:
        axes.plot(edges[:-1] + BIN / 2, smooth.without, color=palette.VERMILION, lw=1.4, ls=DASHES)
    ticks = (0.25, 0.5, 1.0, 2.0, 4.0)
    axes.set_xticks(np.log(ticks), [plain(tick) if tick >= 1.0 else f"{tick:g}" for tick in ticks])
    tallest = float(max(1, counts.max()))
    step = nice_ceiling(tallest / 4.0)
    heights = np.arange(0.0, tallest, step)
    axes.set_ylim(0, 1.1 * tallest)
    axes.set_yticks(heights, [plain(height) for height in heights])


_DOT: Final[dict[str, Any]] = {
    "color": palette.BLUE,
    "marker": "o",
    "ls": "none",
    "ms": 3.5,
    "mew": 0,
    "alpha": 0.6,
    "clip_on": False,
}


def _tracks(axes: Axes, language: Language) -> None:
    """Write the tracks' names on the upright scale, the first on top."""
    names = list(_names(language))
    axes.set_yticks(range(len(names)), names, fontproperties=font(palette.SMALL_SIZE))
    axes.set_ylim(len(names) - 0.4, -0.6)


def _names(language: Language) -> Iterator[str]:
    for track in PLAN.tracks:
        yield shorten(track.name.in_(language), palette.SMALL_SIZE, ROOM)


CHARTS: Final[Sequence[Chart]] = (
    Chart("size", size),
    Chart("growth", growth),
    Chart("gamma", gamma, by_track=True),
    Chart("spread", spread),
    Chart("survival", survival),
    Chart("product", product, by_track=True),
    Chart("funding", funding),
    Chart("bunching", bunched),
    Chart("contagion", contagion),
)
"""Row by row; those with the tracks' names stand in the last column."""
