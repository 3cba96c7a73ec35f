"""What a sweep does to an objective: facets by factor, each point paired with the base."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate import Interval
from sim.estimate.adjusted import Control, mean_gap
from sim.estimate.groups import Bools, Ints
from sim.estimate.objectives import Objective
from sim.language import NOTHING, Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Layer, Line, Panel, Panels, Pieces, Rule, Scale, Tick, numbers
from sim.spec.table import Column, Table, table
from sim.store.fill import Ensemble
from sim.studies.shared.objectives import Found as Reached
from sim.studies.shared.objectives import Reached as Package
from sim.studies.shared.objectives import met_by
from sim.studies.shared.swept import Varied, value_text
from sim.studies.shared.swept_lines import APART, MOST_LINES, SHAPES, Along, along
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import points as in_points
from sim.text.numbers import signed
from sim.text.together import is_tie

MOST_LEVELS, BINS = 8, 5
"""Values of a factor that are told one by one; of more, as many groups of equally many points."""
FACETS = (2, 3)
"""Factors all combinations of which are drawn as lines, chart by chart."""
MOST_CHARTS, ACROSS = 8, 4
HIGH, AROUND = 3.4, 2.3
"""Inches of a row of charts, and around them."""


class Level(NamedTuple):
    """What a value of a factor, or a range of values, does to an objective on average."""

    factor: int
    name: Text
    at: float
    """Where it stands on the factor's scale."""
    gain: Interval
    """Of the likelihood against the base, pair by pair, over the points that have it."""
    points: int


class Met(NamedTuple):
    """Which replicates of a point reach an objective."""

    values: Sequence[Any]
    reached: Bools
    draws: Ints


def met(objective: Objective, values: Sequence[Any], found: Ensemble, first: Ensemble) -> Met:
    """Return which replicates of a point reach an objective, as the base reads its counts."""
    return Met(
        values, objective.reached(met_by(objective, found.counts, first.scenario)), found.draws
    )


def levels(found: Sequence[Met], base: Met, control: Control | None) -> list[Level]:
    """Return what each value of each factor does, averaged over the points that have it.

    Args:
        found: points.
        base: that they are paired with.
        control: what foretells who reaches the objective (`sim.estimate.adjusted`).
    """
    told: list[Level] = []
    for factor in range(len(base.values)):
        own = [each for each in found if each.values[factor] is not None]
        scale = along([each.values[factor] for each in own])
        groups = _groups([each.values[factor] for each in own], scale)
        told += [_level(factor, [own[k] for k in some], (base, control), scale) for some in groups]
    return told


def _groups(values: Sequence[Any], scale: Along) -> list[list[int]]:
    ordered = sorted(range(len(values)), key=lambda number: scale.at[values[number]])
    if len(scale.at) > MOST_LEVELS:
        return [list(map(int, some)) for some in np.array_split(np.array(ordered), BINS)]
    return [[k for k in ordered if values[k] == value] for value in scale.at]


def _level(
    factor: int, points: Sequence[Met], against: tuple[Met, Control | None], scale: Along
) -> Level:
    base, control = against
    values = list(dict.fromkeys(each.values[factor] for each in points))
    low, high = value_text(values[0]), value_text(values[-1])
    name = low if len(values) == 1 else worded("sweep.range", low=low, high=high)
    at = float(np.mean([scale.at[each.values[factor]] for each in points]))
    same = np.all([each.draws == base.draws for each in points], axis=0)
    gaps = np.mean([each.reached for each in points], axis=0) - base.reached
    alone = all(each is base for each in points)
    told = (0.0, 0.0, 0.0) if alone else mean_gap(gaps[same], base.draws[same], control)
    return Level(factor, name, at, Interval(*told), len(points))


def first_sentence(objective: Objective, factors: Sequence[Varied], found: Sequence[Level]) -> Text:
    """Return in a sentence which value of which factor moves an objective most."""
    name, clear = unquoted(objective.name), [each for each in found if not is_tie(each.gain)]
    if not clear:
        return worded("sweep_objective.none", name=name)
    best = max(clear, key=lambda each: abs(each.gain.value))
    told = {"factor": factors[best.factor].told, "value": best.name, "gain": _gain(best.gain)}
    return worded("sweep_objective.most", name=name, **told)


def _gain(found: Interval) -> str:
    return f"{in_points(found.value)} ({in_points(found.low)} … {in_points(found.high)})"


class Row(NamedTuple):
    """A level with its factor's names."""

    factor: Varied
    field: str
    level: Level


LEVELS: Sequence[Column[Row]] = (
    Column(("factor",), lambda row: (row.field,), worded("sweep_indices.factor"),
           lambda row: row.factor.told, share=2.4, number=False),
    Column(("value",), lambda row: (row.level.name.en,), worded("sweep_objective.value"),
           lambda row: row.level.name, share=1.4, number=False),
    Column(("points",), lambda row: (row.level.points,), worded("sweep.list_points"),
           lambda row: str(row.level.points)),
    Column(("difference", "difference_low", "difference_high", "told_apart"),
           lambda row: (*row.level.gain, not is_tie(row.level.gain)),
           worded("sweep_objective.gain"), lambda row: _gain(row.level.gain), share=1.8,
           quiet=lambda row: is_tie(row.level.gain)),
)  # fmt: skip


def levels_table(factors: Sequence[Varied], fields: Sequence[str], found: Sequence[Level]) -> Table:
    """Return what each value of each factor does, as ``objective_levels``."""
    rows = [Row(factors[each.factor], fields[each.factor], each) for each in found]
    return table("objective_levels", worded("sweep_objective.levels"), LEVELS, rows)


