"""What the counts depend on: all figures, of which two tables and bars are drawn here."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.evidence.sensitivity.analysis import Sensitivity
from sim.evidence.sensitivity.indices import OTHERS, Indices
from sim.evidence.sensitivity.shares import Shares
from sim.language import Language
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.spec import palette
from sim.store.fill import Sample
from sim.text.catalogue import capital, say, worded
from sim.text.joining import unquoted
from sim.text.numbers import percent
from sim.views.axes import beside, clean
from sim.views.experiment import Experiment, experiment, kicker, notes
from sim.views.figures import Named
from sim.views.heat import HEAD_GAP, Cell, heads, heat_map, row_names
from sim.views.identifiability import identifiability
from sim.views.index_bars import WHOLE, factor_name, index_bars
from sim.views.page import EDGE, LEADING, NAME_GAP, POINTS, Heading, room_for, sheet
from sim.views.plan_ranks import plan_ranks
from sim.views.screening import screening
from sim.views.wrap import wrap

COLUMN, ROW = 1.15, 0.36
AROUND = 2.0
"""Inches for heading and notes."""
HALF = 0.5
"""Of a variance: what has more carries most of it."""
PARTS = ("levers", "parameters", "luck", "together")
COLOURS = (palette.VERMILION, palette.BLUE, palette.ORANGE, palette.PALE)


def sensitivity_figures(found: Sensitivity, base: Scenario, language: Language) -> Iterator[Named]:
    """Yield the figures of a sensitivity analysis, undrawn."""
    sample = Sample(found.seed, found.size.runs)
    named = worded("experiment.sensitivity", base=unquoted(base.name))
    rests = experiment(named, base, sample)._replace(origin="page.origin_in_all")
    yield Named("screening", partial(screening, rests, found.screened, language))
    yield Named("indices", partial(index_table, rests, found.values, language))
    yield Named("index_bars", partial(index_bars, rests, found.values, language))
    yield Named("shares", partial(share_bars, rests, found.value_shares, language))
    yield Named("plan_ranks", partial(plan_ranks, rests, found.rankings, language))
    yield Named("identifiable", partial(identifiability, rests, found.identified, language))


def _names(language: Language) -> list[str]:
    return [capital(count.name.in_(language)) for count in PLAN.counts]


def index_table(rests: Experiment, found: Indices, language: Language) -> Figure:
    """Draw a table of counts by factors, each cell a total index."""
    names = _names(language)
    factors = [factor_name(each, language) for each in found.factors]
    left = room_for(names)
    heading = Heading(
        kicker(rests, language),
        say(
            "sensitivity.title",
            language,
            many=str(int((found.total[:, found.factors.index(OTHERS)] > HALF).sum())),
            all=str(len(PLAN.counts)),
            single=str(sum(factor not in WHOLE for factor in found.factors)),
        ),
        say("sensitivity.subtitle", language),
    )
    error = f"{np.nan_to_num(found.total_error).max():.2f}"
    below = notes(rests, ("sensitivity.reading",), language, error=error)
    wide = len(factors) * COLUMN
    room = COLUMN - 0.05
    lines = max(len(wrap(name, palette.SMALL_SIZE, room * POINTS)) for name in factors)
    above = lines * palette.SMALL_SIZE * LEADING + 2 * HEAD_GAP
    page = sheet(left + wide + EDGE, AROUND + above + ROW * len(names), heading, below)
    foot = page.bottom + 0.1
    axes = page.panel(left, foot, wide, page.top - above - foot)
    shades = colormaps[palette.MAP]
    cells = [
        [
            None
            if np.isnan(value)
            else Cell(shades(0.75 * min(max(value, 0.0), 1.0)), f"{value:.2f}")
            for value in row
        ]
        for row in found.total
    ]
    heat_map(axes, cells, palette.LABEL_SIZE)
    heads(axes, factors, palette.SMALL_SIZE, room)
    row_names(axes, names, palette.LABEL_SIZE)
    return page.figure


def _mostly(found: Sequence[Shares | None]) -> dict[str, str]:
    """Return how many counts have more than half of their variance in a part, for the title."""
    parts = ("parameters", "levers")
    many = {
        part: sum(each is not None and getattr(each, part) > HALF for each in found)
        for part in parts
    }
    return {"all": str(len(PLAN.counts))} | {part: str(number) for part, number in many.items()}


def share_bars(rests: Experiment, found: Sequence[Shares | None], language: Language) -> Figure:
    """Draw a bar for each count, divided into the parts of its variance."""
    names = _names(language)
    left = room_for(names)
    heading = Heading(
        kicker(rests, language),
        say("sensitivity.shares_title", language, **_mostly(found)),
        say("sensitivity.shares_subtitle", language),
    )
    across = 9.0
    page = sheet(
        across, AROUND + 0.3 + ROW * len(names), heading,
        notes(rests, ("sensitivity.shares_reading",), language),
    )  # fmt: skip
    foot = page.bottom + 0.3
    axes = page.panel(left, foot, across - left - EDGE, page.top - 0.3 - foot)
    clean(axes, grid="x")
    for place, (name, share) in enumerate(zip(reversed(names), reversed(found), strict=True)):
        start = 0.0
        for part, colour in zip(share or (), COLOURS, strict=False):
            axes.barh(place, part, 0.62, left=start, color=colour, zorder=3)
            start += part
        beside(axes, -NAME_GAP / (across - left - EDGE), place, name, palette.INK, "right")
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_yticks([])
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])
    entries = [
        Patch(color=colour, label=capital(say(f"sensitivity.{part}", language)))
        for part, colour in zip(PARTS, COLOURS, strict=True)
    ]
    page.legend(entries, left, page.top - 0.12)
    return page.figure
