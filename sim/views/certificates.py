"""Certificates against real R&D: how many firms are certified, and how many really qualify."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim import estimate
from sim.language import Language
from sim.spec import palette
from sim.text.catalogue import say
from sim.text.numbers import plain
from sim.views.axes import Points, clean, time_axis, value_axis, years
from sim.views.page import EDGE, Heading, kicker, provenance, sheet
from sim.views.source import Run

SIZE = (11.0, 5.4)
GAP = 0.75
"""Inches between the two panels."""
SCALE = 0.42
"""Inches for the numbers of the upright scale."""
COUNT = "hightech_enterprises"
LEVELS = (0.1, 0.5, 0.9)
"""Low and high edge of the band that holds 80 % of the runs, and between them the median."""


class Series(NamedTuple):
    """One line of a panel: replicates by months, drawn as a median and, with a shade, a band."""

    word: str
    runs: NDArray[np.floating]
    colour: str
    shade: str | None


def certificates(run: Run, language: Language) -> Figure:
    """Draw valid certificates beside those that real R&D supports, and reported beside real R&D.

    Both sides are certificates that are valid, whether or not the run counts new ones only.

    Args:
        run: the finished run.
        language: of all labels.
    """
    firms, money = _firms(run), _money(run)
    notes = (say("certificates.band", language), provenance(run, language))
    page = sheet(*SIZE, _heading(run, firms, language), notes)
    foot, head = page.bottom + 0.3, page.top - 0.7
    width = (SIZE[0] - 2 * EDGE - SCALE - GAP) / 2
    panels = ((EDGE + SCALE, firms, "firms_panel"), (EDGE + SCALE + width + GAP, money, "rd_panel"))
    for left, series, word in panels:
        axes = page.panel(left, foot, width, head - foot)
        page.write(left - SCALE, head + 0.4, say(f"certificates.{word}", language), palette.INK)
        entries = [_line(line, say(f"certificates.{line.word}", language)) for line in series]
        page.legend(entries, left - SCALE, head + 0.12)
        _draw(axes, series)
    return page.figure


def _firms(run: Run) -> tuple[Series, ...]:
    blue, red = palette.TINTS
    return (
        Series("valid", run.recorded_count(COUNT), palette.BLUE, blue),
        Series("real", run.measure("certified_real"), palette.VERMILION, red),
    )


def _money(run: Run) -> tuple[Series, ...]:
    blue, red = palette.TINTS
    return (
        Series("reported_rd", run.measure("reported_rd"), palette.BLUE, blue),
        Series("certified_rd", run.measure("certified_rd"), palette.VERMILION, red),
        Series("real_rd", run.measure("real_rd"), palette.GREY, None),
    )


def _heading(run: Run, firms: tuple[Series, ...], language: Language) -> Heading:
    at = run.summary.at
    valid, real = (float(estimate.fan(series.runs, (0.5,))[0, at]) for series in firms)
    title = say("certificates.title", language, valid=plain(valid), real=plain(real))
    return Heading(kicker(run, language), title, say("certificates.subtitle", language))


def _draw(axes: Axes, series: tuple[Series, ...]) -> None:
    at = years(series[0].runs.shape[1])
    clean(axes)
    time_axis(axes, at)
    top = 0.0
    for line in series:
        low, middle, high = estimate.fan(line.runs, LEVELS)
        axes.add_line(_line(line, "", at, middle))
        top = max(top, float(middle.max()))
        if line.shade is not None:
            axes.fill_between(at, low, high, color=line.shade, alpha=0.7, linewidth=0)
            top = max(top, float(high.max()))
    value_axis(axes, 1.06 * top)


def _line(series: Series, label: str, across: Points = (), up: Points = ()) -> Line2D:
    """Return a series' line, or without points its entry in the legend."""
    dashed = series.shade is None
    return Line2D(
        across,
        up,
        color=series.colour,
        linewidth=1.3 if dashed else 2.2,
        linestyle=(0, (3, 1.5)) if dashed else "-",
        label=label,
        zorder=3,
    )
