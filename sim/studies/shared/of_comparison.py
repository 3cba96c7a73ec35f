"""How packages differ from the first: in likelihoods, in the counts, over time, in the city."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from sim.estimate.effects import Effect
from sim.estimate.paired import Curves
from sim.language import NOTHING, Text
from sim.model.world.layout import DUE
from sim.plan import PLAN, Count
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import (
    Area,
    Beside,
    Interval,
    Line,
    Map,
    Panel,
    Panels,
    Plot,
    Row,
    Rows,
    Rule,
    Scale,
    Series,
    Shape,
    Told,
    numbers,
)
from sim.studies.shared.courses import COLUMNS, EVERY, FANS, months, with_unit
from sim.studies.shared.likelihoods import JOINT_GAP, told
from sim.studies.shared.maps import Quantity
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised, unquoted
from sim.text.multiples import plain_ratio, times, times_alike
from sim.text.numbers import nice_ceiling, percent, signed
from sim.text.together import Estimated, amount, is_tie, together
from sim.views.by_chance import by_chance

LEAST = 0.01
"""A scale of likelihoods reaches at least this far on one side of zero, as a fraction."""
LEAST_RATIO, FURTHEST = 0.05, (0.0, 2.5)
"""A scale of ratios reaches at least so far to both sides of no change, and no further than this;
what lies outside has an arrow at the edge."""
LEAST_COUNT, WHOLE = 0.5, 2.0
"""A scale of counts reaches at least so far to both sides of zero; from such a length on its ticks
are whole numbers, as counts are."""
SHARE = 0.8
"""Of the replicates, in the band of differences over time."""
DIFFERENCES, EFFECTS, MAP = 10.6, 11.9, (8.6, 8.4)
"""Widths of the sheets, and the size of that of a map, inches."""
LINE, ROW, AROUND = 0.165, 0.17, 2.25
"""Inches for each package in a row, for a row besides, and for all around the rows."""
PLOT = (6.9, 5.85)
"""Of the map, inches."""
SHAPES: tuple[Shape, ...] = ("o", "s", "D", "^")
LOOKS = tuple(zip(palette.PACKAGES, SHAPES, (7.0, 6.5, 6.0, 7.0), strict=True))
"""Colour, shape and size in points of each package's marks."""


class Change(NamedTuple):
    """Likelihoods (fractions) of the same thing under two packages."""

    first: float
    second: float
    difference: Estimated
    """Second minus first."""


class Package(NamedTuple):
    """A package compared with the first."""

    name: Text
    counts: Sequence[Change]
    """In the plan's order, shape (13,)."""
    joint: Change
    """Of all counts together."""


def differences(
    basis: Basis, name: str, first: Text, packages: Sequence[Package], alternative: Text
) -> Figure:
    """Return how the likelihood of every count differs from that under the first package.

    Args:
        basis: what the figure rests on.
        name: stem of its files.
        first: name of the package that the others are compared with.
        packages: one to four.
        alternative: what there is to see.
    """
    many = len(packages)
    step = LINE * many + ROW
    names = [*(capitalised(count.name) for count in PLAN.counts), worded("likelihood.joint")]
    changes = list(zip(*((*each.counts, each.joint) for each in packages), strict=True))
    rows = [
        _changes(number, row, row_changes, LINE / step)
        for number, (row, row_changes) in enumerate(zip(names, changes, strict=True))
    ]
    low, high = _reach([each.difference for row in changes for each in row])
    texts = [f"{signed(100 * at)}" for at in scales.steps(low, high, 7)]
    mark = Rows(
        Scale(low, high, scales.ticked(scales.steps(low, high, 7), texts)),
        tuple(
            Series(each.name if many > 1 else NOTHING, *look)
            for each, look in zip(packages, LOOKS, strict=False)
        ),
        (
            Beside(NOTHING, flush="left", after=False),
            Beside(worded("differences.likelihoods")),
            Beside(worded("differences.points")),
        ),
        (*rows[:-1], rows[-1]._replace(at=len(rows) - 1 + JOINT_GAP, ruled=True)),
        (DIFFERENCES, AROUND + step * (len(names) + 1.4)),
        zero=0.0,
    )
    if many > 1:
        title = worded("differences.title_more", first=unquoted(first))
    else:
        told = [each.difference for each in packages[0].counts]
        signs = [None if is_tie(each) else each.value > 0.0 for each in told]
        title = worded(
            "differences.title_one", **_quoted((first, packages[0].name)), **_ways(signs)
        )
    notes = [worded("differences.interval"), worded("differences.not_told")]
    notes += by_chance(len(names) * many)
    subtitle = worded("differences.subtitle")
    return basis.figure(name, title, subtitle, mark, *notes, alternative=alternative)


