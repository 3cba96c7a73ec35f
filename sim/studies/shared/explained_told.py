"""An explained difference in five sentences, and in figures."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from sim.estimate.channels import Decomposed
from sim.experiments.touched import Touched
from sim.language import NOTHING, Text
from sim.model.world.layout import CITY_MEASURES
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.studies.shared.explained import (
    AREA_NAMES,
    CHANNEL,
    CLUSTERS,
    INSTRUMENTS,
    LINK,
    TOGETHER,
    WHOLE,
    Found,
    Line,
    interval,
    lines,
    month,
    number,
    process_name,
    share,
    shown,
    size_of,
)
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised, listed, unquoted
from sim.text.numbers import percent
from sim.text.together import is_tie

WIDTH, AROUND, ROW = 13.0, 3.0, 0.34
"""Inches: of the sheet, around the rows, for one row."""
FIRST: Final = 3
"""Names in a sentence."""
COLOURS: Final = {CHANNEL: palette.BLUE, LINK: palette.GREEN, WHOLE: palette.INK}
AGAINST: Final = {
    **{"pay": 1.0, "exits": 1.0, "departures": 1.0},
    **{"talents_searching": -1.0, "market_share": -1.0, "private_investment": -1.0},
}
"""Measures, and which way they move against a rise: what is dear, who leaves, what is scarce."""


def told_in_five(found: Found, basis: Basis) -> Iterator[Text]:
    """Yield five sentences: the whole, its beginning, its channels, where it lies, what held it."""
    first, second = (unquoted(each.name) for each in basis.scenarios)
    effect, outcome = found.effect, found.outcome
    whole, of = effect.whole, effect.whole.mean.value
    yield worded(
        "explain.sentence_whole_open" if whole.tie else "explain.sentence_whole",
        count=capitalised(outcome.name), first=first, second=second, unit=outcome.unit,
        amount=interval(whole.mean, of), before=_level(effect.first), after=_level(effect.second),
        up=percent(whole.pairs.up), down=percent(whole.pairs.down),
    )  # fmt: skip
    seen = sorted((each for each in found.touched if each.by), key=lambda each: each.month or 0)
    yield worded(
        "explain.sentence_touched",
        number=len(found.touched),
        told=listed(map(_first_touch, seen[:FIRST]), worded("explain.nothing_seen")),
    )
    every = lines(found.ways, effect)
    yield _channels(every, effect)
    yield _where(found)
    yield worded(
        "explain.sentence_held", told=listed(_held(found, every), worded("explain.nothing_held"))
    )


def _channels(every: Sequence[Line], effect: Decomposed) -> Text:
    """Return what passes the largest channels that are clear, and the rest."""
    of = effect.whole.mean.value
    channels = [each for each in every if each.kind == CHANNEL]
    some = [
        worded(
            "explain.passes",
            name=each.name,
            amount=number(each.amount.mean.value, of),
            share=share(each.amount.share, ends=False),
        )
        for each in channels
        if not each.amount.tie
    ][:FIRST]
    return worded(
        "explain.sentence_channels",
        told=listed(some, worded("explain.none_clear")),
        others=len(channels) - len(some),
        together=number(effect.together.mean.value, of),
        outside=number(effect.outside.mean.value, of),
    )


def _held(found: Found, every: Sequence[Line]) -> Iterator[Text]:
    """Yield what goes against the whole: channels and links, then measures of the city."""
    of = found.effect.whole.mean.value
    sign = float(np.sign(of))
    against = [
        each
        for each in every
        if each.kind in (CHANNEL, LINK)
        and not each.amount.tie
        and sign * each.amount.mean.value < 0.0
    ]
    for each in sorted(against, key=size_of)[:FIRST]:
        amount = number(each.amount.mean.value, of)
        yield worded("explain.holds", name=each.name, amount=amount)
    for name, way in AGAINST.items():
        moved = found.measures[name]
        if not is_tie(moved) and sign * way * moved.value > 0.0:
            change = number(moved.value, moved.value)
            label = CITY_MEASURES[name][1]
            yield worded("explain.moved_against", name=label, change=change)


def _level(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.3g}"


def _first_touch(row: Touched) -> Text:
    return worded(
        "explain.first_touch",
        instrument=INSTRUMENTS[row.instrument],
        process=process_name(row.by[0][0]),
        month=month(row.month),
    )


def _where(found: Found) -> Text:
    """Return where it lies: areas whose output differs most, and what kind of firms make it."""
    clear = [each for each in found.areas if each.quantity == "output" and not each.tie]
    largest = sorted(clear, key=lambda each: -abs(each.value))
    told = []
    for inside in (True, False):
        own = [each for each in largest if (each.area in CLUSTERS) is inside][:FIRST]
        told += [worded("explain.area", name=AREA_NAMES[each.area],
                        amount=number(each.value, each.value)) for each in own]  # fmt: skip
    firms = {each.group: each.sales for each in found.firms}
    sales = worded(
        "explain.by_firms", **{name: number(value, 10.0) for name, value in firms.items()}
    ) if firms else NOTHING  # fmt: skip
    areas = listed(told, worded("explain.nowhere"))
    return worded("explain.sentence_where", areas=areas, firms=sales)


def figure(found: Found, basis: Basis) -> Figure:
    """Return what passes each channel on one axis, the rest, and what goes missing with a link."""
    effect, every = found.effect, shown(lines(found.ways, found.effect))
    of = effect.whole.mean.value
    ends = [end for each in every for end in each.amount.mean if np.isfinite(end)]
    series = (WHOLE, CHANNEL, LINK)
    starts = {each.kind: at for at, each in reversed(list(enumerate(every)))}
    ruled = {starts[kind] for kind in (CHANNEL, TOGETHER, LINK) if kind in starts}
    rows = tuple(_row(at, each, of, series)._replace(ruled=at in ruled)
                 for at, each in enumerate(every))  # fmt: skip
    mark = Rows(
        scales.differing(*scales.around((0.0, *ends))),
        tuple(Series(worded(f"explain.series_{each}"), COLOURS[each], "o", 6.0) for each in series),
        (
            Beside(worded("explain.way"), flush="left", after=False),
            Beside(worded("explain.amount")),
            Beside(worded("explain.share")),
        ),
        rows,
        (WIDTH, AROUND + ROW * len(rows)),
        zero=0.0,
    )
    first, second = (unquoted(each.name) for each in basis.scenarios)
    title = title_of(found)
    subtitle = worded("explain.subtitle", count=capitalised(found.outcome.name),
                      unit=found.outcome.unit, first=first, second=second)  # fmt: skip
    return basis.figure(
        "explain", title, subtitle, mark, worded("explain.figure_note"), alternative=title
    )


def title_of(found: Found) -> Text:
    """Return what the figures say: which channel is the largest, where one is clear."""
    count = capitalised(found.outcome.name)
    every = lines(found.ways, found.effect)
    clear = [each for each in every if each.kind == CHANNEL and not each.amount.tie]
    if found.effect.whole.tie or not clear:
        return worded("explain.title_none", count=count)
    largest = clear[0]
    return worded("explain.title", count=count, name=largest.name,
                  share=share(largest.amount.share, ends=False))  # fmt: skip


def _row(at: int, line: Line, of: float, series: Sequence[str]) -> Row:
    ink = palette.GREY if line.amount.tie else palette.INK
    kind = line.kind if line.kind in series else CHANNEL
    texts_ = (interval(line.amount.mean, of), share(line.amount.share))
    return Row(
        float(at),
        ((Told(line.name),), *((Told(Text(text, text), ink),) for text in texts_)),
        (Interval(*line.amount.mean, series.index(kind), hollow=line.amount.tie),),
    )