def factors_figure(
    objective: Objective, factors: Sequence[Varied], found: Sequence[Level], basis: Basis
) -> Figure:
    """Return a chart for each factor: what its values do to the objective, with intervals."""
    up = _scale([each.gain for each in found])
    panels = []
    for number, factor in enumerate(factors):
        own = [each for each in found if each.factor == number]
        ends = scales.around([each.at for each in own])
        across = Scale(*ends, tuple(Tick(each.at, each.name) for each in _apart(own)))
        panels.append(Panel(factor.told, across, up, tuple(_marks(own)), unit=_unit()))
    title = first_sentence(objective, factors, found)
    return _figure("sweep_factors", title, worded("sweep_objective.by_factor"), panels, basis)


def _apart(found: Sequence[Level]) -> Sequence[Level]:
    """Return levels whose names there is room for below a chart."""
    longest = max(len(each.name.en) for each in found)
    return found[:: -(-len(found) * (longest + 2) // 40)]


def _marks(own: Sequence[Level]) -> Iterator[Layer]:
    yield _zero()
    yield Pieces(tuple((e.at, e.gain.low, e.at, e.gain.high) for e in own), palette.BLUE, 1.6)
    yield Line(numbers(e.at for e in own), numbers(e.gain.value for e in own), palette.BLUE, 0.9)
    yield from _dots([(e.at, e.gain) for e in own], palette.BLUE, 0, None)


def _dots(
    found: Sequence[tuple[float, Interval]], colour: str, place: int, name: Text | None
) -> Iterator[Layer]:
    """Yield dots: hollow where there may be no difference."""
    for tie in (False, True):
        own = [(at, gain.value) for at, gain in found if is_tie(gain) is tie]
        if own:
            at, up = zip(*own, strict=True)
            shape, own_name = SHAPES[place % len(SHAPES)], None if tie else name
            yield Dots(numbers(at), numbers(up), colour, shape, 5.0, name=own_name, hollow=tie)


def _zero() -> Layer:
    return Rule(0.0, palette.GREY, style="dashed", width=1.0, name=worded("sweep.base"))


def _unit() -> Text:
    return worded("sweep.unit")


def _scale(found: Sequence[Interval]) -> Scale:
    """Return a scale of gains in points that holds all intervals and nought."""
    low, high = scales.around([0.0, *(end for each in found for end in each[1:])])
    places = scales.steps(100 * low, 100 * high, 5)
    ticks = scales.ticked([place / 100 for place in places], map(signed, places))
    return Scale(low, high, ticks)


def _figure(
    name: str, title: Text, subtitle: Text, panels: Sequence[Panel], basis: Basis
) -> Figure:
    places = len(panels) + (len(panels) > 2)
    columns = min(places, ACROSS)
    rows = -(-places // columns)
    size = (max(8.0, 3.4 * columns), AROUND + HIGH * rows)
    mark = Panels(tuple(panels), columns, size, "last" if len(panels) > 2 else "each")
    notes = (worded("sweep_objective.paired"), worded("sweep.paired_dots"))
    return basis.figure(name, title, subtitle, mark, *notes, alternative=title)


def facets(
    reached: Reached, factors: Sequence[Varied], values: Sequence[Sequence[Any]], basis: Basis
) -> Figure | None:
    """Return all combinations of two or three factors: a chart for each value of the last.

    Along each chart goes the second factor, with a line for each value of the first. None where
    there are more factors or values than can be told apart.

    Args:
        reached: how far each point reaches the objective.
        factors: what was varied.
        values: of each point.
        basis: what the figure rests on.
    """
    inside = [number for number, own in enumerate(values) if None not in own]
    kept = [list(dict.fromkeys(values[k][at] for k in inside)) for at in range(len(factors))]
    if len(factors) not in FACETS or len(kept[0]) > MOST_LINES or len(kept[-1]) > MOST_CHARTS:
        return None
    gains = {tuple(values[k]): _against(reached.packages[k]) for k in inside}
    scale, up = along([values[k][1] for k in inside]), _scale(list(gains.values()))
    charts = kept[2] if len(factors) == 3 else [None]
    panels = [
        Panel(
            NOTHING if chart is None
            else worded("sweep.changed", name=factors[2].told, value=value_text(chart)),
            scale.scale, up, tuple(_lines(gains, chart, kept, scale)), unit=_unit(),
        )
        for chart in charts
    ]  # fmt: skip
    told = {"first": factors[0].told, "second": factors[1].told}
    title = worded("sweep_objective.facets", name=unquoted(reached.objective.name), **told)
    return _figure("sweep_facets", title, worded("sweep_objective.lines", **told), panels, basis)


def _against(found: Package) -> Interval:
    """Return a point's gain over the base; the base has none over itself."""
    if found.against is None:
        return Interval(0.0, 0.0, 0.0)
    return Interval(*found.against.likelihood[:3])


def _lines(
    gains: dict[tuple[Any, ...], Interval], chart: Any, kept: Sequence[list[Any]], scale: Along
) -> Iterator[Layer]:
    """Yield a line with its intervals for each value of the first factor."""
    yield _zero()
    ordered = sorted(kept[1], key=scale.at.__getitem__)
    length = scale.scale.high - scale.scale.low
    for place, value in enumerate(kept[0]):
        shift = (place - (len(kept[0]) - 1) / 2) * APART * length
        tail = () if chart is None else (chart,)
        own = [
            (scale.at[across] + shift, gains[key])
            for across in ordered
            if (key := (value, across, *tail)) in gains
        ]
        colour = palette.LINES[place % len(palette.LINES)]
        yield Pieces(tuple((at, g.low, at, g.high) for at, g in own), colour, 1.2)
        yield Line(numbers(at for at, _ in own), numbers(g.value for _, g in own), colour,
                   name=value_text(value))  # fmt: skip
        yield from _dots(own, colour, place, None)