def _reach(found: Sequence[Estimated]) -> tuple[float, float]:
    """Return the ends of a scale that holds zero and all finite ends."""
    ends = [end for each in found for end in (each.low, each.value, each.high) if isfinite(end)]
    low, high = min([-LEAST, *ends]), max([LEAST, *ends])
    room = 0.03 * (high - low)
    return low - room, high + room


def _changes(at: int, name: Text, changes: Sequence[Change], share: float) -> Row:
    """Return a row with a line for each package: its mark, likelihoods and points."""
    intervals, levels, points = list[Interval](), list[Told](), list[Told]()
    for number, each in enumerate(changes):
        found, shift = each.difference, (number - (len(changes) - 1) / 2) * share
        ink, tie = palette.PACKAGE_INKS[number], is_tie(found)
        rounded = together(each.first, each.second, found)
        intervals.append(Interval(found.value, found.low, found.high, number, shift, tie))
        levels += told(f"{rounded.first} → {rounded.second}", ink, shift)
        key = "not_apart" if tie else "range"
        text = worded(f"differences.{key}", **rounded._asdict())
        points.append(Told(text, palette.GREY if tie else ink, shift))
    return Row(float(at), ((Told(name),), tuple(levels), tuple(points)), tuple(intervals))


def effects(
    basis: Basis, name: str, packages: tuple[Text, Text], found: Sequence[Effect], alternative: Text
) -> Figure:
    """Return the ratio of every count under the second package to that under the first.

    Args:
        basis: what the figure rests on.
        name: stem of its files.
        packages: names of the first and the second.
        found: the effect on each count, in the plan's order.
        alternative: what there is to see.
    """
    ends = [e for each in found for e in (*each.ratio, *each.ratio_over_draws[:3]) if isfinite(e)]
    low = max(FURTHEST[0], min([1 - LEAST_RATIO, *ends]))
    high = min(FURTHEST[1], max([1 + LEAST_RATIO, *ends]))
    room = 0.03 * (high - low)
    ticks = scales.steps(low - room, high + room)
    words = ("change", "pairs", "ratio", "signs", "decided")
    mark = Rows(
        Scale(low - room, high + room, scales.ticked(ticks, times_alike(ticks))),
        (Series(worded("effects.interval"), palette.BLUE, "o", 6.0),),
        (
            Beside(NOTHING, flush="left", after=False),
            *(Beside(worded(f"effects.{word}")) for word in words),
        ),
        tuple(_effect(number, each) for number, each in enumerate(found)),
        (EFFECTS, AROUND + 2 * ROW * len(found)),
        zero=1.0,
        band=worded("effects.band"),
        link=worded("effects.range"),
    )
    keys = ("median", "none_before", "luck", "decides")
    notes = [worded(f"effects.{key}") for key in keys]
    notes += by_chance(2 * len(found))  # of its change and of its ratio
    signs = [each.rises if each.told_apart else None for each in found]
    title = worded("effects.title", **_quoted(packages), **_ways(signs))
    subtitle = worded("effects.subtitle")
    return basis.figure(name, title, subtitle, mark, *notes, alternative=alternative)


def _ways(signs: Sequence[bool | None]) -> dict[str, int]:
    """Return how many rise, how many fall and of how many that cannot be told."""
    return {"rise": signs.count(True), "fall": signs.count(False), "alike": signs.count(None)}


def _quoted(packages: tuple[Text, Text]) -> dict[str, Text]:
    return {"first": unquoted(packages[0]), "second": unquoted(packages[1])}


def _effect(at: int, found: Effect) -> Row:
    """Return a count's row: the band over parameters, the pairs' range, median and interval."""
    ratio, over = found.ratio, found.ratio_over_draws
    up, down = (f"{100 * share:.0f}" for share in found.pairs)
    ends = [amount(each) for each in found.amount]
    texts = (
        f"{ends[0]} ({ends[1]} … {ends[2]})",
        f"{ends[3]} … {ends[4]}",
        f"{times(ratio.value)} ({plain_ratio(ratio.low)} … {plain_ratio(ratio.high)})",
        f"{'' if found.told_apart else '≈ '}{up} / {down}",
        f"{100 * found.decided.share.value:.0f}%",
    )
    ink = palette.INK if found.told_apart else palette.GREY
    return Row(
        float(at),
        ((Told(capitalised(PLAN.counts[at].name)),), *(told(text, ink) for text in texts)),
        (Interval(ratio.value, ratio.low, ratio.high, hollow=not found.told_apart),),
        (over.p10, over.p90),
        (ratio.p10, ratio.p90),
    )


def difference_fans(
    basis: Basis, name: str, packages: tuple[Text, Text], curves: Sequence[Curves],
    alternative: Text,
) -> Figure:  # fmt: skip
    """Return the median of each count's paired difference over time, and the middle 80 % of it."""
    panels = tuple(map(_curves, PLAN.counts, curves))
    notes = (worded("difference_fans.band_note"), worded("difference_fans.end_note"))
    title = worded("difference_fans.title", **_quoted(packages))
    mark, subtitle = Panels(panels, COLUMNS, FANS, "last"), worded("difference_fans.subtitle")
    return basis.figure(name, title, subtitle, mark, *notes, alternative=alternative)


def _curves(count: Count, found: Curves) -> Panel:
    at = months(len(found.median))
    low = min(-LEAST_COUNT, *map(float, (*found.p10, *found.median)))
    high = max(LEAST_COUNT, *map(float, (*found.p90, *found.median)))
    ends = scales.around((low, high))
    whole = high - low >= WHOLE
    corner = None
    if len(at) > DUE:
        middle, least, most = (float(e[DUE]) for e in (found.median, found.p10, found.p90))
        text = f"{signed(middle)} ({signed(least)} … {signed(most)})"
        corner = Text(text, text)
    band = worded("difference_fans.band", share=percent(SHARE))
    return Panel(
        with_unit(count),
        scales.years(len(at), EVERY),
        scales.differing(*ends, 4, whole=whole),
        (
            Area(at, numbers(found.p10), numbers(found.p90), palette.BANDS[1], name=band),
            Rule(0.0, palette.GREY, width=1.0, name=worded("difference_fans.zero")),
            Line(at, numbers(found.median), palette.MEDIAN, 1.8,
                 name=worded("difference_fans.median")),
        ),
        corner=corner,
        falls=corner is not None and -least > most,  # then nothing is below the start
    )  # fmt: skip


def difference_map(
    basis: Basis, name: str, packages: tuple[Text, Text], quantity: Quantity,
    districts: Sequence[Estimated],
) -> Figure:  # fmt: skip
    """Return the mean difference of a measure by district, the second package minus the first.

    Args:
        basis: what the figure rests on.
        name: stem of its files.
        packages: names of the first and the second.
        quantity: which measure.
        districts: mean difference of each, in the plan's order and the measure's unit.
    """
    values = [found.value for found in districts]
    greatest = max(map(abs, values))
    plot = Plot(
        NOTHING,
        numbers(values),
        tuple(map(signed, values)),
        tuple(is_tie(each) for each in districts),
    )
    top = nice_ceiling(greatest) if greatest > 0.0 else 1.0
    mark = Map((plot,), worded(f"map.{quantity}_unit"), MAP, PLOT, top, signed=True)
    measure = worded(f"map.{quantity}")
    title = worded("difference_map.title", measure=measure, **_quoted(packages))
    notes = (worded("map.source"), worded("difference_map.interval"))
    subtitle = worded("difference_map.subtitle")
    return basis.figure(name, title, subtitle, mark, *notes, alternative=title)
